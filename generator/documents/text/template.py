"""Finds the variables in the text of a macro, and anything in it that is more than those; fills the text in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

NAME = r"[a-zA-Z_][a-zA-Z0-9_]*"
PLAIN = re.compile(rf"\{{\{{-?\s*({NAME})\s*-?\}}\}}")
OPENING = re.compile(r"\{[{%#]")
CLOSINGS = {"{{": re.compile(r"\}\}"), "{%": re.compile(r"%\}"), "{#": re.compile(r"#\}")}
FILTER = re.compile(rf"-?\s*{NAME}\s*\|\s*({NAME})")
BRACKET_OR_WORD = re.compile(r"(?P<open>\{[{%])|(?P<close>[}%]\})|\w+")
CLOSING = ("end", "else", "elif")
NEVER = 1 << 62


class TemplateError(Exception):
    """A text that is not a valid template, or that cannot be filled in; lines count from 1."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


class Next:
    """Finds the next match of a pattern; the indexes asked for must not decrease, so that the text is read once."""

    def __init__(self, sign: re.Pattern[str], text: str) -> None:
        self._matches = sign.finditer(text)
        self._span = -1, -1

    def at(self, index: int) -> tuple[int, int]:
        """The start and end of the first match that begins at the index or later; NEVER if there is none."""
        while self._span[0] < index:
            match = next(self._matches, None)
            self._span = match.span() if match else (NEVER, NEVER)
        return self._span


class Construct(NamedTuple):
    """A piece of a text that does more than show a variable: what it is, its text, and the index where it begins."""

    what: str
    found: str
    start: int


@lru_cache(maxsize=1 << 14)
def variables(text: str) -> frozenset[str]:
    """The names of the variables; cached, as six checks ask for those of each letter. Raises TemplateError."""
    names = frozenset(PLAIN.findall(text))
    rest = PLAIN.sub("", text) if names else text
    if not ("{{" in rest or "{%" in rest or "{#" in rest or "}}" in rest):
        return names
    return _parse(text)


def constructs(text: str) -> Iterator[Construct]:
    """Everything in a text except words and plain variables. The end of a statement counts with its beginning."""
    ends = {opening: Next(closing, text) for opening, closing in CLOSINGS.items()}
    at = 0
    while match := OPENING.search(text, at):
        end = ends[match[0]].at(match.end())[1]
        piece = text[match.start() : end] if end != NEVER else ""
        if what := _describe(piece):
            yield Construct(what, piece, match.start())
        at = end if piece else match.start() + 1


def fill_in(text: str, values: Mapping[str, str]) -> str:
    """The text with its variables filled in; values are inserted as they are, and nothing in the text is executed.

    Raises TemplateError if the text is more than words and variables, or if a value is missing.
    """
    for construct in constructs(text):
        raise TemplateError(f"{construct.what} cannot be filled in")
    for name in sorted(variables(text) - values.keys()):
        raise TemplateError(f"`{name}` has no value")
    return PLAIN.sub(lambda match: values[match[1]], text)


def first_uses(text: str) -> dict[str, int]:
    """The index of the first use of each name, which is where it first appears within brackets."""
    first: dict[str, int] = {}
    inside = False
    for match in BRACKET_OR_WORD.finditer(text):
        if inside and not match.lastgroup:
            first.setdefault(match[0], match.start())
        inside = match.lastgroup == "open" or (inside and match.lastgroup != "close")
    return first


def pieces(text: str) -> list[tuple[str, str]]:
    """The text as pairs: ("text", words) and ("variable", name), for showing it with its blanks."""
    pairs, last = [], 0
    for match in PLAIN.finditer(text):
        pairs += [("text", text[last : match.start()]), ("variable", match[1])]
        last = match.end()
    return [pair for pair in [*pairs, ("text", text[last:])] if pair[1]]


def _parse(text: str) -> frozenset[str]:
    """The names of the variables, as the template language finds them."""
    # Imported late: it takes an eighth of the time in which `check` starts, and few replies ever need it.
    from jinja2 import Environment, TemplateSyntaxError, meta

    try:
        return frozenset(meta.find_undeclared_variables(Environment(autoescape=False).parse(text)))
    except TemplateSyntaxError as error:
        raise TemplateError(error.message or "cannot be read", error.lineno) from None
    except RecursionError:
        raise TemplateError("is nested too deeply") from None


def _describe(construct: str) -> str:
    """What a construct is, in a few words; empty for a plain variable and for the end of a statement."""
    if not construct:
        return ""
    inner = construct[2:-2]
    if construct.startswith("{#"):
        return "a comment"
    if construct.startswith("{%"):
        word = re.search(r"\w+", inner)
        statement = word[0] if word else ""
        return "" if statement.startswith(CLOSING) else f"the statement `{statement}`"
    return "" if re.fullmatch(NAME, inner.strip()) else _describe_expression(inner)


def _describe_expression(inner: str) -> str:
    applied = FILTER.match(inner)
    if applied:
        return f"the filter `{applied[1]}`"
    if re.fullmatch(rf"-?\s*{NAME}\s*-?", inner):
        return "a hyphen that removes spaces"
    signs = {"(": "a call", ".": "a part of a value", "[": "a part of a value"}
    return next((what for sign, what in signs.items() if sign in inner), "an expression")
