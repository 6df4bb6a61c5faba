"""Imports decision tables of spreadsheets: CSV files, and the sheets of Excel files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from generator.commands._exchange import large_bytes_of, large_text_of, refused
from generator.commands._knowledge_base import KnowledgeBase
from generator.commands.import_._clashes import SettledFields
from generator.commands.import_._decisions import DrawnDecision, tell_result, write_decisions
from generator.exchange import UnfitInput, Unmapped
from generator.exchange.decisions.bands import cut_overlaps
from generator.exchange.decisions.dmn_reading import read_dmn
from generator.exchange.decisions.drafting import disagree, table_data
from generator.exchange.decisions.grid import Grid
from generator.exchange.decisions.sheet import NoTable, SheetTable, read_sheet
from generator.exchange.decisions.workbook import EXCEL, TEXTS, SheetCells, read_csv, read_excel
from generator.exchange.legible import one_line, title_from
from generator.exchange.yaml_file import SHEETS

DMN = ".dmn"
SUFFIXES = (*TEXTS, *EXCEL, DMN)


def import_sheets(
    base: KnowledgeBase,
    files: tuple[Path, ...],
    owner: str | None,
    audience: str | None,
    wanted: str | None,
    picked: tuple[str, ...],
    settled: SettledFields,
) -> None:
    """Imports all tables of the files, or those of the sheets that are picked; all or none."""
    unmapped: list[Unmapped] = []
    drawn: dict[str, DrawnDecision] = {}
    rows = 0
    try:
        for file in files:
            if file.suffix.lower() == DMN:
                rows += _draw_dmn(file, drawn, unmapped)
                continue
            tables = _read_sheet_tables(_pick(_read_sheets(file, unmapped), file, picked), file, unmapped)
            for sheet, table in tables:
                unmapped += [*table.unmapped, *_note_cuts(table.grid, file), *_note_order(table, file)]
                origin = one_line(f"{file.name}, sheet {sheet.name}" if sheet.name else file.name)
                if origin in drawn:
                    raise UnfitInput(f"two of the files are called {file.name}: rename one of them")
                named = len(tables) > 1 or bool(picked)
                title = table.title or title_from(sheet.name if named else file.stem)
                place = f"{file.stem}/{sheet.name.replace('/', ' ')}.x" if named else file.name
                drawn[origin] = DrawnDecision(origin, place, title, partial(table_data, table.grid))
                rows += len(table.grid.rows)
    except UnfitInput as error:
        raise refused(error) from None
    result = write_decisions(base, SHEETS, list(drawn.values()), owner, audience, wanted, settled)
    tell_result(result, unmapped, "table", rows, "row")


def _draw_dmn(file: Path, drawn: dict[str, DrawnDecision], unmapped: list[Unmapped]) -> int:
    """Adds the tables of a DMN file; returns how many rows they have. Raises UnfitInput."""
    tables, left = read_dmn(large_bytes_of(file), file.name)
    unmapped += left
    for table in tables:
        unmapped += _note_cuts(table.grid, file)
        origin = one_line(f"{file.name}, decision {table.id}")
        if origin in drawn:
            raise UnfitInput(f"{origin} is there twice: rename one of them")
        place = f"{file.stem}/{table.name.replace('/', ' ')}.x" if len(tables) > 1 else file.name
        drawn[origin] = DrawnDecision(origin, place, table.name, partial(table_data, table.grid))
    return sum(len(table.grid.rows) for table in tables)


def _read_sheets(file: Path, unmapped: list[Unmapped]) -> list[SheetCells]:
    """The sheets of a file. Raises UnfitInput."""
    if file.suffix.lower() in TEXTS:
        return [read_csv(large_text_of(file), file.name)]
    sheets, left = read_excel(large_bytes_of(file), file.name)
    unmapped += left
    return sheets


def _read_sheet_tables(
    sheets: list[SheetCells], file: Path, unmapped: list[Unmapped]
) -> list[tuple[SheetCells, SheetTable]]:
    """The tables of the sheets; beside one, sheets without any, such as a preface, stay out. Raises UnfitInput."""
    tables: list[tuple[SheetCells, SheetTable]] = []
    others: list[NoTable] = []
    for sheet in sheets:
        try:
            tables.append((sheet, read_sheet(sheet, file.name)))
        except NoTable as error:
            others.append(error)
            unmapped.append(Unmapped("a sheet without a decision table, left out", file.name, sheet.name))
    if not tables:
        raise others[0] if others else UnfitInput(f"{file.name} has no decision table")
    return tables


def _pick(sheets: list[SheetCells], file: Path, picked: tuple[str, ...]) -> list[SheetCells]:
    """The sheets that are picked, or all. Raises UnfitInput."""
    names = [sheet.name for sheet in sheets if sheet.name]
    if missing := [name for name in picked if name not in names]:
        raise UnfitInput(f"{file.name} has no sheet {missing[0]}; its sheets: {', '.join(names) or 'none'}")
    if not sheets:
        raise UnfitInput(f"{file.name} has no sheet that can be seen and holds anything")
    return [sheet for sheet in sheets if sheet.name in picked] if picked else sheets


def _note_cuts(grid: Grid, file: Path) -> list[Unmapped]:
    """Cuts ranges that overlap, and notes where."""
    return [Unmapped("ranges that overlap, cut so that each value has one answer", file.name, ask)
            for ask in cut_overlaps(grid)]  # fmt: skip


def _note_order(table: SheetTable, file: Path) -> Iterator[Unmapped]:
    """What is decided where the source does not say which of two rows counts."""
    if table.grid.is_first is None and disagree(table.grid.rows):
        yield Unmapped("rows that disagree", file.name, "the first that fits counts (`hit: first`)")
