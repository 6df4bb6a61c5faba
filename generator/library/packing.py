"""Works out what is in a pack, in the order in which it is studied."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import NamedTuple

from generator.documents import VOCABULARY, Document
from generator.documents.terms import VendorTerm
from generator.documents.types.macro import Macro
from generator.documents.types.pack import Module, Pack, Selection
from generator.documents.vocabulary import STAFF, VENDOR, Vocabulary
from generator.library.library import Library, is_policy
from generator.library.pointers import Outgoing
from generator.library.traits import Whole, names_of


class Packed(NamedTuple):
    """A pack of a library with what is in it, and the library of its readers."""

    document: Document
    pack: Pack
    view: Library
    contents: Contents


@dataclass(frozen=True)
class Chapter:
    """A module with its documents. What only came along because others refer to it is not `taught`."""

    title: str
    text: str | None
    documents: tuple[Document, ...]
    taught: bool = True


@dataclass(frozen=True)
class Contents:
    """What a pack holds. `cited` are the policies that come along because a document cites them.

    `hollow` are the places of the modules that find nothing to teach to its readers.
    """

    chapters: tuple[Chapter, ...]
    cited: tuple[Document, ...]
    hollow: tuple[int, ...] = ()

    @cached_property
    def ids(self) -> frozenset[str]:
        return frozenset(document.id for document in self.documents)

    @cached_property
    def taught(self) -> frozenset[str]:
        return frozenset(d.id for chapter in self.chapters if chapter.taught for d in chapter.documents)

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Each document once, in study order."""
        chosen = [document for chapter in self.chapters for document in chapter.documents]
        return tuple(dict.fromkeys([*chosen, *self.cited]))


def view_of_vendor(library: Library, pack: Pack) -> Library:
    """The library of a pack's readers. They know the name of their own company, whoever else may not."""
    view = library.for_audience(pack.audience, with_drafts=True)
    assert library.vocabulary is not None
    assert view.vocabulary is not None
    known, term = view.vocabulary.vendors, library.vocabulary.vendors.get(pack.vendor)
    if term is None or pack.vendor in known:
        return view
    own = VendorTerm(name=term.name, audience=pack.audience)
    words = view.vocabulary.model_copy(update={"vendors": {**known, pack.vendor: own}})
    return replace(view, vocabulary=words)


@lru_cache(maxsize=1)
def packs(library: Library) -> list[Packed]:
    """Every sound pack for an audience that there is."""
    audiences = library.vocabulary.audiences if library.vocabulary else ()
    packs = [(document, pack) for document, pack in library.each(Pack) if pack.audience in audiences]
    views = (library.for_audience(pack.audience, with_drafts=True) for _, pack in packs)
    return [
        Packed(document, pack, view, contents(view, pack)) for (document, pack), view in zip(packs, views, strict=True)
    ]


def too_wide(vocabulary: Vocabulary, pack: Pack) -> tuple[str, str] | None:
    """Why a pack shows its vendor too much, with the edit that fixes it; None where it does not."""
    rank, audience, allowed = vocabulary.rank, pack.audience, vocabulary.clearance(pack.vendor)
    if rank(allowed) >= rank(STAFF):
        message = f"the pack is for {audience} readers, and the vocabulary has no audience below `{STAFF}`"
        return message, f"write `{VENDOR}: {{name: Vendor}}` above `{STAFF}` in {VOCABULARY}, and that word here"
    if rank(audience) <= rank(allowed):
        return None
    message = f"the pack is for {audience} readers, and `{pack.vendor}` may see no more than {allowed} readers"
    hint = f"write `audience: {allowed}`"
    if rank(audience) < rank(STAFF):
        hint += f", or give `{pack.vendor}` the audience `{audience}` in {VOCABULARY} if its people may read that"
    return message, hint


def audience_of_trainers(vocabulary: Vocabulary, pack: Pack) -> str:
    """Who gets the trainer's kit of a pack: as it says, or else the next audience above what its vendor may see."""
    if pack.trainers is not None:
        return pack.trainers
    above = vocabulary.rank(vocabulary.clearance(pack.vendor)) + 1
    return list(vocabulary.audiences)[min(above, len(vocabulary.audiences) - 1)]


def too_narrow(vocabulary: Vocabulary, pack: Pack) -> tuple[str, str] | None:
    """Why trainees could read the answers of a pack's trainer's kit, with the fix; None where they cannot."""
    trainers = audience_of_trainers(vocabulary, pack)
    if vocabulary.rank(trainers) > vocabulary.rank(pack.audience):
        return None
    message = f"the trainer's kit has the answers, and {pack.audience} readers may see what is for {trainers} readers"
    above = list(vocabulary.audiences)[vocabulary.rank(pack.audience) + 1 :]
    return message, f"write `trainers: {above[0]}`" if above else "add an audience above the pack's to the vocabulary"


