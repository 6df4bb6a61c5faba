"""In go the values that rows can be escaped by, out comes a choice of values that escapes all rows, if there is one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

MANY = 24

Sides = list[tuple[int, list[tuple[int, int]]]]


class TooWide(Exception):
    """A table whose rows are so entangled that it cannot be asked, or judged, in reasonable time."""


def bits(number: int) -> Iterator[int]:
    """The places of the bits of a number, the lowest first."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def escape(sides: Sides, live: int, steps: Iterator[int]) -> dict[int, int] | None:
    """One value for some of the sides, so that each row is escaped by one of them; None where that cannot be.

    `sides` has for each side its values, each with the rows that it escapes. The row that the fewest values escape is
    escaped first, by the value that escapes most. Raises TooWide when the steps are used up.
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
        rest = escape([one for one in sides if one[0] != side], live & ~rows, steps)
        if rest is not None:
            return rest | {side: bit}
        sides = [(one, [v for v in values if (one, v[0]) != (side, bit)]) for one, values in sides]
    return None


def step(steps: Iterator[int], cost: int = 1) -> None:
    """Takes a step. Raises TooWide when there is none left."""
    if next(islice(steps, cost - 1, None)) <= 0:
        raise TooWide


def _keep_useful(values: list[tuple[int, int]], live: int) -> list[tuple[int, int]]:
    """The values that escape live rows, without those that another one of them outdoes."""
    kept: list[tuple[int, int]] = []
    for bit, rows in sorted(((bit, rows & live) for bit, rows in values), key=lambda value: -value[1].bit_count()):
        if rows and all(rows & ~other for _, other in kept):
            kept.append((bit, rows))
    return kept


def _find_rarest(sides: Sides, live: int) -> int:
    """The row that the fewest values escape. Rows that 0, 1, 2 or more values escape are told apart all at once."""
    some = two = more = 0
    every = [rows for _, values in sides for _, rows in values]
    for rows in every:
        some, two, more = some | rows, two | some & rows, more | two & rows
    few = live & ~some or live & ~two or live & ~more
    if few:
        return (few & -few).bit_length() - 1
    return min(bits(live), key=lambda row: sum(rows >> row & 1 for rows in every))
