"""Cuts ranges that overlap, as rules of others may have them, into bands of which each value has one."""

from __future__ import annotations

from itertools import pairwise

from generator.decisions.ranges import PAST, Edge, compare_edges, make_edge, sort_edges
from generator.documents.values import NUMBERS, read_value
from generator.exchange.decisions.grid import Grid
from generator.exchange.decisions.limits import read_limits, write_limits

BandEnds = tuple[Edge | None, Edge | None]


def cut_overlaps(grid: Grid) -> list[str]:
    """Cuts the overlapping ranges of each column of numbers in place; returns what those columns ask."""
    cut = []
    for side, asked in enumerate(grid.inputs):
        words = list(dict.fromkeys(word for row in grid.rows for word in row.cells[side]))
        ends = {word: found for word in words if (found := _find_ends(word, asked.takes))}
        if asked.takes not in NUMBERS or len(ends) < len(words):
            continue
        edges = sort_edges(edge for pair in ends.values() for edge in pair if edge)
        bands: list[BandEnds] = list(pairwise([None, *edges, None]))
        parts = {word: [band for band in bands if _holds_band(pair, band)] for word, pair in ends.items()}
        if sum(map(len, parts.values())) > len({band for some in parts.values() for band in some}):
            cut.append(asked.ask)
            for row in grid.rows:
                some = dict.fromkeys(_write_band(band) for word in row.cells[side] for band in parts[word])
                row.cells[side][:] = some
    return cut


def _find_ends(word: str, takes: str) -> BandEnds | None:
    """Where a range begins and ends; None if the word is none, or has a label."""
    found = read_limits(word, takes) if takes in NUMBERS else None
    if found is None and takes in NUMBERS and read_value(takes, word):
        found = ("", {"from": word, "up_to": word})
    if found is None or found[0]:
        return None
    edges = {key: make_edge(takes, key, text) for key, text in found[1].items()}
    return edges.get("from") or edges.get("above"), edges.get("up_to") or edges.get("below")


def _holds_band(pair: BandEnds, band: BandEnds) -> bool:
    low, high = pair
    is_above = low is None or (band[0] is not None and compare_edges(low, band[0]) <= 0)
    return is_above and (high is None or (band[1] is not None and compare_edges(band[1], high) <= 0))


def _write_band(band: BandEnds) -> str:
    low, high = band
    limits = {}
    if low:
        limits["above" if low.key in PAST else "from"] = low.text
    if high:
        limits["up_to" if high.key in PAST else "below"] = high.text
    return write_limits(limits)
