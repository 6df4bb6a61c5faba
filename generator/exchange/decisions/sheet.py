"""Heads and cells of a decision table in a spreadsheet, in both directions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.exchange import UnfitInput, Unmapped
from generator.exchange.decisions.cells import read_column
from generator.exchange.decisions.grid import Grid, GridInput, GridRow
from generator.exchange.decisions.sheet_shape import (
    FIRST,
    NOTE,
    NOTES,
    OUTCOME,
    OUTCOMES,
    find_outcome,
    find_shape,
    is_numbering,
    join_notes,
    list_texts,
    measure_row,
)
from generator.exchange.decisions.workbook import SheetCells, name_column
from generator.exchange.legible import one_line
from generator.exchange.spreadsheet import write_sheet


class NoTable(UnfitInput):
    """A sheet that has no decision table at all."""


class SheetTable(NamedTuple):
    """A table of a sheet: its title if it has one, its grid, and what had another place than a cell of it."""

    title: str
    grid: Grid
    unmapped: list[Unmapped]


def write_table(grid: Grid) -> bytes:
    """A table as CSV: a column for each input, then the outcome and a note; several values of a cell have lines."""
    heads = [write_head(one) for one in grid.inputs]
    rows = [[*("\n".join(cell) for cell in row.cells), row.then, row.note] for row in grid.rows]
    return write_sheet([*heads, FIRST if grid.is_first else OUTCOME, NOTE], rows)


def write_head(one: GridInput) -> str:
    """What a column asks, with what it takes: `How much? [amount EUR]`."""
    return f"{one.ask} [{one.takes}{one.unit and ' '}{one.unit}]" if one.takes else one.ask


def read_sheet(sheet: SheetCells, file: str) -> SheetTable:
    """The decision table of a sheet. Raises NoTable, or UnfitInput, which names the row and the column."""
    name = f"{file}, sheet {sheet.name}" if sheet.name else file
    unmapped: list[Unmapped] = []
    rows = [(place, row) for place, row in sheet.rows if any(cell.strip() for cell in row)]
    if len(rows) < 2:
        raise NoTable(f"{name} is no decision table: it needs a row of heads, and a row for each rule")
    filled = [any(cell.strip() for cell in row) for _, row in sheet.rows]
    gaps = {place for (place, _), before in zip(sheet.rows[1:], filled, strict=False) if not before}
    shape = find_shape(rows, gaps)
    if idle := _count_idle(sheet, shape.heads[0], shape.rules[-1][0]):
        unmapped.append(Unmapped("empty rows, left out", name, str(idle)))
    title = ""
    for place, row in shape.above:
        words = list_texts(row)
        if not title and len(words) == 1:
            title = words[0]
        else:
            unmapped.append(Unmapped("a row above the heads, left out", name, f"{place}: {', '.join(words)}"))
    for place, row in shape.below:
        unmapped.append(Unmapped("a row below the table, left out", name, f"{place}: {', '.join(list_texts(row))}"))
    top, first = shape.heads
    width = max(measure_row(row) for _, row in (shape.heads, *shape.rules))
    heads = [*map(one_line, first), *[""] * (width - len(first))][:width]
    lines = [(place, [*row, *[""] * (width - len(row))]) for place, row in shape.rules]
    for side, head in enumerate(heads):
        full = next((place for place, row in lines if row[side].strip()), None)
        if not head and full:
            raise UnfitInput(f"{name}, {full}: column {name_column(side)} has no head: name it in {top}")
    end = find_outcome(heads)
    sides = [side for side, head in enumerate(heads) if head and head.lower() not in NOTES]
    for side in [side for side in sides if is_numbering(heads[side], [one_line(row[side]) for _, row in lines])]:
        unmapped.append(Unmapped("a column that numbers the rows, left out", name, heads[side]))
        sides.remove(side)
    asked = [side for side in sides if end is not None and side < end]
    if end is None or not asked:
        raise NoTable(f"{name} is no decision table: it needs columns of inputs, and then one of the outcome")
    if heads[end].lower() not in OUTCOMES:
        unmapped.append(Unmapped("the column that is taken for the outcome", name, heads[end]))
    notes = [side for side, head in enumerate(heads) if head.lower() in NOTES]
    beside = [side for side in (*sides, *notes) if side > end or side in notes]
    for side in beside:
        if side not in notes:
            unmapped.append(Unmapped("a column after the outcome, put into the notes", name, heads[side]))
    for place, row in lines:
        if not one_line(row[end]):
            raise UnfitInput(f"{name}, {place} has no outcome in column {name_column(end)}: fill it in")
    columns = [read_column(heads[side], [row[side] for _, row in lines]) for side in asked]
    unmapped += [Unmapped(what, name, detail) for column in columns for what, detail in column.notes]
    found = [
        GridRow(
            [column.cells[number] for column in columns],
            one_line(row[end]),
            join_notes(_list_notes(row, beside, notes, heads)),
            place,
        )
        for number, (place, row) in enumerate(lines)
    ]
    is_first = True if heads[end] == FIRST else None
    return SheetTable(title, Grid([column.asked for column in columns], found, is_first), unmapped)


def _count_idle(sheet: SheetCells, first: str, last: str) -> int:
    """How many rows within a table are empty."""
    places = [place for place, _ in sheet.rows]
    inside = sheet.rows[places.index(first) : places.index(last) + 1]
    return sum(not any(cell.strip() for cell in row) for _, row in inside)


def _list_notes(row: list[str], beside: list[int], notes: list[int], heads: list[str]) -> Iterator[str]:
    for side in sorted(beside):
        if words := one_line(row[side]):
            yield words if side in notes else f"{heads[side]}: {words}"
