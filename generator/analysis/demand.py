"""Says which version of a pack is large enough for what changed since its last release."""

from __future__ import annotations

from typing import NamedTuple

from generator.analysis.delta import Delta
from generator.analysis.lesson import Lesson
from generator.analysis.retelling import MAJOR, MINOR
from generator.library.timeline import order

MEANING = {
    "major": "a decision or an answer changed, so everybody trains again, in a course of its own",
    "minor": "something was added, left out, or changed in what is only at hand, so everybody learns what is new",
    "patch": "only words changed, so nobody has to train",
}


class Demand(NamedTuple):
    """The least version that a release needs, for which level, and the lessons that demand it."""

    level: str
    least: str
    lessons: tuple[Lesson, ...]

    def is_met(self, version: str) -> bool:
        """Whether a version is large enough: for a major change a later major one."""
        return order(version) >= order(self.least)


def demand(delta: Delta) -> Demand:
    """What the next release has to be called, after the one that the delta begins with."""
    least = least_version(delta.old.pack.version, delta.level)
    return Demand(delta.level, least, tuple(one for one in delta.lessons if one.level == delta.level))


def least_version(version: str, level: str) -> str:
    """The version after another: 3.0 for a major change of 2.1, 2.2 for a minor one, 2.1.1 for wording."""
    major, minor, patch = order(version)[:3]
    if level == MAJOR:
        return f"{major + 1}.0"
    return f"{major}.{minor + 1}" if level == MINOR else f"{major}.{minor}.{patch + 1}"
