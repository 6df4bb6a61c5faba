"""A decision as a graph: what can be reached, where there is no way out, how long it takes."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from generator.decisions.choice import Choice
from generator.decisions.diagram import Diagram
from generator.decisions.flaws import flaws
from generator.decisions.hitting_set import TooWide
from generator.decisions.measure import Measure
from generator.decisions.ranges import Uncertain
from generator.decisions.refinement import Reader
from generator.decisions.table import ANY, Cells
from generator.documents.types.decision_tree import Asked, Decision, DecisionTable, DecisionTree, Question, Row
from generator.wording import did_you_mean


class Turn(NamedTuple):
    """An answer to a question."""

    question: str
    answer: str


Way = tuple[Turn, ...]


class Ways(Mapping[str, Way]):
    """The way to each place. Keeps only the last turn of each, because a tree may be as deep as it is large."""

    def __init__(self, last: Mapping[str, Turn | None]) -> None:
        self._last = last

    def __getitem__(self, name: str) -> Way:
        way: list[Turn] = []
        while turn := self._last[name]:
            way.append(turn)
            name = turn.question
        return tuple(reversed(way))

    def __contains__(self, name: object) -> bool:
        return name in self._last

    def __iter__(self) -> Iterator[str]:
        return iter(self._last)

    def __len__(self) -> int:
        return len(self._last)


class Graph:
    """The questions, answers and outcomes of a decision tree, or of a table as it is asked.

    An answer whose target does not exist leads nowhere. `is_whole` is false if there is such an answer, if an id means
    two things, if values have no answer or more than one, or if rows of a table disagree: then there is no way to tell
    what is cut off. `asks` has, for each question, the id of what it asks: a tree's question itself, or a table's
    input. `readers` has, by that id, what finds the answer to a value or to ticks; `flaws` says why nothing does.
    `is_too_wide` is true of a table with too many paths to be asked; `unused` has the rows that decide nothing.
    """

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self.outcomes = frozenset(decision.outcomes)
        self.is_too_wide = False
        self.unused: list[Row] = []
        self.flaws = {name: found for name, asked in decision.asked.items() if (found := flaws(asked))}
        self.readers = {
            name: make_reader(asked) for name, asked in decision.asked.items() if asked.takes and name not in self.flaws
        }
        self.start, self.questions, self.asks = self._build_questions()
        known = self.outcomes | self.questions.keys()
        targets = [answer.go for question in self.questions.values() for answer in question.answers.values()]
        leads_on = known.issuperset([self.start, *targets]) and self.outcomes.isdisjoint(self.questions)
        self.is_whole = leads_on and not self.flaws
        self.turns: dict[str, dict[str, str]] = {
            name: {answer: one.go for answer, one in question.answers.items() if one.go in known}
            for name, question in self.questions.items()
        }

    def _build_questions(self) -> tuple[str, Mapping[str, Question], Mapping[str, str]]:
        if isinstance(self.decision, DecisionTree):
            return self.decision.start, self.decision.questions, {name: name for name in self.decision.questions}
        assert isinstance(self.decision, DecisionTable)
        cells = Cells(self.decision)
        if not cells.is_whole or any(cells.disagreeing()):
            return "", {}, {}
        try:
            diagram = Diagram(cells)
        except TooWide:
            self.is_too_wide = True
            return "", {}, {}
        self.unused = [row for number, row in enumerate(self.decision.rows) if number not in diagram.used]
        return diagram.start, diagram.questions, diagram.asks

    def given(self, answers: Sequence[str]) -> Iterator[tuple[int, Turn]]:
        """The answers of a golden case in the order in which they are asked for, each with its index in the case.

        A table's case gives a value for every input, or `any`, but is asked for only some of them. Ends at a question
        that does not offer the answer.
        """
        at, place = self.start, dict(zip(self.decision.asked, range(len(answers)), strict=False))
        is_table, number = isinstance(self.decision, DecisionTable), 0
        while at in self.questions:
            number = place.get(self.asks[at], len(answers)) if is_table else number
            if number >= len(answers):
                return
            answer = self.read(self.asks[at], answers[number])
            yield number, Turn(at, answer)
            at = self.turns[at].get(answer, "")
            number += 1

    def read(self, asked: str, given: str) -> str:
        """The answer that is given by its id, by a value or by ticks; as it is given if there is no such answer."""
        reader = self.readers.get(asked)
        if reader is None or given in self.decision.asked[asked].offered:
            return given
        try:
            return reader.find(given) or given
        except Uncertain:
            return given

    def case(self, way: Way) -> list[str]:
        """The answers of a golden case that takes a way."""
        if isinstance(self.decision, DecisionTree):
            return [turn.answer for turn in way]
        answers = {self.asks[turn.question]: turn.answer for turn in way}
        return [answers.get(name, ANY) for name in self.decision.asked]

    @cached_property
    def ways(self) -> Ways:
        """The shortest way to each question and outcome that can be reached from the start."""
        return self.ways_from(self.start) if self.start in self.turns or self.start in self.outcomes else Ways({})

    def ways_from(self, start: str) -> Ways:
        """The shortest way from a question to each question and outcome that it leads to; breadth first."""
        last: dict[str, Turn | None] = {start: None}
        edge = deque([start])
        while edge:
            at = edge.popleft()
            for answer, to in self.turns.get(at, {}).items():
                if to not in last:
                    last[to] = Turn(at, answer)
                    edge.append(to)
        return Ways(last)

    @cached_property
    def leading_out(self) -> frozenset[str]:
        """The questions from which an outcome can be reached; searched backwards from all outcomes at once."""
        into: dict[str, list[str]] = {}
        for question, answers in self.turns.items():
            for to in answers.values():
                into.setdefault(to, []).append(question)
        seen = set(self.outcomes)
        edge = list(self.outcomes)
        while edge:
            for question in into.get(edge.pop(), ()):
                if question not in seen:
                    seen.add(question)
                    edge.append(question)
        return frozenset(seen - self.outcomes)

    @cached_property
    def order(self) -> list[str]:
        """The reachable questions in post-order, each after all that it leads to; circles are cut where they close.

        Depth first without recursion, because a tree may be as deep as it is large.
        """
        done: list[str] = []
        seen: set[str] = set()
        stack = [(self.start, False)]
        while stack:
            at, is_left = stack.pop()
            if is_left:
                done.append(at)
            elif at in self.turns and at not in seen:
                seen.add(at)
                stack.append((at, True))
                stack.extend((to, False) for to in reversed(self.turns[at].values()))
        return done

    @cached_property
    def circle(self) -> Way:
        """The answers of a circle that can be reached, from a question back to itself; empty if there is none."""
        place = {name: number for number, name in enumerate(self.order)}
        for question in reversed(self.order):
            for answer, to in self.turns[question].items():
                if place.get(to, -1) >= place[question]:
                    return (*self.ways_from(to)[question], Turn(question, answer))
        return ()

    @cached_property
    def longest(self) -> Way:
        """The way with the most questions; empty if a circle makes it endless."""
        if self.circle:
            return ()
        length: dict[str, int] = {}
        best: dict[str, tuple[Turn, str]] = {}
        for question in self.order:
            for answer, to in self.turns[question].items():
                if length.get(to, 0) >= length.get(question, 0):
                    length[question] = length.get(to, 0) + 1
                    best[question] = Turn(question, answer), to
        way, at = [], self.start
        while at in best:
            turn, at = best[at]
            way.append(turn)
        return tuple(way)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many paths lead from the start to each outcome, counted without following them; empty with a circle."""
        if self.circle:
            return {}
        counts: dict[str, int] = {self.start: 1}
        for question in reversed(self.order):
            for to in self.turns[question].values():
                counts[to] = counts.get(to, 0) + counts.get(question, 0)
        return {name: number for name, number in counts.items() if name in self.outcomes}

    def paths(self) -> Iterator[tuple[Way, str]]:
        """Every path from the start with its outcome, in the order of the answers. Never ends if there is a circle."""
        stack: list[tuple[Way, str]] = [((), self.start)]
        while stack:
            way, at = stack.pop()
            if at in self.outcomes:
                yield way, at
            stack.extend(((*way, Turn(at, answer)), to) for answer, to in reversed(self.turns.get(at, {}).items()))


