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
    """The time limits for answering and resolving a case: 15m, 4h, 3d, 1w, 1mo, 10bd (business days).

    What is not said here follows from the severity.
    """

    first_response: Duration | None = None
    """How soon somebody answers. Example: `4h`"""
    resolution: Duration | None = None
    """How soon the case is resolved. Example: `3d`"""
    reason: Prose | None = None
    """Why it has longer times than its severity. Example: `The law gives us a month.`"""


class Escalation(Shape):
    """Who takes over, and when."""

    to: Team
    """The team that takes over. Example: `support`"""
    when: list[Prose] = []
    """When it takes over, one condition an entry. Example: `[The member is in danger.]`"""


# "if" cannot be a field of a class in Python.
_IF = Field(description="In which case.", examples=["The owner has no other contact."])
_THEN = Field(description="What to do then.", examples=["Stop and escalate."])
_BRANCH: dict[str, Any] = {"if": (Annotated[Prose, _IF], ...), "then": (Annotated[Prose, _THEN], ...)}
Branch = create_model("Branch", __base__=Shape, __module__=__name__, __doc__="What to do in one case.", **_BRANCH)


ARRIVAL = "arrival"  # of the case, in any queue


class Step(Shape):
    """One step: what to do, and how long it may take."""

    id: Identifier
    """The name of the step in references: `procedure#step`. Example: `verify`"""
    title: Line
    """What to do, in a few words. Example: `Verify who is writing`"""
    text: Prose
    """What to do, one instruction a line. Example: `Lock the account before you ask anything.`"""
    branches: list[Branch] = []
    """What follows in which case. Example: `[{if: The owner has no other contact., then: Stop and escalate.}]`"""
    within: Duration | None = None
    """How long it may take, counted from when the step before was done, or from what `counts_from` names.

    Example: `15m`
    """
    counts_from: Identifier | None = None
    """What `within` counts from: `arrival` of the case in any queue, or the id of an earlier step.

    Example: `arrival`
    """
    why: Prose | None = None
    """Why it is done. Example: `Whoever took the account over reads the mail as well.`"""
    cites: list[Citation] = []
    """The sections of policies that the step rests on, each with the version that was read.

    Example: `[account-integrity#ownership@3.1]`
    """
    tree: TreeReference | None = None
    """The decision tree or table to walk through in this step. Example: `account-takeover`"""
    macro: MacroReference | None = None
    """The reply to send in this step. Example: `account-restored`"""
    formerly: list[Identifier] = Field(default_factory=list)
    """The ids that the step once had. Example: `[identify]`"""
    audience: OwnAudience = None
    internal_note: InternalNote = None


class Criterion(Shape):
    """One thing that a quality audit looks at."""

    criterion: Line
    """What a quality audit looks at. Example: `Identity proven before any change`"""
    weight: Annotated[int, Field(ge=1, le=100)] = 1
    """How much it counts, from 1 to 100. Example: `3`"""
    critical: bool = False
    """Whether missing it fails the whole case. Example: `true`"""


class InShort(Shape):
    """What a page shows of its folded lists until somebody opens them."""

    not_when: Line | None = None
    """What the page shows in place of `not_when` until somebody opens it. Example: `Nothing lost`"""
    prerequisites: Line | None = None
    """What the page shows in place of `prerequisites` until somebody opens it. Example: `An open case`"""


class Sop(Historied):
    """A standard operating procedure."""

    trigger: Prose
    """When the procedure applies. Example: `A member says that they have lost their account.`"""
    not_when: list[Prose] = []
    """When it does not apply, though it may seem so. Example: `[The member has only forgotten the password.]`"""
    prerequisites: list[Prose] = []
    """What must be so before the first step. Example: `[The case type is set.]`"""
    sla: Sla = Sla()
    """Times of its own, where those of its severity do not fit. Example: `{first_response: 4h, resolution: 3d}`"""
    in_short: InShort = InShort()
    """Short forms of what the page folds. Example: `{prerequisites: An open case}`"""
    escalation: Escalation | None = None
    """Who takes over, and when. Example: `{to: support, when: [The member is in danger.]}`"""
    covered_by: Team | None = None
    """The team that keeps the times while the team of its queue does not work, by its hours or its on-call.

    Example: `support`
    """
    steps: Annotated[list[Step], Field(min_length=1)]
    """The steps, in their order.

    Example: `[{id: verify, title: Verify who is writing, text: Ask for the case number.}]`
    """
    otherwise: Prose | None = None
    """What to do where no step fits. Example: `Stop and escalate.`"""
    instead: dict[Locale, Prose] = {}
    """What is sent in a language that some of its letters lack. Example: `{es: Send the English letter.}`"""
    never: list[Prose] = []
    """What must never be done. Example: `[Never send a code to a new address.]`"""
    quality: list[Criterion] = []
    """How the quality of its cases is judged.

    Example: `[{criterion: Identity proven before any change, critical: true}]`
    """

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
symptoms: [{symptom}]  # what an analyst would type
trigger: When this applies.
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
