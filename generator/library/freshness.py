"""Works out until when each document can be trusted. It gives dates only: the reader's browser knows the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from generator.documents import Document
from generator.documents.target import Target
from generator.documents.types.policy import Policy
from generator.library.citations import Cited, citations, ended
from generator.library.library import Library
from generator.library.timeline import order


class Break(NamedTuple):
    """A day from which a document is based on a text that has changed, and what changed."""

    since: date
    target: Target
    kind: str
    version: str
    note: str | None

    @property
    def words(self) -> str:
        """What happened, as `tightened in 3.2`."""
        return self.kind if self.kind == "superseded" else f"{self.kind} in {self.version}"


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
    breaks: dict[str, dict[Target, Break]] = defaultdict(dict)
    for cited in citations(library):
        source = cited.reference.at.source
        if source is None or source is cited.document:
            continue
        for one in _find_breaks(library, cited):
            what = Target.of(cited.policy.id) if one.kind == "superseded" else cited.target
            breaks[source.path].setdefault(what, one)
    return {
        document.path: Freshness(
            document.body.reviewed,
            document.body.review_by,
            tuple(sorted([*breaks[document.path].values(), *_find_newer_texts(document)], key=lambda one: one[:2])),
        )
        for document in library.documents
        if not document.body.is_gone
    }


def moved_on(library: Library) -> dict[Target, list[Break]]:
    """What becomes of what each citation cites, by what the citation names; nothing of those that hold."""
    found = {
        Target.parse(cited.reference.target.text): list(_find_breaks(library, cited)) for cited in citations(library)
    }
    return {target: breaks for target, breaks in found.items() if breaks}


def _find_breaks(library: Library, cited: Cited) -> Iterator[Break]:
    for change in (phase.last for phase in cited.phases):
        yield Break(change.effective, cited.target, change.kind, change.version, change.note)
    end, successor = ended(library, cited.document), cited.document.body.superseded_by
    if successor and date.min < end < date.max:
        yield Break(end, successor, "superseded", cited.policy.version, None)


def _find_newer_texts(document: Document) -> list[Break]:
    """What comes into force after the text that a policy's file holds."""
    policy = document.body
    if not isinstance(policy, Policy):
        return []
    newer = [entry for entry in policy.history if order(entry.version) > order(policy.version)]
    return [Break(entry.effective, Target.of(policy.id), "replaced", entry.version, entry.note) for entry in newer]
