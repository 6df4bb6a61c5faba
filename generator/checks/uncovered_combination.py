"""No row of a decision table fits a combination of values.

The analyst whose case it is would get no decision. Where the rest is to be treated alike, a last row says so.

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
            found = cells.escaping(cells.full, cells.all_rows) if cells.is_whole else None
        except TooWide:
            message = "the rows are too entangled to find out whether they fit every combination"
            yield Fault(spot, message, "write `hit: first` and end with a row that fits the rest, or make two tables")
            continue
        if found:
            wide = cells.widened(found)
            number = f"{_count_uncovered(cells)} of {large(cells.size(cells.full))} combinations"
            hint = f"add a row, such as `{{when: {{{_write_when(cells, wide)}}}, then: ...}}`"
            yield Fault(spot, f"no row fits {number}, such as {cells.example(wide)}", hint)


def _count_uncovered(cells: Cells) -> str:
    """How many combinations no row fits, as far as it can be counted in little time."""
    found, cells = 0, Cells(cells.table, ENOUGH)
    try:
        for box in cells.left(cells.full, cells.all_rows):
            found += cells.size(box)
    except (TooWide, RecursionError):
        return f"{large(max(found, 1))} or more"
    return large(found)


def _write_when(cells: Cells, box: Box) -> str:
    sides = ((name, list(map(scalar, values))) for name, values in cells.when(box).items())
    return ", ".join(f"{name}: {_write_values(values)}" for name, values in sides)


def _write_values(values: list[str]) -> str:
    return values[0] if len(values) == 1 else f"[{', '.join(values)}]"
