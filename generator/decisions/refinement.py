"""Splits what can be given to a question in two versions of it, so that each piece has one answer in either version."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from generator.decisions.choice import NONE, Choice
from generator.decisions.measure import Measure
from generator.decisions.ranges import Band, Edge, Uncertain, rank, sort_edges

MOST_PAIRS = 10_000
Reader = Measure | Choice
Pieces = Mapping[str, tuple[str, str]]
"""What can be given, in words, with the answers that the old and the new version have for it; empty where none has."""


class TooFar(Exception):
    """Two decisions that differ too much to be compared path by path."""


def refine(old: Reader | None, new: Reader | None) -> Pieces | None:
    """The pieces of a question; empty if its answers are the pieces, None if the versions take different things.

    Raises TooFar.
    """
    if old is None or new is None:
        return {}
    if isinstance(old, Measure) and isinstance(new, Measure):
        is_alike = (old.takes, old.unit, old.family) == (new.takes, new.unit, new.family)
        return _split_values(old, new) if is_alike else None
    return _split_ticks(old, new) if isinstance(old, Choice) and isinstance(new, Choice) else None


def _split_values(old: Measure, new: Measure) -> Pieces | None:
    try:
        edges = sort_edges([*old.ends, *new.ends])
    except Uncertain:
        return None
    pairs = zip(_list_answers(old, edges), _list_answers(new, edges), strict=True)
    bands: list[tuple[tuple[str, str], Band]] = []
    for pair, (low, high) in zip(pairs, pairwise([None, *edges, None]), strict=True):
        if bands and bands[-1][0] == pair:
            low = bands.pop()[1].low
        bands.append((pair, Band(low, high)))
    pieces = {pair[0] if pair[0] == pair[1] else band.word(new.takes, new.unit): pair for pair, band in bands}
    by_hand = [name for one in (old, new) for name in one.labels if name not in one.bands]
    return pieces | {name: (name if name in old.labels else "", name if name in new.labels else "") for name in by_hand}


def _list_answers(measure: Measure, edges: list[Edge]) -> list[str]:
    """The answer of each stretch between the places, which are all of the measure's and others."""
    begins = {rank(band.low): name for name, band in measure.bands.items() if band.low}
    answers = [next(name for name, band in measure.bands.items() if not band.low)]
    for edge in edges:
        answers.append(begins.get(rank(edge), answers[-1]))
    return answers


def _split_ticks(old: Choice, new: Choice) -> Pieces:
    """One piece for each pair of answers that some ticks have: what both need is then enough. Raises TooFar."""
    if list(old.needs.items()) == list(new.needs.items()):
        return {}
    if len(old.needs) * len(new.needs) > MOST_PAIRS:
        raise TooFar
    pieces = {}
    for need in old.needs.values():
        for other in new.needs.values():
            ticked = need | other
            pieces["+".join(sorted(ticked)) or NONE] = old.decide(ticked), new.decide(ticked)
    return pieces
