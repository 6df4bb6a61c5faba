"""Two answers to a question of a decision tree read the same.

An analyst cannot tell which one to choose. Capitals, spaces and punctuation make no difference.

Bad:
    answers: {"yes": {label: "Yes", go: lock}, otherwise: {label: yes., go: leave}}

Good:
    answers: {"yes": {label: "Yes", go: lock}, otherwise: {label: Anything else, go: leave}}
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from generator.documents.types.decision_tree import Decision
from generator.findings import Fault, Related, Spot
from generator.library.library import Library

# Signs that carry meaning are kept: `< 18` and `> 18` are different answers, and so are `-1` and `+1`.
SIGNS = re.compile(r"(?:(?![<>=≤≥≠]|[+-]\d)[\W_])+")


def check(library: Library) -> Iterator[Fault]:
    for document, decision in library.each(Decision):
        for name, asked in decision.asked.items():
            taken: dict[str, str] = {}
            for answer_id, answer in asked.offered.items():
                first = taken.setdefault(_normalise(answer.label), answer_id)
                if first != answer_id:
                    keys = (decision.group, name, asked.offers)
                    other = Related(Spot(document.path, (*keys, first, "label")), f"`{first}` reads the same")
                    message = f"the answers `{first}` and `{answer_id}` of `{name}` read the same"
                    spot = Spot(document.path, (*keys, answer_id, "label"))
                    yield Fault(spot, message, "say how they differ, or remove one", (other,))


def _normalise(label: str) -> str:
    return SIGNS.sub(" ", unicodedata.normalize("NFKC", label)).strip().casefold() or label
