"""The questions that a module can draw from: enough for several tries without the same question twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from generator.publishing.training.question import QuizQuestion

ASKS = 5  # questions in one check; a longer one is put off
FOREIGN = 3  # turns of a module's own decision for one of another
TRIES = 8  # tries until a check has nothing new to ask, where there are as many cases
KINDS = 3  # questions about one case

LimitPair = tuple[str, str]  # groups on both sides of a limit


class Pool(NamedTuple):
    """Groups of questions, of which a draw takes one each: no two of a draw are about the same case or cases alike.

    Of cases alike that are critical in part, a group has those that are, so that every question of it weighs the same.
    `asks` is how many a draw takes: at most half of the groups, so that the second try has others. `limits` has, for
    each limit that can be asked about, pairs of groups by their numbers: the first question of each asks what is
    decided on one side, and the decisions differ.
    """

    groups: tuple[tuple[QuizQuestion, ...], ...]
    asks: int
    limits: tuple[tuple[tuple[int, int], ...], ...] = ()


def choose_pool(questions: Sequence[QuizQuestion]) -> Pool:
    """Chooses what a module draws from: both sides of limits, cases that must be right, then each decision in turn."""
    groups: dict[str, list[QuizQuestion]] = {}
    for one in questions:
        groups.setdefault(one.group, []).append(one)
    groups = {name: [one for one in some if one.is_critical] or some for name, some in groups.items()}
    groups = {name: _choose_kinds(some) for name, some in groups.items()}
    critical = _take_turns(groups, [name for name, some in groups.items() if some[0].is_critical])
    others = _take_turns(groups, [name for name in groups if name not in critical])
    limits = list(_pair_limits({name: some[0] for name, some in groups.items()}))
    most, half = ASKS * TRIES, ASKS * TRIES // 2
    turns = [pair for turn in zip_longest(*limits) for pair in turn if pair]
    paired = [name for pair in turns for name in pair]
    # The first pair of each limit is asked about, however many there are; more pairs are for further tries.
    needed = dict.fromkeys([*paired[: max(half, 2 * len(limits))], *critical[:half]])
    share = [*dict.fromkeys([*needed, *others, *critical, *paired])][: max(most, len(needed))]
    asks = min(ASKS, max(1, len(share) // 2)) if share else 0
    place = {name: number for number, name in enumerate(share)}
    found = (tuple((place[a], place[b]) for a, b in pairs if a in place and b in place) for pairs in limits)
    return Pool(tuple(tuple(groups[name]) for name in share), asks, tuple(pairs for pairs in found if pairs))


def _pair_limits(first: Mapping[str, QuizQuestion]) -> Iterator[list[LimitPair]]:
    """For each limit, pairs of groups across it: the nearest ones, whose cases differ in the fewest other answers."""
    sides: dict[str, tuple[list[str], list[str]]] = {}
    for name, one in first.items():
        for side in one.sides if one.kind == "outcome" else ():
            if side.is_near:
                sides.setdefault(side.limit, ([], []))[side.is_above].append(name)
    for limit in sorted(sides):
        below, above = sides[limit]
        every = [
            (len({*first[a].path} ^ {*first[b].path}), _mix_order(f"{a} {b}"), (a, b))
            for a in below
            for b in above
            if first[a].right.text != first[b].right.text
        ]
        spent: set[str] = set()
        pairs: list[LimitPair] = []
        for _, mixed, (a, b) in sorted(every):
            if spent.isdisjoint((a, b)) and len(pairs) < TRIES:
                spent |= {a, b}
                pairs.append((a, b) if mixed[0] < "8" else (b, a))  # nobody learns from the order which is above
        if pairs:
            yield pairs


def _take_turns(groups: Mapping[str, list[QuizQuestion]], names: Sequence[str]) -> list[str]:
    """The groups in an order in which the decisions take turns: one that the module itself teaches has most of them.

    Of decisions that are taught elsewhere only the section is asked, and a module of such questions teaches to look up.
    """
    by_topic: dict[str, list[str]] = {}
    for name in sorted(names, key=_mix_order):
        by_topic.setdefault(groups[name][0].topic, []).append(name)
    foreign = {topic for topic, some in by_topic.items() if all(groups[name][0].kind != "outcome" for name in some)}
    turns = [
        (turn * (FOREIGN if topic in foreign else 1), topic, name)
        for topic, some in sorted(by_topic.items())
        for turn, name in enumerate(some)
    ]
    return [name for _, _, name in sorted(turns)]


def _choose_kinds(some: list[QuizQuestion]) -> list[QuizQuestion]:
    """What is decided first, at a limit before elsewhere, then other kinds of question about the case."""
    return sorted(some, key=lambda one: (one.kind != "outcome", not one.sides, _mix_order(one.id)))[:KINDS]


def _mix_order(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
