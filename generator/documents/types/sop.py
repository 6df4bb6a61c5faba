"""A standard operating procedure: when it applies, its steps in order, and how its quality is judged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field, create_model

from generator.documents import Kind
from generator.documents.fields import (
    Citation,
    Duration,
    Identifier,
    InternalNote,
    Line,
    Locale,
    MacroReference,
    OwnAudience,
    Prose,
    Shape,
    Team,
    TreeReference,
)
from generator.documents.header import Historied, Part
from generator.findings import Keys


class Sla(Shape):
    """The time limits for answering and resolving a case: 15m, 4h, 3d, 1w, 1mo, 10bd (business days)."""

    first_response: Duration | None = None
    resolution: Duration | None = None


class Escalation(Shape):
    """Who takes over, and when."""

    to: Team
    when: list[Prose] = []


_BRANCH: dict[str, Any] = {"if": (Prose, ...), "then": (Prose, ...)}  # "if" cannot be a field of a class in Python
Branch = create_model("Branch", __base__=Shape, __module__=__name__, __doc__="What to do in one case.", **_BRANCH)


ARRIVAL = "arrival"  # of the case, in any queue


class Step(Shape):
    """One step; `internal_note` is shown to internal readers only.

    `text` says what to do, one instruction a line; `branches` what follows in which case; `within` how long it takes,
    counted from when the step before was done, or else from what `counts_from` names: `arrival` (ARRIVAL), or a step.
    """

    id: Identifier
    title: Line
    text: Prose
    branches: list[Branch] = []
    within: Duration | None = None
    counts_from: Identifier | None = None
    why: Prose | None = None
    cites: list[Citation] = []
    tree: TreeReference | None = None
    macro: MacroReference | None = None
    formerly: list[Identifier] = Field(default_factory=list)
    audience: OwnAudience = None
    internal_note: InternalNote = None


class Criterion(Shape):
    """One thing that a quality audit looks at; missing a critical one fails the case."""

    criterion: Line
    weight: Annotated[int, Field(ge=1, le=100)] = 1
    critical: bool = False


class InShort(Shape):
    """What a page shows of its folded lists until somebody opens them."""

    not_when: Line | None = None
    prerequisites: Line | None = None


class Sop(Historied):
    """A standard operating procedure; `instead` says what is sent in a language that some of its letters lack.

    `covered_by` is the team that keeps the times at hours when the team of its queue does not work: one that works
    then, or whose on-call answers in time.
    """

    trigger: Prose
    not_when: list[Prose] = []
    prerequisites: list[Prose] = []
    sla: Sla = Sla()
    in_short: InShort = InShort()
    escalation: Escalation | None = None
    covered_by: Team | None = None
    steps: Annotated[list[Step], Field(min_length=1)]
    otherwise: Prose | None = None
    instead: dict[Locale, Prose] = {}
    never: list[Prose] = []
    quality: list[Criterion] = []

    def parts(self) -> dict[str, Part]:
        return {s.id: Part(("steps", n), s.title, s.audience, s.formerly) for n, s in enumerate(self.steps)}

    def part_ids(self) -> list[tuple[str, Keys]]:
        return [(step.id, ("steps", n, "id")) for n, step in enumerate(self.steps)]

    def part_uses(self) -> Iterator[tuple[str, Keys]]:
        yield from super().part_uses()
        yield from ((s.counts_from, ("steps", n, "counts_from")) for n, s in enumerate(self.steps) if s.counts_from)


SCAFFOLD = """\
{header}audience: internal
queue: {queue}
severity: {severity}
summary: One sentence that an analyst can recognise the case by.
symptoms: [what an analyst would type]
trigger: When this applies.
sla: {{first_response: 4h, resolution: 24h}}
escalation:
  to: {owner}
  when: [The case does not fit the steps.]
steps:
  - id: first-step
    title: Name the action
    text: |
      Say what to do, one action in a sentence.
otherwise: Stop and escalate.
{history}"""

KIND = Kind("sop", "sops", "SOP", "SOPs", Sop, SCAFFOLD, position=1, prominence=1)
