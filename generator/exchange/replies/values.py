"""Reads values in the template syntax of help desks: what they are called, and what is there if one is missing."""

from __future__ import annotations

import re

# A value with filters, as `user.name | fallback: "there"`, or with a default, as `lead.First Name:default=Friend`.
VALUE = re.compile(r"\{[{%][-~]?\s*([A-Za-z_][\w.'\[\]-]*(?:[ ][A-Za-z]\w*)*)\s*(?:(?:[|:,]|\?\?).*)?[}%]\}", re.DOTALL)
DEFAULT = re.compile(
    r"""(?:\|\|? | \?\?) \s* (?:(?:default|fallback)\s*[:(=]\s*)?
        ["'“](?P<words>[^"'”{}\n]+)["'”] \s*\)? [-\s]*[}%]\}$
      | (?::default=|,\s*fallback\s*=\s*) (?P<plain>[^|{}%"'\n]+?) \s*[}%]\}$""",
    re.VERBOSE,
)
# Help Scout writes a value as `{%customer.firstName%}`; a statement begins with a word of its own.
NOT_A_STATEMENT = re.compile(r"\{%[-\s]*\w+\.\w")
# What Handlebars has in the brackets of values that are none: blocks, parts of others, comments.
BLOCK = re.compile(r"[-~\s]*(?:[\#/^>!]|else\b|end\b)")


def name_value(kind: str, signs: str, is_system: bool) -> str | None:
    """The words that name the value of an expression; None if it is logic, or if a system would not read it as one."""
    if kind == "signs" or "\n" in signs or (kind == "statement" and (is_system or not NOT_A_STATEMENT.match(signs))):
        return None
    if BLOCK.match(signs.strip("{}")):
        return None
    if value := VALUE.fullmatch(signs):
        return value[1]
    return None if is_system and kind != "triple" else signs.strip("{}").partition("|")[0]


def find_default(signs: str) -> str:
    """The words that a help desk would fill in if there is no value, as in `{{ name | default: "there" }}`."""
    found = DEFAULT.search(signs)
    return ((found["words"] or found["plain"]) if found else "").strip()
