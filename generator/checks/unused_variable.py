"""A macro declares a variable that none of its texts uses.

The agent would fill in a field for nothing. Often the text spells the name differently.

Bad:
    variables: {deadline: {label: Answer by, type: date}}
    text: Please reply soon.

Good:
    variables: {deadline: {label: Answer by, type: date}}
    text: Please reply by {{ deadline }}.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.text.blanks import blanks
from generator.documents.text.template import TemplateError, variables
from generator.documents.types.macro import Macro
from generator.findings import Fault, Spot
from generator.library.library import Library


def check(library: Library) -> Iterator[Fault]:
    for document, macro in library.each(Macro):
        try:
            used = frozenset[str]().union(*(variables(letter.text) for letter in macro.letters))
        except TemplateError:
            continue
        near_miss = bool(used - macro.variables.keys())
        unused = [] if near_miss else [name for name in macro.variables if name not in used]
        # `{ day }` is a blank, which leftover reports where it is.
        left = {blank.name for letter in macro.letters for blank in blanks(letter.text)} if unused else ()
        for name in unused:
            if name not in left:
                spot = Spot(document.path, ("variables", name), key=True)
                yield Fault(spot, f"no text uses the variable `{name}`", "use it in the text, or remove it")
