"""A variable is a choice, but there is nothing to choose from.

The agent would get an empty list, and could never fill in the blank.

Bad:
    variables: {way: {label: Way of payment, type: choice}}

Good:
    variables: {way: {label: Way of payment, type: choice, choices: [card, bank transfer]}}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.types.macro import Macro
from generator.findings import Fault, Spot
from generator.library.library import Library


def check(library: Library) -> Iterator[Fault]:
    for document, macro in library.each(Macro):
        for name, variable in macro.variables.items():
            if variable.type == "choice" and not variable.choices:
                spot = Spot(document.path, ("variables", name), key=True)
                yield Fault(spot, f"`{name}` has no choices", "add `choices: [..., ...]`, or write `type: text`")
