"""Invisible characters that no document may contain: control characters, and changes of the text's direction."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from generator.files.broken import Broken
from generator.findings import Advice

BEGINS_VALUE = re.compile(r" *(?:- |[\w\"'-]+:)")  # a value that goes on below only if that is indented more
SEPARATOR = re.compile("[\x85\u2028\u2029]")
# What looks like a space, or like nothing, and is no space for YAML. Joiners and marks of direction are in UNSEEN: they
# belong to their scripts, and only a text of nothing else says nothing.
ODD = "\u00a0\u00ad\u034f\u115f\u1160\u1680\u180e\u2000-\u200b\u202f\u205f-\u2064\u2800\u3000\u3164\ufeff\uffa0"
UNSEEN = "\u061c\u17b4\u17b5\u180b-\u180f\u200c-\u200f\u202a-\u202e\u2065-\u206f\ufe00-\ufe0f\U000e0000-\U000e0fff"
OPENING = "\u2018\u201a-\u201c\u201e\u201f\u00ab\u2039"  # quotes that a word processor puts in place of straight ones
CLOSING = "\u2019\u201d\u00bb\u203a"
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
ESCAPED_CONTROL = re.compile(f"{CONTROL.pattern}|\r(?!\n)")
ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
SHORT_ESCAPES = {"0": 0, "a": 7, "b": 8, "v": 11, "f": 12, "r": 13, "e": 27}
CLOSERS = dict.fromkeys("\u202a\u202b", "\u202c") | dict.fromkeys("\u2066\u2067\u2068", "\u2069")
LINE_ENDS = "\n\r\x85\u2028\u2029"
TURNING = "\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef"
TURNED = re.compile(f"[{TURNING}]")
REMOVE = Advice("remove it", "", is_safe=True)
TURN = re.compile(f"{TURNED.pattern}|[{LINE_ENDS}]")


def control_character(codepoint: int, index: int) -> Broken:
    """The error for a control character at an index."""
    return Broken(f"contains the control character U+{codepoint:04X}", REMOVE, index, index + 1)


def odd_character(text: str, index: int) -> Broken:
    """The error for a character of ODD that stands where only an ordinary space would mean something."""
    sign = text[index]
    space = Advice("write an ordinary space instead", " ", is_safe=True)
    edit = space if sign.isspace() else REMOVE
    return Broken(f"contains the invisible character {sign_name(sign)}", edit, index, index + 1)


def sign_name(sign: str) -> str:
    """A character that cannot be seen, as people can look it up: U+00A0 (no-break space)."""
    return f"U+{ord(sign):04X} ({unicodedata.name(sign, 'unnamed').lower()})"


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


def refuse_separators(text: str) -> None:
    """Raises Broken at an invisible line break: for YAML the line ends there, and what follows is not indented."""
    for found in SEPARATOR.finditer(text):
        line = text[max(text.rfind("\n", 0, found.start()), text.rfind("\r", 0, found.start())) + 1 : found.start()]
        indent = len(line) - len(line.lstrip(" "))
        begins_value = BEGINS_VALUE.match(line) is not None
        after = text[found.end() : found.end() + indent + 1]
        if not indent or begins_value or after[:indent].strip(" "):
            at = found.start()
            raise Broken(f"contains the invisible line break U+{ord(found[0]):04X}", REMOVE, at, at + 1)


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
    return Broken(f"contains the control character U+{ord(sign):04X}", REMOVE, start, max(end, start + 1))
