"""Finds everything that rests on a policy that is to change, directly or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.documents import Document
from generator.documents.target import Target
from generator.documents.types.pack import Pack
from generator.documents.types.policy import Policy
from generator.library.library import Library
from generator.library.packing import packs
from generator.library.pointers import Reference
from generator.library.rewording import Referrer, referrer_of
from generator.library.timeline import EDITORIAL, recorded, rewritten_sections


class Subject(NamedTuple):
    """A policy, or one section of it."""

    policy: Document
    section: str | None

    @property
    def name(self) -> str:
        return Target.of(self.policy.id, self.section).name


class Direct(NamedTuple):
    """A place that cites the subject: the part of the document (step, outcome, locales), and the citation itself."""

    subject: Subject
    document: Document
    part: str
    reference: Reference


class Indirect(NamedTuple):
    """A document that leads to one that cites the subject; `way` has the ids from here to there."""

    document: Document
    way: tuple[str, ...]


class Delivery(NamedTuple):
    """A pack, and so a vendor, with documents that cite the subject."""

    pack: Document
    vendor: str
    documents: tuple[str, ...]


class Impact(NamedTuple):
    """All that rests on the subjects; `direct` by type and id, `indirect` by length of the way."""

    subjects: tuple[Subject, ...]
    direct: tuple[Direct, ...]
    indirect: tuple[Indirect, ...]
    deliveries: tuple[Delivery, ...]

    @property
    def owners(self) -> dict[str, list[str]]:
        """The documents to read again, by the team that owns them."""
        by_owner: dict[str, list[str]] = defaultdict(list)
        for document in dict.fromkeys(place.document for place in self.direct):
            by_owner[document.body.owner].append(document.id)
        return dict(sorted(by_owner.items()))


def impact(library: Library, subjects: Iterable[Subject]) -> Impact:
    """What rests on the subjects: places that cite them, documents that lead there, packs with documents that cite."""
    named = tuple(subjects)
    direct = sorted(
        _find_direct(library, named), key=lambda place: (place.document.kind.name, place.document.id, place.part)
    )
    touched = {place.document.id for place in direct}
    indirect = sorted(_find_indirect(library, touched), key=lambda found: (len(found.way), found.document.id))
    return Impact(named, tuple(direct), tuple(indirect), tuple(_find_deliveries(library, touched)))


def changed_sections(library: Library) -> list[Subject]:
    """The sections whose text or recorded meaning differs from the older state, `library.before`."""
    assert library.before is not None
    subjects = []
    referrer = referrer_of(library)
    for document, policy in library.each(Policy):
        old = library.before.find(policy.id)
        if old is not None and isinstance(old.body, Policy):
            subjects += [Subject(document, section) for section in _find_changed(policy, old.body, referrer)]
    return subjects


def _find_changed(policy: Policy, old: Policy, referrer: Referrer) -> list[str]:
    changes = recorded(policy) - recorded(old)
    editorial = {section for _, section, kind in changes if kind == EDITORIAL}
    meaningful = {section for _, section, kind in changes if kind != EDITORIAL}
    return sorted(meaningful | (rewritten_sections(policy, old, referrer.refer) - editorial))


def _find_direct(library: Library, subjects: tuple[Subject, ...]) -> Iterator[Direct]:
    for reference, document in library.resolved:
        source = reference.at.source
        if source is None or source.body.is_gone or source is document or isinstance(source.body, Pack):
            continue
        for subject in subjects:
            is_meant = reference.target.part is None or subject.section in (None, reference.target.part)
            if subject.policy is document and is_meant:
                yield Direct(subject, source, source.body.part_at(reference.at.keys), reference)
                break


def _find_indirect(library: Library, touched: set[str]) -> Iterator[Indirect]:
    """Searches breadth first along the references, so that each document has its shortest way."""
    into: dict[str, list[Document]] = defaultdict(list)
    for reference, document in library.resolved:
        source = reference.at.source
        if source is not None and not isinstance(source.body, (Policy, Pack)) and not source.body.is_gone:
            into[document.id].append(source)
    ways: dict[str, tuple[str, ...]] = dict.fromkeys(touched, ())
    edge = sorted(touched)
    while edge:
        reached = []
        for name in edge:
            for source in into[name]:
                if source.id not in ways:
                    ways[source.id] = (name, *ways[name])
                    reached.append(source.id)
                    yield Indirect(source, ways[source.id])
        edge = sorted(reached)


def _find_deliveries(library: Library, touched: set[str]) -> Iterator[Delivery]:
    for document, pack, _, contents in packs(library):
        if not pack.is_gone and (inside := contents.ids & touched):
            yield Delivery(document, pack.vendor, tuple(sorted(inside)))
