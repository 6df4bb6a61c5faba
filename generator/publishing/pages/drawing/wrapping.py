"""Breaks a text into lines of a width, with room to spare for the fonts that readers may have."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# A line may break after an ideograph, kana or hangul, unless punctuation follows that must not begin a line.
WIDE = (
    "\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U0001f000-\U0003fffd"
)
CLOSING = "、。，．・：；？！）］｝」』】〕〉》゛゜ーぁぃぅぇぉっゃゅょァィゥェォッャュョ\ufe0f\u200d"
OPENING = "（［｛「『【〔〈《"
PIECE = re.compile(rf"\s+|[{OPENING}]*[{WIDE}][{CLOSING}]*|[^\s{WIDE}]+")

# In hundredths of the font's size, as in DejaVu Sans: few systems have a wider one for their pages.
WIDTHS = {" ijlI'|.,:;/J": 33, 'frt-()[]!"': 41, "sczkvxy?*_": 57, "ABCDEFHKLNPRSTUVXYZ$": 74, "mwMWGOQ@%&+=<>~^#": 95}
ASCII = {char: size for chars, size in WIDTHS.items() for char in chars}


def wrap(text: str, width: float) -> list[str]:
    """The text in lines of at most `width` times the font's size; put together they are the text again."""
    lines, left = [""], width
    for piece in PIECE.findall(text):
        for part in [piece] if measure(piece) <= width else piece:
            size = measure(part)
            if size > left and lines[-1] and not part.isspace():
                lines.append("")
                left = width
            lines[-1] += part
            left -= size
    return lines


def cut(lines: list[str], most: int) -> list[str]:
    """The first lines of a text, with dots where something is left out."""
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1].rstrip()[:-2] + "…"]


def measure(text: str) -> float:
    """How wide a text is at most, in sizes of the font."""
    return sum(map(_width, text)) / 100


@lru_cache(4096)
def _width(char: str) -> int:
    if char < "\x7f":
        return ASCII.get(char, 63)
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf"):
        return 0
    if char in "—…‰™" or category == "So":
        return 140
    return 100 if unicodedata.east_asian_width(char) in "WF" else 74
