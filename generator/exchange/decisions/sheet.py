"""Heads and cells of a decision table in a spreadsheet, in both directions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.documents.values import NAMES, read_value
from generator.exchange import UnfitInput, Unmapped
from generator.exchange.decisions.grid import Grid, GridInput, GridRow
from generator.exchange.decisions.limits import read_limits
from generator.exchange.decisions.workbook import SheetCells, name_column
from generator.exchange.legible import legible, one_line
from generator.exchange.spreadsheet import write_sheet

OUTCOME, NOTE = "Outcome", "Note"
FIRST = "Outcome of the first row that fits"
OUTCOMES = {OUTCOME.lower(), FIRST.lower(), "decision", "result", "then"}
NOTES = {NOTE.lower(), "notes", "comment", "comments", "remark", "remarks", "annotation", "annotations"}
TAKING = re.compile(rf"(.+) \[({'|'.join(NAMES)}|several)(?: ([^\]]+))?\]")


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
    """The decision table of a sheet. Raises UnfitInput, which names the row and the column."""
    name = f"{file}, sheet {sheet.name}" if sheet.name else file
    unmapped: list[Unmapped] = []
    rows = [(place, row) for place, row in sheet.rows if any(cell.strip() for cell in row)]
    if idle := len(sheet.rows) - len(rows):
        unmapped.append(Unmapped("empty rows, left out", name, str(idle)))
    title = ""
    if len(rows) > 1 and len({one_line(cell) for cell in rows[0][1] if cell.strip()}) == 1 < _measure(rows[1][1]):
        title = one_line(next(cell for cell in rows[0][1] if cell.strip()))
        rows = rows[1:]
    if len(rows) < 2:
        raise UnfitInput(f"{name} is no decision table: it needs a row of heads, and a row for each rule")
    heads = [one_line(cell) for cell in rows[0][1]]
    width = max(_measure(row) for _, row in rows)
    heads = [*heads, *[""] * (width - len(heads))][:width]
    for side, head in enumerate(heads):
        full = next((place for place, row in rows[1:] if side < len(row) and row[side].strip()), None)
        if not head and full:
            raise UnfitInput(f"{name}, {full}: column {name_column(side)} has no head: name it in {rows[0][0]}")
    sides = [side for side, head in enumerate(heads) if head]
    notes = [side for side in sides if heads[side].lower() in NOTES]
    ends = [side for side in sides if heads[side].lower() in OUTCOMES] or [side for side in sides if side not in notes]
    if not ends or not [side for side in sides if side < ends[-1] and side not in notes]:
        raise UnfitInput(f"{name} is no decision table: it needs columns of inputs, and then one of the outcome")
    end = ends[-1]
    asked = [side for side in sides if side < end and side not in notes]
    beside = [side for side in sides if side > end or side in notes]
    for side in beside:
        if side not in notes:
            unmapped.append(Unmapped("a column after the outcome, put into the notes", name, heads[side]))
    lines = [(place, [*row, *[""] * (width - len(row))]) for place, row in rows[1:]]
    for place, row in lines:
        if not one_line(row[end]):
            raise UnfitInput(f"{name}, {place} has no outcome in column {name_column(end)}: fill it in")
    inputs = [find_input(heads[side], [row[side] for _, row in lines]) for side in asked]
    found = [
        GridRow(
            [_read_cell(row[side]) for side in asked],
            one_line(row[end]),
            " ".join(_list_notes(row, beside, notes, heads)),
            place,
        )
        for place, row in lines
    ]
    return SheetTable(title, Grid(inputs, found, True if heads[end] == FIRST else None), unmapped)


def _measure(row: list[str]) -> int:
    """How far a row reaches that may end with empty cells."""
    return max((side for side, cell in enumerate(row, 1) if cell.strip()), default=0)


def _list_notes(row: list[str], beside: list[int], notes: list[int], heads: list[str]) -> Iterator[str]:
    for side in beside:
        if words := one_line(row[side]):
            yield words if side in notes else f"{heads[side]}: {words}"


def _read_cell(cell: str) -> list[str]:
    """The values of a cell, each in a line; none if it is for any."""
    lines = [line for line in map(one_line, legible(cell).split("\n")) if line]
    return list(dict.fromkeys(lines))


def find_input(head: str, cells: list[str]) -> GridInput:
    """What a column asks: its head may say what it takes, or its cells may be ranges of numbers."""
    if found := TAKING.fullmatch(head):
        return GridInput(found[1], found[2], found[3] or "")
    words = {word for cell in cells for word in _read_cell(cell)}
    ranges = {word for word in words if read_limits(word, "number")}
    is_number = ranges and all(read_value("number", word) for word in words - ranges)
    return GridInput(head, "number" if is_number else "")
