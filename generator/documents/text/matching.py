"""Matches the words of two lists, in a time that is proportional to their length.

Comparing word by word takes too long for long texts: one word, repeated ten thousand times, makes a hundred million
pairs. So long texts are first cut at the words that appear exactly once in both, and only what is between these is
compared word by word.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import Match, SequenceMatcher
from itertools import takewhile

PAIRS, WORDS = 50_000, 4_000  # at most, in texts that are compared word by word: pairs of equal words, words in all


class Matcher(SequenceMatcher[str]):
    """The matcher of the standard library for texts of any length; in short ones it finds exactly the same."""

    def __init__(self, one: list[str], other: list[str]) -> None:
        self._blocks = None if _is_short(one, other) else _join_blocks(_match_blocks(one, other))
        super().__init__(None, one, other, autojunk=False)

    def get_matching_blocks(self) -> list[Match]:
        """Where each run of equal words begins in both lists, and its length; the last block is empty."""
        return super().get_matching_blocks() if self._blocks is None else self._blocks


def _join_blocks(blocks: Iterable[Match]) -> list[Match]:
    """Blocks of which none begins where another ends: they would be told as two places with nothing between them."""
    joined: list[Match] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if last and block.size and (last.a + last.size, last.b + last.size) == (block.a, block.b):
            joined[-1] = Match(last.a, last.b, last.size + block.size)
        else:
            joined.append(block)
    return joined


def _is_short(one: list[str], other: list[str]) -> bool:
    if len(one) + len(other) > WORDS:
        return False
    counts = Counter(one)
    return sum(counts[word] for word in other) <= PAIRS


def _match_blocks(one: list[str], other: list[str]) -> Iterator[Match]:
    a = b = 0
    for mine, theirs in [*_find_rising(_match_unique_words(one, other)), (len(one), len(other))]:
        yield from _match_between(one[a:mine], other[b:theirs], a, b)
        a, b = mine, theirs
    yield Match(len(one), len(other), 0)


def _match_unique_words(one: list[str], other: list[str]) -> list[tuple[int, int]]:
    """The positions of the words that appear exactly once in both."""
    counts, others = Counter(one), Counter(other)
    places = {word: place for place, word in enumerate(other)}
    return [(place, places[word]) for place, word in enumerate(one) if counts[word] == others[word] == 1]


def _find_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence of the pairs whose second numbers increase."""
    ends: list[int] = []  # by length, the lowest number at the end of a chain of that length
    last: list[int] = []
    before: list[int] = []
    for index, (_, number) in enumerate(pairs):
        length = bisect_left(ends, number)
        ends[length : length + 1] = [number]
        last[length : length + 1] = [index]
        before.append(last[length - 1] if length else -1)
    chain, index = [], last[-1] if last else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _match_between(one: list[str], other: list[str], a: int, b: int) -> Iterator[Match]:
    """The matching words of two stretches that begin at `a` and `b`; only those at both ends if they are large."""
    if _is_short(one, other):
        blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
        yield from (Match(a + block.a, b + block.b, block.size) for block in blocks if block.size)
        return
    head = _count_common(zip(one, other, strict=False))
    tail = _count_common(zip(reversed(one[head:]), reversed(other[head:]), strict=False))
    ends = (Match(a, b, head), Match(a + len(one) - tail, b + len(other) - tail, tail))
    yield from (block for block in ends if block.size)


def _count_common(pairs: Iterable[tuple[str, str]]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
