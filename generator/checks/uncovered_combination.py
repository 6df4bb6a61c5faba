"""No row of a decision table fits a combination of values.

An analyst with such a case would get no decision. If all remaining cases are treated alike, add a last row for them.

Bad:
    inputs: {reach: {values: {few: ..., many: ...}}, harm: {values: {low: ..., high: ...}}}
    rows:
      - {when: {harm: high}, then: act}
      - {when: {harm: low, reach: few}, then: leave}      # and low harm with a wide reach?

Good:
    rows:
      - {when: {harm: high}, then: act}
      - {when: {harm: low}, then: leave}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.decisions.hitting_set import TooWide
from generator.decisions.table import Box, Cells
from generator.documents.types.decision_tree import DecisionTable
from generator.findings import Fault, Spot
from generator.library.library import Library
from generator.wording import large, scalar

ENOUGH = 5_000


def check(library: Library) -> Iterator[Fault]:
    for document, table in library.each(DecisionTable):
        cells = Cells(table)
        spot = Spot(document.path, ("rows",), key=True)
        try:
            uncovered = cells.escaping(cells.full, cells.all_rows) if cells.is_whole else None
        except TooWide:
            message = "the rows overlap in too many ways to check whether they fit every combination"
            yield Fault(
                spot, message, "write `hit: first` and end with a row that fits the rest, or split the table in two"
            )
            continue
        if uncovered:
            wide = cells.widened(uncovered)
            number = f"{_count_uncovered(cells)} of {large(cells.size(cells.full))} combinations"
            hint = f"add a row, such as `{{when: {{{_write_when(cells, wide)}}}, then: ...}}`"
            yield Fault(spot, f"no row fits {number}, such as {cells.example(wide)}", hint)


def _count_uncovered(cells: Cells) -> str:
    """How many combinations no row fits, or how many at least if counting all would take too long."""
    number, cells = 0, Cells(cells.table, ENOUGH)
    try:
        for box in cells.left(cells.full, cells.all_rows):
            number += cells.size(box)
    except (TooWide, RecursionError):
        return f"{large(max(number, 1))} or more"
    return large(number)


def _write_when(cells: Cells, box: Box) -> str:
    sides = ((name, list(map(scalar, values))) for name, values in cells.when(box).items())
    return ", ".join(f"{name}: {_write_values(values)}" for name, values in sides)


def _write_values(values: list[str]) -> str:
    return values[0] if len(values) == 1 else f"[{', '.join(values)}]"