def make_reader(asked: Asked) -> Reader:
    """What tells the answer to a value or to what is ticked; only for a question without flaws."""
    return Choice(asked) if asked.takes == "several" else Measure(asked)


def suggest_answer(given: str, offered: Collection[str], reader: Reader | None) -> str:
    """A hint for an answer that a question does not have."""
    if reader is None:
        return did_you_mean(given, offered, f"answer with one of {', '.join(offered)}")
    return reader.explain(given) if "+" in given else did_you_mean(given, offered, reader.explain(given))


def write_answers(answers: Iterable[str]) -> str:
    """The answers of a golden case as its file has them: ["yes", "no"]."""
    return "[" + ", ".join(f'"{answer}"' for answer in answers) + "]"


def suggest_case(graph: Graph, question: str, given: str) -> str:
    """A golden case that answers a question with an id or a value, with the nearest outcome from there."""
    ways = graph.ways_from(graph.turns[question][graph.read(graph.asks[question], given)])
    outcome = next((name for name in ways if name in graph.outcomes), "...")
    way = (*graph.ways[question], Turn(question, given), *ways.get(outcome, ()))
    return f"add a case with `answers: {write_answers(graph.case(way))}` and `outcome: {outcome}`"


def spell_out(way: Way) -> str:
    """A way in words: `signal` yes, `mfa` no."""
    return ", ".join(f"`{turn.question}` {turn.answer}" for turn in way) or "the start"
