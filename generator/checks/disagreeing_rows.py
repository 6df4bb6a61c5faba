"""Two rows of a decision table fit the same combination and lead to different outcomes.

Under `hit: unique` there is no way to tell which of them counts. Rows that overlap and agree do no harm. Under
`hit: first` the first row that fits counts, and nothing is reported.

Bad:
    hit: unique
    rows:
      - {when: {harm: high}, then: act}
      - {when: {reach: few}, then: leave}     # high harm, few saw it: act or leave?

Good:
    rows:
      - {when: {harm: high}, then: act}
      - {when: {harm: low, reach: few}, then: leave}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.decisions.table import Cells
from generator.documents.types.decision_tree import DecisionTable
from generator.findings import Fault, Related, Spot
from generator.library.library import Library
from generator.wording import count

SHOWN = 5


def check(library: Library) -> Iterator[Fault]:
    for document, table in library.each(DecisionTable):
        cells = Cells(table)
        for row, others in cells.disagreeing():
            first = others[0]
            example = cells.example(cells.shared(row, first))
            ends = f"row {row + 1} leads to `{table.rows[row].then}` and row {first + 1} to `{table.rows[first].then}`"
            disagree = "disagree" if others[2:] else "disagrees"
            more = f" ({count(len(others) - 1, 'more row')} {disagree} with it)" if others[1:] else ""
            message = f"for {example}, {ends}{more}"
            here = [Related(Spot(document.path, ("rows", n)), f"row {n + 1}: `{table.rows[n].then}`") for n in others]
            hint = "narrow one of the rows; or write `hit: first`, and the first row that fits counts"
            yield Fault(Spot(document.path, ("rows", row)), message, hint, tuple(here[:SHOWN]))
