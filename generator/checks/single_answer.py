"""A question of a decision tree has only one answer.

It asks nothing: whatever the case is, the answer is the same. Often an `otherwise` is missing.

Bad:
    ask: Did the member lose access?
    answers: {"yes": {label: "Yes", go: lock}}

Good:
    answers: {"yes": {label: "Yes", go: lock}, otherwise: {label: Anything else, go: leave}}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.types.decision_tree import Decision
from generator.findings import Fault, Spot
from generator.library.library import Library

SEVERITY = "warning"


def check(library: Library) -> Iterator[Fault]:
    for document, decision in library.each(Decision):
        for name, asked in decision.asked.items():
            if len(asked.offered) == 1:
                (answer,) = asked.offered
                hint = "add the other possible answers, at least an `otherwise`, or remove the question"
                spot = Spot(document.path, (decision.group, name, asked.offers), key=True)
                yield Fault(spot, f"`{name}` has only one answer, `{answer}`", hint)
