"""Searches for a hitting set: a choice of values by which every row of a table is escaped."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

MANY = 24

Sides = list[tuple[int, list[tuple[int, int]]]]


class TooWide(Exception):
    """A table whose rows overlap in so many ways that it cannot be asked, or judged, in reasonable time."""


def bits(number: int) -> Iterator[int]:
    """The positions of the bits that are set in a number, lowest first."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def escape(sides: Sides, live: int, steps: Iterator[int]) -> dict[int, int] | None:
    """A value for some of the sides, at most one each, so that every row is escaped; None if there is no such choice.

    `sides` has for each side its values, each with the rows that it escapes. The search begins with the row that the
    fewest values escape, and tries the values that escape most rows first. Raises TooWide when the steps run out.
    """
    if not live:
        return {}
    step(steps, 1 + len(sides) // MANY)
    sides = [(side, kept) for side, values in sides if (kept := _keep_useful(values, live))]
    row = _find_rarest(sides, live)
    choices = [(side, bit, rows) for side, values in sides for bit, rows in values if rows >> row & 1]
    for side, bit, rows in sorted(choices, key=lambda choice: -choice[2].bit_count()):
        if sum(max((rows.bit_count() for _, rows in values), default=0) for _, values in sides) < live.bit_count():
            return None
        rest = escape([other for other in sides if other[0] != side], live & ~rows, steps)
        if rest is not None:
            return rest | {side: bit}
        sides = [(other, [v for v in values if (other, v[0]) != (side, bit)]) for other, values in sides]
    return None


def step(steps: Iterator[int], cost: int = 1) -> None:
    """Uses up `cost` steps. Raises TooWide if there are none left."""
    if next(islice(steps, cost - 1, None)) <= 0:
        raise TooWide


def _keep_useful(values: list[tuple[int, int]], live: int) -> list[tuple[int, int]]:
    """The values that escape live rows, without those whose live rows another value escapes too."""
    kept: list[tuple[int, int]] = []
    for bit, rows in sorted(((bit, rows & live) for bit, rows in values), key=lambda value: -value[1].bit_count()):
        if rows and all(rows & ~other for _, other in kept):
            kept.append((bit, rows))
    return kept


def _find_rarest(sides: Sides, live: int) -> int:
    """The row that the fewest values escape. Rows that 0, 1, 2 or more values escape are separated all at once."""
    once = twice = more = 0
    every = [rows for _, values in sides for _, rows in values]
    for rows in every:
        once, twice, more = once | rows, twice | once & rows, more | twice & rows
    few = live & ~once or live & ~twice or live & ~more
    if few:
        return (few & -few).bit_length() - 1
    return min(bits(live), key=lambda row: sum(rows >> row & 1 for rows in every))
