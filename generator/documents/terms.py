"""The words of a vocabulary one by one: what a team, an action, a country or a danger is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import AfterValidator, Field, model_validator

from generator.documents.fields import (
    RESERVED,
    AnyDocument,
    AudienceWord,
    Duration,
    InternalNote,
    Line,
    Locale,
    Prose,
    Shape,
    Team,
    VariableName,
)
from generator.documents.wrong_values import COUNTRY, OPENING, REGION, WrongValue

WORD = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS = get_args(Weekday)


def _require_word(value: str) -> str:
    if not WORD.fullmatch(value):
        raise WrongValue("has the wrong format", "use letters, digits and single hyphens")
    if value.lower() in RESERVED:
        raise WrongValue("is a reserved name", "choose another word")
    return value


_AS_WORD: dict[str, Any] = {"pattern": f"^{WORD.pattern}$", "not": {"enum": sorted(RESERVED)}}
Word = Annotated[str, AfterValidator(_require_word), Field(json_schema_extra=_AS_WORD)]
"""A word that documents may use: letters, digits and hyphens. Example: `trust-and-safety`"""


# Regulation (EU) 2022/2065, Article 17(3), letters a to f: what a statement of reasons contains.
Element = Literal["facts", "ground", "automation", "scope", "redress"]


class Term(Shape):
    """A word that every reader may see."""

    name: Line
    """What people call it. Example: `Internal`"""
    meaning: Prose | None = None
    """What it means. Example: `Somebody may come to harm within a day.`"""


class SeverityTerm(Term):
    """How bad it is, and how soon somebody must act."""

    name: Line
    """What people call it. Example: `High`"""
    first_response: Duration | None = None
    """How soon somebody answers a case of this severity. Example: `4h`"""
    resolution: Duration | None = None
    """How soon a case of this severity is resolved. Example: `3d`"""
    page_first: bool = False
    """Whether its procedures begin with whom to page. Example: `true`"""


class GuardedTerm(Term):
    """A word that readers below its audience must not see; without an audience it is internal."""

    audience: AudienceWord = "internal"
    """Readers below this audience do not see the word. Example: `vendor`"""
    internal_note: InternalNote = None


# When a team works, in one zone for all teams: `mon-fri 07:00-19:00`; a night goes on to the next day.
OpeningHours = Annotated[str, Field(pattern=OPENING)]
"""Days and hours at which a team works; a night goes on to the next day. Example: `mon-fri 07:00-19:00`"""


class TeamTerm(GuardedTerm):
    """Who does what, when, and how to reach them: in words, and as times that checks compare with deadlines."""

    name: Line
    """What people call it. Example: `Trust and Safety`"""
    does: Prose | None = None
    """What the team does. Example: `Answers members.`"""
    hours: Line | None = None
    """When it works, for people. Example: `Weekdays, 7 to 19`"""
    open: list[OpeningHours] = []
    """When it works, for checks: days and hours in one zone for all teams. Example: `[mon-fri 07:00-19:00]`"""
    on_call: Line | None = None
    """How to reach whoever is on call, for people. Example: `Page the channel.`"""
    on_call_within: Duration | None = None
    """How soon the on-call answers at any hour. Example: `15m`"""
    covered_by: Team | None = None
    """The team that keeps its times while it does not work. Example: `support`"""


class QueueTerm(GuardedTerm):
    """A queue of cases."""

    name: Line
    """What people call it. Example: `Lost accounts`"""
    team: Team
    """The team that works its cases. Example: `support`"""
    belongs: Prose | None = None
    """What belongs into it. Example: `Lost and stolen accounts.`"""
    not_here: list[Prose] = []
    """What does not, and where it goes. Example: `[Refunds go to billing.]`"""
    order: list[AnyDocument] = []
    """The documents that its page shows first. Example: `[restore-account]`"""


class LocaleTerm(Term):
    """A language."""

    name: Line
    """What people call it. Example: `English`"""
    required: bool = False
    """Whether every macro in use must have the language. Example: `true`"""


class ChannelTerm(Term):
    """A way to reach a member."""

    name: Line
    """What people call it. Example: `E-mail`"""
    max_length: Annotated[int, Field(gt=0)] | None = None
    """How many characters fit in a message. Example: `1000`"""


# Regulation (EU) 2022/2065, Article 17(1): what an action can take from a member. Letter (a) is content and visibility,
# (b) money, (c) a feature or access for a time, (d) the account.
Effect = Literal["content", "visibility", "money", "feature", "access", "account"]


class ActionTerm(Term):
    """An enforcement action."""

    name: Line
    """What people call it. Example: `Lock the account`"""
    restricts: bool = True
    """Whether it takes something from the member, who must be told the reasons. Example: `true`"""
    takes: list[Effect] = []
    """What it takes, so that a decision cannot take something else. Example: `[account]`"""


class WarningTerm(Term):
    """What may disturb who reads a document."""

    name: Line
    """What people call it. Example: `Violence`"""


class JurisdictionTerm(Term):
    """A jurisdiction."""

    name: Line
    """What people call it. Example: `European Union`"""
    statement_of_reasons: list[Element] = []
    """What a reply about a restriction must contain there. Example: `[facts, ground, redress]`"""


def _require_letters(value: str) -> str:
    if not re.search(r"\w", value):
        raise WrongValue("contains no word", "write the words that no reply may use")
    return value


class Banned(Shape):
    """Words that no reply may use, and what to use instead."""

    words: Annotated[Line, AfterValidator(_require_letters), Field(json_schema_extra={"pattern": r"\w"})]
    """The words that no reply may use. Example: `your fault`"""
    use: Line
    """What to write instead. Example: `what happened`"""
    locale: Locale | None = None
    """The language in which they are banned; without it, in every language. Example: `en`"""
    why: Line | None = None
    """Why. Example: `It blames the member.`"""


class VendorTerm(GuardedTerm):
    """A company that works on cases for us; an `audience` below internal is also the one that its people belong to."""

    name: Line
    """What people call it. Example: `Acme Support`"""
    audience: AudienceWord = "internal"
    """The audience that its people belong to: the most that they may read. Who may read less does not see its name.

    Without it nobody but your own staff sees the name, and its people may read what is for vendors. Example: `vendor`
    """
    does: Prose | None = None
    """What the company does. Example: `Works the first line at night.`"""


class CountryTerm(Term):
    """A country, other names that people type for it, and the words that it puts into variables of replies."""

    name: Line
    """What people call it. Example: `Germany`"""
    also: list[Line] = []
    """Other names that people type for it. Example: `[Deutschland]`"""
    locales: list[Locale] = []
    """The languages that most people there read; a reply opens in the first that it has. Example: `[de, en]`"""
    fills: dict[VariableName, Line | dict[Locale, Line]] = {}
    """The words that it puts into variables of replies, for all languages or by language.

    Example: `{emergency: "112"}`
    """


class DangerTerm(GuardedTerm):
    """A danger to somebody, for which the search looks in what was typed, and the procedures that it then shows first.

    A phrase of `unless` counts where it overlaps with one of `phrases`.
    """

    name: Line
    """What people call it. Example: `May be thinking of suicide`"""
    first: Annotated[list[AnyDocument], Field(min_length=1)]
    """The procedures that the search then shows first. Example: `[crisis-contact]`"""
    phrases: Annotated[dict[Locale, list[Line]], Field(min_length=1)]
    """Words in their order, by language; `/` is a choice, and two other words fit between two of them.

    Example: `{en: [want/going to die]}`
    """
    unless: dict[Locale, list[Line]] = {}
    """Phrases that look alike and say that it is none. Example: `{en: [die of embarrassment]}`"""


class NothingFound(Shape):
    """What the search offers a reader where it finds nothing: documents, and a team to ask."""

    audience: AudienceWord = "internal"
    """The least privileged readers whom it is for. Example: `vendor`"""
    first: list[AnyDocument] = []
    """The documents to offer. Example: `[triage-a-report]`"""
    ask: Team | None = None
    """The team to ask. Example: `support`"""


class Calendar(Shape):
    """The days that are no business days: weekends, the public holidays of a place, and those `closed` besides."""

    country: Annotated[str, Field(pattern=COUNTRY)] | None = None
    """The country whose public holidays are no business days: two letters of ISO 3166-1. Example: `DE`"""
    region: Annotated[str, Field(pattern=REGION)] | None = None
    """The part of its code in ISO 3166-2 after the hyphen. Example: `BE`"""
    weekend: list[Weekday] = ["sat", "sun"]
    """The days of the week that are no business days. Example: `[sat, sun]`"""
    closed: list[date] = []
    """Other days on which nobody works. Example: `[2026-12-24]`"""

    @model_validator(mode="after")
    def _require_known_place(self) -> Self:
        import holidays  # takes time, which commands without a calendar do not spend
        from holidays.registry import EntityLoader  # to list the regions of all countries would load each of them

        if self.country and self.country not in EntityLoader.get_country_codes():
            raise WrongValue(f"has no holidays that we know for `{self.country}`", "write a code such as DE, ES or US")
        regions: list[str] = list(getattr(holidays, self.country).subdivisions) if self.country else []
        if self.region and self.region not in regions:
            known = ", ".join(regions) or "none: name a country first"
            raise WrongValue(f"has no region `{self.region}`", f"use one of {known}, or leave it out")
        return self

    def days_off(self, years: Iterable[int]) -> list[date]:
        """The days of some years on which nobody works, sorted; weekends are not among them."""
        import holidays

        wanted = list(years)
        public = holidays.country_holidays(self.country, self.region, years=wanted) if self.country else {}
        weekend = {DAYS.index(day) for day in self.weekend}
        return sorted(day for day in {*public, *self.closed} if day.year in wanted and day.weekday() not in weekend)


class CaseTerm(Shape):
    """What is known of a case, each with the variables of replies that it fills."""

    number: list[VariableName] = []
    """The variables that a case's number fills. Example: `[case_number]`"""
    name: list[VariableName] = []
    """The variables that the member's name fills. Example: `[name]`"""
    country: list[VariableName] = []
    """The variables that the name of the member's country fills. Example: `[country]`"""
    arrived: list[VariableName] = []
    """The variables that the day of arrival fills. Example: `[received]`"""

    def fact_of(self, variable: str) -> str:
        """What fills a variable: `number`, `name`, `country` or `arrived`; empty if nothing does."""
        return next((fact for fact, names in self if variable in names), "")


PLACE = r'^(mailto:|https://)[^ <>"\n]*$'


def _require_place(value: str) -> str:
    if not re.search(PLACE, value) or "\n" in value:
        hint = "write `mailto:` and an address, or the `https://` address of a form with {title} and {body} in it"
        raise WrongValue("is not a place that reports can go to", hint)
    return value


class ReportPlace(Shape):
    """Where readers report what is wrong on a page: a mailbox, or an issue tracker's form for a new ticket."""

    audience: AudienceWord = "internal"
    """The least privileged readers who report there. Example: `vendor`"""
    to: Annotated[str, AfterValidator(_require_place), Field(json_schema_extra={"pattern": PLACE})]
    """`mailto:` and an address, or the `https://` address of a form, with {title} and {body} in it.

    Example: `"mailto:playbook@example.org"`
    """
