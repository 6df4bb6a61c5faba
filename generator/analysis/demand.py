"""Says which version of a pack is large enough for what changed since its last release."""

from __future__ import annotations

from typing import NamedTuple

from generator.analysis.delta import Delta
from generator.library.meaning.lesson import Lesson
from generator.library.meaning.levels import least_version
from generator.library.timeline import order


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
