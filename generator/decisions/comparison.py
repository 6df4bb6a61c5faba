"""Compares two versions of a decision: finds the answers after which they end at different outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.decisions.graph import Graph, Turn, Way
from generator.decisions.refinement import Pieces, TooFar, refine

MOST_STATES = 50_000
Ends = tuple[str, str]
Facts = tuple[tuple[str, str], ...]


class Endless(Exception):
    """A decision with a circle, so that its paths have no end."""


class Parting(NamedTuple):
    """Answers after which the old decision and the new one end at different outcomes; an empty end is no decision.

    The answers are those that the old one asks for, followed by those that only the new one asks for. An answer that
    one of the two does not offer leads it to no decision.
    """

    way: Way
    old: str
    new: str


class Position(NamedTuple):
    """Where each of the two is, and the answers so far that one of them may still ask for."""

    old: str
    new: str
    facts: Facts


class Comparison:
    """Two decisions, followed side by side. Raises TooFar, Endless.

    A question is the same in both if it has or had the same id, or if it reads the same and its id is in only one of
    them; an outcome, if it has or had the same id. One that takes a value or several answers is followed by what can be
    given, so that a threshold that was moved, or answers in another order, are found; if it takes something else than
    before, it is another question.
    `counts` says how many answer sequences end at which two different outcomes, without enumerating the sequences.
    """

    def __init__(self, old: Graph, new: Graph) -> None:
        if old.circle or new.circle:
            raise Endless
        self.old, self.new = old, new
        names, self.pieces = _match_questions(old, new)
        self._renamed = {was: name for name, end in new.decision.outcomes.items() for was in end.formerly}
        self.known = [dict(old.asks), {node: names[asked] for node, asked in new.asks.items()}]
        self.answers = [
            {asked: list(self.pieces.get(asked) or graph.turns[node]) for node, asked in known.items()}
            for graph, known in zip((old, new), self.known, strict=True)
        ]
        every = dict.fromkeys(name for known in self.known for name in known.values())
        self.bits = {name: 1 << number for number, name in enumerate(every)}
        self.behind = [self._collect_ahead(graph, known) for graph, known in zip((old, new), self.known, strict=True)]
        self.start = self._follow_both(old.start, new.start, {})
        self.found = self._count_endings()
        self.counts = self.found[self.start]

    @property
    def total(self) -> int:
        """How many answer sequences end at different outcomes."""
        return sum(self.counts.values())

    def partings(self) -> Iterator[Parting]:
        """Every sequence of answers that ends at different outcomes, in the order of the old answers."""
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
        """The first sequence of answers with these two ends, which must be in `counts`."""
        way: list[Turn] = []
        place = self.start
        while asked := self._find_next(place):
            turn, place = next((turn, to) for turn, to in self._list_successors(place, asked) if ends in self.found[to])
            way.append(turn)
        return tuple(way)

    def _count_endings(self) -> dict[Position, dict[Ends, int]]:
        """The `counts` from each position on; without recursion, because a tree may be as deep as it is large."""
        counted: dict[Position, dict[Ends, int]] = {}
        stack = [self.start]
        while stack:
            place, asked = stack[-1], self._find_next(stack[-1])
            nexts = [to for _, to in self._list_successors(place, asked)] if asked else []
            ahead = [to for to in nexts if to not in counted]
            if ahead:
                stack.extend(ahead)
                continue
            counted[stack.pop()] = _sum_counts(counted[to] for to in nexts) if asked else self._compare_ends(place)
            if len(counted) > MOST_STATES:
                raise TooFar
        return counted

    def _compare_ends(self, place: Position) -> dict[Ends, int]:
        ends = self._find_outcome(self.old, place.old), self._find_outcome(self.new, place.new)
        return {ends: 1} if self._renamed.get(ends[0], ends[0]) != ends[1] else {}

    def _find_next(self, place: Position) -> str:
        """What is asked next: by the old decision, or by the new one once the old one has ended; empty at both ends."""
        return self.known[0].get(place.old) or self.known[1].get(place.new) or ""

    def _list_successors(self, place: Position, asked: str) -> Iterator[tuple[Turn, Position]]:
        for answer in dict.fromkeys(answer for known in self.answers for answer in known.get(asked, ())):
            yield Turn(asked, answer), self._follow_both(place.old, place.new, {**dict(place.facts), asked: answer})

    def _follow_both(self, old: str, new: str, facts: Mapping[str, str]) -> Position:
        """The position after these answers: where each decision gets to, with the answers that may still be needed."""
        old, new = self._follow(0, self.old, old, facts), self._follow(1, self.new, new, facts)
        useful = self.behind[0].get(old, 0) | self.behind[1].get(new, 0)
        kept = sorted((name, answer) for name, answer in facts.items() if self.bits[name] & useful)
        return Position(old, new, tuple(kept))

    def _follow(self, side: int, graph: Graph, at: str, facts: Mapping[str, str]) -> str:
        while at in graph.questions and (asked := self.known[side][at]) in facts:
            given = facts[asked]
            at = graph.turns[at].get(self.pieces[asked][given][side] if self.pieces.get(asked) else given, "")
        return at

    def _find_outcome(self, graph: Graph, at: str) -> str:
        return at if at in graph.outcomes else ""

    def _collect_ahead(self, graph: Graph, known: Mapping[str, str]) -> dict[str, int]:
        """For each question, what may still be asked from it on, itself included, as bits."""
        ahead: dict[str, int] = {}
        for question in graph.order:
            ahead[question] = self.bits[known[question]]
            for to in graph.turns[question].values():
                ahead[question] |= ahead.get(to, 0)
        return ahead


def _sum_counts(all_counts: Iterable[Mapping[Ends, int]]) -> dict[Ends, int]:
    total: dict[Ends, int] = {}
    for counts in all_counts:
        for ends, number in counts.items():
            total[ends] = total.get(ends, 0) + number
    return total


def _match_questions(old: Graph, new: Graph) -> tuple[dict[str, str], dict[str, Pieces]]:
    """What the new decision asks, by the id that the old one has for that, and the pieces of what both ask."""
    was, now = old.decision.asked, new.decision.asked
    gone = {_normalise(asked.ask): name for name, asked in was.items() if name not in now}
    names = {
        name: next((one for one in (name, *asked.formerly) if one in was), gone.get(_normalise(asked.ask), name))
        for name, asked in now.items()
    }
    pieces: dict[str, Pieces] = {}
    for asked, name in names.items():
        if name in was:
            found = refine(old.readers.get(name), new.readers.get(asked))
            if found is None:
                names[asked] = f"{asked} as it is now"
            else:
                pieces[name] = found
    return names, pieces


def _normalise(ask: str) -> str:
    return " ".join(ask.lower().split())
