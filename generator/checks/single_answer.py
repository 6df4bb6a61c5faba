"""A question of a decision tree has one answer only.

It asks nothing: whatever the case is, the answer is the same. Often the `otherwise` is missing.

Bad:
    ask: Did the member lose access?
    answers: {"yes": {label: "Yes", go: lock}}

Good:
    answers: {"yes": {label: "Yes", go: lock}, otherwise: {label: Anything else, go: leave}}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.decision_tree import DecisionTree
from generator.findings import Fault, Spot
from generator.library import Library

SEVERITY = "warning"


def check(library: Library) -> Iterator[Fault]:
    for document, tree in library.each(DecisionTree):
        for name, question in tree.questions.items():
            if len(question.answers) == 1:
                (answer,) = question.answers
                hint = "add what else may be so, at least an `otherwise`, or remove the question"
                spot = Spot(document.path, ("questions", name, "answers"), key=True)
                yield Fault(spot, f"`{name}` has the one answer `{answer}`", hint)
