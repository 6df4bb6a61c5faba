"""A reply states its ground without the exact clause.

A member who is restricted must be able to read the exact rule, and an appeal starts from its number. A paragraph that
is declared as `ground` names the number of a section that the macro cites, or has a variable whose example shows how a
clause is named: `hateful conduct (5.1)`, `section 4`, `Article 17`. In the European Union, Regulation (EU) 2022/2065,
Article 17(3)(d) and (e), requires the legal or contractual ground itself.

Bad:
    text: This breaks our rules.
    reasons: {ground: [1]}
    cites: [account-integrity#compromise@3.0]

Good:
    text: This breaks section 2.1 of our rules, on accounts in the hands of somebody else.
    reasons: {ground: [1]}
    cites: [account-integrity#compromise@3.0]
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from generator.documents.text.template import pieces
from generator.documents.types.macro import Macro, paragraphs
from generator.documents.types.policy import Policy
from generator.findings import Fault, stretch
from generator.library.library import Library

CLAUSE = re.compile(
    r"(?<![\w.,-])\d+(?:\.\d+)+(?![\w-])|(?:§|\b(?:articles?|art\.?|sections?|sec\.?|clauses?|paragraphs?|rules?))\s*\d",
    re.IGNORECASE,
)


def check(library: Library) -> Iterator[Fault]:
    stating = {document.path: macro for document, macro in library.each(Macro) if "ground" in macro.reasons}
    cited = _collect_numbers(library, stating)
    for path, macro in stating.items():
        for _, keys, text in macro.letters if path in cited and not macro.is_gone else ():
            stated = [words for number, words in enumerate(paragraphs(text), 1) if number in macro.reasons["ground"]]
            if stated and not any(_names_clause(paragraph, macro, cited[path]) for paragraph in stated):
                spot = stretch(path, keys, text, stated[0], text.index(stated[0]))
                yield Fault(spot, "the ground is stated without its exact clause", _suggest_clause(sorted(cited[path])))
                break


def _collect_numbers(library: Library, paths: Collection[str]) -> dict[str, set[str]]:
    """By path, the numbers of the sections that a document cites; without those that cite what cannot be read."""
    cited: dict[str, set[str]] = {path: set() for path in paths}
    for reference in library.references if paths else ():
        if reference.target.part is None or reference.at.path not in cited:
            continue
        target = library.find(reference.target.id)
        if target is None or not target.sound:  # its own fault is told elsewhere
            del cited[reference.at.path]
        elif isinstance(target.body, Policy):
            numbers = (section.number for section in target.body.sections if section.id == reference.target.part)
            cited[reference.at.path].update(number for number in numbers if number)
    return cited


def _names_clause(paragraph: str, macro: Macro, numbers: set[str]) -> bool:
    return any(re.search(rf"(?<![\w.]){re.escape(number)}(?!\w|\.\d)", paragraph) for number in numbers) or any(
        kind == "variable" and _holds_clause(macro, name) for kind, name in pieces(paragraph)
    )


def _holds_clause(macro: Macro, name: str) -> bool:
    """Whether a variable's example shows a clause. A date or an amount does not, although it has numbers."""
    variable = macro.variables.get(name)
    if variable is None or variable.type not in ("text", "choice"):
        return False
    shown = [variable.example or variable.fallback or "", *variable.choices]
    return any(CLAUSE.search(example) for example in shown)


def _suggest_clause(numbers: list[str]) -> str:
    named = (
        f"name it, such as `section {numbers[0]}`" if numbers else "cite the section in `cites`, and name its number"
    )
    return f"{named}, or use a variable with an example such as `hateful conduct (5.1)`"
