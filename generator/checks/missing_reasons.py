"""A reply announces a restriction and lacks an element of the statement of reasons.

Where a jurisdiction demands it, a member must be told the facts, the ground, the use of automated means, the scope with
its duration, and the ways of redress: in the European Union by Regulation (EU) 2022/2065, Article 17(3). The vocabulary
says which elements a jurisdiction demands, and which actions restrict. A macro that names no `jurisdictions` is for all
of them.

Bad:
    enforcement: account-suspension
    reasons: {facts: [2], ground: [3]}

Good:
    enforcement: account-suspension
    reasons: {scope: [1], facts: [2], ground: [3], automation: [3], redress: [4]}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents import VOCABULARY
from generator.documents.macro import Macro
from generator.documents.vocabulary import Element, Vocabulary
from generator.findings import Fault, Related, Spot
from generator.library import Library

TOLD: dict[Element, str] = {
    "facts": "the facts, and what led to them",
    "ground": "the ground with its exact clause",
    "automation": "whether automated means were used",
    "scope": "the restriction with its territory and duration",
    "redress": "the ways to contest the decision",
}


def check(library: Library) -> Iterator[Fault]:
    if library.vocabulary is None:
        return
    for document, macro in library.each(Macro):
        action = library.vocabulary.enforcement_actions.get(macro.enforcement or "")
        if action and action.restricts and not macro.is_gone:
            spot = Spot(document.path, ("reasons" if macro.reasons else "enforcement",), key=True)
            for element, demands in _demanded(library.vocabulary, macro).items():
                if element not in macro.reasons:
                    hint = f"name the paragraph that holds it, as `{element}: [...]` in `reasons`, or write it"
                    yield Fault(spot, f"the reply does not tell {TOLD[element]} (`{element}`)", hint, tuple(demands))


def _demanded(vocabulary: Vocabulary, macro: Macro) -> dict[Element, list[Related]]:
    """The elements that the law demands wherever the reply is sent, each with the places that say so."""
    found: dict[Element, list[Related]] = {}
    for name, term in vocabulary.jurisdictions.items():
        if not macro.jurisdictions or name in macro.jurisdictions:
            for index, element in enumerate(term.statement_of_reasons):
                here = Spot(VOCABULARY, ("jurisdictions", name, "statement_of_reasons", index))
                found.setdefault(element, []).append(Related(here, f"demanded in: {term.name.strip()}"))
    return found
