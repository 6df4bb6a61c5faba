"""Shows how a text changed, line by line, and judges whether its readers act otherwise or only read other words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from generator.documents.target import Target
from generator.documents.text.counted import DIGITS
from generator.documents.text.matching import Matcher
from generator.documents.text.plain import plain_text
from generator.library.library import Library
from generator.library.meaning.levels import MAJOR, MINOR, PATCH

SENTENCE = re.compile(r"(?<=[.!?:;])\s+(?=[^\W\d_a-z])|\n+")
FACT = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
REFERENCE = re.compile(r"\[\[([^\[\]|]{1,200})")
DENIALS = {"not", "no", "never", "nobody", "nothing", "none", "cannot", "without", "unless", "neither", "nor"}
CELLS = re.compile(r"(?<!\\)\|(?![^\[\]]{1,200}\]\])")  # not the bar within a reference
CLAUSE = 3  # words
MOST = 6  # lines that are shown of each side


class Retold(NamedTuple):
    """The lines of a text that are others than they were, and how much that is."""

    before: str
    after: str
    level: str


def retell(old: str, new: str, view: Library) -> Retold:
    """Compares two states of a text. A number, a reference or a denial that is another is more than wording."""
    was, now = _split(old), _split(new)
    before: list[str] = []
    after: list[str] = []
    level = PATCH
    for kind, a, b, c, d in Matcher(
        [_normalise_line(one) for one in was], [_normalise_line(one) for one in now]
    ).get_opcodes():
        if kind != "equal":
            before += was[a:b]
            after += now[c:d]
            level = _widen(level, _judge(was[a:b], now[c:d]))
    return Retold(_shorten(before, view), _shorten(after, view), level)


def _judge(was: list[str], now: list[str]) -> str:
    if not was or not now:
        return MINOR
    old, new = " ".join(was), " ".join(now)
    if Counter(_list_facts(old)) != Counter(_list_facts(new)):
        return MAJOR
    return MINOR if _has_more(old.split(), new.split()) or _has_more(new.split(), old.split()) else PATCH


def _has_more(old: list[str], new: list[str]) -> bool:
    """Whether the new words are the old ones with a clause besides: "or asks us to keep data"."""
    changes = [one for one in Matcher(old, new).get_opcodes() if one[0] != "equal"]
    return len(new) - len(old) >= CLAUSE and all(end - start <= 1 for _, start, end, _, _ in changes)


def _widen(level: str, other: str) -> str:
    return min(level, other, key=(MAJOR, MINOR, PATCH).index)


def _list_facts(text: str) -> Iterator[str]:
    """What a text says that is no matter of wording: numbers, where references lead, denials."""
    for found in REFERENCE.findall(text):
        yield Target.parse(found).name
    for word in FACT.findall(REFERENCE.sub(" ", text).casefold()):
        if word[0].isdigit():
            yield word.rstrip(".,:")
        elif word in DENIALS or word.endswith(("n't", "n’t")):
            yield "not"
        elif word in DIGITS:
            yield DIGITS[word]


def _split(text: str) -> list[str]:
    """The sentences of a text, and its lines where they are none."""
    return [line for one in SENTENCE.split(text) if (line := one.strip())]


def _normalise_line(line: str) -> str:
    """A line without what makes no difference: spaces, and capital letters."""
    return " ".join(line.casefold().split())


def _shorten(lines: list[str], view: Library) -> str:
    told = [plain for line in lines if (plain := plain_words(_open_row(line), view))]
    more = len(told) - MOST
    return "\n".join(told if more < 2 else [*told[:MOST], f"… and {more} more lines"])


def _open_row(line: str) -> str:
    """A row of a table as its cells."""
    if not (line.startswith("|") and line.endswith("|")):
        return line
    cells = [cell.strip() for cell in CELLS.split(line[1:-1])]
    return " · ".join(filter(None, cells))


def plain_words(text: str, view: Library) -> str:
    """A text as its readers see it: references are the titles of what they name."""

    def name(found: re.Match[str]) -> str:
        target, _, words = found[1].partition("|")
        return words or view.title_of(Target.parse(target)) or Target.parse(target).id

    return plain_text(re.sub(r"\[\[([^\[\]]{1,300})\]\]", name, text), view.find)
