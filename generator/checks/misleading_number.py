"""An answer's id is a number, but not the number of its place.

The first answer has the key 1 on the page and the number 1 in the terminal. If another answer has the id `1`, somebody
who reads it in a golden case and types it gets the wrong answer.

Bad:
    answers: {"2": {label: Two or more, ...}, "1": {label: One, ...}}

Good:
    answers: {two-or-more: {label: Two or more, ...}, one: {label: One, ...}}
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
            offered = list(asked.offered)
            numbers = {str(number): answer for number, answer in enumerate(offered, 1)}
            wrong = [answer for answer in offered if numbers.get(answer, answer) != answer]
            if wrong and asked.takes in (None, "several"):
                answer = wrong[0]
                message = (
                    f"`{answer}` of `{name}` is not the answer with the number {answer}, which is `{numbers[answer]}`"
                )
                spot = Spot(document.path, (decision.group, name, asked.offers, answer), key=True)
                yield Fault(spot, message, "write the ids in words, or put the answers in the order of their numbers")
