"""A reply announces a restriction, but lacks an element of the statement of reasons.

Where a jurisdiction requires it, a member must be told the facts, the ground, the use of automated means, the scope
with its duration, and the means of redress: in the European Union by Regulation (EU) 2022/2065, Article 17(3). The
vocabulary says which elements a jurisdiction requires, and which actions restrict. A macro that names no
`jurisdictions` is for all of them.

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
from generator.documents.terms import Element
from generator.documents.types.macro import Macro
from generator.documents.vocabulary import Vocabulary
from generator.findings import Fault, Related, Spot
from generator.library.library import Library

MEANINGS: dict[Element, str] = {
    "scope": "what is restricted, where and for how long",
    "facts": "the facts and what led to them",
    "automation": "the use of automated means",
    "ground": "the ground with its clause",
    "redress": "how to contest the decision",
}


def check(library: Library) -> Iterator[Fault]:
    if library.vocabulary is None:
        return
    for document, macro in library.each(Macro):
        action = library.vocabulary.enforcement_actions.get(macro.enforcement or "")
        demands = (
            _collect_elements(library.vocabulary, macro) if action and action.restricts and not macro.is_gone else {}
        )
        asked = {element for elements in demands.values() for element in elements}
        missing = [element for element in MEANINGS if element in asked - macro.reasons.keys()]
        if missing:
            spot = Spot(document.path, ("reasons" if macro.reasons else "enforcement",), key=True)
            message = f"the reply does not state {'; '.join(MEANINGS[element] for element in missing)}"
            yield Fault(
                spot,
                message,
                _suggest_reasons(macro, missing),
                tuple(_point_at_demands(library.vocabulary, demands, missing)),
            )


def _collect_elements(vocabulary: Vocabulary, macro: Macro) -> dict[str, list[Element]]:
    """The elements that the law requires, by jurisdiction in which the reply is sent."""
    terms = vocabulary.jurisdictions
    return {name: terms[name].statement_of_reasons for name in macro.jurisdictions or terms if name in terms}


def _suggest_reasons(macro: Macro, missing: list[Element]) -> str:
    lines = ", ".join(f"{element}: [...]" for element in missing)
    where = f"add `{lines}` to `reasons`" if macro.reasons else f"add `reasons: {{{lines}}}`"
    return f"{where}, with the paragraphs that say it; add to the text what it lacks"


def _point_at_demands(
    vocabulary: Vocabulary, demands: dict[str, list[Element]], missing: list[Element]
) -> Iterator[Related]:
    for name, elements in demands.items():
        if set(elements) & set(missing):
            spot = Spot(VOCABULARY, ("jurisdictions", name, "statement_of_reasons"))
            yield Related(spot, f"required in: {vocabulary.jurisdictions[name].name.strip()}")
