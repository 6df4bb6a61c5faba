"""Signs that no document may hold, as nobody sees them: control characters, and turns of the direction of text."""

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


def control(codepoint: int, index: int) -> Broken:
    """That there is a character that nobody sees."""
    return Broken(f"holds the control character U+{codepoint:04X}", "remove it", index, index + 1)


def refuse_turns(text: str, start: int = 0) -> None:
    """Raises Broken at a sign that hides what a text says: one for no text, or a turn of its direction.

    Overrides are never right. Embeddings and isolates belong to letters that run from right to left; what one does not
    close in its line shows words in an order in which nobody wrote them.
    """
    found = next(_turns(text, start), None)
    if found is None:
        return
    sign, index = found[0], found.start()
    if sign in CLOSERS:
        hint = f"close it in its line with U+{ord(CLOSERS[sign]):04X}, or remove it"
        raise Broken(f"holds U+{ord(sign):04X}, which turns the direction of the text", hint, index, index + 1)
    raise control(ord(sign), index)


def _turns(text: str, start: int = 0) -> Iterator[re.Match[str]]:
    """Every sign that is never right, or turns the direction and is not closed in its line."""
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
    """Text without the signs that `refuse_turns` refuses."""
    wrong = {found.start() for found in _turns(text)}
    return "".join(sign for at, sign in enumerate(text) if at not in wrong) if wrong else text


def in_escapes(value: str) -> re.Match[str] | None:
    """The first sign in a value that it may not hold, however it is spelled; None where there is none."""
    return ESCAPED_CONTROL.search(value) or next(_turns(value), None)


def spelled(text: str, begin: int, until: int, sign: str) -> Broken:
    """That a value between two places spells the sign: at its escape, or at the value where none does."""
    start = end = begin
    for escape in ESCAPE.finditer(text, begin, until):
        digits = escape[1] or escape[2] or escape[3]
        if (int(digits, 16) if digits else SHORT_ESCAPES.get(escape[4])) == ord(sign):
            start, end = escape.span()
            break
    return Broken(f"holds the control character U+{ord(sign):04X}", "remove it", start, max(end, start + 1))
