"""Reads a file as plain data, and finds the place of any part of it when asked.

Every scalar stays a string, as it is written in the file. Places are not kept: a run without findings needs none, so a
finding looks up its place by reading that one file again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from codecs import BOM_UTF8
from collections import deque
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

from yaml.nodes import MappingNode, Node

from generator.files.broken import Broken, Encoded
from generator.files.misread import Misread
from generator.files.signs import CONTROL, control_character, refuse_turns
from generator.files.strict_yaml import NEWLINE, Duplicate, compose, empty, mapping, refuse_conflict
from generator.files.yaml_lines import structural_lines
from generator.findings import Advice, Edit, Finding, Fix, Keys, Place, Severity, Spot, spelling

FENCE = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)


@dataclass
class Source:
    """One file: its text without a byte order mark, and its plain data (None if it cannot be read).

    `body_start` is the index where the body of a page begins; `left_out` has the list items that were removed from the
    data because of format errors, in the order of their removal.
    """

    path: str
    text: str = ""
    data: dict[str, Any] | None = None
    duplicates: list[Duplicate] = field(default_factory=list)
    misread: list[Misread] = field(default_factory=list)
    body_start: int | None = None
    left_out: list[tuple[Keys, int]] = field(default_factory=list)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in NEWLINE.finditer(self.text))]

    @cached_property
    def lines(self) -> list[str]:
        return NEWLINE.split(self.text)

    @cached_property
    def _root(self) -> Node | None:
        return compose(self._yaml) if self._yaml.strip() else None

    @property
    def _yaml(self) -> str:
        return self.text if self.body_start is None else front(self.text)[0]

    def place(self, start: int, end: int) -> Place:
        """The place of the characters from `start` up to `end`."""
        line, column = self._find_line_and_column(start)
        end_line, end_column = self._find_line_and_column(max(start, end))
        return Place(self.path, line, column, end_line, end_column)

    def _find_line_and_column(self, index: int) -> tuple[int, int]:
        line = bisect_right(self._line_starts, min(index, len(self.text)))
        return line, min(index, len(self.text)) - self._line_starts[line - 1] + 1

    def indent_above(self, line: int) -> int:
        """How far a block text is indented that ends right above a line; 0 if there is none."""
        lines = structural_lines(self._yaml, self._line_starts[line - 1])
        return lines[-1].ended if lines else 0

    def locate(self, spot: Spot) -> Place:
        """The place of a spot; if the file does not have all of its keys, the place of the last one that it has."""
        return self.place(*self.span(spot))

    def span(self, spot: Spot) -> tuple[int, int]:
        """The index of a spot's first character, and of the one after its last."""
        if self.body_start is not None and spot.keys[:1] == ("text",):
            return self._narrow(spot, self.body_start, len(self.text), whole=False)
        if self._root is None:
            return 0, 0
        node, key = _follow(self._root, self._restore_keys(spot.keys))
        if spot.key and key is not None:
            return key.start_mark.index, key.end_mark.index
        start, end = node.start_mark.index, node.end_mark.index
        if isinstance(node, MappingNode) and not spot.found:
            first = node.value[0][0] if node.value else node
            return start, first.end_mark.index
        return self._narrow(spot, start, end, whole=True)

    def finding(self, place: Place, code: str, severity: Severity, message: str, hint: str) -> Finding:
        """A finding in this file, with the edit that its hint tells."""
        return Finding(place, code, severity, message, hint, fix=self._plan_fix(place, hint))

    def indexes(self, place: Place) -> tuple[int, int]:
        """The index of a place's first character, and of the one after its last."""
        start, end = self._line_starts[place.line - 1], self._line_starts[place.end_line - 1]
        return start + place.column - 1, end + place.end_column - 1

    def _plan_fix(self, place: Place, hint: str) -> Fix | None:
        """What a hint says to write; None if it says no such thing, or what is to be replaced is not there just once.

        A name may be written with escapes, or over two lines.
        """
        if not isinstance(hint, Advice):
            return None
        start, end = self.indexes(place)
        text = self.text[start:end]
        old = hint.old or text
        if not old or text.count(old) != 1:
            return None
        at = start + text.index(old)
        return Fix((Edit(self.place(at, at + len(old)), hint.new),), hint.is_safe)

    def node(self, *keys: str | int) -> Node | None:
        """The YAML node at the end of the keys; None if the file has none there."""
        node: Node | None = self._root
        for number in range(len(keys)):
            step = _follow(node, keys[number : number + 1]) if node is not None else (None, None)
            node = step[0] if step[0] is not node else None
        return node

    def _restore_keys(self, keys: Keys) -> Keys:
        """Keys of the data as keys of the file: items that were left out of a list moved the later ones up."""
        for container, index in reversed(self.left_out):
            depth = len(container)
            position = keys[depth] if len(keys) > depth and keys[:depth] == container else None
            if isinstance(position, int) and position >= index:
                keys = (*container, position + 1, *keys[depth + 1 :])
        return keys

    def _narrow(self, spot: Spot, start: int, end: int, whole: bool) -> tuple[int, int]:
        if spot.found:
            matches = islice(spelling(spot.found).finditer(self.text, start, end), spot.occurrence + 1)
            if last := deque(matches, maxlen=1):
                return last[0].span()
        text = self.text[start : end if whole else start].rstrip()
        first_line = NEWLINE.split(text)[0] if text else ""
        return start, start + len(first_line)


