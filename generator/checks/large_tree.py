"""A decision tree has more than 150 questions and outcomes.

It is hard to keep in order, and readers get lost in its drawing. The questions of a table are counted as it asks them:
one input after the other, without inputs that make no difference; questions that go on in the same way count as one.

Bad:
    a tree of 151 questions and outcomes

Good:
    a tree that sorts the cases, and a tree for each kind of case
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
            hint = "make a tree that sorts the cases, and one for each kind of case"
            message = f"this has {number} questions and outcomes, more than {MOST}"
            yield Fault(Spot(document.path, (decision.group,), key=True), message, hint)
