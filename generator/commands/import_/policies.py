"""`playbook import policies`: imports a folder of Markdown policies, with its git history."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from generator.commands._exchange import VERBOSE, refused, text_of, unmapped_lines
from generator.commands._knowledge_base import KnowledgeBase, based
from generator.commands.import_._documents import OWNER, earlier, ownership, put
from generator.documents import kinds
from generator.exchange import UnfitInput
from generator.exchange.markdown.policies import Policies
from generator.files.repository import NoPast, Repository
from generator.files.tree import Folder
from generator.reports.progress import tracking
from generator.wording import count

SUFFIXES = (".md", ".markdown")


@click.command("policies")
@based
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@OWNER
@click.option("--audience", metavar="WORD", help="Who may read them (default: public, or else the widest audience).")
@VERBOSE
def COMMAND(base: KnowledgeBase, folder: Path, owner: str | None, audience: str | None, verbose: bool) -> None:  # noqa: N802
    """Import a folder of Markdown policies, with their history if it is in a git repository.

    Each heading of level 2 begins a section; each commit that changed the text of a section is a version. Run it again
    when the folder changes: texts, titles and versions are replaced, and everything else that you wrote is kept.
    """
    folder = folder.resolve()
    base.recover()
    library = base.library()
    header, asked = ownership(library.vocabulary, owner, audience, "public")
    try:
        policies = Policies(_read_texts(folder), folder.name)
        places = {path: f"{kinds()['policy'].folder}/{name}.yaml" for path, name in policies.ids.items()}
        old = earlier(base.root, library, "policies", places, asked)
        past, unknown = _read_past(folder)
        with tracking() as track:
            made = {
                path: policies.policy(path, past(path), old.documents[path], base.today.isoformat(), header)
                for path in track(policies.ids, "importing")
            }
    except UnfitInput as error:
        raise refused(error) from None
    new = put(base.root, "policies", places, made, old.files)
    for line in unmapped_lines(policies.unmapped, verbose):
        click.echo(line)
    if unknown:
        click.echo(f"no history was imported: {unknown}")
    versions = count(sum(len(document["history"]) for document in made.values()), "version")
    total = "1 policy" if len(made) == 1 else f"{len(made):,} policies"
    click.echo(f"{total} with {versions}; {count(new, 'file')} written. Next: playbook check")


def _read_texts(folder: Path) -> dict[str, str]:
    """The texts of all Markdown files below the folder except hidden ones, by path. Raises UnfitInput."""
    files = sorted(file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
    paths = [file.as_posix() for file in files if not any(part.startswith(".") for part in file.parts)]
    texts = {path: text_of(Folder(folder), path) for path in paths if path.lower().endswith(SUFFIXES)}
    if not texts:
        raise UnfitInput(f"there are no Markdown files in {folder}")
    return texts


def _read_past(folder: Path) -> tuple[Callable[[str], list[tuple[str, str | None]]], str]:
    """A function that gives the past texts of a file with their days, oldest first, and why there are none.

    A text is None where the file had been deleted.
    """
    try:
        repository = Repository(folder)
        states = repository.states()
    except NoPast as error:
        return lambda path: [], f"{error} ({error.hint})"

    def dated(path: str) -> list[tuple[str, str | None]]:
        return [
            (state.day, _decode_lossy(repository.read(state.blob)) if state.blob else None)
            for state in states.get(path, ())
        ]

    return dated, "" if states else "no file in the folder was ever committed"


def _decode_lossy(raw: bytes | None) -> str:
    return (raw or b"").decode("utf-8-sig", "replace")
