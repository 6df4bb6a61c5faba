"""A golden case with its way through the decision, and the outcomes that lie near it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from generator.decisions.graph import Graph, Turn, Way
from generator.documents import Document
from generator.documents.target import Target
from generator.documents.text.plain import plain_text
from generator.documents.text.prose import words_of
from generator.documents.types.decision_tree import Case, Decision, Outcome
from generator.documents.types.policy import Policy
from generator.library.library import Library
from generator.publishing.search.records import find_language, main_language
from generator.publishing.training.limits import Side, list_sides


class Near(NamedTuple):
    """An outcome that another answer to one question leads to: `turn` has that question with that answer.

    `further` is how many questions lie between, of which the case says nothing; with none, one answer is the whole
    difference.
    """

    outcome: str
    turn: Turn
    further: int


@dataclass(frozen=True)
class Situation:
    """A golden case of a decision, as readers of `view` see it. `way` leads to its outcome."""

    view: Library
    document: Document
    decision: Decision
    graph: Graph
    case: Case
    way: Way

    @property
    def outcome(self) -> Outcome:
        return self.decision.outcomes[self.case.outcome]

    @cached_property
    def sides(self) -> frozenset[Side]:
        """On which side of each limit of the decision the case stands, where it comes to one."""
        return frozenset(list_sides(self.graph, self.way))

    @property
    def letter(self) -> Target | None:
        """The letter of the case: its own, or that of its outcome."""
        return None if self.case.no_letter else self.case.letter or self.outcome.macro

    @property
    def scenario(self) -> str:
        return self.plain(self.case.scenario)

    @property
    def why(self) -> str:
        return self.plain(self.case.why)

    def plain(self, text: str) -> str:
        return plain_text(text, self.view.find)

    def spell_out(self, text: str) -> str:
        """Prose on one line with the names of what it refers to: a rule that quotes an id teaches nobody."""
        return words_of(text, lambda target: f"“{self.name_step(target) or 'another procedure'}”")

    def ask(self, question: str) -> str:
        """What a question asks, in words."""
        return self.graph.questions[question].ask.strip()

    def label(self, turn: Turn) -> str:
        """An answer in words."""
        return self.graph.questions[turn.question].answers[turn.answer].label.strip()

    def name_section(self, target: Target) -> str:
        """A section with its policy's title and its number; empty where the reader does not have it."""
        policy, part = self.view.find(target.id), self.view.current(target).part
        if policy is None or part not in policy.parts:
            return ""
        number = next((one.number for one in getattr(policy.body, "sections", ()) if one.id == part), "")
        return f"{policy.body.title.strip()}, {number} {policy.parts[part].title.strip()}"

    def is_in_own_language(self, target: Target) -> bool:
        """Whether a section is in the library's language, as all that a decision says: a policy may have another."""
        policy = self.view.find(target.id)
        locale = policy.body.locale if policy and isinstance(policy.body, Policy) else None
        return locale is None or find_language(locale) == main_language(self.view)

    def name_step(self, target: Target) -> str:
        """A procedure, or the step of it that a target names; empty where the reader does not have it."""
        document, part = self.view.find(target.id), self.view.current(target).part
        if document is None:
            return ""
        title = document.body.title.strip()
        return f"{title}: {document.parts[part].title.strip()}" if part in document.parts else title

    @cached_property
    def near(self) -> list[Near]:
        """The outcomes that other answers lead to, the nearest first: as few other answers, as late, as can be."""
        found: dict[str, tuple[int, int, Near]] = {}
        for late, turn in enumerate(reversed(self.way)):
            for answer, to in self.graph.turns[turn.question].items():
                for name, further in self._list_ends(to) if answer != turn.answer else ():
                    if name != self.case.outcome:
                        one = (further, late, Near(name, Turn(turn.question, answer), further))
                        found[name] = min(found.get(name, one), one, key=lambda near: near[:2])
        return [near for _, _, near in sorted(found.values(), key=lambda one: one[:2])]

    def right(self, question: str) -> Turn:
        """What the case answers to a question of its way."""
        return next(turn for turn in self.way if turn.question == question)

    def _list_ends(self, at: str) -> Iterator[tuple[str, int]]:
        """The outcomes from a place on, as far as the case answers what is asked, each with the questions beyond."""
        known = {self.graph.asks[turn.question]: turn.answer for turn in self.way}
        seen = set()
        while at in self.graph.turns and at not in seen and known.get(self.graph.asks[at]) in self.graph.turns[at]:
            seen.add(at)
            at = self.graph.turns[at][known[self.graph.asks[at]]]
        for name, way in self.graph.ways_from(at).items():
            if name in self.graph.outcomes:
                yield name, len(way)


def situations(view: Library, document: Document, decision: Decision, graph: Graph) -> Iterator[Situation]:
    """The golden cases of a decision whose answers lead to their outcomes; of one that is not whole, none."""
    for case in decision.cases if graph.is_whole else ():
        way = tuple(turn for _, turn in graph.given(case.answers))
        end = graph.start
        for turn in way:
            end = graph.turns.get(turn.question, {}).get(turn.answer, "")
        if end == case.outcome and end in decision.outcomes:
            yield Situation(view, document, decision, graph, case, way)
