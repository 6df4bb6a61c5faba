"""Two answers of a question are for the same values.

Two analysts with the same case would decide differently. `up_to` and `from` include their threshold.

Bad:
    takes: duration
    answers: {soon: {up_to: 14d, go: wait}, late: {from: 14d, go: act}}      # and exactly 14 days?

Good:
    answers: {soon: {below: 14d, go: wait}, late: {from: 14d, go: act}}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.decisions.flaws import SHARED, report_flaws
from generator.findings import Fault
from generator.library.library import Library


def check(library: Library) -> Iterator[Fault]:
    for document, decision, graph in library.decisions:
        yield from report_flaws(document, decision, graph.flaws, SHARED)
