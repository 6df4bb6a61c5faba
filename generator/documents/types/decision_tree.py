"""A decision: questions or a table that lead to outcomes, and golden cases that test it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from generator.documents import Form, Kind
from generator.documents.conditions import Condition, label_conditions
from generator.documents.fields import (
    ID,
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
    """The answer as people read it; one with a range or `all_of` may leave it out. Example: `Yes`"""
    go: Line
    """The id of the question or outcome that it leads to. Example: `lock`"""


class Option(Condition):
    """One value that an input of a table can have."""

    label: Line
    """The value as people read it; one with a range or `all_of` may leave it out. Example: `High`"""
    help: Prose | None = None
    """When it is this value. Example: `Somebody may come to harm.`"""


class Asked(Shape):
    """A question of a tree or an input of a table; `offers` is the key of its possible answers."""

    offers: ClassVar[str]

    ask: Line
    """The question, as people read it. Example: `Was the account used by somebody else?`"""
    takes: Takes | None = None
    """What it is answered with, where that is a value, or `several` answers of which the first that fits decides.

    Example: `amount`
    """
    unit: Line | None = None
    """The currency of an amount, or what is counted. Example: `EUR`"""
    help: Prose | None = None
    """How to find the answer. Example: `Look at the list of sign-ins.`"""
    formerly: list[Identifier] = Field(default_factory=list)
    """The ids that it once had. Example: `[first-look]`"""
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
    """The answers by id, in the order in which they are shown. Example: `{"yes": {label: "Yes", go: lock}}`"""


class Outcome(Shape):
    """A decision: what to do, what to say, and on what grounds."""

    decision: Line
    """What is decided, in a few words. Example: `Lock the account`"""
    text: Prose | None = None
    """What to do then. Example: `Lock the account, and tell the member.`"""
    action: EnforcementAction | None = None
    """What is done to the account or content, in a word of the vocabulary. Example: `lock`"""
    severity: SeverityWord | None = None
    """How bad the case is from then on. Example: `high`"""
    sop: SopReference | None = None
    """The procedure to follow then, or a step of it. Example: `restore-account`"""
    macro: MacroReference | None = None
    """The reply to send then. Example: `account-restored`"""
    escalate: Team | None = None
    """The team that takes over. Example: `support`"""
    cites: list[Citation] = []
    """The sections of policies that the decision rests on, each with the version that was read.

    Example: `[account-integrity#ownership@3.1]`
    """
    formerly: list[Identifier] = Field(default_factory=list)
    """The ids that the outcome once had. Example: `[suspend]`"""
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
    Field(
        json_schema_extra={
            "type": ["string", "number", "array"],
            "pattern": f"^{GIVEN.pattern}$",
            "maxLength": 800,
            "minItems": 1,
            "items": {"type": ["string", "number"], "pattern": f"^{GIVEN.pattern}$"},
        }
    ),
]


class Case(Shape):
    """A golden case: a test of the tree, and a question of the training packs.

    A tree's case has the answers in the order in which they are given; a table's has one value for each input, in
    order, or `any` for an input that makes no difference to the case. A question that takes a value is answered with
    one (`250`, `14d`, `2026-03-01`), a question that takes several answers with a list of them.
    """

    id: Identifier
    """The name of the case. Example: `stolen-phone`"""
    scenario: Prose
    """What happened, as an analyst would see it.

    Example: `A member writes from a new address and names the right card.`
    """
    answers: list[CaseAnswer]
    """The answers in the order in which they are given; of a table, a value for each input, or `any`.

    Example: `["yes"]`
    """
    outcome: Identifier
    """The id of the outcome that they must lead to. Example: `lock`"""
    why: Prose
    """Why that is right; whoever learns from the case reads it. Example: `The address was changed an hour before.`"""
    letter: MacroReference | None = None
    """The letter of this case, where it is another than that of the outcome: somebody else wrote or reads it.

    Example: `account-restored`
    """
    no_letter: bool = False
    """Whether nobody is written to. Example: `true`"""
    critical: bool = False
    """Whether a trainee who gets it wrong has failed. Example: `true`"""
    formerly: list[Identifier] = Field(default_factory=list)
    """The ids that the case once had. Example: `[lost-phone]`"""
    audience: OwnAudience = None


def _make_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Values = Annotated[
    list[Identifier],
    BeforeValidator(_make_list),
    Field(min_length=1, json_schema_extra={"type": ["string", "number", "array"], "pattern": f"^{ID.pattern}$"}),
]


class Input(Asked):
    """One thing that a table looks at, asked as a question."""

    offers = "values"

    source: Line | None = None
    """Who defined it. Example: `Incident management`"""
    values: Annotated[dict[Identifier, Option], Field(min_length=1)]
    """The values by id. Example: `{high: {label: High}, low: {label: Low}}`"""


class Row(Shape):
    """Which values lead to which outcome."""

    when: dict[Identifier, Values] = {}
    """The values for which the row is; an input that it does not name may have any value. Example: `{harm: high}`"""
    then: Line
    """The id of the outcome that they lead to. Example: `now`"""
    note: Line | None = None
    """Why, in a line. Example: `Harm comes first.`"""


class Decision(Historied):
    """What trees and tables share: outcomes and golden cases; `group` is the key of the questions or inputs."""

    group: ClassVar[str]

    outcomes: Annotated[dict[Identifier, Outcome], Field(min_length=1)]
    """What can be decided, by id. Example: `{lock: {decision: Lock the account}}`"""
    cases: list[Case] = []
    """Golden cases: tests of the decision, and questions of the training packs.

    Example: `[{id: one, scenario: A case., answers: ["yes"], outcome: lock, why: It must.}]`
    """
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
    """The id of the first question. Example: `signal`"""
    questions: Annotated[dict[Identifier, Question], Field(min_length=1)]
    """The questions by id. Example: `{signal: {ask: "Is it?", answers: {"yes": {label: "Yes", go: lock}}}}`"""

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
    """What the table looks at, by id. Example: `{harm: {ask: "How bad is it?", values: {high: {label: High}}}}`"""
    hit: Literal["unique", "first"] = "unique"
    """With `unique`, rows that fit the same combination must not disagree; with `first`, the first that fits counts.

    Example: `first`
    """
    rows: Annotated[list[Row], Field(min_length=1)]
    """Which values lead to which outcome. Example: `[{when: {harm: high}, then: now}]`"""

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
symptoms: [{symptom}]  # what an analyst would type
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
symptoms: [{symptom}]  # what an analyst would type
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
