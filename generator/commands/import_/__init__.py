"""`playbook import`: brings in what others wrote in other formats. What several imports need is here."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import click

from generator.commands import Commands, writing
from generator.documents.structure import structure
from generator.documents.vocabulary import Vocabulary
from generator.exchange import Unfit, Unmapped
from generator.exchange.yaml_file import is_from, written
from generator.files import writer as publish
from generator.files.source import Source, read
from generator.files.tree import Folder, Unreadable
from generator.library.library import Library
from generator.wording import did_you_mean

SHOWN = 20
LARGE = 64 * 1024 * 1024


@click.group("import", cls=Commands, package=__name__)
def COMMAND() -> None:  # noqa: N802
    """Bring in what others wrote in other formats."""


VERBOSE = click.option("--verbose", is_flag=True, help="Name every place in which something could not be mapped.")
OWNER = click.option(
    "--owner", metavar="TEAM", help="Who owns them (default: the first team that the readers may see)."
)


class Words(NamedTuple):
    """Who owns what comes in and who may read it; `asked` are those of the two keys that the call names."""

    header: dict[str, str]
    asked: set[str]


def words(vocabulary: Vocabulary | None, owner: str | None, audience: str | None, default: str) -> Words:
    """The owner and the audience, so that the readers may see the owner; `default` is the audience of choice."""
    if vocabulary is None:
        raise click.ClickException("content/vocabulary.yaml must be right before anything can be added; playbook check")
    for word, known, option in ((owner, vocabulary.teams, "--owner"), (audience, vocabulary.audiences, "--audience")):
        if word is not None and word not in known:
            hint = did_you_mean(word, known, f"the vocabulary has {', '.join(known)}")
            raise click.BadParameter(f"`{word}` is not in the vocabulary; {hint}", param_hint=option)
    rank = vocabulary.rank
    least = audience or (default if default in vocabulary.audiences else next(iter(vocabulary.audiences)))
    seen = [team for team, term in vocabulary.teams.items() if rank(term.audience) <= rank(least)]
    team = owner or next(iter(seen or vocabulary.teams))
    header = {"owner": team, "audience": audience or max(least, vocabulary.teams[team].audience, key=rank)}
    return Words(header, {key for key, word in (("owner", owner), ("audience", audience)) if word})


def text_of(tree: Folder, path: str) -> str:
    """The text of a file. Raises Unfit."""
    if not path.isprintable():
        raise Unfit(f"{path!a} has a name that cannot be shown: rename the file")
    return _decoded(path, bytes_of(tree, path))


def bytes_of(tree: Folder, path: str) -> bytes:
    """What is in a file. Raises Unfit."""
    try:
        return tree.read(path)
    except Unreadable as error:
        raise Unfit(f"{path} {error}; {error.hint}") from None


def large_text_of(file: Path) -> str:
    """The text of a file that holds many documents. Raises Unfit."""
    try:
        if not file.is_file():
            raise Unfit(f"{file.name} is no plain file: name one")
        if file.stat().st_size > LARGE:
            raise Unfit(
                f"{file.name} has more than {LARGE // 1024 // 1024} MiB: split it into several files in a folder"
            )
        return _decoded(file.name, file.read_bytes())
    except OSError as error:
        raise Unfit(f"{file.name} cannot be read: {(error.strerror or 'no reason is known').lower()}") from None


def _decoded(path: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unfit(f"{path} is not UTF-8: save it as UTF-8, or take it away if it holds no text") from None


class Earlier(NamedTuple):
    """By origin: the document that an earlier import made, but for what is asked for anew; what its file holds."""

    documents: dict[str, dict[str, Any]]
    files: dict[str, bytes | None]


def earlier(
    root: Path,
    library: Library,
    command: str,
    places: Mapping[str, str],
    asked: set[str],
    own: Collection[str] = (),
) -> Earlier:
    """What an earlier import made of each origin. Raises Unfit where it was no import.

    `places` has the path of the document by its origin; a document of an origin in `own` may be no import.
    """
    found = Earlier({}, {})
    taken = []
    for origin, place in places.items():
        other = library.find(Path(place).stem)
        if other is not None and other.path != place:
            taken.append(f"the id of {place} is taken by {other.path}")
        found.documents[origin] = {}
        found.files[origin] = _content(root, place)
        if (content := found.files[origin]) is not None:
            source, _ = read(place, content)
            if origin in own or is_from(source.text, command, origin):
                found.documents[origin] = {key: one for key, one in _sound(place, source).items() if key not in asked}
            else:
                taken.append(f"{place} was not imported from {origin}")
    if taken:
        raise Unfit("; ".join(taken))
    return found


def _content(root: Path, place: str) -> bytes | None:
    """What a file of the knowledge base holds; None where there is none. Raises Unfit."""
    return bytes_of(Folder(root), place) if os.path.lexists(root / place) else None


def _sound(place: str, source: Source) -> dict[str, Any]:
    documents = structure([source]).documents
    if not documents or not documents[0].sound:
        raise Unfit(f"{place} has mistakes of form: mend them first (playbook check), or remove it")
    return source.data or {}


def put(
    root: Path,
    command: str,
    places: Mapping[str, str],
    documents: Mapping[str, dict[str, Any]],
    files: Mapping[str, bytes | None],
) -> int:
    """Writes the documents by their origin, all or none; the number of files that are new or differ now."""
    edits = [
        publish.Edit(places[origin], before, publish.forms_of(before, written(document, command, origin)))
        for origin, document in documents.items()
        for before in [files[origin]]
    ]
    with writing():
        return publish.change(root, edits)


def refused(error: Unfit) -> click.ClickException:
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
