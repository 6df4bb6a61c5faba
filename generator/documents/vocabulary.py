"""The words that documents may use, and what each of them means."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from generator.documents.fields import (
    AnyDocument,
    AudienceWord,
    Duration,
    InternalNote,
    Line,
    Prose,
    Shape,
    Team,
)

Word = Annotated[str, Field(pattern=r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$")]


class Term(Shape):
    """A word that every reader may see."""

    name: Line
    meaning: Prose | None = None


class SeverityTerm(Term):
    """How bad it is, and how soon somebody must act."""

    first_response: Duration | None = None
    resolution: Duration | None = None


class GuardedTerm(Term):
    """A word that readers below its audience must not see; absent means internal."""

    audience: AudienceWord = "internal"
    internal_note: InternalNote = None


class TeamTerm(GuardedTerm):
    """Who does what, when, and how to reach them."""

    does: Prose | None = None
    hours: Line | None = None
    on_call: Line | None = None


class QueueTerm(GuardedTerm):
    """A line of cases; `order` is what the owner puts first on its page."""

    team: Team
    belongs: Prose | None = None
    not_here: list[Prose] = []
    order: list[AnyDocument] = []


class VendorTerm(GuardedTerm):
    """A company that works cases for us."""

    does: Prose | None = None


class Vocabulary(Shape):
    """`content/vocabulary.yaml`. The audiences stand least privileged first."""

    organisation: Line
    audiences: Annotated[dict[Word, Term], Field(min_length=1)]
    teams: Annotated[dict[Word, TeamTerm], Field(min_length=1)]
    queues: dict[Word, QueueTerm] = {}
    severities: dict[Word, SeverityTerm] = {}
    locales: dict[Word, Term] = {}
    vendors: dict[Word, VendorTerm] = {}
    jurisdictions: dict[Word, Term] = {}
    channels: dict[Word, Term] = {}
    enforcement_actions: dict[Word, Term] = {}
    content_warnings: dict[Word, Term] = {}

    def rank(self, audience: str) -> int:
        """How privileged an audience is; an unknown one counts as the most privileged of all."""
        names = list(self.audiences)
        return names.index(audience) if audience in self.audiences else len(names)

    def terms(self, group: str) -> dict[str, Term]:
        """The words of one group by its key in the file."""
        terms: dict[str, Term] = getattr(self, group)
        return terms
