"""`playbook import decision-table`: imports SSVC decision tables."""

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
    """Import decision tables: JSON files in the SSVC format, with decision points, values and a mapping.

    Each entry of the mapping becomes a row, each decision point an input, each value of the outcome an outcome. Then
    add golden cases, actions and grounds. Run it again when the source changes: rows, values, texts and the version
    are replaced, and everything else that you wrote is kept.
    """
    base.recover()
    library = base.library()
    header = ownership(library.vocabulary, owner, audience, "internal")
    try:
        tables = _read_tables(files)
        names = ids([path(table) for table in tables.values()], "table")
        folder = kinds()["decision_tree"].folder
        places = {key: f"{folder}/{names[path(table)]}.yaml" for key, table in tables.items()}
        old = earlier(base.root, library, "decision-table", places, header.asked)
        today = base.today.isoformat()
        made = {
            key: decision(table, names[path(table)], old.documents[key], header.header, today)
            for key, table in tables.items()
        }
    except UnfitInput as error:
        raise refused(error) from None
    new = put(base.root, "decision-table", places, made, old.files)
    for key, table in tables.items():
        for value in unused(table):
            click.echo(f"no entry of {key} leads to the outcome {value.name}, which is left out")
    rows = count(sum(len(document["rows"]) for document in made.values()), "row")
    click.echo(f"{count(len(made), 'table')} with {rows}; {count(new, 'file')} written. Next: playbook check")


def _read_tables(files: tuple[Path, ...]) -> dict[str, Table]:
    """The tables by their origin. Raises UnfitInput."""
    tables: dict[str, Table] = {}
    for file in files:
        table = read_table(large_text_of(file), file.name)
        if origin(table) in tables:
            raise UnfitInput(f"{origin(table)} is in two of the files: import one version of a table at a time")
        twin = next((other for other, known in tables.items() if path(known) == path(table)), None)
        if twin:
            raise UnfitInput(f"{twin} and {origin(table)} are both called {table.name!r}: rename one of them")
        tables[origin(table)] = table
    return tables
