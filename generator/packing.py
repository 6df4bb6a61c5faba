"""In goes the library of one audience and a pack, out comes what is in the pack, in study order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from generator.documents import Document
from generator.documents.pack import Module, Pack, Selection
from generator.library import Library, is_policy


@dataclass(frozen=True)
class Chapter:
    """A module with its documents."""

    title: str
    text: str | None
    documents: tuple[Document, ...]


@dataclass(frozen=True)
class Contents:
    """What a pack holds. `cited` are the policies that come along because a document cites them."""

    chapters: tuple[Chapter, ...]
    cited: tuple[Document, ...]

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(document.id for document in self.documents)

    @property
    def documents(self) -> tuple[Document, ...]:
        return (*(document for chapter in self.chapters for document in chapter.documents), *self.cited)


def contents(view: Library, pack: Pack) -> Contents:
    """The pack's chapters. `view` must be the library of the pack's audience; only active documents are taught."""
    taken: dict[str, Document] = {}
    outgoing = _outgoing(view)
    chapters = []
    for module in pack.modules:
        chosen = [d for d in _chosen(view, module, taken, outgoing) if d.id not in taken]
        taken.update((document.id, document) for document in chosen)
        chapters.append(Chapter(module.title, module.text, tuple(dict.fromkeys(chosen))))
    cited = [d for d in _reachable(view, taken, outgoing, deep=False) if is_policy(d) and d.id not in taken]
    filled = tuple(chapter for chapter in chapters if chapter.documents)
    return Contents(filled, tuple(sorted(cited, key=lambda document: document.id)))


def _chosen(view: Library, module: Module, taken: Iterable[str], outgoing: dict[str, list[str]]) -> list[Document]:
    named = [d for name in module.documents if (d := view.by_id.get(name)) and _is_taught(d)]
    if module.select is None:
        return named
    if module.select.referred:
        return named + _reachable(view, [*taken, *(d.id for d in named)], outgoing, deep=True)
    return named + [d for d in view.documents if _is_taught(d) and _selected(module.select, d)]


def _selected(select: Selection, document: Document) -> bool:
    if document.kind.name in ("pack", "page") and select.type != "page":
        return False
    return (select.queue is None or document.body.queue == select.queue) and (
        select.type is None or document.kind.name == select.type
    )


def _is_taught(document: Document) -> bool:
    return document.body.status == "active" and document.kind.name != "pack"


def _outgoing(view: Library) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for reference in view.references:
        target = view.find(reference.target)
        if reference.at.source is not None and target is not None:
            found[reference.at.source.id].append(target.id)
    return found


def _reachable(view: Library, start: Iterable[str], outgoing: dict[str, list[str]], deep: bool) -> list[Document]:
    """What the documents refer to, and with `deep` what that refers to, in the order of the ids."""
    seen = set(start)
    queue = sorted(seen)
    found: list[Document] = []
    while queue:
        for name in outgoing.get(queue.pop(0), ()):
            document = view.by_id[name]
            if name not in seen and _is_taught(document):
                seen.add(name)
                found.append(document)
                if deep:
                    queue.append(name)
    return sorted(found, key=lambda document: (document.kind.name, document.id))
