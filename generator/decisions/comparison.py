"""Compares two versions of a decision: finds the answers after which they end at different outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.decisions.endings import Apart, Endless, Ends, Parting, Position, Tally
from generator.decisions.graph import Graph, Turn, Way
from generator.decisions.refinement import TooFar
from generator.decisions.same import match_outcomes, match_questions
from generator.decisions.standing import StandIns, match_answers

MOST_STATES = 50_000
MOST_TALLIED = 40  # different endings of a position, on average


class Comparison:
    """Two decisions, followed side by side. Raises TooFar, Endless.

    A question is the same in both if it has or had the same id, or if it reads the same and its id is in only one of
    them; an outcome likewise. An answer that only one of them offers is followed in the other by
    the one that stood for it (`standing`): a new name, or an answer that was split, is no other decision. One that
    takes a value or several answers is followed by what can be given, so that a threshold that was moved, or answers
    in another order, are found; if it takes something else than before, it is another question.
    `counts` says how many answer sequences end at which two different outcomes, without enumerating the sequences.
    """

    def __init__(self, old: Graph, new: Graph) -> None:
        if old.circle or new.circle:
            raise Endless
        self.old, self.new = old, new
        self.names, self.pieces = match_questions(old, new)
        self._renamed = match_outcomes(old, new)
        self.known = [dict(old.asks), {node: self.names[asked] for node, asked in new.asks.items()}]
        self.standing = self._match_answers()
        self.answers = self._list_answers()
        every = dict.fromkeys(name for known in self.known for name in known.values())
        self.bits = {name: 1 << number for number, name in enumerate(every)}
        self.behind = [self._collect_ahead(graph, known) for graph, known in zip((old, new), self.known, strict=True)]
        self.start = self._follow_both(old.start, new.start, {})
        self.found = self._count_endings()
        self.counts: dict[Ends, int] = {}
        for apart, number in self.found[self.start].apart.items():
            self.counts[apart[:2]] = self.counts.get(apart[:2], 0) + number

    @property
    def total(self) -> int:
        """How many answer sequences end at different outcomes."""
        return sum(self.counts.values())

    @property
    def paths(self) -> int:
        """How many answer sequences there are."""
        return self.found[self.start].paths

    @property
    def renamed(self) -> int:
        """How many end as before, but an answer on the way has another name, or was split or merged."""
        return self.paths - self.total - self.found[self.start].plain

    @property
    def apart(self) -> list[tuple[Apart, int]]:
        """What the sequences that end elsewhere have in common, with the number of each, the most first."""
        return sorted(self.found[self.start].apart.items(), key=lambda one: (-one[1], one[0][:2], one[0].at or ()))

    def partings(self) -> Iterator[Parting]:
        """Every sequence of answers that ends at different outcomes, in the order of the old answers."""
        stack: list[tuple[Way, Turn | None, Position]] = [((), None, self.start)]
        while stack:
            way, at, place = stack.pop()
            if self.found[place].apart:
                asked = self._find_next(place)
                if asked:
                    nexts = self._list_successors(place, asked)
                    ahead = [((*way, turn), turn if self._is_parting(place, to) else at, to) for turn, to in nexts]
                    stack.extend(reversed(ahead))
                else:
                    yield Parting(way, *self._find_ends(place), at)

    def example(self, wanted: Ends | Apart) -> Way:
        """The first sequence of answers with these two ends, which must be in `counts` or in `apart`."""
        way: list[Turn] = []
        place = self.start
        keys = {one for one in self.found[place].apart if wanted in (one, one[:2])}
        while asked := self._find_next(place):
            for turn, to in self._list_successors(place, asked):
                lead = turn if self._is_parting(place, to) else None
                inner = {one for one in self.found[to].apart if _place_at(one, lead) in keys}
                if inner:
                    break
            way.append(turn)
            place, keys = to, inner
        return tuple(way)

    def may_end(self, facts: Mapping[str, str]) -> tuple[frozenset[str], frozenset[str]]:
        """The outcomes at which each of the two can end after some answers, by the names that the old one has."""
        ends = []
        for side, graph in enumerate((self.old, self.new)):
            at = self._follow(side, graph, graph.start, facts)
            ways = graph.ways_from(at) if at in graph.questions else (at,)
            ends.append(frozenset(name for name in ways if name in graph.outcomes))
        return ends[0], ends[1]

    def give(self, asked: str, answer: str) -> tuple[str, str]:
        """The answer that each of the two has for one of the comparison; empty where a range has none."""
        if self.pieces.get(asked):
            return self.pieces[asked].get(answer, (answer, answer))
        standing = self.standing.get(asked)
        return (standing.old.get(answer, answer), standing.new.get(answer, answer)) if standing else (answer, answer)

    def fit(self, asked: str, now: str, given: str) -> str:
        """The answer of the comparison for what is given to the new decision, which asks for it as `now`."""
        answer = self.new.read(now, given)
        if not self.pieces.get(asked):
            return answer
        pair = self.old.read(asked, given), answer
        return next((name for name, both in self.pieces[asked].items() if both == pair), answer)

    def is_same_place(self, old: str, new: str) -> bool:
        """Whether a question or outcome of the old decision is one of the new one; empty is none."""
        asked = self.known[0].get(old), self.known[1].get(new)
        return asked[0] == asked[1] if any(asked) else self.is_same_end(old, new)

    def is_same_end(self, old: str, new: str) -> bool:
        """Whether an outcome of the old decision is one of the new one."""
        return self._renamed.get(old, old) == new

    def _count_endings(self) -> dict[Position, Tally]:
        """The paths from each position on; without recursion, because a tree may be as deep as it is large."""
        counted: dict[Position, Tally] = {}
        stack = [self.start]
        tallied = 0
        while stack:
            place, asked = stack[-1], self._find_next(stack[-1])
            nexts = list(self._list_successors(place, asked)) if asked else []
            ahead = [to for _, to in nexts if to not in counted]
            if ahead:
                stack.extend(ahead)
                continue
            counted[stack.pop()] = tally = self._sum_tallies(place, nexts, counted)
            tallied += len(tally.apart)
            if len(counted) > MOST_STATES or tallied > MOST_STATES * MOST_TALLIED:
                raise TooFar
        return counted

    def _sum_tallies(
        self, place: Position, nexts: list[tuple[Turn, Position]], counted: Mapping[Position, Tally]
    ) -> Tally:
        if not nexts:
            ends = self._find_ends(place)
            is_same = self.is_same_end(*ends)
            return Tally(1, int(is_same), {} if is_same else {Apart(*ends, None): 1})
        paths = plain = 0
        apart: dict[Apart, int] = {}
        for turn, to in nexts:
            tally = counted[to]
            paths += tally.paths
            plain += 0 if self._is_renamed(turn) else tally.plain
            lead = turn if tally.apart and self._is_parting(place, to) else None
            for one, number in tally.apart.items():
                key = _place_at(one, lead)
                apart[key] = apart.get(key, 0) + number
        return Tally(paths, plain, apart)

    def _is_renamed(self, turn: Turn) -> bool:
        standing = self.standing.get(turn.question)
        return standing is not None and (turn.answer in standing.old or turn.answer in standing.new)

    def _is_parting(self, place: Position, to: Position) -> bool:
        """Whether the two are at the same place, and after an answer no more."""
        return self._is_together(place) and not self._is_together(to)

    def _is_together(self, place: Position) -> bool:
        is_open = place.old in self.known[0] or place.new in self.known[1]
        return self.is_same_place(place.old, place.new) if is_open else self.is_same_end(*self._find_ends(place))

    def _find_ends(self, place: Position) -> Ends:
        return self._find_outcome(self.old, place.old), self._find_outcome(self.new, place.new)

    def _find_next(self, place: Position) -> str:
        """What is asked next: by the old decision, or by the new one once the old one has ended; empty at both ends."""
        return self.known[0].get(place.old) or self.known[1].get(place.new) or ""

    def _list_successors(self, place: Position, asked: str) -> Iterator[tuple[Turn, Position]]:
        for answer in self.answers[asked]:
            yield Turn(asked, answer), self._follow_both(place.old, place.new, {**dict(place.facts), asked: answer})

    def _follow_both(self, old: str, new: str, facts: Mapping[str, str]) -> Position:
        """The position after these answers: where each decision gets to, with the answers that may still be needed."""
        old, new = self._follow(0, self.old, old, facts), self._follow(1, self.new, new, facts)
        useful = self.behind[0].get(old, 0) | self.behind[1].get(new, 0)
        kept = sorted((name, answer) for name, answer in facts.items() if self.bits[name] & useful)
        return Position(old, new, tuple(kept))

    def _follow(self, side: int, graph: Graph, at: str, facts: Mapping[str, str]) -> str:
        while at in graph.questions and (asked := self.known[side][at]) in facts:
            at = graph.turns[at].get(self.give(asked, facts[asked])[side], "")
        return at

    def _find_outcome(self, graph: Graph, at: str) -> str:
        return at if at in graph.outcomes else ""

    def _match_answers(self) -> dict[str, StandIns]:
        """By the id of what both ask, the answers that stand for those that one of them does not offer."""
        found = {}
        for asked, name in self.names.items():
            was, now = self.old.decision.asked.get(name), self.new.decision.asked[asked]
            if was is not None and not self.pieces.get(name) and was.offered.keys() != now.offered.keys():
                leads = {one: self._name_place(to) for one, to in self.new.turns.get(asked, {}).items()}
                found[name] = match_answers(was, now, self.old.turns.get(name, {}), leads)
        return found

    def _name_place(self, at: str) -> str:
        """The id that a question or outcome of the new decision has in the old one."""
        return self.known[1].get(at) or next((was for was, now in self._renamed.items() if now == at), at)

    def _list_answers(self) -> dict[str, list[str]]:
        """By the id of what is asked, each answer that is a case of its own."""
        found: dict[str, dict[str, None]] = {}
        for side, graph in enumerate((self.old, self.new)):
            for node, asked in self.known[side].items():
                found.setdefault(asked, {}).update(dict.fromkeys(self.pieces.get(asked) or graph.turns[node]))
        for asked, standing in self.standing.items():
            found[asked] = {one: None for one in found.get(asked, {}) if one not in standing.dropped}
        return {asked: list(some) for asked, some in found.items()}

    def _collect_ahead(self, graph: Graph, known: Mapping[str, str]) -> dict[str, int]:
        """For each question, what may still be asked from it on, itself included, as bits."""
        ahead: dict[str, int] = {}
        for question in graph.order:
            ahead[question] = self.bits[known[question]]
            for to in graph.turns[question].values():
                ahead[question] |= ahead.get(to, 0)
        return ahead


def _place_at(one: Apart, lead: Turn | None) -> Apart:
    """The same, parted at an answer unless it parts further on."""
    return one if one.at or lead is None else one._replace(at=lead)
