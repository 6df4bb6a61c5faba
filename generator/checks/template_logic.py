"""The text of a macro does more than show its variables.

A reply is words and variables, `{{ name }}`. Statements, filters, comments and expressions have no field on the page
and no counterpart in a ticketing system, and the text that they produce cannot be proofread.

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
    "the statement": "write one reply for each case, or a variable that holds the words of the case",
    "the filter": "write `{{ name }}`, and have the field filled in with what the member should read",
    "a comment": "move it to `internal_note`",
    "a sign": "write `{{ name }}`",
    "": "declare a variable for what the member should read, and write `{{ name }}`",
}


def check(library: Library) -> Iterator[Fault]:
    for document, macro in library.each(Macro):
        for _, keys, text in macro.letters:
            logic = list(constructs(text))
            for construct in logic if logic and _is_valid(text) else ():
                spot = stretch(document.path, keys, text, construct.found, construct.start)
                hint = next(hint for beginning, hint in HINTS.items() if construct.what.startswith(beginning))
                yield Fault(spot, f"{construct.what} is not allowed: a reply is words and variables only", hint)


def _is_valid(text: str) -> bool:
    """Whether it is a template at all; if it is not, macro-syntax reports just that."""
    try:
        variables(text)
    except TemplateError:
        return False
    return True
