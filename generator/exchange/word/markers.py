"""What a paragraph is, written in front of its words, since the conversion to HTML does not tell it.

mammoth knows neither the number of an item nor the paragraph that something is in. So each paragraph begins with a
marker between two signs that no text may have.
"""

from __future__ import annotations

import re
from typing import NamedTuple

BEGIN, END = "\ue000", "\ue001"
MARKER = re.compile(f"{BEGIN}([^{BEGIN}{END}]*){END}")
SIGNS = re.compile(f"[{BEGIN}{END}]")


class Marker(NamedTuple):
    """A paragraph: its number in the file, what it is, and of a heading or an item its level and what counts it.

    `role` is `title`, `heading`, `bold` (a line in bold letters), `item`, `bullet`, `within` (indented below an item)
    or `plain`. The level of what is within is that of the item above it. `number` is the place of an item in its list,
    `label` how Word writes it, as in `b)`.
    """

    paragraph: int
    role: str = "plain"
    level: int = 0
    number: int = 0
    label: str = ""

    def spell(self) -> str:
        """The marker as text."""
        return f"{BEGIN}{self.paragraph};{self.role};{self.level};{self.number};{self.label}{END}"


def read_marker(text: str) -> Marker | None:
    """The first marker in a text."""
    match = MARKER.search(text)
    if match is None:
        return None
    paragraph, role, level, number, label = match[1].split(";", 4)
    return Marker(int(paragraph), role, int(level), int(number), label)
