"""The limits of a decision: where one range of values ends and the next begins, and on which side a case stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from generator.decisions.graph import Graph, Way
from generator.decisions.measure import Measure
from generator.decisions.ranges import rank


class Side(NamedTuple):
    """One side of a limit, which is named as `question.lower answer.higher answer`.

    It `is_near` if one of the two ranges that meet there is the answer of the case, and no other range lies between.
    """

    limit: str
    is_above: bool
    is_near: bool


def list_sides(graph: Graph, way: Way) -> Iterator[Side]:
    """On which side a case stands whose way this is, for each limit of the values that it is asked for."""
    for turn in way:
        asked = graph.asks[turn.question]
        measure = graph.readers.get(asked)
        ranges = _order_ranges(measure) if isinstance(measure, Measure) else []
        at = ranges.index(turn.answer) if turn.answer in ranges else -1
        for number, (low, high) in enumerate(pairwise(ranges) if at >= 0 else ()):
            yield Side(f"{asked}.{low}.{high}", at > number, at in (number, number + 1))


def are_opposite(some: Iterable[Side], others: Iterable[Side]) -> bool:
    """Whether one of these sides is across a limit from one of those."""
    across = {(side.limit, not side.is_above) for side in some}
    return any((side.limit, side.is_above) in across for side in others)


def _order_ranges(measure: Measure) -> list[str]:
    """The answers that are ranges, from the lowest to the highest."""
    lows = {name: band.low for name, band in measure.bands.items()}
    first = [name for name, low in lows.items() if low is None]
    return first + sorted((name for name in lows if name not in first), key=lambda name: rank(lows[name]))  # type: ignore[arg-type]
