"""A path through a decision tree asks more than 12 questions.

That takes too long in the middle of a case, and each question is one more that can be answered wrongly.

Bad:
    13 questions, each of which leads to the next

Good:
    the question that decides most cases first, or a second tree for the rarer half
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.decisions.graph import spell_out
from generator.findings import Fault, Spot
from generator.library.library import Library

SEVERITY = "warning"


MOST = 12


def check(library: Library) -> Iterator[Fault]:
    for document, decision, graph in library.decisions:
        way = graph.longest
        if len(way) > MOST:
            message = f"it takes {len(way)} questions to reach a decision, more than {MOST}: {spell_out(way)}"
            hint = "first ask the question that decides most cases, or split the tree in two"
            yield Fault(Spot(document.path, (decision.group, graph.asks[way[MOST].question]), key=True), message, hint)
