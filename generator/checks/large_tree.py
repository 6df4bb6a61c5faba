"""A decision tree has more than 150 questions and outcomes.

Nobody can keep it in order, or see in a drawing where they are.

Bad:
    a tree of 151 questions and outcomes

Good:
    a tree that sorts, and a tree for each kind
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.decision_tree import DecisionTree
from generator.findings import Fault, Spot
from generator.library import Library

SEVERITY = "warning"


MOST = 150


def check(library: Library) -> Iterator[Fault]:
    for document, tree in library.each(DecisionTree):
        size = len(tree.questions) + len(tree.outcomes)
        if size > MOST:
            hint = "make a tree that sorts, and one for each kind"
            message = f"the tree has {size} questions and outcomes, more than {MOST}"
            yield Fault(Spot(document.path, ("questions",), key=True), message, hint)
