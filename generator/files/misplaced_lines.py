"""Finds the line that is out of place: it lacks its colon or the space after its dash, or is indented wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.files.broken import Broken
from generator.files.yaml_lines import NAME, YamlLine

COLONLESS = re.compile(r"(?:- +)*(?P<key>[A-Za-z_]\w*)(?P<sign> *[=;] *|:|: *| *\uff1a *| +)(?P<value>.+)")
DASHED = re.compile(rf" *-(?! |-){NAME}:(?: |\t|$)")  # `-id: verify`
BULLET = re.compile(r"(?P<sign>[-*+\u2022\u2013\u2014])(?P<words> *[^\s*-].*)")
SIGNS = (":", "=", ";", "\uff1a")
WORD = re.compile(r"[A-Za-z0-9_-]+")
FAR = 1000
SHORT = 40  # characters of the author's words that a hint repeats


def find_loose(lines: Iterable[YamlLine]) -> Broken | None:
    """The first line that is neither a key nor an entry of a list, and too far left to go on with a text above it."""
    above: YamlLine | None = None  # the last key or entry
    before: YamlLine | None = None
    entries: dict[int, YamlLine] = {}
    for line in lines:
        if DASHED.match(line.text) or _is_text(line, above, entries.get(line.indent)):
            return _report_loose(line)
        if before and line.key and not (before.key or line.is_entry) and before.column == line.column:
            return _report_loose(before)  # it would have to be a key too
        above = line if line.key or line.is_entry else above
        before = line
        if line.is_entry:
            entries[line.indent] = line
    return None


def _is_text(line: YamlLine, above: YamlLine | None, sibling: YamlLine | None) -> bool:
    """Whether it must belong to a text: it is no key, or one of several words right below a text."""
    if line.is_entry:
        return bool(line.ended) and not line.key and (sibling is None or bool(sibling.key))
    if line.key:
        return bool(line.ended) and not WORD.fullmatch(line.key)
    return bool(line.ended) or above is None or line.indent <= above.column


def _report_loose(line: YamlLine) -> Broken:
    text = line.text.strip()
    colonless, bullet = COLONLESS.fullmatch(text), None if line.is_entry else BULLET.fullmatch(text)
    dedented = f"indent it by {line.ended} spaces, like the text above" if line.ended else ""
    sign = colonless["sign"].strip() if colonless else ""
    if bullet:
        written = f"write `- {shorten(bullet['words'].strip())}`"
        what = f"begins a list entry with `{bullet['sign']}`"
        message = "has no space after the dash" if bullet["sign"] == "-" else what
        hint = f"{written}, or {dedented}" if dedented else written
    elif colonless and not (line.key or (line.is_entry and dedented)) and (sign or colonless["key"].islower()):
        dashes = text[: colonless.start("key")]
        written = f"write `{dashes}{colonless['key']}: {shorten(colonless['value'])}`"
        message = "has no space after the colon" if sign == ":" else "has no colon after the key"
        other = dedented or "indent it, if it belongs to the text above"
        hint = written if sign in SIGNS else f"{written}, or {other}"
    elif dedented:
        message, hint = "is indented less than the text that it belongs to", dedented
    else:
        message = "is neither a key with its colon nor part of the text above"
        hint = "indent it like the text that it belongs to, or write `key: ...`"
    return Broken(message, hint, line.first, line.end)


def shorten(words: str) -> str:
    """The author's words as a hint repeats them."""
    return words if len(words) <= SHORT else f"{words[:SHORT].rstrip()}..."


def find_misaligned(lines: list[YamlLine]) -> Broken | None:
    """The last line, if its key or dash begins at no column of those above that it could belong to.

    The one above is to blame if it is the only one of its kind so far, and stranger than the last line.
    """
    line = lines[-1]
    if not (line.key or line.is_entry) or not lines[1:]:
        return None
    opened = _list_open_lines(lines[:-1])
    other = min(opened, key=lambda one: _measure_gap(line, one))
    if not 0 < _measure_gap(line, other) < FAR:
        return None
    outer = next((one for one in opened if one.start < other.start), YamlLine(-1, "", 0))
    siblings = [one for one in lines[:-1] if one.start > outer.start and one.indent == other.indent]
    begun = line.indent - 2 if other.is_entry and not line.is_entry else line.indent
    is_strange = not _is_usual(other.indent, outer) and _is_usual(begun, outer)
    return _report_misaligned(other, line) if is_strange and len(siblings) == 1 else _report_misaligned(line, other)


def _is_usual(indent: int, outer: YamlLine) -> bool:
    """Whether a line is indented as most authors do: two spaces more than the key above it, or as much."""
    return indent - outer.column in (0, 2) if outer.text else indent == 0


def _list_open_lines(lines: list[YamlLine]) -> list[YamlLine]:
    """The lines whose mappings and lists are still open at the end: the innermost first."""
    found, limit = [], FAR
    for line in reversed(lines):
        if (line.key or line.is_entry) and line.column < limit:
            found.append(line)
            limit = line.indent
    return found or lines


def _report_misaligned(line: YamlLine, other: YamlLine) -> Broken:
    name, column = ("the dash", other.indent) if line.is_entry else (f"`{line.key}`", other.column)
    if line.is_entry and not other.is_entry:
        column = max(0, other.indent - 2)
    like = f"like `{shorten(other.key or other.text.strip())}`" if other.is_entry or not line.is_entry else ""
    hint = f"indent {name} by {column} spaces" if column else f"begin {name} at the left edge"
    return Broken("does not line up with the others", ", ".join(filter(None, (hint, like))), line.first, line.end)


def _measure_gap(line: YamlLine, other: YamlLine) -> int:
    """How many columns apart two keys begin, or two dashes if the first line is an entry of a list."""
    if line.is_entry:
        return abs(line.indent - other.indent) if other.is_entry else FAR
    return abs(line.column - other.column) if other.key else FAR
