"""The questions that a module can draw from: enough for several tries without the same question twice."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from generator.publishing.training.question import QuizQuestion

ASKS = 5  # questions in one check; a longer one is put off
TRIES = 8  # tries until a check has nothing new to ask, where there are as many cases
KINDS = 3  # questions about one case


class Pool(NamedTuple):
    """Groups of questions, of which a draw takes one each: no two of a draw are about the same case or cases alike.

    Of cases alike that are critical in part, a group has those that are, so that every question of it weighs the same.
    `asks` is how many a draw takes: at most half of the groups, so that the second try has others.
    """

    groups: tuple[tuple[QuizQuestion, ...], ...]
    asks: int


def choose_pool(questions: Sequence[QuizQuestion]) -> Pool:
    """Chooses what a module draws from: cases that must be right first, then each decision in turn."""
    groups: dict[str, list[QuizQuestion]] = {}
    for one in questions:
        groups.setdefault(one.group, []).append(one)
    groups = {name: [one for one in some if one.is_critical] or some for name, some in groups.items()}
    critical = _take_turns(groups, [name for name, some in groups.items() if some[0].is_critical])
    others = _take_turns(groups, [name for name in groups if name not in critical])
    most, half = ASKS * TRIES, ASKS * TRIES // 2
    share = [*critical[:half], *others, *critical[half:]][:most]
    asks = min(ASKS, max(1, len(share) // 2)) if share else 0
    return Pool(tuple(tuple(_choose_kinds(groups[name])) for name in share), asks)


def _take_turns(groups: dict[str, list[QuizQuestion]], names: Sequence[str]) -> list[str]:
    """The groups in an order in which the decisions take turns."""
    by_topic: dict[str, list[str]] = {}
    for name in sorted(names, key=_mix_order):
        by_topic.setdefault(groups[name][0].topic, []).append(name)
    turns = [(turn, topic, name) for topic, some in sorted(by_topic.items()) for turn, name in enumerate(some)]
    return [name for _, _, name in sorted(turns)]


def _choose_kinds(some: list[QuizQuestion]) -> list[QuizQuestion]:
    """What is decided first, then other kinds of question about the case."""
    return sorted(some, key=lambda one: (one.kind != "outcome", _mix_order(one.id)))[:KINDS]


def _mix_order(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
