"""Counts what a lead asks of a knowledge base on one day: what there is, how old it is, what is covered and current."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import NamedTuple

from generator.analysis.health import health
from generator.analysis.vendors import Delivered, deliveries
from generator.documents import Document
from generator.documents.days import later
from generator.documents.types.decision_tree import Decision
from generator.documents.types.macro import Macro
from generator.findings import Finding
from generator.library.freshness import freshness
from generator.library.languages import demanded_locales
from generator.library.library import Library
from generator.library.timeline import order

AGES = (90, 180, 365)  # the last days of the groups of ages, in days since the last review
SOON = timedelta(days=30)


class Share(NamedTuple):
    """How many of all are as they should be."""

    good: int
    whole: int

    @property
    def percent(self) -> int | None:
        """Rounded down, so that only all of them are 100; None if there are none."""
        return 100 * self.good // self.whole if self.whole else None


class Reviewable(NamedTuple):
    """A document with the day by which somebody must read it again."""

    due: date
    id: str
    title: str
    owner: str


class Shortfall(NamedTuple):
    """A document, a part of it or nothing, and what it lacks in words; nothing if the list says so already."""

    id: str
    part: str
    title: str
    owner: str
    lack: str = ""


class LocaleRow(NamedTuple):
    """The letters that must be there in a language: up to date, translated from an older version, not translated."""

    locale: str
    current: int
    outdated: int
    missing: int


class TeamRow(NamedTuple):
    """What one team keeps: its documents in use by type, and what waits for it."""

    team: str
    name: str
    kinds: dict[str, int]
    overdue: int
    due_soon: int
    errors: int
    warnings: int

    @property
    def documents(self) -> int:
        return sum(self.kinds.values())


@dataclass(frozen=True)
class Figures:
    """The numbers of one day; documents that are deprecated or retired count nowhere, and drafts as `drafts` alone.

    `ages` are the active documents by days since their last review, a number for each of AGES and one for all above;
    `never` were not reviewed yet. `age` is the median in days, None where nothing was reviewed. `findings` are errors
    and warnings by code. `unreadable` are the files that no number knows of.
    """

    day: date
    teams: tuple[TeamRow, ...]
    drafts: int
    ages: tuple[int, ...]
    never: int
    age: int | None
    overdue: tuple[Reviewable, ...]
    due_soon: tuple[Reviewable, ...]
    sections: Share
    uncited: tuple[Shortfall, ...]
    outcomes: Share
    cases: int
    untested: tuple[Shortfall, ...]
    letters: Share
    locales: tuple[LocaleRow, ...]
    incomplete: tuple[Shortfall, ...]
    packs: Share
    outdated_packs: tuple[Shortfall, ...]
    errors: int
    warnings: int
    findings: dict[str, int]
    unreadable: tuple[str, ...]

    @property
    def documents(self) -> int:
        return sum(row.documents for row in self.teams)


def count_figures(library: Library, findings: Iterable[Finding], team: str | None = None) -> Figures:
    """The numbers of a library on its day, of one team's documents if a team is named."""
    kept = [one for one in library.documents if team in (None, one.body.owner)]
    active = [one for one in kept if one.body.status == "active"]
    owners = {one.path: one.body.owner for one in library.documents}
    found = [one for one in findings if team in (None, owners.get(one.place.path))]
    spans = [max(0, (library.today - one.body.reviewed).days) for one in active if one.body.reviewed]
    overdue, due_soon = _list_due(library.today, active)
    sections, uncited = _count_sections(library, team)
    outcomes, cases, untested = _count_outcomes(active)
    letters, locales, incomplete = _count_letters(library, active)
    packs, outdated = _count_packs(library, team)
    return Figures(
        library.today,
        tuple(_list_teams(library, active, overdue, due_soon, found, team)),
        sum(one.body.status == "draft" for one in kept),
        _group_ages(spans),
        len(active) - len(spans),
        int(median(spans)) if spans else None,
        overdue,
        due_soon,
        sections,
        uncited,
        outcomes,
        cases,
        untested,
        letters,
        locales,
        incomplete,
        packs,
        outdated,
        sum(one.stands_for for one in found if one.severity == "error"),
        sum(one.stands_for for one in found if one.severity == "warning"),
        _count_codes(found),
        tuple(sorted(library.malformed)),
    )


