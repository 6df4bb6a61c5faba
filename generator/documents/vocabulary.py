"""The words that documents may use, and what each of them means."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from generator.documents.fields import (
    Line,
    Locale,
    Shape,
    VariableName,
)
from generator.documents.terms import (
    ActionTerm,
    Banned,
    Calendar,
    CaseTerm,
    ChannelTerm,
    CountryTerm,
    DangerTerm,
    JurisdictionTerm,
    LocaleTerm,
    NothingFound,
    QueueTerm,
    ReportPlace,
    SeverityTerm,
    TeamTerm,
    Term,
    VendorTerm,
    Word,
)
from generator.documents.wrong_values import COUNTRY, HOST, WrongValue

STAFF, VENDOR, PUBLIC = "internal", "vendor", "public"


def _require_internal(audiences: dict[str, Term]) -> dict[str, Term]:
    """What names no audience is internal, so there must be such a word."""
    if STAFF not in audiences:
        raise WrongValue(f"needs the word `{STAFF}`", f"add `{STAFF}: {{name: Internal}}`, for your own staff")
    return audiences


ENGLISH = {"en": LocaleTerm(name="English")}  # the language of letters where none is listed


def _use_english(locales: dict[str, LocaleTerm]) -> dict[str, LocaleTerm]:
    return locales or ENGLISH


def _require_one_to_one(placeholders: dict[str, str]) -> dict[str, str]:
    """If two variables shared a placeholder, an import could not tell which of them it stands for."""
    names: dict[str, str] = {}
    for name, placeholder in placeholders.items():
        if (other := names.setdefault(placeholder, name)) != name:
            raise WrongValue(
                f"gives `{other}` and `{name}` the same placeholder",
                "keep one of them, and use that name in the replies",
            )
    return placeholders


# As a ticketing system writes it, between curly brackets.
Placeholder = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)*$")]


# The part of an address between `https://` and the next slash; it stands for the hosts below it too.
Host = Annotated[str, Field(pattern=HOST)]


class Vocabulary(Shape):
    """`content/vocabulary.yaml`. The audiences are listed least privileged first.

    If there are no `locales`, letters are in English. If there are `hosts`, texts may link only to these. `synonyms`
    are groups of words that the search takes for each other.
    """

    organisation: Line
    audiences: Annotated[dict[Word, Term], Field(min_length=1), AfterValidator(_require_internal)]
    teams: Annotated[dict[Word, TeamTerm], Field(min_length=1)]
    queues: dict[Word, QueueTerm] = {}
    severities: dict[Word, SeverityTerm] = {}
    locales: Annotated[dict[Word, LocaleTerm], AfterValidator(_use_english)] = ENGLISH
    vendors: dict[Word, VendorTerm] = {}
    jurisdictions: dict[Word, JurisdictionTerm] = {}
    channels: dict[Word, ChannelTerm] = {}
    enforcement_actions: dict[Word, ActionTerm] = {}
    content_warnings: dict[Word, Term] = {}
    banned: list[Banned] = []
    hosts: list[Host] = []
    synonyms: dict[Locale, list[list[Line]]] = {}
    dangers: dict[Word, DangerTerm] = {}
    nothing_found: list[NothingFound] = []
    report: list[ReportPlace] = []
    case: CaseTerm = CaseTerm()
    countries: dict[Annotated[str, Field(pattern=COUNTRY)], CountryTerm] = {}
    calendar: Calendar = Calendar()
    placeholders: Annotated[dict[VariableName, Placeholder], AfterValidator(_require_one_to_one)] = {}

    @model_validator(mode="after")
    def _require_order(self) -> Self:
        """Raises ValidationError at each audience whose position would show its documents to people outside."""
        errors = [
            InitErrorDetails(
                type=PydanticCustomError("value_error", "{error}", {"error": WrongValue(message, hint)}),
                loc=("audiences", word, "[key]"),
                input=word,
            )
            for word, message, hint in self._find_misplaced()
        ]
        if errors:
            raise ValidationError.from_exception_data("Vocabulary", errors)
        return self

    def _find_misplaced(self) -> Iterator[tuple[str, str, str]]:
        """Each audience that is too far down in the list, with what is wrong and the edit that fixes it."""
        first = next(iter(self.audiences))
        for word in self.audiences:
            holders = ", ".join(f"`{name}`" for name, vendor in self.vendors.items() if vendor.audience == word)
            too_late, above = f"comes after `{STAFF}`, so", f"move it above `{STAFF}`"
            if word.lower() == PUBLIC and word != first:
                message = f"comes after `{first}`, so everybody may read what is for {first}"
                yield word, message, "move it to the top"
            elif self.rank(word) <= self.rank(STAFF):
                continue
            elif word.lower() == VENDOR:
                yield word, f"{too_late} vendors may read what is for your own staff", above
            elif holders:
                message = f"{too_late} {holders} may read what is for your own staff"
                yield word, message, f"{above}, or give {holders} another audience"

    def clearance(self, vendor: str) -> str:
        """The most privileged audience that a vendor's people belong to.

        It is the `audience` of the vendor in the vocabulary if that is below internal. Internal, the default, hides the
        vendor's name but says nothing about its people: then it is `vendor`, or else the least privileged audience.
        """
        term = self.vendors.get(vendor)
        if term is not None and self.rank(term.audience) < self.rank(STAFF):
            return term.audience
        return VENDOR if self.rank(VENDOR) < self.rank(STAFF) else next(iter(self.audiences))

    def cover_of(self, team: str, own: str | None) -> str | None:
        """The team that keeps the times of a procedure out of hours: as the procedure says, or else its team."""
        return own or (self.teams[team].covered_by if team in self.teams else None)

    def team_of(self, queue: str | None, owner: str) -> str:
        """The team that works cases: that of their queue, or else the owner of the document for them."""
        return self.queues[queue].team if queue in self.queues else owner

    def rank(self, audience: str) -> int:
        """How privileged an audience is, from 0; an unknown one counts as the most privileged of all."""
        return self._ranks.get(audience, len(self._ranks))

    @cached_property
    def _ranks(self) -> dict[str, int]:
        return {name: rank for rank, name in enumerate(self.audiences)}

    def terms(self, group: str) -> dict[str, Term]:
        """The words of one group, which is named by its key in the file."""
        terms: dict[str, Term] = getattr(self, group)
        return terms
