"""The text of a macro is not a valid template.

A variable is written in double curly brackets. Members get the text as it is, so an error in it would be sent to them.

Bad:
    text: Hi {{ name }, thank you.

Good:
    text: Hi {{ name }}, thank you.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.text.template import TemplateError, variables
from generator.documents.types.macro import Macro
from generator.findings import Fault, stretch
from generator.library.library import Library


def check(library: Library) -> Iterator[Fault]:
    for document, macro in library.each(Macro):
        for _, keys, text in macro.letters:
            try:
                variables(text)
            except TemplateError as error:
                line, start = _find_line(text, error.line)
                message = f"this is not a valid template: {error}"
                hint = "write a variable as {{ name }}"
                yield Fault(stretch(document.path, keys, text, line, start), message, hint)


def _find_line(text: str, number: int) -> tuple[str, int]:
    """A line of the text by its number, and the index at which it begins."""
    lines = text.rstrip("\n").split("\n")
    index = min(number, len(lines)) - 1
    return lines[index].strip(), len("\n".join(lines[:index]))