def _count_codes(findings: list[Finding]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for one in findings:
        counts[one.code] += one.stands_for
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _group_ages(spans: list[int]) -> tuple[int, ...]:
    counts = [0] * (len(AGES) + 1)
    for days in spans:
        counts[sum(days > last for last in AGES)] += 1
    return tuple(counts)


def _list_due(today: date, active: list[Document]) -> tuple[tuple[Reviewable, ...], tuple[Reviewable, ...]]:
    """What is overdue, and what falls due from today on within SOON; the earliest first."""
    dated = sorted(
        Reviewable(one.body.review_by, one.id, one.body.title.strip(), one.body.owner)
        for one in active
        if one.body.review_by
    )
    last = later(today, SOON)
    return tuple(one for one in dated if one.due < today), tuple(one for one in dated if today <= one.due <= last)


def _list_teams(
    library: Library,
    used: list[Document],
    overdue: tuple[Reviewable, ...],
    due_soon: tuple[Reviewable, ...],
    findings: list[Finding],
    team: str | None,
) -> list[TeamRow]:
    """A row for each team of the vocabulary, in its order, for others that own documents, and for what has no owner."""
    terms = library.vocabulary.teams if library.vocabulary else {}
    names = [team] if team is not None else [*terms, *sorted({one.body.owner for one in used} - terms.keys())]
    kinds = {name: Counter(one.kind.name for one in used if one.body.owner == name) for name in names}
    owners = {one.path: one.body.owner for one in library.documents}
    wrong: Counter[tuple[str, str]] = Counter()
    for one in findings:
        wrong[owners.get(one.place.path, ""), one.severity] += one.stands_for
    unowned = [wrong["", severity] for severity in ("error", "warning")]
    rest = [TeamRow("", "No team", {}, 0, 0, *unowned)] if any(unowned) and team is None else []
    rows = [
        TeamRow(
            name,
            terms[name].name.strip() if name in terms else name,
            dict(kinds[name]),
            sum(one.owner == name for one in overdue),
            sum(one.owner == name for one in due_soon),
            wrong[name, "error"],
            wrong[name, "warning"],
        )
        for name in names
    ]
    return rows + rest


def _count_sections(library: Library, team: str | None) -> tuple[Share, tuple[Shortfall, ...]]:
    """The sections of policies that a procedure, a letter or a decision cites, and those that none does."""
    rows = [row for row in health(library, freshness(library)).coverage if team in (None, row.document.body.owner)]
    bare = tuple(
        Shortfall(row.document.id, row.section.id, row.section.title.strip(), row.document.body.owner)
        for row in rows
        if row.total == 0
    )
    return Share(len(rows) - len(bare), len(rows)), bare


def _count_outcomes(active: list[Document]) -> tuple[Share, int, tuple[Shortfall, ...]]:
    """The outcomes at which a golden case ends, the number of cases, and the outcomes without one."""
    whole, cases, bare = 0, 0, []
    for one in active:
        if one.sound and isinstance(one.body, Decision):
            tested = {case.outcome for case in one.body.cases}
            whole += len(one.body.outcomes)
            cases += len(one.body.cases)
            bare += [
                Shortfall(one.id, name, outcome.decision.strip(), one.body.owner)
                for name, outcome in one.body.outcomes.items()
                if name not in tested
            ]
    return Share(whole - len(bare), whole), cases, tuple(bare)


def _count_letters(
    library: Library, active: list[Document]
) -> tuple[Share, tuple[LocaleRow, ...], tuple[Shortfall, ...]]:
    """Of the letters that must have certain languages, those that have them up to date."""
    demanded = demanded_locales(library)
    states: dict[str, Counter[str]] = {}
    whole, bare = 0, []
    for one in active:
        if not one.sound or not isinstance(one.body, Macro):
            continue
        told = {locale: _judge_language(one.body, locale) for locale in sorted(demanded.get(one.path, {}))}
        whole += bool(told)
        for locale, state in told.items():
            states.setdefault(locale, Counter())[state] += 1
        lacks = [f"{locale} {state}" for locale, state in told.items() if state != "current"]
        if lacks:
            bare.append(Shortfall(one.id, "", one.body.title.strip(), one.body.owner, ", ".join(lacks)))
    rows = (LocaleRow(name, some["current"], some["outdated"], some["missing"]) for name, some in states.items())
    return Share(whole - len(bare), whole), tuple(sorted(rows)), tuple(bare)


def _judge_language(macro: Macro, locale: str) -> str:
    if locale == macro.locale:
        return "current"
    if locale not in macro.translations:
        return "missing"
    return "outdated" if order(macro.translations[locale].of) < order(macro.version) else "current"


def _count_packs(library: Library, team: str | None) -> tuple[Share, tuple[Shortfall, ...]]:
    """The active packs whose newest release says what the pack says now and teaches rules in force."""
    owners = {one.id: one.body.owner for one in library.documents}
    packs = [one for one in deliveries(library) if one.status == "active" and team in (None, owners.get(one.pack))]
    late = tuple(_tell_pack(one, owners.get(one.pack, "")) for one in packs if not one.is_current)
    return Share(len(packs) - len(late), len(packs)), late


def _tell_pack(one: Delivered, owner: str) -> Shortfall:
    return Shortfall(one.pack, one.vendor_name, one.title, owner, "; ".join(one.due))
