"""Documents supersede each other in a circle.

A reader who follows `superseded_by` from one to the next never arrives at the document that applies.

Bad:
    superseded_by: new-terms   # and new-terms is superseded by this policy

Good:
    superseded_by: new-terms   # which nothing supersedes
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents import Document
from generator.findings import Fault, Related, Spot
from generator.library.library import Library


def check(library: Library) -> Iterator[Fault]:
    for document in library.documents:
        circle = _find_circle(library, document)
        if circle and document.path == min(member.path for member in circle):
            names = " -> ".join(f"`{member.id}`" for member in [*circle, circle[0]])
            related = tuple(Related(_point_at_successor(m), f"`{m.id}` continues here") for m in circle[1:])
            hint = "remove `superseded_by` from the document that applies"
            yield Fault(_point_at_successor(document), f"superseded in a circle: {names}", hint, related)


def _find_circle(library: Library, start: Document) -> list[Document]:
    """The documents on the way from a document back to itself; empty if the way ends elsewhere."""
    way = [start]
    while (to := way[-1].body.superseded_by) and (after := library.find(to.id)) is not None:
        if after is start:
            return way
        if after in way:
            return []
        way.append(after)
    return []


def _point_at_successor(document: Document) -> Spot:
    return Spot(document.path, ("superseded_by",))
