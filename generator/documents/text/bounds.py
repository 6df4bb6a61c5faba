"""Limits what is converted as Markdown, so that no text takes long.

Python-Markdown takes four times as long, or eight, for a paragraph with twice as many special characters: 4,000 opening
brackets took 13 seconds. No real paragraph comes near these limits; one that exceeds them is shown as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.documents.text.markup import BLANK, tokens

SIGNS, LINES, NESTED, BRACKETS = 10_000, 1_000, 50, 20
SIGN = re.compile(r"[\[\]{<&\\`*_]")
LINE = re.compile(r"^[ \t]*+(?:#|!!!|\?\?\?|[-=*_][-=*_ \t]*+$)", re.MULTILINE)
MARKERS = re.compile(rf"^(?:[ \t]*+(?:[>*+\-]|\d{{1,9}}[.)])){{{NESTED}}}", re.MULTILINE)
BLANKS = re.compile(r"(?:\n[ \t]*+(?=\n))++\n")
BRACKET = re.compile(rf"\\.|[\[\]]|{BLANK.pattern}", re.DOTALL)


def may_be_slow(text: str) -> bool:
    """Whether any of the text may exceed the limits; a cheap test."""
    return len(text) > LINES or not _is_within(text)


def blocks(text: str) -> Iterator[tuple[str, bool]]:
    """Splits the text into paragraphs, blank lines and fences, each with whether it is within the limits."""
    at = 0
    for fence in (token for token in tokens(text) if token.kind == "fence"):
        yield from _split_paragraphs(text[at : fence.start])
        yield text[fence.start : fence.end], True
        at = fence.end
    yield from _split_paragraphs(text[at:])


def _split_paragraphs(text: str) -> Iterator[tuple[str, bool]]:
    at = 0
    for blank in BLANKS.finditer(text):
        yield text[at : blank.start()], _is_within(text[at : blank.start()])
        yield blank[0], True
        at = blank.end()
    yield text[at:], _is_within(text[at:])


def _is_within(block: str) -> bool:
    is_flat = len(block) <= NESTED or not MARKERS.search(block)
    return is_flat and _has_at_most(SIGNS, SIGN, block) and _has_at_most(LINES, LINE, block)


def _has_at_most(number: int, sign: re.Pattern[str], block: str) -> bool:
    return len(block) <= number or sum(1 for _ in sign.finditer(block)) <= number


def unbracketed(text: str) -> str:
    """Markdown in which brackets without a partner, or nested too deeply, are escaped if there are many of them."""
    if text.count("[") <= BRACKETS:
        return text
    wrong = sorted(_find_wrong_brackets(text))
    if len(wrong) <= BRACKETS:
        return text
    kept, at = [], 0
    for index in wrong:
        kept += [text[at:index], f"&#{ord(text[index])};"]
        at = index + 1
    return "".join([*kept, text[at:]])


def _find_wrong_brackets(text: str) -> Iterator[int]:
    """The indexes of opening brackets without a partner, and of pairs that are nested too deeply."""
    opened: list[int] = []
    for match in BRACKET.finditer(text):
        if match[0] == "[":
            opened.append(match.start())
        elif match[0] == "]" and opened:
            index = opened.pop()
            if len(opened) >= BRACKETS:
                yield from (index, match.start())
        elif match[0].startswith("\n"):
            yield from opened
            opened = []
    yield from opened
