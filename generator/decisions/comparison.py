"""In go the ways of a decision as it was and as it is, out come the answers after which it decides something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.decisions.graph import Graph, Turn, Way

MOST_STATES = 50_000
Ends = tuple[str, str]
Facts = tuple[tuple[str, str], ...]


class TooFar(Exception):
    """Two decisions that differ in so many ways that they cannot be compared path by path."""


class Endless(Exception):
    """A decision with a circle, so that its paths have no end."""


class Parting(NamedTuple):
    """Answers after which the old decision and the new one end elsewhere; an end that is empty is no decision.

    The answers are those that the old one asks for, and then those that only the new one does. An answer that one of
    the two does not offer leads it to no decision.
    """

    way: Way
    old: str
    new: str


class Position(NamedTuple):
    """Where both stand, and what has been answered that one of them may still ask for."""

    old: str
    new: str
    facts: Facts


class Comparison:
    """Two decisions, walked at once. Raises TooFar, Endless.

    A question is the same in both when it has the same id, or when it reads the same and its id is in one of them
    only. `counts` has how many answer sequences end at which two different places; none of them is enumerated.
    """

    def __init__(self, old: Graph, new: Graph) -> None:
        if old.circle or new.circle:
            raise Endless
        self.old, self.new = old, new
        self.known = [dict(old.asks), _match_questions(old, new)]
        self.answers = [
            {asked: list(graph.turns[node]) for node, asked in known.items()}
            for graph, known in zip((old, new), self.known, strict=True)
        ]
        names = dict.fromkeys(name for known in self.known for name in known.values())
        self.bits = {name: 1 << number for number, name in enumerate(names)}
        self.behind = [self._collect_ahead(graph, known) for graph, known in zip((old, new), self.known, strict=True)]
        self.start = self._follow_both(old.start, new.start, {})
        self.found = self._count_endings()
        self.counts = self.found[self.start]

    @property
    def total(self) -> int:
        """How many answer sequences end elsewhere."""
        return sum(self.counts.values())

    def partings(self) -> Iterator[Parting]:
        """Every sequence of answers that ends elsewhere, in the order of the old answers."""
        stack: list[tuple[Way, Position]] = [((), self.start)]
        while stack:
            way, place = stack.pop()
            if self.found[place]:
                asked = self._find_next(place)
                if asked:
                    stack.extend(reversed([((*way, turn), to) for turn, to in self._list_successors(place, asked)]))
                else:
                    yield Parting(way, self._find_outcome(self.old, place.old), self._find_outcome(self.new, place.new))

    def example(self, ends: Ends) -> Way:
        """The first answers that end at two different places, of those in `counts`."""
        way: list[Turn] = []
        place = self.start
        while asked := self._find_next(place):
            turn, place = next((turn, to) for turn, to in self._list_successors(place, asked) if ends in self.found[to])
            way.append(turn)
        return tuple(way)

    def _count_endings(self) -> dict[Position, dict[Ends, int]]:
        """What `counts` says, from each place on; without recursion, as a tree may be as deep as it is large."""
        found: dict[Position, dict[Ends, int]] = {}
        stack = [self.start]
        while stack:
            place, asked = stack[-1], self._find_next(stack[-1])
            nexts = [to for _, to in self._list_successors(place, asked)] if asked else []
            ahead = [to for to in nexts if to not in found]
            if ahead:
                stack.extend(ahead)
                continue
            found[stack.pop()] = _sum_counts(found[to] for to in nexts) if asked else self._compare_ends(place)
            if len(found) > MOST_STATES:
                raise TooFar
        return found

    def _compare_ends(self, place: Position) -> dict[Ends, int]:
        ends = self._find_outcome(self.old, place.old), self._find_outcome(self.new, place.new)
        return {ends: 1} if ends[0] != ends[1] else {}

    def _find_next(self, place: Position) -> str:
        """What is asked next: by the old decision, or by the new one where the old one has ended."""
        return self.known[0].get(place.old) or self.known[1].get(place.new) or ""

    def _list_successors(self, place: Position, asked: str) -> Iterator[tuple[Turn, Position]]:
        for answer in dict.fromkeys(answer for known in self.answers for answer in known.get(asked, ())):
            yield Turn(asked, answer), self._follow_both(place.old, place.new, {**dict(place.facts), asked: answer})

    def _follow_both(self, old: str, new: str, facts: Mapping[str, str]) -> Position:
        """Where both come to with what has been answered, and what of it may still be of use."""
        old, new = self._follow(0, self.old, old, facts), self._follow(1, self.new, new, facts)
        useful = self.behind[0].get(old, 0) | self.behind[1].get(new, 0)
        return Position(
            old, new, tuple(sorted((name, said) for name, said in facts.items() if self.bits[name] & useful))
        )

    def _follow(self, side: int, graph: Graph, at: str, facts: Mapping[str, str]) -> str:
        while at in graph.questions and self.known[side][at] in facts:
            at = graph.turns[at].get(facts[self.known[side][at]], "")
        return at

    def _find_outcome(self, graph: Graph, at: str) -> str:
        return at if at in graph.outcomes else ""

    def _collect_ahead(self, graph: Graph, known: Mapping[str, str]) -> dict[str, int]:
        """What may still be asked from each question on, itself included, as bits."""
        found: dict[str, int] = {}
        for question in graph.order:
            found[question] = self.bits[known[question]]
            for to in graph.turns[question].values():
                found[question] |= found.get(to, 0)
        return found


def _sum_counts(all_counts: Iterable[Mapping[Ends, int]]) -> dict[Ends, int]:
    found: dict[Ends, int] = {}
    for counts in all_counts:
        for ends, number in counts.items():
            found[ends] = found.get(ends, 0) + number
    return found


def _match_questions(old: Graph, new: Graph) -> dict[str, str]:
    """What each question of the new decision is called in the old one."""
    was, now = old.decision.asked, new.decision.asked
    words = {_normalise(one.ask): name for name, one in was.items() if name not in now}
    names = {name: name if name in was else words.get(_normalise(one.ask), name) for name, one in now.items()}
    return {node: names[asked] for node, asked in new.asks.items()}


def _normalise(ask: str) -> str:
    return " ".join(ask.lower().split())
