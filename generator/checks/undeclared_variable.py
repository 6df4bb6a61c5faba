"""A macro uses a variable that it does not declare.

The agent would get no field to fill in, and the member a reply with a gap.

Bad:
    variables: {}
    text: Hi {{ name }}.

Good:
    variables: {name: {label: Member's name}}
    text: Hi {{ name }}.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.documents.fields import KEYWORDS
from generator.documents.text.template import TemplateError, first_uses, pieces, variables
from generator.documents.types.macro import Macro
from generator.findings import Fault, stretch
from generator.library.library import Library
from generator.wording import did_you_mean


def check(library: Library) -> Iterator[Fault]:
    for document, macro in library.each(Macro):
        for _, keys, text in macro.letters:
            unknown = _find_plain_variables(text) - macro.variables.keys()
            first = first_uses(text) if unknown else {}
            for name in sorted(unknown):
                hint = partial(did_you_mean, name, macro.variables, _suggest_declaration(name))
                spot = stretch(document.path, keys, text, name, first.get(name, 0))
                cause = f"{document.path}: {name}"
                yield Fault(spot, f"the variable `{name}` is not declared", hint, cause=cause)


def _find_plain_variables(text: str) -> set[str]:
    """The names of plain variables. Anything else in the brackets is not a variable, and template-logic reports it."""
    try:
        variables(text)
    except TemplateError:
        return set()
    return {name for what, name in pieces(text) if what == "variable"}


def _suggest_declaration(name: str) -> str:
    if name in KEYWORDS:
        return f"choose another name: `{name}` is a word of the template language"
    fit = name.lower().strip("_")
    renamed = f"write `{{{{ {fit} }}}}`, and " if fit != name else ""
    return f"{renamed}add `{fit}: {{label: ...}}` to `variables`"
