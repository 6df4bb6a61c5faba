"""`playbook import decision-table`: imports SSVC decision tables, and tables of spreadsheets."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from generator.commands._exchange import large_text_of, refused
from generator.commands._knowledge_base import KnowledgeBase, based
from generator.commands.import_._clashes import KEEP_OURS, TAKE_THEIRS, SettledFields
from generator.commands.import_._documents import OWNER, earlier, ownership, put
from generator.commands.import_._imported import Imported, imported
from generator.commands.import_._sheets import SUFFIXES, import_sheets
from generator.documents import kinds
from generator.documents.fields import identifier
from generator.exchange import UnfitInput
from generator.exchange.ids import ids
from generator.exchange.ssvc import Table, decision, origin, path, read_table, unused
from generator.wording import count

OLD = (".xls", ".xlsb", ".ods", ".fods", ".numbers", ".pdf", ".docx", ".html", ".htm")


@click.command("decision-table", short_help="Decision tables from CSV, Excel, DMN or Markdown.")
@based
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@OWNER
@click.option("--audience", metavar="WORD", help="Who may read them (default: internal).")
@click.option(
    "--id",
    "wanted",
    metavar="ID",
    help="The id of the document: of an imported one to go on with, or of a new one.",
)
@click.option("--sheet", "picked", multiple=True, metavar="NAME", help="Just this sheet of an Excel file; repeatable.")
@KEEP_OURS
@TAKE_THEIRS
def COMMAND(  # noqa: N802
    base: KnowledgeBase,
    files: tuple[Path, ...],
    owner: str | None,
    audience: str | None,
    wanted: str | None,
    picked: tuple[str, ...],
    keep_ours: tuple[str, ...],
    take_theirs: tuple[str, ...],
) -> None:
    """Import decision tables: of CSV, Excel and DMN files, or JSON files in the SSVC format.

    A CSV file (comma, semicolon, tab or bar) or a sheet (.xlsx, .xlsm) has a row of heads, then a row for each rule;
    titles above and a legend below are left out. The outcome is the column that is called so, or Decision, Result or
    Action, or else the last one; what is before it are inputs, and a column `Note` has notes. An empty cell, `-` or
    `any` fits any value; lines of a cell are several values. A column of ranges such as `< 5`, `[5..10]`, 13-17 or 18+
    asks for a number. DMN is read from every modeler (1.1 and later): texts, lists, ranges, dates, `not`, defaults;
    other FEEL is refused with its cell. What was read otherwise than it is written is named. Run it again when the
    source changes: what somebody edited here since stays, and --keep-ours or --take-theirs settles what differs.

    JSON has decision points, values and a mapping. Each entry of the mapping becomes a row, each decision point an
    input, each value of the outcome an outcome. Run it again when the source changes: rows, values, texts and the
    version are replaced, and everything else that you wrote is kept. If its namespace or key has changed, `--id` says
    which document goes on with it.

    Then add golden cases, actions and grounds.
    """
    _require_one_file(files, wanted)
    base.recover()
    if _require_one_kind(files, picked):
        import_sheets(base, files, owner, audience, wanted, picked, SettledFields(keep_ours, take_theirs))
        return
    if keep_ours or take_theirs:
        raise click.UsageError("tables in the SSVC format follow their source: there is nothing to settle")
    library = base.library()
    header = ownership(library.vocabulary, owner, audience, "internal")
    try:
        tables = _read_tables(files)
        was = imported(base.root, kinds()["decision_tree"].folder, "decision-table")
        names = ids([path(table) for table in tables.values()], "table", _find_ids(tables, was, wanted))
        by_id = {name: was.places[key] for key, name in was.ids.items()}
        places = {key: _place(names[path(table)], by_id) for key, table in tables.items()}
        own = {
            key for key, place in places.items() if was.places.get(key) == place or (wanted and place in by_id.values())
        }
        old = earlier(base.root, library, "decision-table", places, header.asked, own, _suggest(places, by_id))
        today = base.today.isoformat()
        made = {
            key: decision(table, names[path(table)], old.documents[key], header.header, today)
            for key, table in tables.items()
        }
    except UnfitInput as error:
        raise refused(error) from None
    new = put(base.root, "decision-table", places, made, old.files)
    rows = count(sum(len(document["rows"]) for document in made.values()), "row")
    click.echo(f"{count(len(made), 'table')} with {rows}; {count(new, 'file')} written. Next: playbook check")
    for key, table in tables.items():
        for value in unused(table):
            click.echo(f"no entry of {key} leads to the outcome {value.name}, which is left out")


def _require_one_file(files: tuple[Path, ...], wanted: str | None) -> None:
    if wanted is None:
        return
    if len(files) > 1:
        raise click.BadParameter("is for one table: import the files one by one", param_hint="--id")
    try:
        identifier(wanted)
    except ValueError as error:
        raise click.BadParameter(f"`{wanted}` {error}", param_hint="--id") from None


def _require_one_kind(files: tuple[Path, ...], picked: tuple[str, ...]) -> bool:
    """Whether the files are spreadsheets."""
    sheets = [file for file in files if file.suffix.lower() in SUFFIXES]
    if sheets and len(sheets) < len(files):
        raise click.UsageError("import spreadsheets and other files in two calls: they follow their sources otherwise")
    if not sheets and picked:
        raise click.BadParameter("is for Excel files", param_hint="--sheet")
    for file in files:
        if file.suffix.lower() in OLD:
            raise click.ClickException(f"nothing was written: {file.name} is not read: save it as .xlsx or .csv")
    return bool(sheets)


def _find_ids(tables: Mapping[str, Table], was: Imported, wanted: str | None) -> dict[str, str]:
    """The ids that are decided, by path: what `--id` says, and those that tables already have. Raises UnfitInput."""
    known = {path(table): was.ids[key] for key, table in tables.items() if key in was.ids}
    if wanted is None:
        return known
    for key, table in tables.items():
        if known.get(path(table), wanted) != wanted:
            raise UnfitInput(f"{key} is already {was.places[key]}: leave out --id, or remove that file first")
    return {path(table): wanted for table in tables.values()}


def _place(name: str, by_id: Mapping[str, str]) -> str:
    return by_id.get(name, f"{kinds()['decision_tree'].folder}/{name}.yaml")


def _suggest(places: Mapping[str, str], by_id: Mapping[str, str]) -> str:
    """How to go on where an id is taken."""
    taken = [name for name, place in by_id.items() if place in places.values()]
    way_on = "import it alone, with another `--id`, or rename what is there"
    if not taken:
        return way_on
    return f"if it is the same table under a new name, import it alone with `--id {taken[0]}`; if not, {way_on}"


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
