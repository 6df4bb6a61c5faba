"""Works out how healthy a library is: what is out of date, what falls due when, which sections no document covers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from generator.documents import Document, Kind, kinds
from generator.documents.days import months
from generator.documents.types.policy import Policy, Section
from generator.library.freshness import Freshness
from generator.library.library import Library

MONTHS = 12


class Due(NamedTuple):
    """A document, and the day from which it needs work, past or future."""

    day: date
    document: Document


class CoverageRow(NamedTuple):
    """A policy section, with the number of documents of each covering kind that rest on it."""

    document: Document
    section: Section
    counts: tuple[int, ...]
    is_first: bool

    @property
    def total(self) -> int:
        return sum(self.counts)


class Health(NamedTuple):
    """Everything on the health page. `due` has, by team, a number for each month and one for all later months."""

    stale: list[Due]
    overdue: list[Due]
    never: list[Document]
    months: list[date]
    due: dict[str, list[int]]
    kinds: list[Kind]
    coverage: list[CoverageRow]

    @property
    def most(self) -> int:
        """The largest number of the chart."""
        return max((number for counts in self.due.values() for number in counts), default=1) or 1

    def share(self, number: int) -> int:
        """A number of the chart in tenths of the largest, at least one."""
        return max(1, round(10 * number / self.most))

    @property
    def uncovered(self) -> int:
        return sum(row.total == 0 for row in self.coverage)


def health(library: Library, fresh: dict[str, Freshness]) -> Health:
    """The state of a library on its day."""
    today = library.today
    ahead = months(today, MONTHS)
    covering = [kind for kind in kinds().values() if kind.covers]
    known = [(document, fresh[document.path]) for document in library.documents if document.path in fresh]
    known = [(document, state) for document, state in known if document.body.status == "active"]
    stale = [Due(day, document) for document, state in known if (day := state.stale_from) and day <= today]
    overdue = [Due(day, document) for document, state in known if (day := state.review_by) and day < today]
    return Health(
        sorted(stale, key=_order),
        sorted(overdue, key=_order),
        [document for document, state in known if state.reviewed is None],
        ahead,
        _count_due(known, ahead, library.vocabulary.teams if library.vocabulary else ()),
        covering,
        _count_coverage(library, covering),
    )


def _order(due: Due) -> tuple[date, str]:
    return due.day, due.document.id


def _count_due(
    known: list[tuple[Document, Freshness]], months: list[date], teams: Collection[str]
) -> dict[str, list[int]]:
    """How many documents of each team need work in each month; what is already late counts for the first.

    Documents of teams that these readers do not know are counted together, last, under the empty name.
    """
    by_team: dict[str, list[int]] = defaultdict(lambda: [0] * (len(months) + 1))
    for document, state in known:
        days = [day for day in (state.review_by, state.stale_from) if day]
        if days:
            month = min(days).replace(day=1)
            at = months.index(month) if month in months else len(months) if month > months[-1] else 0
            by_team[document.body.owner if document.body.owner in teams else ""][at] += 1
    return dict(sorted(by_team.items(), key=lambda pair: (not pair[0], pair[0])))


def _count_coverage(library: Library, kinds: list[Kind]) -> list[CoverageRow]:
    citing: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for reference, document in library.resolved:
        source = reference.at.source
        part = reference.target.part
        if part and source is not None and not source.body.is_gone:
            citing[document.id, part][source.kind.name].add(source.id)
    return [
        CoverageRow(
            document, section, tuple(len(citing[document.id, section.id][kind.name]) for kind in kinds), number == 0
        )
        for document, policy in library.each(Policy)
        if not policy.is_gone
        for number, section in enumerate(policy.sections)
    ]
