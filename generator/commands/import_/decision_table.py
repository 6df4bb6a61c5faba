"""`playbook import decision-table`: decision tables of SSVC become decisions of ours."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands._exchange import large_text_of, refused
from generator.commands._knowledge_base import KnowledgeBase, based
from generator.commands.import_._documents import OWNER, earlier, ownership, put
from generator.documents import kinds
from generator.exchange import UnfitInput
from generator.exchange.ids import ids
from generator.exchange.ssvc import Table, decision, origin, path, read_table, unused
from generator.wording import count


@click.command("decision-table")
@based
@click.argument(
    "files",
    metavar="FILE.json...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@OWNER
@click.option("--audience", metavar="WORD", help="Who may read them (default: internal).")
def COMMAND(base: KnowledgeBase, files: tuple[Path, ...], owner: str | None, audience: str | None) -> None:  # noqa: N802
    """Bring in decision tables: JSON files of SSVC with decision points, values and a mapping.

    Each entry of the mapping becomes a row, each decision point an input, each value of the outcome an outcome. Add
    golden cases, actions and grounds then. Import again when the source has changed: rows, values, texts and the
    version follow it, and all else that you wrote stays.
    """
    base.recover()
    library = base.library()
    header = ownership(library.vocabulary, owner, audience, "internal")
    try:
        tables = _read_tables(files)
        names = ids([path(found) for found in tables.values()], "table")
        places = {one: f"{kinds()['decision_tree'].folder}/{names[path(found)]}.yaml" for one, found in tables.items()}
        old = earlier(base.root, library, "decision-table", places, header.asked)
        today = base.today.isoformat()
        made = {
            one: decision(found, names[path(found)], old.documents[one], header.header, today)
            for one, found in tables.items()
        }
    except UnfitInput as error:
        raise refused(error) from None
    new = put(base.root, "decision-table", places, made, old.files)
    for one, found in tables.items():
        for end in unused(found):
            click.echo(f"no entry of {one} leads to the outcome {end.name}, which is left out")
    rows = count(sum(len(one["rows"]) for one in made.values()), "row")
    click.echo(f"{count(len(made), 'table')} with {rows}; {count(new, 'file')} written. Next: playbook check")


def _read_tables(files: tuple[Path, ...]) -> dict[str, Table]:
    """The tables by what they are called. Raises Unfit."""
    found: dict[str, Table] = {}
    for file in files:
        one = read_table(large_text_of(file), file.name)
        if origin(one) in found:
            raise UnfitInput(f"{origin(one)} is in two of the files: import one version of a table at a time")
        twin = next((other for other, known in found.items() if path(known) == path(one)), None)
        if twin:
            raise UnfitInput(f"{twin} and {origin(one)} are both called {one.name!r}: rename one of them")
        found[origin(one)] = one
    return found
