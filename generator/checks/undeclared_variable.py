"""A macro uses a variable that it does not declare.

The agent would get no field to fill, and the member a hole in the reply.

Bad:
    variables: {}
    text: Hi {{ name }}.

Good:
    variables: {name: {label: Member's name}}
    text: Hi {{ name }}.
"""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import TemplateSyntaxError

from generator.checks.macro_syntax import texts
from generator.documents.macro import Macro
from generator.findings import Fault, stretch
from generator.library import Library
from generator.nearest import did_you_mean
from generator.template import position, variables


def check(library: Library) -> Iterator[Fault]:
    for document, macro in library.each(Macro):
        for keys, text in texts(macro):
            try:
                unknown = variables(text) - macro.variables.keys()
            except TemplateSyntaxError:
                continue
            for name in sorted(unknown):
                hint = did_you_mean(name, macro.variables, f"add `{name}: {{label: ...}}` to `variables`")
                spot = stretch(document.path, keys, text, name, position(text, name))
                yield Fault(spot, f"the variable `{name}` is not declared", hint)
