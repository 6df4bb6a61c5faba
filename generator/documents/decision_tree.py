"""A decision tree: questions that lead to outcomes, and golden cases that prove it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from generator.documents import Kind
from generator.documents.fields import (
    AudienceWord,
    Citation,
    EnforcementAction,
    Identifier,
    InternalNote,
    Line,
    MacroReference,
    Prose,
    Shape,
    SopReference,
    Team,
)
from generator.documents.header import Historied, Part
from generator.findings import Keys


class Answer(Shape):
    """One answer, and the question or outcome that it leads to."""

    label: Line
    go: Line


class Question(Shape):
    """One question with its answers by id."""

    ask: Line
    help: Prose | None = None
    answers: Annotated[dict[Identifier, Answer], Field(min_length=1)]
    internal_note: InternalNote = None


class Outcome(Shape):
    """A decision: what to do, what to say, on which ground."""

    decision: Line
    text: Prose | None = None
    action: EnforcementAction | None = None
    sop: SopReference | None = None
    macro: MacroReference | None = None
    escalate: Team | None = None
    cites: list[Citation] = []
    internal_note: InternalNote = None


class Case(Shape):
    """A golden case: a test of the tree and a question of the training pack."""

    id: Identifier
    scenario: Prose
    answers: list[Identifier]
    outcome: Identifier
    why: Prose
    critical: bool = False
    audience: AudienceWord | None = None


class DecisionTree(Historied):
    """A decision tree."""

    start: Line
    questions: Annotated[dict[Identifier, Question], Field(min_length=1)]
    outcomes: Annotated[dict[Identifier, Outcome], Field(min_length=1)]
    cases: list[Case] = []
    internal_note: InternalNote = None

    def parts(self) -> dict[str, Part]:
        cases = {c.id: Part(("cases", n), c.id, c.audience) for n, c in enumerate(self.cases)}
        outcomes = {name: Part(("outcomes", name), o.decision) for name, o in self.outcomes.items()}
        questions = {name: Part(("questions", name), q.ask) for name, q in self.questions.items()}
        return cases | outcomes | questions

    def part_ids(self) -> list[tuple[str, Keys]]:
        questions: list[tuple[str, Keys]] = [(name, ("questions", name)) for name in self.questions]
        outcomes: list[tuple[str, Keys]] = [(name, ("outcomes", name)) for name in self.outcomes]
        return questions + outcomes + [(case.id, ("cases", n, "id")) for n, case in enumerate(self.cases)]


SCAFFOLD = """\
id: {id}
title: {title}
version: "0.1"
status: draft
owner: {owner}
audience: internal
queue: {queue}
severity: {severity}
reviewed: {today}
review_by: {review_by}
summary: One sentence that says what the tree decides.
symptoms: [what an analyst would type]
start: first-question
questions:
  first-question:
    ask: What is the first thing to find out?
    answers:
      "yes": {{label: "Yes", go: act}}
      otherwise: {{label: Anything else, go: leave}}
outcomes:
  act:
    decision: Say what is decided
  leave:
    decision: Nothing to do
cases:
  - id: plain-yes
    scenario: A case that leads to the first outcome.
    answers: ["yes"]
    outcome: act
    why: The reason in one sentence.
  - id: anything-else
    scenario: A case that leads to the other outcome.
    answers: [otherwise]
    outcome: leave
    why: The reason in one sentence.
history:
  - {{version: "0.1", on: {today}, note: First draft.}}
"""

KIND = Kind("decision_tree", "decision_trees", "Decision tree", "Decision trees", DecisionTree, SCAFFOLD)
