"""The condition of an answer cannot be used: its range cannot be read or has no values, or it can never decide.

A question that `takes` a number, an amount, a duration or a date has answers with ranges: `from` and `up_to` include
their threshold, `above` and `below` (`after` and `before` of dates) do not. Days can count from today (`today-14d`).
Of a question that takes `several` answers, the first in the order of the file that fits what is ticked decides;
`all_of` names what must all be ticked.

Bad:
    takes: duration
    answers: {soon: {below: two weeks, go: wait}, late: {from: 14d, go: act}}

Good:
    takes: duration
    answers: {soon: {below: 14d, go: wait}, late: {from: 14d, go: act}}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.decisions.flaws import BROKEN, report_flaws
from generator.findings import Fault
from generator.library.library import Library


def check(library: Library) -> Iterator[Fault]:
    for document, decision, graph in library.decisions:
        yield from report_flaws(document, decision, graph.flaws, BROKEN)
