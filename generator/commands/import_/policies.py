"""`playbook import policies`: a folder of Markdown policies becomes ours, with its history."""

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
@click.option("--audience", metavar="WORD", help="Who may read them (default: public, or else the least privileged).")
@VERBOSE
def COMMAND(base: KnowledgeBase, folder: Path, owner: str | None, audience: str | None, verbose: bool) -> None:  # noqa: N802
    """Bring in a folder of Markdown policies, with their history where it is in a git repository.

    A heading of level 2 begins a section; a commit that changed the text of a section is a version. Import again when
    the folder has changed: texts, titles and versions follow it, and all else that you wrote into the policies stays.
    """
    folder = folder.resolve()
    base.recover()
    library = base.library()
    header, asked = ownership(library.vocabulary, owner, audience, "public")
    try:
        found = Policies(_read_texts(folder), folder.name)
        places = {path: f"{kinds()['policy'].folder}/{name}.yaml" for path, name in found.ids.items()}
        old = earlier(base.root, library, "policies", places, asked)
        past, unknown = _read_past(folder)
        with tracking() as track:
            done = {
                path: found.policy(path, past(path), old.documents[path], base.today.isoformat(), header)
                for path in track(found.ids, "importing")
            }
    except UnfitInput as error:
        raise refused(error) from None
    new = put(base.root, "policies", places, done, old.files)
    for line in unmapped_lines(found.unmapped, verbose):
        click.echo(line)
    if unknown:
        click.echo(f"the history is not known: {unknown}")
    versions = count(sum(len(body["history"]) for body in done.values()), "version")
    policies = "1 policy" if len(done) == 1 else f"{len(done):,} policies"
    click.echo(f"{policies} with {versions}; {count(new, 'file')} written. Next: playbook check")


def _read_texts(folder: Path) -> dict[str, str]:
    """Every Markdown file below the folder, but for hidden ones. Raises Unfit."""
    files = sorted(file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
    paths = [file.as_posix() for file in files if not any(part.startswith(".") for part in file.parts)]
    texts = {path: text_of(Folder(folder), path) for path in paths if path.lower().endswith(SUFFIXES)}
    if not texts:
        raise UnfitInput(f"there is no Markdown file in {folder}")
    return texts


def _read_past(folder: Path) -> tuple[Callable[[str], list[tuple[str, str | None]]], str]:
    """A function that gives the texts of a file with their days, oldest first, and why nobody knows them.

    A text is None where the file was gone.
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
