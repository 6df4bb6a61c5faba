"""Says which version a changed document needs, and whether its author raised it so far: one answer for all who ask."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from generator.decisions.graph import Graph
from generator.documents import Document
from generator.documents.header import Historied
from generator.documents.types.decision_tree import Decision
from generator.documents.types.policy import Policy
from generator.library.library import Library
from generator.library.meaning.compare import Verdict, compare_states
from generator.library.meaning.deciding_anew import tell_decision
from generator.library.meaning.lesson import Lesson
from generator.library.meaning.lessons import Pairing, Told, is_told_by_paths, list_differences
from generator.library.meaning.levels import MAJOR, MINOR, gravest, least_version
from generator.library.timeline import order


class Need(NamedTuple):
    """The version that a change demands: how large it is, the least number, and what the author wrote.

    `change` is how large it is for people who know the old; for a policy, `level` may be less. `is_noted` says whether
    the history has an entry for a version after `before`.
    """

    level: str
    change: str
    before: str
    least: str
    version: str
    is_noted: bool

    @property
    def is_met(self) -> bool:
        return order(self.version) >= order(self.least) and self.is_noted


class Weighed(NamedTuple):
    """What is another in a document, what its paths came to if it decides, and the version that all of it needs."""

    told: list[Told]
    lessons: list[Lesson]
    verdict: Verdict | None
    need: Need | None


def weigh(new: Document, old: Document, now: Library, then: Library) -> Weighed:
    """Compares two sound states of a document. What its paths tell is told once, by them.

    A letter in a new language, or a version that is only announced, needs no other version: both say theirs.
    """
    pair = Pairing(new, old, now, then, is_explained=False)
    verdict: Verdict | None = None
    if isinstance(new.body, Decision) and isinstance(old.body, Decision):
        verdict = compare_states(new.id, (old, Graph(old.body)), (new, Graph(new.body)))
    told = list_differences(pair)
    is_followed = bool(verdict and verdict.comparison)
    lessons = [one.lesson for one in told if not (is_followed and is_told_by_paths(one.rewording))]
    lessons += tell_decision(pair, verdict) if verdict else ()
    return Weighed(told, lessons, verdict, need_of(new, old, lessons))


def need_of(new: Document, old: Document, lessons: Iterable[Lesson]) -> Need | None:
    """What a document needs; None if nothing that people work by is another, or as long as it was a draft.

    A policy is cited by its sections, and says in its history what each version did to each of them, so that the next
    minor number is enough for it.
    """
    change = level = gravest(one.level for one in lessons)
    is_policy = isinstance(new.body, Policy)
    if not level or old.body.status == "draft" or not (new.kind.covers or is_policy):
        return None
    if is_policy and level == MAJOR:
        level = MINOR
    before, version = old.body.version, new.body.version
    return Need(level, change, before, least_version(before, level), version, _is_noted(new, before))


def _is_noted(document: Document, before: str) -> bool:
    body = document.body
    history = body.history if isinstance(body, (Historied, Policy)) else []
    return any(order(entry.version) > order(before) for entry in history)
