"""A day cannot be right.

A review, or a version of a document, that is dated in the future (tomorrow is not: it is that day somewhere); a day
before 1990; a review or a version announced for more than ten years ahead; a review that is due before the last one
took place, or more than ten years after it; a history whose days are not newest first. A wrong year makes a document
look reviewed for decades.

Bad:
    reviewed: 2062-10-02
    review_by: 2027-04-02

Good:
    reviewed: 2026-10-02
    review_by: 2027-04-02
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from generator.documents.days import MANY_YEARS, later
from generator.documents.header import Header, Historied
from generator.documents.types.policy import Policy
from generator.findings import Fault, Keys, Related, Spot
from generator.library.library import Library
from generator.library.timeline import order

SEVERITY = "warning"
FIRST = date(1990, 1, 1)


def check(library: Library) -> Iterator[Fault]:
    last, furthest = later(library.today, timedelta(days=1)), later(library.today, MANY_YEARS)
    for document in library.documents:
        if not _is_plausible(document.body, last, furthest):
            yield from _check_days(document.path, document.body, last, furthest)
            yield from _check_order(document.path, document.body, last)


def _is_plausible(body: Header, last: date, furthest: date) -> bool:
    """Whether there is nothing to say, as of nearly all documents; of a policy there may be."""
    reviewed, review_by, above = body.reviewed or FIRST, body.review_by, last
    if not FIRST <= reviewed <= last or (review_by and not reviewed <= review_by <= furthest):
        return False
    if not isinstance(body, Historied) or (review_by and body.reviewed and review_by - reviewed > MANY_YEARS):
        return False
    for entry in body.history:
        if not FIRST <= entry.on <= above:
            return False
        above = entry.on
    return True


def _check_days(path: str, body: Header, last: date, furthest: date) -> Iterator[Fault]:
    past, planned = list(_list_past_days(body)), list(_list_planned_days(body))
    for keys, day in past:
        if day > last:
            hint = "write the day on which it was done"
            yield Fault(Spot(path, keys), f"{day} is in the future", hint, until=day - timedelta(days=1))
    for keys, day in planned:
        if day > furthest:
            message = f"{day} is more than ten years ahead"
            yield Fault(Spot(path, keys), message, "fix the year", until=day - MANY_YEARS)
    for keys, day in (*past, *planned):
        if day < FIRST:
            yield Fault(Spot(path, keys), f"{day} is too long ago", "fix the year")
    if body.reviewed and body.review_by and FIRST <= body.reviewed <= last and body.review_by <= furthest:
        yield from _check_review(path, body.reviewed, body.review_by)


def _list_past_days(body: Header) -> Iterator[tuple[Keys, date]]:
    """The days of what has been done, that of the last review first."""
    if body.reviewed:
        yield ("reviewed",), body.reviewed
    if isinstance(body, Historied):
        yield from ((("history", number, "on"), entry.on) for number, entry in enumerate(body.history))
    elif isinstance(body, Policy):
        yield from ((("reviews", number, "on"), entry.on) for number, entry in enumerate(body.reviews))


def _list_planned_days(body: Header) -> Iterator[tuple[Keys, date]]:
    """The days of what may be announced: the next review, and the versions of a policy."""
    if body.review_by:
        yield ("review_by",), body.review_by
    if isinstance(body, Policy):
        days = [entry.effective for entry in body.history]
        yield from [] if days else [(("effective",), body.effective)]
        for number, day in enumerate(days):
            ordered = days[max(0, number - 1) : number + 2]
            if sorted(ordered, reverse=True) == ordered and (number or day == body.effective or not _is_own(body)):
                yield ("history", number, "effective"), day


def _is_own(policy: Policy) -> bool:
    """Whether the newest entry is that of the text."""
    return policy.history[0].version == policy.version


def _check_review(path: str, reviewed: date, review_by: date) -> Iterator[Fault]:
    here, there = Spot(path, ("review_by",)), Spot(path, ("reviewed",))
    if FIRST <= review_by < reviewed:
        message = f"the next review, {review_by}, is before the last one, {reviewed}"
        yield Fault(here, message, "fix one of the two dates", (Related(there, "the last review"),))
    elif review_by > later(reviewed, MANY_YEARS):
        message = f"the last review, {reviewed}, is more than ten years before the next one, {review_by}"
        yield Fault(there, message, "fix one of the two dates", (Related(here, "the next review"),))


def _check_order(path: str, body: Header, last: date) -> Iterator[Fault]:
    """Days that are later than that of the entry above. Entries whose versions are out of order have a finding."""
    if isinstance(body, Historied):
        entries, name = [(entry.on, order(entry.version)) for entry in body.history], "history"
    else:
        entries, name = [(entry.on, (0,)) for entry in body.reviews] if isinstance(body, Policy) else [], "reviews"
    for number, ((newer, above), (older, below)) in enumerate(pairwise(entries), 1):
        if FIRST <= newer < older <= last and above >= below:
            spot, there = (Spot(path, (name, index, "on")) for index in (number, number - 1))
            message = f"{older} is later than {newer}, the day of the entry above"
            hint = "fix one of the two dates, or put the newest entry first"
            yield Fault(spot, message, hint, (Related(there, "the entry above"),))
