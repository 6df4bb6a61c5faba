"""In goes the text of a macro, out come the variables that it uses."""

from __future__ import annotations

import re

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

PLAIN = re.compile(r"\{\{-?\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*-?\}\}")
ENVIRONMENT = Environment(autoescape=False)


def variables(text: str) -> frozenset[str]:
    """The names of the variables; raises jinja2.TemplateSyntaxError."""
    names = frozenset(PLAIN.findall(text))
    rest = PLAIN.sub("", text) if names else text
    if not ("{{" in rest or "{%" in rest or "{#" in rest or "}}" in rest):
        return names
    return frozenset(meta.find_undeclared_variables(_parse(text)))


def position(text: str, name: str) -> int:
    """Where the text uses a variable first."""
    used = re.search(r"\{[{%](?:(?![}%]\}).)*?\b(" + re.escape(name) + r")\b", text, re.DOTALL)
    return used.start(1) if used else 0


def _parse(text: str) -> nodes.Template:
    try:
        return ENVIRONMENT.parse(text)
    except RecursionError:
        raise TemplateSyntaxError("is nested too deep", 1) from None


def pieces(text: str) -> list[tuple[str, str]]:
    """The text as pairs: ("text", words) and ("variable", name), for showing it with its blanks."""
    found, last = [], 0
    for match in PLAIN.finditer(text):
        found += [("text", text[last : match.start()]), ("variable", match[1])]
        last = match.end()
    return [pair for pair in [*found, ("text", text[last:])] if pair[1]]
