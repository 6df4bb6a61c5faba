"""Spells ways through a decision in the words of its questions, and joins those that differ in one answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from generator.decisions.comparison import Comparison
from generator.decisions.graph import Turn, Way

OTHER_THING = " as it is now"  # the id of a question that takes something else than before


class Choices(NamedTuple):
    """A question and the answers that lead the same way, both in words."""

    ask: str
    answers: tuple[str, ...]


class JoinedWay(NamedTuple):
    """Some paths that differ in single answers alone; `number` says how many."""

    choices: tuple[Choices, ...]
    number: int


class Speech:
    """The words of a decision in both of its states, by the ids that a comparison has."""

    def __init__(self, comparison: Comparison) -> None:
        self._old, self._new = comparison.old.decision, comparison.new.decision
        self._now = {was: now for now, was in comparison.names.items()}

    def ask(self, asked: str) -> str:
        """What a question asks; as it is now where it still is asked."""
        known = self._new.asked.get(self._now.get(asked, asked)) or self._old.asked.get(asked)
        return known.ask.strip() if known else asked

    def answer(self, turn: Turn) -> str:
        """The label of an answer; what stands for a range or for ticks is in words already."""
        for asked in (
            self._new.asked.get(self._now.get(turn.question, turn.question)),
            self._old.asked.get(turn.question),
        ):
            if asked and turn.answer in asked.offered:
                return asked.offered[turn.answer].label.strip()
        return turn.answer

    def old_answer(self, turn: Turn) -> str:
        """The label that an answer had."""
        asked = self._old.asked.get(turn.question)
        return asked.offered[turn.answer].label.strip() if asked and turn.answer in asked.offered else turn.answer

    def old_end(self, name: str) -> str:
        """What was decided; empty if nothing was."""
        return self._old.outcomes[name].decision.strip() if name in self._old.outcomes else ""

    def new_end(self, name: str) -> str:
        """What is decided now; empty if nothing is."""
        return self._new.outcomes[name].decision.strip() if name in self._new.outcomes else ""

    def place(self, name: str, is_old: bool) -> str:
        """What is at the end of an answer: the next question, or what is decided."""
        decision = self._old if is_old else self._new
        if name in decision.outcomes:
            return decision.outcomes[name].decision.strip()
        return decision.asked[name].ask.strip() if name in decision.asked else name


def join_ways(ways: Iterable[Way], speech: Speech) -> list[JoinedWay]:
    """Ways in words; those that differ in the answers to one question are one, with all of these answers."""
    rows: list[tuple[tuple[tuple[str, tuple[str, ...]], ...], int]] = [
        (tuple((turn.question, (turn.answer,)) for turn in way), 1) for way in ways
    ]
    longest = max((len(row) for row, _ in rows), default=0) if len(rows) > 1 else 0
    for place in reversed(range(longest)):
        joined: dict[object, tuple[tuple[tuple[str, tuple[str, ...]], ...], int]] = {}
        for row, number in rows:
            key = (row[:place], row[place][0] if place < len(row) else "", row[place + 1 :])
            if key in joined and place < len(row):
                old, before = joined[key]
                answers = tuple(dict.fromkeys((*old[place][1], *row[place][1])))
                joined[key] = ((*row[:place], (row[place][0], answers), *row[place + 1 :]), before + number)
            else:
                joined[key] = (row, number)
        rows = list(joined.values())
    return [
        JoinedWay(
            tuple(
                Choices(speech.ask(asked), tuple(speech.answer(Turn(asked, one)) for one in answers))
                for asked, answers in row
            ),
            number,
        )
        for row, number in rows
    ]


def take_shared(ways: list[JoinedWay]) -> tuple[tuple[JoinedWay, ...], tuple[Choices, ...]]:
    """Takes what several ways have in common out of each of them."""
    if len(ways) < 2:
        return tuple(ways), ()
    shared = [one for one in ways[0].choices if all(one in way.choices for way in ways)]
    rest = [way._replace(choices=tuple(one for one in way.choices if one not in shared)) for way in ways]
    return tuple(rest), tuple(shared)
