"""What a comparison of two decisions tells: where their paths part, and how many of them do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from generator.decisions.graph import Turn, Way

Ends = tuple[str, str]
Facts = tuple[tuple[str, str], ...]


class Endless(Exception):
    """A decision with a circle, so that its paths have no end."""


class Parting(NamedTuple):
    """Answers after which the old decision and the new one end at different outcomes; an empty end is no decision.

    The answers are those that the old one asks for, followed by those that only the new one asks for. `at` is the
    answer after which the two were no longer at the same place; None if they begin at different ones.
    """

    way: Way
    old: str
    new: str
    at: Turn | None = None


class Apart(NamedTuple):
    """What many paths have in common: where they ended, where they end now, and the answer at which that parts."""

    old: str
    new: str
    at: Turn | None


class Position(NamedTuple):
    """Where each of the two is, and the answers so far that one of them may still ask for."""

    old: str
    new: str
    facts: Facts


class Tally(NamedTuple):
    """The paths from a position on; `plain` of them end as before, and each answer on them has the name it had."""

    paths: int
    plain: int
    apart: Mapping[Apart, int]
