"""The lines of a YAML text that make its structure, told apart from the texts between them, even where it is broken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

LINE = re.compile(r"[^\r\n]*")
LEAD = re.compile(r" *(?:-(?: +|$))*")
NAME = r"(?:\"[^\"]*\" *|'[^']*' *|[^\s#:,\[\]{}\"'&*!|>%@`-](?:[^#:]|:(?=\S))*)"
ENTRY = re.compile(r" *-(?: |\t|$)")
KEY = re.compile(rf" *(?:- +)*(?P<key>{NAME}):(?: |\t|$)")
BLOCK = re.compile(r"(?:^|[:-] +)[|>][-+1-9]{0,2} *(?:#.*)?$")


class YamlLine(NamedTuple):
    """A line outside of block texts. `ended` is the indentation of a block text that ends right above it, or 0.

    That of one without a line is two more than its key's.
    """

    start: int
    text: str
    ended: int

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip(" "))

    @property
    def column(self) -> int:
        """Where its key begins: behind the dashes of a list."""
        return find_column(self.text)

    @property
    def first(self) -> int:
        """The index of its first character that is no space."""
        return self.start + self.indent

    @property
    def end(self) -> int:
        return self.start + len(self.text.rstrip())

    @property
    def is_entry(self) -> bool:
        """Whether it begins an entry of a list."""
        return bool(ENTRY.match(self.text))

    @property
    def key(self) -> str:
        """The key that it begins with; empty if it begins with none."""
        found = KEY.match(self.text)
        return found["key"].strip() if found else ""


def structural_lines(text: str, until: int) -> list[YamlLine]:
    """The structural lines up to that of the index `until`: no blank lines and comments, nothing of a block text."""
    found: list[YamlLine] = []
    above, inside, ended = -1, 0, 0  # the columns of the key of a block text and of the text itself
    for start, line in _split_lines(text, until):
        indent = len(line) - len(line.lstrip(" "))
        if above >= 0 and indent > above and (not inside or indent >= inside):
            inside = inside or indent
            continue
        ended = (inside or above + 2) if above >= 0 else ended
        above = -1
        if line[indent] == "#":
            continue
        found.append(YamlLine(start, line, ended))
        ended = inside = 0
        if BLOCK.search(line):
            above = find_column(line) if KEY.match(line) else line.rfind("-")
    return found


def _split_lines(text: str, until: int) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, each with its index."""
    for match in LINE.finditer(text):
        if match.start() > until:
            return
        if match[0].strip(" "):
            yield match.start(), match[0]


def find_column(line: str) -> int:
    """Where the key of a line begins: behind its spaces and dashes."""
    lead = LEAD.match(line)
    return lead.end() if lead else 0
