"""In goes a library, out comes until when each document can be trusted: dates only, whatever day it is now."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from generator.citations import citations, ended
from generator.documents import Document
from generator.documents.policy import Policy
from generator.library import Library
from generator.timeline import order


class Break(NamedTuple):
    """From this day on the document rests on a text that is no longer so."""

    since: date
    target: str
    kind: str
    version: str
    note: str | None


class Freshness(NamedTuple):
    """When somebody last read the document, when it is due again, and what changes under it; `breaks` by day."""

    reviewed: date | None
    review_by: date | None
    breaks: tuple[Break, ...]

    @property
    def stale_from(self) -> date | None:
        return self.breaks[0].since if self.breaks else None


def freshness(library: Library) -> dict[str, Freshness]:
    """The freshness of every document that somebody may work from, by path."""
    breaks: dict[str, dict[str, Break]] = defaultdict(dict)
    for cited in citations(library):
        source = cited.reference.at.source
        if source is None or source is cited.document:
            continue
        end = ended(library, cited.document)
        for change in (phase.last for phase in cited.phases[:1]):
            first = Break(change.effective, cited.name, change.kind, change.version, change.note)
            breaks[source.path].setdefault(cited.name, first)
        if date.min < end < date.max:
            heir = cited.document.body.superseded_by or ""
            breaks[source.path].setdefault(cited.policy.id, Break(end, heir, "superseded", cited.policy.version, None))
    return {
        document.path: Freshness(
            document.body.reviewed,
            document.body.review_by,
            tuple(sorted([*breaks[document.path].values(), *_outdated(document)], key=lambda one: one[:2])),
        )
        for document in library.documents
        if not document.body.is_gone
    }


def _outdated(document: Document) -> list[Break]:
    """What comes into force after the text that a policy's file holds."""
    policy = document.body
    if not isinstance(policy, Policy):
        return []
    newer = [entry for entry in policy.history if order(entry.version) > order(policy.version)]
    return [Break(entry.effective, policy.id, "replaced", entry.version, entry.note) for entry in newer]
