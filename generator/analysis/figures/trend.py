"""Puts the numbers of today beside those of earlier days, and tells which reviews were in time between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from generator.analysis.figures.figures import Figures, Shortfall
from generator.documents import Document
from generator.documents.header import Historied
from generator.documents.types.policy import Policy
from generator.library.library import Library


@dataclass(frozen=True)
class PastFigures:
    """The numbers of so many `days` ago, as of a commit; `lack` says why there are none, or what they lack."""

    days: int
    day: date
    commit: str = ""
    figures: Figures | None = None
    lack: str = ""


class Kept(NamedTuple):
    """The reviews that fell due in so many days before today: how many were made in time, and those that were not."""

    days: int
    kept: int
    missed: tuple[Shortfall, ...]

    @property
    def whole(self) -> int:
        return self.kept + len(self.missed)


@dataclass(frozen=True)
class Trend:
    """What a report tells: of the whole knowledge base, or of a team; `earlier` has the nearest day first."""

    name: str
    team: str
    now: Figures
    earlier: tuple[PastFigures, ...] = ()
    kept: tuple[Kept, ...] = ()


class _Term(NamedTuple):
    """The day by which a document was to be read again, as it was written when it had last been read on `since`."""

    document: Document
    since: date
    due: date


def judge_reviews(now: Library, past: Sequence[Library], days: int, team: str | None = None) -> Kept:
    """Compares what was due, as earlier states say, with the next review after it.

    A day that was only moved is missed all the same. A review that was announced and fell due between two states is
    not known. Documents that are no longer active have no reviews.
    """
    first = date.fromordinal(max(1, now.today.toordinal() - days))
    kept, missed = 0, []
    for term in _list_terms(now, past, team):
        if not first <= term.due < now.today:
            continue
        on = min((day for day in _list_reviews(term, now, past) if day > term.since), default=None)
        if on is not None and on <= term.due:
            kept += 1
        else:
            body = term.document.body
            when = f"due {term.due}, " + (f"{_count_late(on, term.due)} late" if on else "not reviewed since")
            missed.append(Shortfall(body.id, "", body.title.strip(), body.owner, when))
    return Kept(days, kept, tuple(missed))


def _count_late(on: date, due: date) -> str:
    return "1 day" if on - due == timedelta(days=1) else f"{(on - due).days} days"


def _list_terms(now: Library, past: Sequence[Library], team: str | None) -> list[_Term]:
    """Every day by which an active document of today was to be read again, the earliest first, each once."""
    found: dict[tuple[str, date], _Term] = {}
    for library in past:
        for document in library.documents:
            was, here = document.body, now.find(document.id)
            if here is None or here.body.status != "active" or team not in (None, here.body.owner):
                continue
            if was.status == "active" and was.review_by:
                since = was.reviewed or date.min
                found.setdefault((here.path, was.review_by), _Term(here, since, was.review_by))
    return sorted(found.values(), key=lambda term: (term.due, term.document.path))


def _list_reviews(term: _Term, now: Library, past: Sequence[Library]) -> Iterator[date]:
    """The days on which somebody read the document, as its history and its states tell."""
    body = term.document.body
    names = {body.id, *body.formerly}
    for library in (now, *past):
        for name in sorted(names):
            state = library.by_id.get(name)
            if state is not None and state.body.reviewed:
                yield state.body.reviewed
    if isinstance(body, Historied):
        yield from (entry.on for entry in body.history)
    if isinstance(body, Policy):
        yield from (entry.on for entry in body.reviews)
