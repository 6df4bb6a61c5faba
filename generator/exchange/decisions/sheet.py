"""Heads and cells of a decision table in a spreadsheet, in both directions."""

from __future__ import annotations

from generator.exchange.decisions.grid import Grid
from generator.exchange.spreadsheet import write_sheet

OUTCOME, NOTE = "Outcome", "Note"
FIRST = "Outcome of the first row that fits"


def write_table(grid: Grid) -> bytes:
    """A table as CSV: a column for each input, then the outcome and a note; several values of a cell have lines."""
    heads = [f"{one.ask} [{one.takes}{one.unit and ' '}{one.unit}]" if one.takes else one.ask for one in grid.inputs]
    rows = [[*("\n".join(cell) for cell in row.cells), row.then, row.note] for row in grid.rows]
    return write_sheet([*heads, FIRST if grid.is_first else OUTCOME, NOTE], rows)
