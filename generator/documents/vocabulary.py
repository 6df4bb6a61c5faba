"""The words that documents may use, and what each of them means."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Annotated

from pydantic import AfterValidator, Field

from generator.documents.fields import (
    RESERVED,
    AnyDocument,
    AudienceWord,
    Duration,
    InternalNote,
    Line,
    Prose,
    Shape,
    Team,
)

WORD = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
STAFF = "internal"


def _word(value: str) -> str:
    if not WORD.fullmatch(value):
        raise ValueError("has the wrong form: use letters, digits and single hyphens")
    if value.lower() in RESERVED:
        raise ValueError("is a reserved name: choose another word")
    return value


Word = Annotated[str, AfterValidator(_word), Field(json_schema_extra={"pattern": f"^{WORD.pattern}$"})]


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


def _with_internal(audiences: dict[str, Term]) -> dict[str, Term]:
    """What names no audience is internal, so that there must be such a word."""
    if STAFF not in audiences:
        raise ValueError(f"needs the word `{STAFF}`: add `{STAFF}: {{name: Internal}}`, for your own staff")
    return audiences


class Vocabulary(Shape):
    """`content/vocabulary.yaml`. The audiences stand least privileged first."""

    organisation: Line
    audiences: Annotated[dict[Word, Term], Field(min_length=1), AfterValidator(_with_internal)]
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
        return self._ranks.get(audience, len(self._ranks))

    @cached_property
    def _ranks(self) -> dict[str, int]:
        return {name: rank for rank, name in enumerate(self.audiences)}

    def terms(self, group: str) -> dict[str, Term]:
        """The words of one group by its key in the file."""
        terms: dict[str, Term] = getattr(self, group)
        return terms
