"""A row of a decision table is never used: rows before it fit all that it fits.

Under `hit: first` it can never count; under `hit: unique` it says again what is said already. Often it was meant to
stand higher up, or the rows before it are too wide.

Bad:
    hit: first
    rows:
      - {when: {harm: [low, high]}, then: act}
      - {when: {harm: low, reach: few}, then: leave}

Good:
    hit: first
    rows:
      - {when: {harm: low, reach: few}, then: leave}
      - {when: {harm: [low, high]}, then: act}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.decision_tree import DecisionTable
from generator.findings import Fault, Related, Spot
from generator.library import Library
from generator.table import Cells, TooWide, bits

SEVERITY = "warning"
SHOWN = 5


def check(library: Library) -> Iterator[Fault]:
    for document, table in library.each(DecisionTable):
        cells, row = Cells(table), 0
        try:
            for row, others in _unused(table, cells) if cells.is_whole else ():
                yield _fault(document.path, cells, row, others)
        except TooWide:
            message = f"the rows are too entangled to find out which of those after row {row + 1} are used"
            yield Fault(Spot(document.path, ("rows",), key=True), message, "make two tables of it")


def _fault(path: str, cells: Cells, row: int, others: list[int]) -> Fault:
    shown = " and ".join(f"row {other + 1}" for other in others[:SHOWN]) + (" and others" if others[SHOWN:] else "")
    message = f"row {row + 1} is never used: what fits it, as {cells.example(cells.rows[row])}, fits {shown}"
    here = tuple(Related(Spot(path, ("rows", other)), f"row {other + 1}") for other in others[:SHOWN])
    return Fault(Spot(path, ("rows", row)), message, "move it up, narrow the rows before it, or remove it", here)


def _unused(table: DecisionTable, cells: Cells) -> Iterator[tuple[int, list[int]]]:
    """Each row that rows before it cover, with those; not where they disagree and both count, as that is reported."""
    for row, box in enumerate(cells.rows):
        before = cells.meeting(box) & ((1 << row) - 1)
        others = list(bits(before))
        agree = table.hit == "first" or all(table.rows[n].then == table.rows[row].then for n in others)
        if before and agree and cells.escaping(box, before) is None:
            yield row, others