def read(path: str, raw: bytes) -> tuple[Source, Finding | None]:
    """Reads one file as a source; the finding, if there is one, says why it has no data."""
    source = Source(path)
    try:
        _decode(source, raw)
        if path.endswith(".md"):
            _read_page(source)
        else:
            source.data = mapping(source.text, source.duplicates, source.misread)
    except Broken as fault:
        place = source.place(fault.start, fault.end)
        subject = "the file" if isinstance(fault, Encoded) else "this"
        return source, source.finding(place, fault.code, "error", f"{subject} {fault}", fault.hint)
    return source, None


def source_of_text(path: str, text: str) -> Source:
    """A text that a file would have as a source."""
    return read(path, text.encode())[0]


def _decode(source: Source, raw: bytes) -> None:
    """Fills in the text, as well as possible if the bytes are not UTF-8: it may still refer to other documents."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or raw[:4].count(0) >= 2:
        source.text = raw.replace(b"\0", b"").decode("utf-8", "ignore")
        raise Encoded("is UTF-16 or UTF-32", "save the file as UTF-8")
    raw = raw.removeprefix(BOM_UTF8)
    try:
        source.text = raw.decode()
    except UnicodeDecodeError as error:
        source.text = raw.decode("utf-8", "replace")
        index = len(raw[: error.start].decode())
        raise Encoded("is not UTF-8", "save the file as UTF-8", index, index + 1) from None


def _read_page(source: Source) -> None:
    header, body_start = front(source.text)
    source.body_start = body_start
    refuse_conflict(source.text)
    hidden = CONTROL.search(source.text, body_start)
    if hidden:
        raise control_character(ord(hidden[0]), hidden.start())
    refuse_turns(source.text, body_start)
    if not source.text.strip():
        raise empty()
    if not header.strip():
        raise Broken("has no front matter", "begin with `---`, `title: ...`, `owner: ...`, `summary: ...` and `---`")
    source.data = mapping(header, source.duplicates, source.misread)
    if "text" in source.data:
        raise Broken("has the key `text` in its front matter", "write the text below the front matter")
    source.data["text"] = NEWLINE.sub("\n", source.text[body_start:])


def front(text: str) -> tuple[str, int]:
    """The front matter, padded so that its places are those of the file, and the index where the body begins."""
    opening = FENCE.match(text)
    closing = FENCE.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        return "", 0
    after = closing.end()
    newline = NEWLINE.match(text, after)
    return " " * 3 + text[3 : closing.start()], newline.end() if newline else after


def _follow(node: Node, keys: Keys) -> tuple[Node, Node | None]:
    """The node at the end of the keys, or the last one on the way, with the key that led to it."""
    key_node: Node | None = None
    for key in keys:
        if isinstance(node, MappingNode):
            for candidate, value in node.value:
                if candidate.value == key:
                    key_node, node = candidate, value
                    break
            else:
                break
        elif isinstance(node.value, list) and isinstance(key, int) and key < len(node.value):
            key_node, node = None, node.value[key]
        else:
            break
    return node, key_node
