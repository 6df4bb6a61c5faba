"""The text of a macro does more than to show its variables.

A reply is words and variables, `{{ name }}`. Statements, filters, comments and expressions have no field on the page
and no counterpart in a ticketing system, and nobody can proofread what they will make of the text.

Bad:
    text: Hi {{ name | upper }},{% if late %} sorry for the delay.{% endif %}

Good:
    variables:
      opening: {label: A sentence on the delay, example: We are sorry for the delay.}
    text: Hi {{ name }}, {{ opening }}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.text.template import TemplateError, constructs, variables
from generator.documents.types.macro import Macro
from generator.findings import Fault, stretch
from generator.library.library import Library

HINTS = {
    "the statement": "write a reply for each case, or a variable that holds the words of the case",
    "the filter": "write `{{ name }}`, and let the field be filled with what the member shall read",
    "a comment": "move it to `internal_note`",
    "a sign": "write `{{ name }}`",
    "": "declare a variable for what the member shall read, and write `{{ name }}`",
}


def check(library: Library) -> Iterator[Fault]:
    for document, macro in library.each(Macro):
        for _, keys, text in macro.letters:
            found = list(constructs(text))
            for one in found if found and _is_valid(text) else ():
                spot = stretch(document.path, keys, text, one.found, one.start)
                hint = next(hint for beginning, hint in HINTS.items() if one.what.startswith(beginning))
                yield Fault(spot, f"{one.what} is more than words and variables", hint)


def _is_valid(text: str) -> bool:
    """Whether it is a template at all: where it is none, that is what there is to say."""
    try:
        variables(text)
    except TemplateError:
        return False
    return True
