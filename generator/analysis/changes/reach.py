"""Finds who is affected by a change: the documents that lead to what changed, their teams and queues."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.analysis.changes.lives import ENDS, life_of
from generator.analysis.changes.pairs import DocumentPair
from generator.documents import Document
from generator.documents.roles import leaves
from generator.documents.types.pack import Pack
from generator.library.library import Library


class Dependant(NamedTuple):
    """A document that names a changed one, though it is as it was itself, and the ids of what it names.

    With `is_use`, it does so in a field of its own, as a step that sends a letter, or cites it; without, in passing.
    """

    document: Document
    names: tuple[str, ...]
    is_use: bool


class Reach(NamedTuple):
    """What depends on the changes: documents, and names that lead to nothing any more, by the id that is gone.

    `reread` are the ids of documents that were reviewed with the change: nobody has to read them for it again.
    `leading` has, by the id of one that is no longer in use, the paths of the files that still lead there.
    """

    dependants: tuple[Dependant, ...]
    dangling: dict[str, tuple[str, ...]]
    reread: tuple[str, ...] = ()
    leading: Mapping[str, tuple[str, ...]] = {}

    @property
    def by_owner(self) -> dict[str, list[Dependant]]:
        """The documents that use what changed, by the team that owns them."""
        found: dict[str, list[Dependant]] = defaultdict(list)
        for one in self.dependants:
            if not one.is_use:
                continue
            found[one.document.body.owner].append(one)
        return dict(sorted(found.items()))


def reach_of(library: Library, pairs: Iterable[DocumentPair], grave: frozenset[str]) -> Reach:
    """Who leads to the documents that people work by otherwise (`grave`, by id), or to one that is gone."""
    pairs = list(pairs)
    gone = {pair.old.id for pair in pairs if pair.old and not pair.new}
    reviewed = {pair.new.id for pair in pairs if pair.new and pair.old and _is_reviewed(pair.new, pair.old)}
    reread: dict[str, None] = {}
    found: dict[str, dict[str, None]] = defaultdict(dict)
    using: set[str] = set()
    for reference, document in library.resolved:
        source = reference.at.source
        if document.id not in grave or source is None or source is document:
            continue
        if source.id in reviewed:
            reread[source.id] = None
        elif not isinstance(source.body, Pack) and not source.body.is_gone:
            found[source.id][document.id] = None
            if reference.role != "prose" or reference.is_citation:
                using.add(source.id)
    dangling = {
        name: tuple(dict.fromkeys(one.at.path for one in library.backlinks[name]))
        for name in sorted(gone)
        if name in library.backlinks and library.find(name) is None
    }
    dependants = [
        Dependant(library.by_id[name], tuple(names), name in using)
        for name, names in found.items()
        if name not in grave
    ]
    dependants.sort(key=lambda one: (one.document.kind.position, one.document.id))
    leading = {
        pair.new.id: tuple(dict.fromkeys(path for path in _list_leading(library, pair.new)))
        for pair in pairs
        if pair.old and pair.new and life_of(pair) in ENDS
    }
    return Reach(tuple(dependants), dangling, tuple(name for name in reread if name not in grave), leading)


def _list_leading(library: Library, document: Document) -> Iterator[str]:
    """The files from which a reader, or a queue, is still led to a document."""
    for name in (document.id, *document.body.formerly):
        for reference in library.backlinks.get(name, ()):
            source = reference.at.source
            if source is None or not (source is document or source.body.is_gone):
                yield reference.at.path


def _is_reviewed(new: Document, old: Document) -> bool:
    """Whether somebody recorded a review: its day moved, or a citation moved to another version on the same day."""
    was, now = old.body.reviewed, new.body.reviewed
    if now is None or (was and now < was):
        return False
    return was is None or now > was or _list_cited_versions(new) != _list_cited_versions(old)


def _list_cited_versions(document: Document) -> list[str]:
    return [str(leaf.value.text) for leaf in leaves(document.body) if leaf.role.name == "citation"]
