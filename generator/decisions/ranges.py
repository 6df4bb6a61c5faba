"""Ranges of values on a line: where they begin and end, in what order, and in words."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cmp_to_key
from typing import NamedTuple

from generator.documents.conditions import word_range
from generator.documents.values import Value, after, compare_values, read_value, word_value

PAST = ("above", "after", "up_to")
"""The keys of edges that lie right after their threshold; those of the others lie right before it."""


class Uncertain(Exception):
    """Two values of which it is not certain which one is less, such as 30d and 1mo; `texts` has both."""

    def __init__(self, *texts: str) -> None:
        super().__init__(" and ".join(texts))
        self.texts = texts


class Edge(NamedTuple):
    """A place between values, where a range begins or ends: right before a value, or right after it.

    `key` and `text` are as the author wrote them.
    """

    value: Value
    is_after: bool
    key: str
    text: str


class Band(NamedTuple):
    """The values from one edge to another; None where there is no end."""

    low: Edge | None
    high: Edge | None

    @property
    def is_single(self) -> bool:
        """Whether it has just one value, as it is written."""
        low, high = self
        return bool(low and high and low.text == high.text)

    def word(self, takes: str, unit: str) -> str:
        """The band in words, whichever way its ends were written."""
        if self.is_single and self.low:
            return f"exactly {word_value(takes, self.low.text, unit)}"
        above, below = ("after", "before") if takes == "date" else ("above", "below")
        given = {}
        if self.low:
            given[above if self.low.key in PAST else "from"] = self.low.text
        if self.high:
            given["up_to" if self.high.key in PAST else below] = self.high.text
        return word_range(takes, unit, given) or "any value"


def make_edge(takes: str, key: str, text: str) -> Edge | None:
    """The place that a threshold marks; None if its text is not a value.

    After a whole number is before the next one, so that `up_to: 2` and `from: 3` meet.
    """
    value = read_value(takes, text)
    if value is None:
        return None
    is_after = key in PAST
    if is_after and takes in ("count", "date") and value.low == value.high:
        return Edge(after(value), False, key, text)
    return Edge(value, is_after, key, text)


def compare_edges(one: Edge, other: Edge) -> int:
    """Below 0, 0 or above 0 as one place comes before the other, is the same or comes after. Raises Uncertain."""
    found = compare_values(one.value, other.value)
    if found is None:
        raise Uncertain(one.text, other.text)
    return found or one.is_after - other.is_after


def compare_lows(one: Edge | None, other: Edge | None) -> int:
    """The same for places where ranges begin; None comes before all of them. Raises Uncertain."""
    return compare_edges(one, other) if one and other else bool(one) - bool(other)


def compare_highs(one: Edge | None, other: Edge | None) -> int:
    """The same for places where ranges end; None comes after all of them. Raises Uncertain."""
    return compare_edges(one, other) if one and other else bool(other) - bool(one)


def sort_edges(edges: Iterable[Edge]) -> list[Edge]:
    """Places in order, each once. Raises Uncertain."""
    found: list[Edge] = []
    for edge in sorted(edges, key=rank):
        if not found or compare_edges(found[-1], edge):
            found.append(edge)
    return found


def rank(edge: Edge) -> tuple[str, Decimal, Decimal, bool]:
    """Sorts places; those of which the order is not certain come right after each other."""
    return edge.value.family, edge.value.low, edge.value.high, edge.is_after


by_low = cmp_to_key(compare_lows)
by_high = cmp_to_key(compare_highs)
