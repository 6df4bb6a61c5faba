"""Two answers to one question are both for those who cannot tell.

An analyst in doubt chooses either, and two cases that are alike end in different places.

Bad:
    answers:
      shared: {label: "It was shared, or I cannot tell", go: S2}
      private: {label: "Nobody else saw it, or I cannot tell", go: S3}

Good:
    answers:
      shared: {label: "It was shared, or I cannot tell", go: S2}
      private: {label: Nobody else saw it, go: S3}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.documents.types.decision_tree import Decision
from generator.findings import Fault, Related, Spot
from generator.library.library import Library

DOUBT = re.compile(
    r"\b(?:can(?:not|'t|’t| not) (?:tell|say|decide)|(?:not|un)[ -]?(?:sure|certain)|(?:do not|don'?t|don’t) know)\b",
    re.I,
)


def check(library: Library) -> Iterator[Fault]:
    for document, decision in library.each(Decision):
        for name, asked in decision.asked.items():
            doubtful = [answer_id for answer_id, answer in asked.offered.items() if DOUBT.search(answer.label)]
            keys = (decision.group, name, asked.offers)
            for answer_id in doubtful[1:]:
                other = Related(Spot(document.path, (*keys, doubtful[0], "label")), f"`{doubtful[0]}` takes it too")
                message = (
                    f"the answers `{doubtful[0]}` and `{answer_id}` of `{name}` are both for those who cannot tell"
                )
                hint = "leave it in the answer that leads to the safer side"
                yield Fault(Spot(document.path, (*keys, answer_id, "label")), message, hint, (other,))
