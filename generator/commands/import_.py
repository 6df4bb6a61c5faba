"""`playbook import`: brings in what others wrote in other formats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from generator import publish
from generator.commands import Base, based, writing
from generator.documents import kinds
from generator.documents.vocabulary import Vocabulary
from generator.imports.policies import Policies, Unfit, Unmapped
from generator.imports.writing import is_from, written
from generator.library import Library
from generator.nearest import did_you_mean
from generator.progress import tracking
from generator.revision import NoPast, State, blobs, states
from generator.source import Source, read
from generator.structure import structure
from generator.tree import Folder, Unreadable
from generator.wording import count

SUFFIXES = (".md", ".markdown")
SHOWN = 20


@click.group("import")
def COMMAND() -> None:  # noqa: N802
    """Bring in what others wrote in other formats."""


@COMMAND.command("policies")
@based
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--owner", metavar="TEAM", help="Who owns them (default: the first team that the readers may see).")
@click.option("--audience", metavar="WORD", help="Who may read them (default: public, or else the least privileged).")
@click.option("--verbose", is_flag=True, help="Name every place in which something could not be mapped.")
def policies(base: Base, folder: Path, owner: str | None, audience: str | None, verbose: bool) -> None:
    """Bring in a folder of Markdown policies, with their history where it is in a git repository.

    A heading of level 2 begins a section; a commit that changed the text of a section is a version. Import again when
    the folder has changed: texts, titles and versions follow it, and all else that you wrote into the policies stays.
    """
    folder = folder.resolve()
    library = base.library()
    words, asked = _words(library.vocabulary, owner, audience)
    try:
        found = Policies(_texts(folder), folder.name)
        places = {path: f"{kinds()['policy'].folder}/{name}.yaml" for path, name in found.ids.items()}
        earlier = _earlier(base.root, library, places, asked)
        past, unknown = _past(folder)
        with tracking() as track:
            done = {
                path: found.policy(
                    path, _dated(folder, past.get(path, [])), earlier[path], base.today.isoformat(), words
                )
                for path in track(found.ids, "importing")
            }
    except Unfit as error:
        raise click.ClickException(f"nothing was written: {error}") from None
    with writing():
        new = sum(publish.place(base.root / places[path], written(body, path).encode()) for path, body in done.items())
    for line in _unmapped(found.unmapped, verbose):
        click.echo(line)
    if unknown:
        click.echo(f"the history is not known: {unknown}")
    versions = count(sum(len(body["history"]) for body in done.values()), "version")
    policies = "1 policy" if len(done) == 1 else f"{len(done):,} policies"
    click.echo(f"{policies} with {versions}; {count(new, 'file')} written. Next: playbook check")


def _words(vocabulary: Vocabulary | None, owner: str | None, audience: str | None) -> tuple[dict[str, str], set[str]]:
    """Who owns the policies and who may read them, so that these may see the owner; and what of it the call names."""
    if vocabulary is None:
        raise click.ClickException("content/vocabulary.yaml must be right before anything can be added; playbook check")
    for word, known, option in ((owner, vocabulary.teams, "--owner"), (audience, vocabulary.audiences, "--audience")):
        if word is not None and word not in known:
            hint = did_you_mean(word, known, f"the vocabulary has {', '.join(known)}")
            raise click.BadParameter(f"`{word}` is not in the vocabulary; {hint}", param_hint=option)
    rank = vocabulary.rank
    least = audience or ("public" if "public" in vocabulary.audiences else next(iter(vocabulary.audiences)))
    seen = [team for team, term in vocabulary.teams.items() if rank(term.audience) <= rank(least)]
    team = owner or next(iter(seen or vocabulary.teams))
    words = {"owner": team, "audience": audience or max(least, vocabulary.teams[team].audience, key=rank)}
    return words, {key for key, word in (("owner", owner), ("audience", audience)) if word}


def _texts(folder: Path) -> dict[str, str]:
    """Every Markdown file below the folder, but for hidden ones. Raises Unfit."""
    files = sorted(file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
    paths = [file.as_posix() for file in files if not any(part.startswith(".") for part in file.parts)]
    texts = {path: _text(Folder(folder), path) for path in paths if path.lower().endswith(SUFFIXES)}
    if not texts:
        raise Unfit(f"there is no Markdown file in {folder}")
    return texts


def _text(tree: Folder, path: str) -> str:
    if not path.isprintable():
        raise Unfit(f"{path!a} has a name that cannot be shown: rename the file")
    try:
        return tree.read(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unfit(f"{path} is not UTF-8: save it as UTF-8") from None
    except Unreadable as error:
        raise Unfit(f"{path} {error}; {error.hint}") from None


def _earlier(root: Path, library: Library, places: dict[str, str], asked: set[str]) -> dict[str, dict[str, Any]]:
    """What an earlier import made of each file, but for what is asked for anew. Raises Unfit where it was no import."""
    found: dict[str, dict[str, Any]] = {}
    taken = []
    for path, place in places.items():
        other = library.find(Path(place).stem)
        if other is not None and other.path != place:
            taken.append(f"the id of {place} is taken by {other.path}")
        found[path] = {}
        if (root / place).exists():
            source, _ = read(place, (root / place).read_bytes())
            if is_from(source.text, path):
                found[path] = {key: one for key, one in _sound(place, source).items() if key not in asked}
            else:
                taken.append(f"{place} was not imported from {path}")
    if taken:
        raise Unfit("; ".join(taken))
    return found


def _sound(place: str, source: Source) -> dict[str, Any]:
    documents = structure([source]).documents
    if not documents or not documents[0].sound:
        raise Unfit(f"{place} has mistakes of form: mend them first (playbook check), or remove it")
    return source.data or {}


def _past(folder: Path) -> tuple[dict[str, list[State]], str]:
    """The states of every file, or why nobody knows them."""
    try:
        past = states(folder)
    except NoPast as error:
        return {}, f"{error} ({error.hint})"
    return past, "" if past else "no file in the folder was ever committed"


def _dated(folder: Path, past: list[State]) -> list[tuple[str, str | None]]:
    """The texts of a file with their days, oldest first; None where it was gone."""
    texts = blobs(folder, [state.blob for state in past if state.blob])
    return [(state.day, _decoded(next(texts)) if state.blob else None) for state in past]


def _decoded(raw: bytes | None) -> str:
    return (raw or b"").decode("utf-8-sig", "replace")


def _unmapped(unmapped: list[Unmapped], verbose: bool) -> Iterator[str]:
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