def tell_taught(document: Document, outgoing: Outgoing) -> object:
    """What decides in which packs a document is, and what it asks of those, as plain data."""
    body, known = document.body, names_of(document)
    references = [(one.id, at.keys, at.audience) for at, one, _, _ in outgoing.references]
    guards = [(name, part.audience) for name, part in document.parts.items() if part.audience]
    own: object = (body.locale, *body.translations) if isinstance(body, Macro) else None
    if isinstance(body, Pack):
        own = body.model_dump_json()
    return known, body.status, body.queue, body.audience, body.version, references, guards, own


def tell_whole(document: Document, outgoing: Outgoing) -> object:
    """What `tell_taught` tells, with the parts; of a policy also its record; and all of what a release has."""
    body, parts = document.body, [(name, *part.formerly) for name, part in document.parts.items()]
    record = body.model_dump_json(include={"effective", "history", "superseded_by"}) if is_policy(document) else ""
    return Whole((tell_taught(document, outgoing), parts, record))


class Shelf:
    """What packs of a view can teach: in the order of the paths, by id, and ranked by type and id."""

    def __init__(self, view: Library) -> None:
        self.view = view
        self.documents = [document for document in view.documents if _is_taught(document)]
        self.by_id = {name: document for name, document in view.by_id.items() if _is_taught(document)}
        ordered = sorted((document.kind.name, name) for name, document in self.by_id.items())
        self.ranks = {name: rank for rank, (_, name) in enumerate(ordered)}

    def referred(self, start: set[str]) -> list[Document]:
        """The documents that those of the given ids refer to, without these, by type and id."""
        targets = set[str]().union(*(self.view.targets[name] for name in start)) - start
        return [self.by_id[name] for name in sorted(targets & self.by_id.keys(), key=self.ranks.__getitem__)]


@lru_cache(maxsize=4)
def _find_shelf(view: Library) -> Shelf:
    return Shelf(view)


def contents(view: Library, pack: Pack) -> Contents:
    """The pack's chapters. `view` must be the library of the pack's audience; only active documents are taught."""
    taken: set[str] = set()
    shelf = _find_shelf(view)
    chapters = []
    for module in pack.modules:
        named = [shelf.by_id[target.id] for target in module.documents if target.id in shelf.by_id]
        taken.update(document.id for document in named)
        added = [document for document in _select(shelf, module.select, taken) if document.id not in taken]
        taken.update(document.id for document in added)
        referred = module.select is not None and module.select.referred
        chapters.append(Chapter(module.title, module.text, (*named, *added), not referred))
    cited = [document for document in shelf.referred(taken) if is_policy(document)]
    filled = tuple(chapter for chapter in chapters if chapter.documents or chapter.text)
    hollow = tuple(at for at, chapter in enumerate(chapters) if _is_hollow(chapter, pack.modules[at]))
    return Contents(filled, tuple(cited), hollow)


def drafts_for(view: Library, pack: Pack) -> list[Document]:
    """The drafts that a pack would teach if they were in force."""
    named = {target.id for module in pack.modules for target in module.documents}
    selected = [module.select for module in pack.modules if module.select and not module.select.referred]

    def is_wanted(document: Document) -> bool:
        return document.id in named or any(_is_selected(select, document) for select in selected)

    drafts = [one for one in view.documents if one.body.status == "draft" and not isinstance(one.body, Pack)]
    return [one for one in drafts if is_wanted(one)]


def _is_hollow(chapter: Chapter, module: Module) -> bool:
    """Whether a module finds nothing: one that is just a text wants nothing, and nothing may be referred to."""
    wants = module.documents or module.select or not module.text
    return chapter.taught and not chapter.documents and bool(wants)


def _select(shelf: Shelf, select: Selection | None, taken: set[str]) -> list[Document]:
    if select is None:
        return []
    if select.referred:
        return [document for document in shelf.referred(taken) if _fits(select, document)]
    return [document for document in shelf.documents if _is_selected(select, document)]


def _is_selected(select: Selection, document: Document) -> bool:
    return (document.kind.is_casework or select.type is not None) and _fits(select, document)


def _fits(select: Selection, document: Document) -> bool:
    return (select.type is None or document.kind.name == select.type) and (
        select.queue is None or document.body.queue == select.queue
    )


def _is_taught(document: Document) -> bool:
    return document.body.status == "active" and not isinstance(document.body, Pack)
