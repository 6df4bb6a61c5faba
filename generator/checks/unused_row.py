"""A row of a decision table is never used: the rows before it fit all of its cases.

Under `hit: first` it can never count; under `hit: unique` it is redundant. Often it was meant to be higher up, or the
rows before it are too wide.

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

from collections import defaultdict
from collections.abc import Iterator

from generator.decisions.hitting_set import TooWide, bits
from generator.decisions.table import Cells
from generator.documents.types.decision_tree import DecisionTable
from generator.findings import Fault, Related, Spot
from generator.library.library import Library
from generator.wording import count

SEVERITY = "warning"
SHOWN = 5


def check(library: Library) -> Iterator[Fault]:
    for document, table in library.each(DecisionTable):
        cells, row = Cells(table), 0
        covering: dict[int, list[int]] = defaultdict(list)
        try:
            for row, others in _find_covering(table, cells) if cells.is_whole else ():
                alone = next((other for other in others if cells.covers(other, row)), None)
                if alone is not None:
                    covering[alone].append(row)
                elif others:
                    yield _make_fault(document.path, cells, [row], others)
        except TooWide:
            message = f"the rows overlap in too many ways to check which of those after row {row + 1} are used"
            yield Fault(Spot(document.path, ("rows",), key=True), message, "split the table in two")
        for other, rows in covering.items():
            yield _make_fault(document.path, cells, rows, [other])


def _make_fault(path: str, cells: Cells, rows: list[int], others: list[int]) -> Fault:
    """Reports rows that are never used, with the rows before them that fit all of their cases."""
    shown = " and ".join(f"row {other + 1}" for other in others[:SHOWN]) + (" and others" if others[SHOWN:] else "")
    fit = "already fit" if others[1:] else "already fits"
    more, whose = (f" and {count(len(rows) - 1, 'more row')} after it are", "their") if rows[1:] else (" is", "its")
    example = cells.example(cells.rows[rows[0]])
    message = f"row {rows[0] + 1}{more} never used: {shown} {fit} all {whose} cases, such as {example}"
    here = tuple(Related(Spot(path, ("rows", other)), f"row {other + 1}") for other in [*others, *rows[1:]][:SHOWN])
    return Fault(Spot(path, ("rows", rows[0])), message, "move it up, narrow the rows before it, or remove it", here)


def _find_covering(table: DecisionTable, cells: Cells) -> Iterator[tuple[int, list[int]]]:
    """Each row with the rows before it if they cover it; none if rows disagree, which disagreeing-rows reports."""
    for row, box in enumerate(cells.rows):
        before = cells.meeting(box) & ((1 << row) - 1)
        others = list(bits(before))
        agree = table.hit == "first" or all(table.rows[n].then == table.rows[row].then for n in others)
        is_covered = before and agree and cells.escaping(box, before) is None
        yield row, others if is_covered else []
