"""Cuts two texts into the words that stayed, went and came, with some words around what is another."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.documents.text.likeness import IDEOGRAPH
from generator.documents.text.matching import Matcher

SAME, GONE, NEW = "same", "gone", "new"
# A word with the space before it; of a script without spaces, each sign.
TOKEN = re.compile(rf"\s*(?:[{IDEOGRAPH}]|[^\s{IDEOGRAPH}]+)")
CONTEXT = 6  # words


class Stretch(NamedTuple):
    """Words that are in both texts, or in one of them."""

    state: str
    words: str


class Hunk(NamedTuple):
    """A place at which the texts differ; `begins` and `ends` say whether it has the first and the last word."""

    stretches: tuple[Stretch, ...]
    begins: bool
    ends: bool


def find_hunks(before: str, after: str, context: int = CONTEXT) -> list[Hunk]:
    """The places at which two texts differ, whatever their line breaks; none if all words are the same."""
    old, new = TOKEN.findall(before.strip()), TOKEN.findall(after.strip())
    matcher = Matcher([one.strip() for one in old], [one.strip() for one in new])
    found = []
    for group in matcher.get_grouped_opcodes(context):
        stretches: list[Stretch] = []
        for tag, start, end, new_start, new_end in group:
            if tag == "equal":
                stretches.append(Stretch(SAME, _join(new[new_start:new_end])))
            if tag in ("delete", "replace"):
                stretches.append(Stretch(GONE, _join(old[start:end])))
            if tag in ("insert", "replace"):
                stretches.append(Stretch(NEW, _join(new[new_start:new_end])))
        found.append(Hunk(tuple(stretches), group[0][3] == 0, group[-1][4] == len(new)))
    return found


def _join(tokens: list[str]) -> str:
    return " ".join("".join(tokens).split())
