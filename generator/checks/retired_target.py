"""A reference leads to a document that is retired or superseded.

An analyst in the middle of a case would be sent to something that no longer applies. A policy that names its successor
in `superseded_by` is superseded on the day that the successor comes into force. Documents that are themselves
deprecated or retired may refer to such documents.

Bad:
    Answer with [[old-refund-reply]].

Good:
    Answer with [[refund-refused]].
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.documents import Document
from generator.findings import Advice, Fault, Related, Spot
from generator.library.citations import ended
from generator.library.library import Library
from generator.library.pointers import Reference


def check(library: Library) -> Iterator[Fault]:
    targets = {one.path: one for one in library.destinations.values()}
    days = {path: day for path, one in targets.items() if (day := ended(library, one)) < date.max}
    for reference, target in library.resolved if days else ():
        source, since = reference.at.source, days.get(target.path)
        if target.body.status == "deprecated":
            continue  # it still holds
        if since is None or reference.at.keys[0] == "superseded_by":
            continue
        if source is None or not source.body.is_gone:
            yield _make_fault(reference, target, since)


def _make_fault(reference: Reference, target: Document, since: date) -> Fault:
    successor = target.body.superseded_by
    hint = (
        Advice(f"refer to `{successor}`", str(successor), reference.target.id)
        if successor
        else "refer to what replaces it, or remove the reference"
    )
    if target.body.is_gone:
        message, key, there = f"`{target.id}` is {target.body.status}", "status", f"{target.body.status} here"
    else:
        message = f"`{target.id}` is superseded by `{successor}`, in force since {since}"
        key, there = "superseded_by", "superseded here"
    related = Related(Spot(target.path, (key,)), there)
    cause = target.id if since == date.min else ""  # a forecast tells of each place on its day
    return Fault(reference.at.spot, message, hint, (related,), since, cause=cause)
