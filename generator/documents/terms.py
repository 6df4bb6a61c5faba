"""The words of a vocabulary one by one: what a team, an action, a country or a danger is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal, Self, get_args

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


Word = Annotated[str, AfterValidator(_require_word), Field(json_schema_extra={"pattern": f"^{WORD.pattern}$"})]


# Regulation (EU) 2022/2065, Article 17(3), letters a to f: what a statement of reasons contains.
Element = Literal["facts", "ground", "automation", "scope", "redress"]


class Term(Shape):
    """A word that every reader may see."""

    name: Line
    meaning: Prose | None = None


class SeverityTerm(Term):
    """How bad it is, and how soon somebody must act; with `page_first`, a procedure begins with whom to page."""

    first_response: Duration | None = None
    resolution: Duration | None = None
    page_first: bool = False


class GuardedTerm(Term):
    """A word that readers below its audience must not see; without an audience it is internal."""

    audience: AudienceWord = "internal"
    internal_note: InternalNote = None


# When a team works, in one zone for all teams: `mon-fri 07:00-19:00`; a night goes on to the next day.
OpeningHours = Annotated[str, Field(pattern=OPENING)]


class TeamTerm(GuardedTerm):
    """Who does what, when, and how to reach them.

    `hours` and `on_call` are for people. `open` says the same as the hours, and `on_call_within` how soon the on-call
    answers at any hour, so that checks can compare them with deadlines. `covered_by` is the team that keeps the times
    of this one while it does not work.
    """

    does: Prose | None = None
    hours: Line | None = None
    open: list[OpeningHours] = []
    on_call: Line | None = None
    on_call_within: Duration | None = None
    covered_by: Team | None = None


class QueueTerm(GuardedTerm):
    """A queue of cases; `order` has the documents that its owner puts first on its page."""

    team: Team
    belongs: Prose | None = None
    not_here: list[Prose] = []
    order: list[AnyDocument] = []


class LocaleTerm(Term):
    """A language; if it is `required`, every macro in use must have it."""

    required: bool = False


class ChannelTerm(Term):
    """A way to reach a member; `max_length` is the number of characters that fit in a message."""

    max_length: Annotated[int, Field(gt=0)] | None = None


# Regulation (EU) 2022/2065, Article 17(1): what an action can take from a member. Letter (a) is content and visibility,
# (b) money, (c) a feature or access for a time, (d) the account.
Effect = Literal["content", "visibility", "money", "feature", "access", "account"]


class ActionTerm(Term):
    """An enforcement action; one that `restricts` takes something from the member, who must be told the reasons.

    `takes` says what, so that a decision cannot take something else.
    """

    restricts: bool = True
    takes: list[Effect] = []


class JurisdictionTerm(Term):
    """A jurisdiction; `statement_of_reasons` has the elements that a reply about a restriction must contain there."""

    statement_of_reasons: list[Element] = []


def _require_letters(value: str) -> str:
    if not re.search(r"\w", value):
        raise WrongValue("contains no word", "write the words that no reply may use")
    return value


class Banned(Shape):
    """Words that no reply may use, and what to use instead; without a locale, in every language."""

    words: Annotated[Line, AfterValidator(_require_letters)]
    use: Line
    locale: Locale | None = None
    why: Line | None = None


class VendorTerm(GuardedTerm):
    """A company that works on cases for us; an `audience` below internal is also the one that its people belong to."""

    does: Prose | None = None


class CountryTerm(Term):
    """A country, other names that people type for it, and the words that it puts into variables of replies.

    Words for several languages are listed by language; words without a language serve all of them. `locales` are the
    languages that most people there read, the likeliest first: a reply in a case of the country opens in the first
    that it has.
    """

    also: list[Line] = []
    locales: list[Locale] = []
    fills: dict[VariableName, Line | dict[Locale, Line]] = {}


class DangerTerm(GuardedTerm):
    """A danger to somebody, for which the search looks in what was typed, and the procedures that it then shows first.

    A phrase is words in their order, with up to two others between any two of them; a `/` between words offers a
    choice: `want/going to die`. A phrase of `unless` that overlaps says that it is none: `die of embarrassment`.
    """

    first: Annotated[list[AnyDocument], Field(min_length=1)]
    phrases: Annotated[dict[Locale, list[Line]], Field(min_length=1)]
    unless: dict[Locale, list[Line]] = {}


class NothingFound(Shape):
    """What the search offers a reader where it finds nothing: documents, and a team to ask."""

    audience: AudienceWord = "internal"
    first: list[AnyDocument] = []
    ask: Team | None = None


class Calendar(Shape):
    """The days that are no business days: weekends, the public holidays of a place, and those `closed` besides.

    `country` is a code of ISO 3166-1 with two letters, `region` the part of its code in ISO 3166-2 after the hyphen.
    """

    country: Annotated[str, Field(pattern=COUNTRY)] | None = None
    region: Annotated[str, Field(pattern=REGION)] | None = None
    weekend: list[Weekday] = ["sat", "sun"]
    closed: list[date] = []

    @model_validator(mode="after")
    def _require_known_place(self) -> Self:
        import holidays  # takes a tenth of a second, which commands without a calendar do not spend

        places = holidays.list_supported_countries() if self.country else {}
        if self.country and self.country not in places:
            raise WrongValue(f"has no holidays that we know for `{self.country}`", "write a code such as DE, ES or US")
        if self.region and self.region not in places.get(self.country or "", ()):
            known = ", ".join(places.get(self.country or "", ())) or "none: name a country first"
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
    name: list[VariableName] = []
    country: list[VariableName] = []
    arrived: list[VariableName] = []

    def fact_of(self, variable: str) -> str:
        """What fills a variable: `number`, `name`, `country` or `arrived`; empty if nothing does."""
        return next((fact for fact, names in self if variable in names), "")


def _require_place(value: str) -> str:
    if not value.startswith(("mailto:", "https://")) or any(sign in value for sign in ' <>"\n'):
        hint = "write `mailto:` and an address, or the `https://` address of a form with {title} and {body} in it"
        raise WrongValue("is not a place that reports can go to", hint)
    return value


class ReportPlace(Shape):
    """Where readers report what is wrong on a page: a mailbox, or an issue tracker's form for a new ticket."""

    audience: AudienceWord = "internal"
    to: Annotated[str, AfterValidator(_require_place)]
