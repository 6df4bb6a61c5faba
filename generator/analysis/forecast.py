"""Finds what will need work, and when: one pass, whatever the range."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from generator.checks import Check, faults
from generator.documents import Document
from generator.documents.types.policy import Policy, PolicyVersion
from generator.findings import Fault
from generator.library.library import Library


class Work(NamedTuple):
    """A fault that `check` will find from a day on, with the document that it is in (None for the vocabulary)."""

    day: date
    check: Check
    fault: Fault
    document: Document | None


class Arrival(NamedTuple):
    """A version of a policy that comes into force on a day."""

    day: date
    document: Document
    entry: PolicyVersion


class Forecast(NamedTuple):
    """What comes after one day, up to and including another; both lists are sorted by day."""

    after: date
    until: date
    work: list[Work]
    arrivals: list[Arrival]


def forecast(library: Library, until: date) -> Forecast:
    """What will need work after the library's day, up to and including `until`."""
    documents = {document.path: document for document in library.documents}
    work = [
        Work(fault.since, check, fault, documents.get(fault.spot.path))
        for check, fault in faults(library)
        if library.today < fault.since <= until and fault.since < fault.until
    ]
    work.sort(key=lambda item: (item.day, item.fault.spot.path, item.check.code, item.fault.message))
    return Forecast(library.today, until, work, _collect_arrivals(library, until))


def _collect_arrivals(library: Library, until: date) -> list[Arrival]:
    arrivals = [
        Arrival(entry.effective, document, entry)
        for document, policy in library.each(Policy)
        if not policy.is_gone
        for entry in policy.history
        if library.today < entry.effective <= until
    ]
    return sorted(arrivals, key=lambda arrival: (arrival.day, arrival.document.id))
