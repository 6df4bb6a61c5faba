"""A decision: questions or a table that lead to outcomes, and golden cases that test it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from generator.documents import Form, Kind
from generator.documents.conditions import Condition, label_conditions
from generator.documents.fields import (
    Citation,
    EnforcementAction,
    Identifier,
    InternalNote,
    Line,
    MacroReference,
    OwnAudience,
    Prose,
    SeverityWord,
    Shape,
    SopReference,
    Team,
)
from generator.documents.header import Historied, Part
from generator.documents.values import Takes
from generator.documents.wrong_values import WrongValue
from generator.findings import Keys


class Answer(Condition):
    """One answer, and the question or outcome that it leads to."""

    label: Line
    go: Line


class Option(Condition):
    """One value that an input of a table can have; `help` says when it is this one."""

    label: Line
    help: Prose | None = None


class Asked(Shape):
    """A question of a tree or an input of a table; `offers` is the key of its possible answers.

    `takes` says that it is answered with a number, an amount of money (`unit` is its currency), a duration or a date,
    and its answers are ranges of that; or with `several` answers, of which the first that fits decides.
    """

    offers: ClassVar[str]

    ask: Line
    takes: Takes | None = None
    unit: Line | None = None
    help: Prose | None = None
    formerly: list[Identifier] = Field(default_factory=list)
    internal_note: InternalNote = None

    @property
    def offered(self) -> Mapping[str, Answer | Option]:
        """The possible answers by id, in the order of the file."""
        offered: dict[str, Answer | Option] = getattr(self, self.offers)
        return offered

    @model_validator(mode="before")
    @classmethod
    def _label_answers(cls, data: Any) -> Any:
        return label_conditions(data, cls.offers)


class Question(Asked):
    """One question with its answers by id."""

    offers = "answers"

    answers: Annotated[dict[Identifier, Answer], Field(min_length=1)]


class Outcome(Shape):
    """A decision: what to do, what to say, and on what grounds; the case has its `severity` from then on."""

    decision: Line
    text: Prose | None = None
    action: EnforcementAction | None = None
    severity: SeverityWord | None = None
    sop: SopReference | None = None
    macro: MacroReference | None = None
    escalate: Team | None = None
    cites: list[Citation] = []
    formerly: list[Identifier] = Field(default_factory=list)
    internal_note: InternalNote = None


GIVEN = re.compile(r"-?[a-z0-9]+(?:[-.+][a-z0-9]+)*")


def _join_answers(value: Any) -> Any:
    """Several answers to one question as one text: `minor+threat`."""
    is_several = isinstance(value, list) and value and all(isinstance(one, str) for one in value)
    return "+".join(value) if is_several else value


def _require_given(value: str) -> str:
    """Returns an answer that was given; raises WrongValue if it can be neither an id nor a value."""
    if not GIVEN.fullmatch(value) or len(value) > 800:
        hint = "write the id of an answer, or a value in digits, such as 250, 12.50, 14d or 2026-12-31"
        raise WrongValue("is neither an id nor a value", hint)
    return value


CaseAnswer = Annotated[
    str,
    BeforeValidator(_join_answers),
    AfterValidator(_require_given),
    Field(json_schema_extra={"type": ["string", "number", "array"], "pattern": f"^{GIVEN.pattern}$"}),
]


class Case(Shape):
    """A golden case: a test of the tree, and a question of the training packs.

    A tree's case has the answers in the order in which they are given; a table's has one value for each input, in
    order, or `any` for an input that makes no difference to the case. A question that takes a value is answered with
    one (`250`, `14d`, `2026-03-01`), a question that takes several answers with a list of them. `letter` is the letter
    of this case where it is another than that of the outcome, because somebody else wrote or reads it; with `no_letter`
    nobody is written to.
    """

    id: Identifier
    scenario: Prose
    answers: list[CaseAnswer]
    outcome: Identifier
    why: Prose
    letter: MacroReference | None = None
    no_letter: bool = False
    critical: bool = False
    formerly: list[Identifier] = Field(default_factory=list)
    audience: OwnAudience = None


def _make_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Values = Annotated[
    list[Identifier],
    BeforeValidator(_make_list),
    Field(min_length=1, json_schema_extra={"type": ["string", "array"]}),
]


class Input(Asked):
    """One thing that a table looks at, asked as a question, with its values by id; `source` says who defined it."""

    offers = "values"

    source: Line | None = None
    values: Annotated[dict[Identifier, Option], Field(min_length=1)]


class Row(Shape):
    """Which values lead to which outcome. An input that the row does not name may have any of its values."""

    when: dict[Identifier, Values] = {}
    then: Line
    note: Line | None = None


class Decision(Historied):
    """What trees and tables share: outcomes and golden cases; `group` is the key of the questions or inputs."""

    group: ClassVar[str]

    outcomes: Annotated[dict[Identifier, Outcome], Field(min_length=1)]
    cases: list[Case] = []
    internal_note: InternalNote = None

    @property
    def asked(self) -> Mapping[str, Asked]:
        """The questions or inputs by id, in the order of the file."""
        asked: dict[str, Asked] = getattr(self, self.group)
        return asked

    def parts(self) -> dict[str, Part]:
        cases = {c.id: Part(("cases", n), c.id, c.audience, c.formerly) for n, c in enumerate(self.cases)}
        outcomes = {name: Part(("outcomes", name), o.decision, None, o.formerly) for name, o in self.outcomes.items()}
        asked = {name: Part((self.group, name), entry.ask, None, entry.formerly) for name, entry in self.asked.items()}
        return cases | outcomes | asked

    def part_ids(self) -> list[tuple[str, Keys]]:
        asked: list[tuple[str, Keys]] = [(name, (self.group, name)) for name in self.asked]
        outcomes: list[tuple[str, Keys]] = [(name, ("outcomes", name)) for name in self.outcomes]
        return asked + outcomes + [(case.id, ("cases", n, "id")) for n, case in enumerate(self.cases)]

    def part_uses(self) -> Iterator[tuple[str, Keys]]:
        yield from super().part_uses()
        yield from ((case.outcome, ("cases", n, "outcome")) for n, case in enumerate(self.cases))


class DecisionTree(Decision):
    """A decision as questions, whose answers lead to another question or to an outcome."""

    group = "questions"

    start: Line
    questions: Annotated[dict[Identifier, Question], Field(min_length=1)]

    def part_uses(self) -> Iterator[tuple[str, Keys]]:
        yield from super().part_uses()
        yield self.start, ("start",)
        for name, question in self.questions.items():
            for answer, entry in question.answers.items():
                yield entry.go, ("questions", name, "answers", answer, "go")


class DecisionTable(Decision):
    """A decision as a table: inputs with their values, and rows that say which values lead to which outcome.

    `hit` is the hit policy, as DMN 1.5, section 8.2.10, names it: with `unique`, rows that fit the same combination
    must not disagree; with `first`, the first row that fits counts.
    """

    group = "inputs"

    inputs: Annotated[dict[Identifier, Input], Field(min_length=1)]
    hit: Literal["unique", "first"] = "unique"
    rows: Annotated[list[Row], Field(min_length=1)]

    def part_uses(self) -> Iterator[tuple[str, Keys]]:
        yield from super().part_uses()
        for number, row in enumerate(self.rows):
            yield row.then, ("rows", number, "then")
            yield from ((name, ("rows", number, "when", name)) for name in row.when)


SCAFFOLD = """\
{header}audience: internal
queue: {queue}
severity: {severity}
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
{history}"""

TABLE = """\
{header}audience: internal
queue: {queue}
severity: {severity}
summary: One sentence that says what the table decides.
symptoms: [what an analyst would type]
inputs:
  harm:
    ask: What is the first thing to look at?
    values:
      high: {{label: High}}
      low: {{label: Low or none}}
  reach:
    ask: What is the second thing to look at?
    values:
      many: {{label: Many}}
      few: {{label: Few}}
hit: unique
rows:
  - {{when: {{harm: high}}, then: act}}
  - {{when: {{harm: low, reach: many}}, then: act}}
  - {{when: {{harm: low, reach: few}}, then: leave}}
outcomes:
  act:
    decision: Say what is decided
  leave:
    decision: Nothing to do
cases:
  - id: plain-harm
    scenario: A case that the first row decides.
    answers: [high, any]
    outcome: act
    why: The reason in one sentence.
  - id: little-harm
    scenario: A case that leads to the other outcome.
    answers: [low, few]
    outcome: leave
    why: The reason in one sentence.
{history}"""

KIND = Kind(
    "decision_tree",
    "decision_trees",
    "Decision tree",
    "Decision trees",
    DecisionTree,
    SCAFFOLD,
    forms=(Form("decision_table", ("inputs", "rows"), DecisionTable, TABLE),),
    position=2,
    prominence=0.72,
)
