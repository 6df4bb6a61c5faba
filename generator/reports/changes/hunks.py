"""Cuts two texts into the words that stayed, went and came, with some words around what is another."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.documents.text.likeness import IDEOGRAPH
from generator.documents.text.matching import Matcher

SAME, GONE, NEW = "same", "gone", "new"
# A word or a sign with the space before it; a blank or a reference; of a script without spaces, each sign.
TOKEN = re.compile(
    rf"\s*(?:\{{\{{[^{{}}]*\}}\}}|\[\[[^\[\]]*\]\]|[{IDEOGRAPH}]|[^\W{IDEOGRAPH}]+(?:['’.:-][^\W{IDEOGRAPH}]+)*|[^\w\s])"
)
CONTEXT = 8  # words and signs


class Stretch(NamedTuple):
    """Words that are in both texts, or in one of them; `is_apart` if there is a space before them."""

    state: str
    words: str
    is_apart: bool


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
                stretches.append(_make_stretch(SAME, new[new_start:new_end]))
            if tag in ("delete", "replace"):
                stretches.append(_make_stretch(GONE, old[start:end]))
            if tag in ("insert", "replace"):
                stretches.append(_make_stretch(NEW, new[new_start:new_end]))
        begins = group[0][3] == 0
        if not begins and stretches[0].state == SAME:
            stretches[0] = stretches[0]._replace(words=stretches[0].words.lstrip(".,;:!?)]} "))
        found.append(Hunk(tuple(stretches), begins, group[-1][4] == len(new)))
    return found


def _make_stretch(state: str, tokens: list[str]) -> Stretch:
    words = " ".join("".join(tokens).split())
    return Stretch(state, words, tokens[0][:1].isspace())


def is_apart_at_start(hunk: Hunk, at: int) -> bool:
    """Whether a stretch takes the place of the first words of a text, in a script that puts spaces between words."""
    is_second = at == 1 and hunk.begins and hunk.stretches[0].state == GONE
    return is_second and not re.match(f"[{IDEOGRAPH}]", hunk.stretches[1].words)
