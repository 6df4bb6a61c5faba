"""No answer of a question is for some values.

An analyst with such a case would get no decision. The thresholds of a question's answers are compared one after the
other, so this is proof: what is not reported has an answer. A question that takes several answers needs `none`, for
cases in which nothing applies.

Bad:
    takes: amount
    unit: USD
    answers: {small: {below: 100, go: refund}, large: {above: 100, go: ask}}      # and exactly 100?

Good:
    answers: {small: {below: 100, go: refund}, large: {from: 100, go: ask}}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.decisions.flaws import OPEN, report_flaws
from generator.findings import Fault
from generator.library.library import Library


def check(library: Library) -> Iterator[Fault]:
    for document, decision, graph in library.decisions:
        yield from report_flaws(document, decision, graph.flaws, OPEN)
