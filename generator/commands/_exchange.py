"""What imports and exports share: the texts of files, what could not be mapped, how they end without a result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from generator.exchange import UnfitInput, Unmapped
from generator.files.tree import Folder, Unreadable

SHOWN = 20
LARGE = 64 * 1024 * 1024

VERBOSE = click.option("--verbose", is_flag=True, help="Name every place in which something could not be mapped.")


def text_of(tree: Folder, path: str) -> str:
    """The text of a file. Raises Unfit."""
    if not path.isprintable():
        raise UnfitInput(f"{path!a} has a name that cannot be shown: rename the file")
    return _decode(path, bytes_of(tree, path))


def bytes_of(tree: Folder, path: str) -> bytes:
    """What is in a file. Raises Unfit."""
    try:
        return tree.read(path)
    except Unreadable as error:
        raise UnfitInput(f"{path} {error}; {error.hint}") from None


def large_text_of(file: Path) -> str:
    """The text of a file that holds many documents. Raises Unfit."""
    try:
        if not file.is_file():
            raise UnfitInput(f"{file.name} is no plain file: name one")
        if file.stat().st_size > LARGE:
            raise UnfitInput(
                f"{file.name} has more than {LARGE // 1024 // 1024} MiB: split it into several files in a folder"
            )
        return _decode(file.name, file.read_bytes())
    except OSError as error:
        raise UnfitInput(f"{file.name} cannot be read: {(error.strerror or 'no reason is known').lower()}") from None


def _decode(path: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnfitInput(f"{path} is not UTF-8: save it as UTF-8, or take it away if it holds no text") from None


def refused(error: UnfitInput) -> click.ClickException:
    """The one line that ends an import before anything was written."""
    return click.ClickException(f"nothing was written: {error}")


def unmapped_lines(unmapped: list[Unmapped], verbose: bool) -> Iterator[str]:
    """A line for each thing that could not be mapped, or one for each kind of them with an example."""
    if verbose:
        yield from (f"{one.path}: {one.what}: {one.detail}" for one in unmapped)
        return
    kinds_of = Counter(one.what for one in unmapped).most_common()
    examples = {one.what: one for one in reversed(unmapped)}
    for what, number in kinds_of[:SHOWN]:
        yield f"{number:>6,} x {what}, as {examples[what].detail} in {examples[what].path}"
    if rest := kinds_of[SHOWN:]:
        yield f"and {len(rest)} other kinds of things; --verbose names all"
