"""What imports and exports share: reading files, listing what could not be mapped, refusing bad input."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from generator.exchange import UnfitInput, Unmapped
from generator.files.tree import Folder, Unreadable

SHOWN = 20
LARGE = 64 * 1024 * 1024
MOST_ZEROS = 4  # more than every fourth sign of what is no text, or UTF-16 that does not say so

VERBOSE = click.option("--verbose", is_flag=True, help="List every place where something could not be mapped.")


def text_of(tree: Folder, path: str) -> str:
    """Reads a text file. Raises UnfitInput."""
    if not path.isprintable():
        raise UnfitInput(f"{path!a} has a name that cannot be shown: rename the file")
    return _decode(path, bytes_of(tree, path))


def bytes_of(tree: Folder, path: str) -> bytes:
    """Reads a file. Raises UnfitInput."""
    try:
        return tree.read(path)
    except Unreadable as error:
        raise UnfitInput(f"{path} {error}; {error.hint}") from None


def large_text_of(file: Path) -> str:
    """Reads a text file that holds many documents. Raises UnfitInput."""
    return _decode(file.name, large_bytes_of(file))


def large_bytes_of(file: Path) -> bytes:
    """Reads a file that may be larger than a document. Raises UnfitInput."""
    try:
        if not file.is_file():
            raise UnfitInput(f"{file.name} is not a regular file: name one")
        if file.stat().st_size > LARGE:
            raise UnfitInput(
                f"{file.name} is larger than {LARGE // 1024 // 1024} MiB: split it into several files in a folder"
            )
        return file.read_bytes()
    except OSError as error:
        raise UnfitInput(f"{file.name} cannot be read: {(error.strerror or 'for an unknown reason').lower()}") from None


def _decode(path: str, data: bytes) -> str:
    """The text of a file in UTF-8, or in UTF-16 that says so in its first bytes. Raises UnfitInput."""
    try:
        text = data.decode("utf-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig")
    except UnicodeDecodeError:
        text = None
    if text is None or text.count("\0") > len(text) // MOST_ZEROS:
        way = "in Excel as “CSV UTF-8”" if path.lower().endswith((".csv", ".tsv")) else "as UTF-8"
        raise UnfitInput(f"{path} is not UTF-8: save it {way}, or remove it if it is not a text file")
    return text


def refused(error: UnfitInput) -> click.ClickException:
    """The one-line error that ends an import or export before anything is written."""
    return click.ClickException(f"nothing was written: {error}")


def unmapped_lines(unmapped: list[Unmapped], verbose: bool) -> Iterator[str]:
    """One line for each thing that could not be mapped, or, unless `verbose`, one for each kind with an example.

    A document that is refused always has a line of its own.
    """
    yield from (f"{one.path}: {one.what}: {one.detail}" for one in unmapped if verbose or one.is_refusal)
    if verbose:
        return
    unmapped = [one for one in unmapped if not one.is_refusal]
    numbers = Counter(one.what for one in unmapped).most_common()
    examples = {one.what: one for one in reversed(unmapped)}
    for what, number in numbers[:SHOWN]:
        one = examples[what]
        where = one.path if one.detail == one.path else f"{one.detail} in {one.path}"
        yield f"{number:>6,} x {what}{':' if number == 1 else ', such as'} {where}"
    if rest := numbers[SHOWN:]:
        yield f"and {len(rest)} more kinds; --verbose lists them all"
