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
    WarningTerm,
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
"""A variable as a ticketing system writes it between curly brackets. Example: `ticket.requester.name`"""


# The part of an address between `https://` and the next slash; it stands for the hosts below it too.
Host = Annotated[str, Field(pattern=HOST)]
"""A host that texts may link to, with those below it. Example: `help.example.org`"""


class Vocabulary(Shape):
    """`content/vocabulary.yaml`: the words that documents may use, and settings of search and cases."""

    organisation: Line
    """Whose knowledge base it is. Example: `Example Platform`"""
    audiences: Annotated[
        dict[Word, Term],
        Field(min_length=1, json_schema_extra={"required": [STAFF]}),
        AfterValidator(_require_internal),
    ]
    """Who reads, the least privileged first; `internal` is your own staff.

    Example: `{public: {name: Everybody}, vendor: {name: Vendors}, internal: {name: Internal}}`
    """
    teams: Annotated[dict[Word, TeamTerm], Field(min_length=1)]
    """The teams that own documents and take over cases. Example: `{support: {name: Support}}`"""
    queues: dict[Word, QueueTerm] = {}
    """The queues of cases. Example: `{accounts: {name: Accounts, team: support}}`"""
    severities: dict[Word, SeverityTerm] = {}
    """How bad a case can be, the worst first. Example: `{high: {name: High, first_response: 4h}}`"""
    locales: Annotated[dict[Word, LocaleTerm], AfterValidator(_use_english)] = ENGLISH
    """The languages of replies; English where there are none. Example: `{en: {name: English, required: true}}`"""
    vendors: dict[Word, VendorTerm] = {}
    """Companies that work on cases. Example: `{acme: {name: Acme, audience: vendor}}`"""
    jurisdictions: dict[Word, JurisdictionTerm] = {}
    """Where other rules apply. Example: `{eu: {name: European Union}}`"""
    channels: dict[Word, ChannelTerm] = {}
    """Ways to reach a member. Example: `{sms: {name: SMS, max_length: 160}}`"""
    enforcement_actions: dict[Word, ActionTerm] = {}
    """What can be done to an account or content. Example: `{lock: {name: Lock, takes: [account]}}`"""
    content_warnings: dict[Word, WarningTerm] = {}
    """What may disturb who reads a document. Example: `{violence: {name: Violence}}`"""
    banned: list[Banned] = []
    """Words that no reply may use. Example: `[{words: your fault, use: what happened}]`"""
    hosts: list[Host] = []
    """If there are any, texts may link only to these. Example: `[help.example.org]`"""
    synonyms: dict[Locale, list[list[Line]]] = {}
    """Groups of words that the search takes for each other, by language. Example: `{en: [[ATO, account takeover]]}`"""
    dangers: dict[Word, DangerTerm] = {}
    """Dangers that the search recognises in what was typed.

    Example: `{suicide: {name: May be thinking of suicide, first: [crisis-contact], phrases: {en: [want to die]}}}`
    """
    nothing_found: list[NothingFound] = []
    """What the search offers where it finds nothing. Example: `[{audience: vendor, first: [triage-a-report]}]`"""
    report: list[ReportPlace] = []
    """Where readers report what is wrong on a page; they get the most internal place that they may know.

    Example: `[{to: "mailto:playbook@example.org"}]`
    """
    case: CaseTerm = CaseTerm()
    """What is known of a case, and which variables of replies it fills.

    Example: `{number: [case_number], name: [name]}`
    """
    countries: dict[Annotated[str, Field(pattern=COUNTRY)], CountryTerm] = {}
    """Countries by their two letters of ISO 3166-1. Example: `{DE: {name: Germany, locales: [de]}}`"""
    calendar: Calendar = Calendar()
    """The days that are no business days. Example: `{country: DE, region: BE}`"""
    placeholders: Annotated[dict[VariableName, Placeholder], AfterValidator(_require_one_to_one)] = {}
    """What a ticketing system writes for each variable. Example: `{name: ticket.requester.first_name}`"""

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
