"""A decision tree has more than 150 questions and outcomes.

Nobody can keep it in order, or see in a drawing where they are. The questions of a table are counted as it asks them:
an input after the other, without those that make no difference, and places from which all goes on alike as one.

Bad:
    a tree of 151 questions and outcomes

Good:
    a tree that sorts, and a tree for each kind
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.decisions.diagram import MOST_STATES
from generator.findings import Fault, Spot
from generator.library.library import Library

SEVERITY = "warning"


MOST = 150


def check(library: Library) -> Iterator[Fault]:
    for document, decision, graph in library.decisions:
        size = len(graph.questions) + len(decision.outcomes)
        number = f"{MOST_STATES:,} or more" if graph.is_too_wide else str(size)
        if size > MOST or graph.is_too_wide:
            hint = "make a tree that sorts, and one for each kind"
            message = f"it has {number} questions and outcomes, more than {MOST}"
            yield Fault(Spot(document.path, (decision.group,), key=True), message, hint)
