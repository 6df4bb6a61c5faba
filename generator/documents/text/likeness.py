"""Finds replies that say almost the same thing, and the words that differ between two of them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain

from generator.documents.text.matching import Matcher

# Measured on a platform's real replies: two copies of a reply score 0.82 or more, two related replies 0.73.
ALIKE = 0.8
LENGTH = 5  # words in a shingle
SHARED = 0.1  # the share of their shingles that two similar texts have in common, wherever their words differ
POSTED = 50  # texts that are remembered for a shingle: a greeting is in all of them and distinguishes none
CLOSEST = 8  # texts that each text is compared with
FEWEST = 12  # words: in a shorter text, one different word makes a different reply
SHOWN = 3  # differences in a sentence
LONGEST = 60  # characters of each difference

IDEOGRAPH = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
VARIABLE = re.compile(r"\{\{(?:[^{}]|\{(?!\{)|\}(?!\}))*+\}\}")
CELLS = re.compile(r" ?\|[ |:-]*+")  # between the words of two cells of a table
WORD = re.compile(rf"{VARIABLE.pattern}|[{IDEOGRAPH}]|[^\W{IDEOGRAPH}]+")

Shingles = frozenset[int]


def pairs(texts: Mapping[str, str]) -> Iterator[tuple[str, str, float]]:
    """Each pair of similar texts once, the earlier text first, with its similarity from 0 to 1.

    Texts with exactly the same words come first, each paired only with the first of them.
    """
    firsts: dict[str, str] = {}
    for name, text in texts.items():
        first = firsts.setdefault(_reduce_to_words(text), name)
        if first != name:
            yield first, name, 1.0
    names, plain = list(firsts.values()), list(firsts)
    for one, other in _find_candidates([_make_shingles(each.split()) for each in plain]):
        ratio = _compute_ratio(plain[one].split(), plain[other].split())
        if ratio >= ALIKE:
            yield names[one], names[other], ratio


def _find_candidates(shingles: list[Shingles]) -> Iterator[tuple[int, int]]:
    """The pairs that have enough in common to be worth comparing word by word."""
    repeated = _find_repeated(shingles)
    posted: dict[int, list[int]] = defaultdict(list)
    for number, mine in enumerate(shingles):
        telling = mine & repeated
        common = Counter(chain.from_iterable(posted[shingle] for shingle in telling))
        for other in sorted(sorted(common, key=lambda candidate: (-common[candidate], candidate))[:CLOSEST]):
            if len(mine & shingles[other]) >= SHARED * min(len(mine), len(shingles[other])):
                yield other, number
        for shingle in telling:
            if len(posted[shingle]) < POSTED:
                posted[shingle].append(number)


def _find_repeated(shingles: list[Shingles]) -> set[int]:
    """The shingles that are in more than one text."""
    seen, repeated = set[int](), set[int]()
    for mine in shingles:
        repeated |= seen & mine
        seen |= mine
    return repeated


def difference(one: str, other: str) -> str:
    """How the other text differs: `"ten days" instead of "a week"; "please" added`; empty if all words are the same."""
    left, right = list(WORD.finditer(one)), list(WORD.finditer(other))
    matcher = Matcher([_reduce_to_words(m[0]) for m in left], [_reduce_to_words(m[0]) for m in right])
    changes = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "replace":
            changes.append(f"{_quote(other, right[c:d])} instead of {_quote(one, left[a:b])}")
        elif kind == "insert":
            changes.append(f"{_quote(other, right[c:d])} added")
        elif kind == "delete":
            changes.append(f"{_quote(one, left[a:b])} left out")
    more = len(changes) - SHOWN
    return "; ".join(changes[:SHOWN]) + (f"; and {more} more" if more > 0 else "")


def _reduce_to_words(text: str) -> str:
    """The words in lower case, with every variable as the same word; if there are no words, the characters."""
    return " ".join(WORD.findall(VARIABLE.sub("{{}}", text).casefold())) or "".join(text.split())


def _make_shingles(words: list[str]) -> Shingles:
    """The hash of every run of LENGTH words, as numbers are quicker to compare; none for a short text."""
    stretches = zip(*(words[at:] for at in range(LENGTH)), strict=False)
    return frozenset(map(hash, stretches)) if len(words) >= FEWEST else frozenset()


def _compute_ratio(one: list[str], other: list[str]) -> float:
    matcher = Matcher(one, other)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE else 0.0


def _quote(text: str, words: list[re.Match[str]]) -> str:
    """The words as they are in the text, in quotes, shortened in the middle if they are long."""
    stretch = CELLS.sub(" · ", " ".join(text[words[0].start() : words[-1].end()].split()))
    half = LONGEST // 2
    return f'"{stretch}"' if len(stretch) <= LONGEST else f'"{stretch[:half].rstrip()} … {stretch[-half:].lstrip()}"'
