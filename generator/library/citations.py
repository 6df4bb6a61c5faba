"""Follows each citation of a policy through time: what happened to the cited section since, and on which day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from generator.documents import Document
from generator.documents.target import Target
from generator.documents.types.policy import Policy
from generator.library.library import Library
from generator.library.pointers import Reference
from generator.library.timeline import Event, events, order, versions


class Phase(NamedTuple):
    """From one day up to the day before another, these changes of meaning are in force that the author did not read."""

    changes: tuple[Event, ...]
    since: date
    until: date

    @property
    def last(self) -> Event:
        return self.changes[-1]


class Cited(NamedTuple):
    """A citation of a version that the record of a sound policy has; `section` is None for the whole policy."""

    reference: Reference
    document: Document
    policy: Policy
    section: str | None
    version: str
    phases: tuple[Phase, ...]

    @property
    def target(self) -> Target:
        """What is cited, without the version, by the id that the policy has now."""
        return Target.of(self.policy.id, self.section)


_Followed = tuple[Document, Policy, str | None, str, tuple[Phase, ...]]


@lru_cache(maxsize=1)
def citations(library: Library) -> list[Cited]:
    """Every citation in documents that somebody may work from."""
    known = {target: _follow(library, target, document) for target, document in library.destinations.items()}
    gone = {document.path for document in library.documents if document.body.is_gone}
    return [
        Cited(reference, *cited)
        for reference in library.references
        if (cited := known.get(reference.target)) and reference.at.path not in gone
    ]


def _follow(library: Library, target: Target, document: Document) -> _Followed | None:
    """What a target cites, and the phases of that; None where it cites no version that the record of a policy has."""
    if target.version is None or not isinstance(document.body, Policy) or not document.sound:
        return None
    phases = _find_phases(library, document, document.body, target.part, target.version)
    return None if phases is None else (document, document.body, target.part, target.version, phases)


def ended(library: Library, document: Document) -> date:
    """The day from which a document is retired or superseded; date.max where nothing says so.

    A policy is superseded as soon as the policy that replaces it is in force.
    """
    body = document.body
    if body.is_gone:
        return date.min
    if body.superseded_by is None or not isinstance(body, Policy):
        return date.max
    successor = library.find(body.superseded_by.id)
    if successor is None or not isinstance(successor.body, Policy):
        return date.max
    return next(iter(versions(successor.body).values()))


def _find_phases(
    library: Library, document: Document, policy: Policy, section: str | None, version: str
) -> tuple[Phase, ...] | None:
    """None where the version never existed, or had no such section: that is another fault."""
    if version not in versions(policy):  # it may be no version at all, as in `@next`
        return None
    changes = events(policy, section, version)
    if section and changes and changes[0].kind == "added":
        return None
    end = ended(library, document)
    days = [*(change.effective for change in changes), date.max]
    phases = [Phase(tuple(changes[: n + 1]), days[n], min(days[n + 1], end)) for n in range(len(changes))]
    return tuple(phase for phase in phases if phase.since < phase.until)


def ground(document: Document, part: str | None) -> str:
    """What a citation cites, as people say it: a policy with its section's number."""
    if not isinstance(document.body, Policy) or part not in document.parts:
        return document.body.title
    section = next(section for section in document.body.sections if section.id == part)
    return f"{document.body.title} §{section.number} {section.title}"


def version_meant(document: Document, part: str | None, version: str) -> str:
    """The version from which the text is that an author of a citation read: in which its meaning last changed.

    Authors cite the version that they had before them. Readers would see three numbers for one rule, and ask by which
    of them a case is judged.
    """
    policy = document.body
    if not isinstance(policy, Policy) or version not in versions(policy):
        return version
    section = next((section for section in policy.sections if section.id == part), None)
    return section.revised if section and order(section.revised) <= order(version) else version
