"""Places in a text as editors count them: lines from 0, and columns in the units of an encoding."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate

from lsprotocol.types import Position, PositionEncodingKind, Range

from generator.files.source import Source
from generator.files.strict_yaml import NEWLINE
from generator.findings import Place

WIDTHS: dict[str, Callable[[str], int]] = {
    PositionEncodingKind.Utf8.value: lambda text: len(text.encode("utf-8", "surrogatepass")),
    PositionEncodingKind.Utf16.value: lambda text: len(text.encode("utf-16-le", "surrogatepass")) // 2,
    PositionEncodingKind.Utf32.value: len,
}


class Ruler:
    """Converts between the characters of a text and the positions of an editor."""

    def __init__(self, text: str, encoding: str = PositionEncodingKind.Utf16.value) -> None:
        self._text = text
        self._measure = WIDTHS[encoding]
        self._starts = [0, *(match.end() for match in NEWLINE.finditer(text))]

    def offset(self, position: Position) -> int:
        """The index of the character at a position; one outside the text is the nearest within."""
        if position.line >= len(self._starts):
            return len(self._text)
        start = self._starts[position.line]
        newline = NEWLINE.search(self._text, start)
        line = self._text[start : newline.start() if newline else len(self._text)]
        if line.isascii():
            return start + min(position.character, len(line))
        widths = accumulate(map(self._measure, line))
        return start + sum(width <= position.character for width in widths)

    def position(self, offset: int) -> Position:
        """The position of a character."""
        low, high = 0, len(self._starts)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._starts[middle] <= offset else (low, middle)
        return Position(low, self._measure(self._text[self._starts[low] : offset]))

    def range(self, start: int, end: int) -> Range:
        """The range of the characters from `start` up to `end`."""
        return Range(self.position(start), self.position(max(start, end)))


def range_of(place: Place, source: Source | None, encoding: str) -> Range:
    """The range of a place; of a file that cannot be read, its beginning."""
    if source is None or place.line > len(source.lines) or place.end_line > len(source.lines):
        return Range(Position(0, 0), Position(0, 0))
    return ruler_of(source.text, encoding).range(*source.indexes(place))


@lru_cache(maxsize=64)
def ruler_of(text: str, encoding: str) -> Ruler:
    """The ruler of a text, which is asked for each of its findings."""
    return Ruler(text, encoding)
