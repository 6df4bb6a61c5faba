"""What two texts share that are the same to the search but for case, accents, signs and spaces."""

from __future__ import annotations

import re
import unicodedata

# As in search-words.js: a test holds both to each other.
LETTERS = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
JOINTS = re.compile("['’ʼ`´_\\-‐‑]")
INVISIBLE = re.compile("[\u0300-\u036f\ufe00-\ufe0f]")


def search_key(text: str) -> str:
    """The words of a text as the search compares whole texts; empty if there is none."""
    if not text.isascii():
        bare = INVISIBLE.sub("", unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).lower()))
        seen = "".join(sign for sign in bare if unicodedata.category(sign) != "Cf")
        text = unicodedata.normalize("NFC", seen).translate(LETTERS)
    joined = JOINTS.sub("", text.lower())
    return " ".join("".join(sign if sign.isalnum() or sign == "#" else " " for sign in joined).split())
