"""Finds the Markdown that readers of a page do not see: comments, and unused link definitions that contain words.

People write notes to each other in these. A page, a pack or an export that showed them would publish what was not meant
for anybody outside.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from generator.documents.text.markup import BEGINNING, Token, tokens

# A title may have several lines, but ends with its paragraph.
WITHIN = r"(?:\\.|[^%s\\\n]|\n(?![ \t]*\n))*+"
QUOTED = "|".join((rf'"{WITHIN % chr(34)}"', f"'{WITHIN % chr(39)}'", rf"\({WITHIN % '()'}\)"))
TITLE = rf"[ \t\n][ \t\n]*?(?:{QUOTED})[ \t]*+$"
# `[//]: # (a note)` and `[note]: <> (words)` do not link to anything: they were written only for their titles.
DEFINITION = re.compile(
    rf"""
    ^ {BEGINNING} (?P<whole> \[(?P<label>[^\[\]\n^][^\[\]\n]*+)\]: [ \t]*+ (?:\n[ \t]*+)?+
      (?: (?: \#(?=\s|\Z) | <> ) (?: {TITLE} | [^\n]*+ )
        | (?: <[^<>\n]*+> | [^\s<]\S*+ ) {TITLE} ) )
    """,
    re.VERBOSE | re.MULTILINE,
)
LABEL = re.compile(r"\[([^\[\]]*+)\]")
SIGN, LINES = re.compile(r"[^\n]"), re.compile(r"\n")
COMMENT, INSTRUCTION, DEFINED = "an HTML comment", "an HTML declaration", "a link definition that nothing uses"


class Hidden(NamedTuple):
    """A stretch of a text that is not shown, and what it is."""

    what: str
    start: int
    end: int


def hidden(text: str) -> list[Hidden]:
    """The stretches of a text that are not shown, in order."""
    if "<!" not in text and "<?" not in text and "]:" not in text:
        return []
    return sorted(_find_hidden(text), key=lambda stretch: stretch.start)


def _find_hidden(text: str) -> Iterator[Hidden]:
    apart = [token for token in tokens(text) if token.kind in ("unseen", "code", "fence")]
    for token in apart:
        if token.kind == "unseen":
            yield Hidden(COMMENT if text.startswith("<!--", token.start) else INSTRUCTION, token.start, token.end)
    if "]:" in text:
        yield from _find_definitions(text, apart)


def _find_definitions(text: str, apart: list[Token]) -> Iterator[Hidden]:
    """Definitions that no link uses. None begins in code or in a comment, and nothing in there uses one."""
    definitions = list(
        DEFINITION.finditer(_blank_out(text, apart, lambda token: LINES if token.kind == "code" else SIGN))
    )
    if not definitions:
        return
    taken = {match.start("label") - 1 for match in definitions}
    labels = LABEL.finditer(_blank_out(text, apart, lambda token: SIGN))
    used = {_normalise_label(match[1]) for match in labels if match.start() not in taken}
    for match in definitions:
        if _normalise_label(match["label"]) not in used:
            yield Hidden(DEFINED, *match.span("whole"))


def _blank_out(text: str, apart: Iterable[Token | Hidden], signs: Callable[[Any], re.Pattern[str]]) -> str:
    """Replaces the characters that `signs` gives for each stretch with spaces, so that indexes stay the same."""
    kept, at = [], 0
    for stretch in apart:
        kept += [text[at : stretch.start], signs(stretch).sub(" ", text[max(at, stretch.start) : stretch.end])]
        at = max(at, stretch.end)
    return "".join([*kept, text[at:]])


def _normalise_label(label: str) -> str:
    return " ".join(label.split()).casefold()


def visible(text: str) -> str:
    """The text without what is not shown, and without the lines that contained nothing else."""
    stretches = hidden(text)
    if not stretches:
        return text
    kept, at = [], 0
    for stretch in stretches:
        start, end = _extend_to_lines(text, stretch, at)
        kept.append(text[at:start])
        at = max(at, end)
    return "".join([*kept, text[at:]])


def _extend_to_lines(text: str, stretch: Hidden, after: int) -> tuple[int, int]:
    """The start and end of a stretch, extended to whole lines if the rest of these is only spaces."""
    start, end = max(stretch.start, after), stretch.end
    while start > after and text[start - 1] in " \t":
        start -= 1
    while end < len(text) and text[end] in " \t":
        end += 1
    begins, ends = start == 0 or text[start - 1] == "\n", end == len(text) or text[end] == "\n"
    return (start, end + 1) if begins and ends else (max(stretch.start, after), stretch.end)


def masked(text: str) -> str:
    """The text with spaces for what is not shown, so that indexes stay the same."""
    stretches = hidden(text)
    return _blank_out(text, stretches, lambda stretch: SIGN) if stretches else text
