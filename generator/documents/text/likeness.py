"""In go the texts of replies, out come the pairs that say almost the same, and what differs in a pair."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain

from generator.documents.text.matching import Matcher

# Measured on a platform's real replies: the same reply twice has 0.82 and more, two replies of one family 0.73.
ALIKE = 0.8
LENGTH = 5  # words in a shingle
SHARED = 0.1  # of their shingles that two alike texts have in common, wherever their words differ
POSTED = 50  # texts that a shingle remembers: a greeting stands in all of them and tells nothing
CLOSEST = 8  # texts that one is compared with
FEWEST = 12  # words: in a shorter text one other word makes another reply
SHOWN = 3  # differences in a sentence
LONGEST = 60  # characters of one of them

IDEOGRAPH = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
VARIABLE = re.compile(r"\{\{(?:[^{}]|\{(?!\{)|\}(?!\}))*+\}\}")
WORD = re.compile(rf"{VARIABLE.pattern}|[{IDEOGRAPH}]|[^\W{IDEOGRAPH}]+")

Shingles = frozenset[int]


def pairs(texts: Mapping[str, str]) -> Iterator[tuple[str, str, float]]:
    """Each pair once, the earlier text first, with its likeness from 0 to 1.

    Texts of the very same words come first, and are a pair with the first of them only.
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
    """The pairs that have enough in common to be worth a comparison of every word."""
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
    """What stands in more than one text."""
    seen, repeated = set[int](), set[int]()
    for mine in shingles:
        repeated |= seen & mine
        seen |= mine
    return repeated


def difference(one: str, other: str) -> str:
    """What the other text says otherwise: `"ten days" instead of "a week"; "please" besides`; empty for no word."""
    left, right = list(WORD.finditer(one)), list(WORD.finditer(other))
    matcher = Matcher([_reduce_to_words(m[0]) for m in left], [_reduce_to_words(m[0]) for m in right])
    changes = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "replace":
            changes.append(f"{_quote(other, right[c:d])} instead of {_quote(one, left[a:b])}")
        elif kind == "insert":
            changes.append(f"{_quote(other, right[c:d])} besides")
        elif kind == "delete":
            changes.append(f"without {_quote(one, left[a:b])}")
    more = len(changes) - SHOWN
    return "; ".join(changes[:SHOWN]) + (f"; and {more} more" if more > 0 else "")


def _reduce_to_words(text: str) -> str:
    """The words alone, without their capitals; all variables are one word. Where there is no word, the signs."""
    return " ".join(WORD.findall(VARIABLE.sub("{{}}", text).casefold())) or "".join(text.split())


def _make_shingles(words: list[str]) -> Shingles:
    """Every stretch of a few words, as a number, which is quicker to compare; none of a short text."""
    stretches = zip(*(words[at:] for at in range(LENGTH)), strict=False)
    return frozenset(map(hash, stretches)) if len(words) >= FEWEST else frozenset()


def _compute_ratio(one: list[str], other: list[str]) -> float:
    matcher = Matcher(one, other)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE else 0.0


def _quote(text: str, words: list[re.Match[str]]) -> str:
    """The words as they stand in the text, shortened in the middle where they are many."""
    stretch = " ".join(text[words[0].start() : words[-1].end()].split())
    half = LONGEST // 2
    return f'"{stretch}"' if len(stretch) <= LONGEST else f'"{stretch[:half].rstrip()} … {stretch[-half:].lstrip()}"'
