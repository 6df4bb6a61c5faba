"""Invisible characters that no document may contain: control characters, and changes of the text's direction."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.files.broken import Broken

SEPARATOR = re.compile("[\x85\u2028\u2029]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
ESCAPED_CONTROL = re.compile(f"{CONTROL.pattern}|\r(?!\n)")
ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
SHORT_ESCAPES = {"0": 0, "a": 7, "b": 8, "v": 11, "f": 12, "r": 13, "e": 27}
CLOSERS = dict.fromkeys("\u202a\u202b", "\u202c") | dict.fromkeys("\u2066\u2067\u2068", "\u2069")
LINE_ENDS = "\n\r\x85\u2028\u2029"
TURNED = re.compile("[\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef]")
TURN = re.compile(f"{TURNED.pattern}|[{LINE_ENDS}]")


def control_character(codepoint: int, index: int) -> Broken:
    """The error for a control character at an index."""
    return Broken(f"contains the control character U+{codepoint:04X}", "remove it", index, index + 1)


def refuse_turns(text: str, start: int = 0) -> None:
    """Raises Broken at a character that hides what a text says: a noncharacter, or a change of the text's direction.

    Overrides are never allowed. Embeddings and isolates are needed in scripts that are written from right to left, but
    if one is not closed on its line, the words after it are shown in an order in which they were not written.
    """
    found = next(_find_turns(text, start), None)
    if found is None:
        return
    sign, index = found[0], found.start()
    if sign in CLOSERS:
        hint = f"close it on its line with U+{ord(CLOSERS[sign]):04X}, or remove it"
        raise Broken(f"contains U+{ord(sign):04X}, which changes the direction of the text", hint, index, index + 1)
    raise control_character(ord(sign), index)


def _find_turns(text: str, start: int = 0) -> Iterator[re.Match[str]]:
    """Every character that is never allowed, or that changes the direction and is not closed on its line."""
    opened: list[re.Match[str]] = []
    for found in TURN.finditer(text, start) if TURNED.search(text, start) else ():
        sign = found[0]
        if sign in CLOSERS:
            opened.append(found)
        elif sign in LINE_ENDS:
            yield from opened
            opened.clear()
        elif opened and CLOSERS[opened[-1][0]] == sign:
            opened.pop()
        else:
            yield found
    yield from opened


def without_turns(text: str) -> str:
    """The text without the characters that `refuse_turns` refuses."""
    wrong = {found.start() for found in _find_turns(text)}
    return "".join(sign for at, sign in enumerate(text) if at not in wrong) if wrong else text


def find_forbidden(value: str) -> re.Match[str] | None:
    """The first forbidden character of a value; None if there is none."""
    return ESCAPED_CONTROL.search(value) or next(_find_turns(value), None)


def spelled_character(text: str, begin: int, until: int, sign: str) -> Broken:
    """The error for a character that a value between two indexes spells: at its escape, or else at the value."""
    start = end = begin
    for escape in ESCAPE.finditer(text, begin, until):
        digits = escape[1] or escape[2] or escape[3]
        if (int(digits, 16) if digits else SHORT_ESCAPES.get(escape[4])) == ord(sign):
            start, end = escape.span()
            break
    return Broken(f"contains the control character U+{ord(sign):04X}", "remove it", start, max(end, start + 1))
