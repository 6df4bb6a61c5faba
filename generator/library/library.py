"""Everything, linked: documents by id, what points where, and the view that one audience has of it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel

from generator.decisions.graph import Graph
from generator.documents import VOCABULARY, Document
from generator.documents.header import Header
from generator.documents.roles import Model, leaves, redact, uncommented
from generator.documents.target import Target
from generator.documents.text import prose
from generator.documents.text.hidden import Hidden
from generator.documents.types.decision_tree import Decision
from generator.documents.types.policy import Policy
from generator.documents.vocabulary import Vocabulary
from generator.findings import Keys, Spot, stretch

Body = TypeVar("Body", bound=Header)
TOKEN = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")


class Pointer(NamedTuple):
    """A place in a document that names something else, and the audience of that place.

    In prose, `found` is what names it, and it begins at the character `start` of `text`.
    """

    path: str
    source: Document | None
    keys: Keys
    audience: str
    is_key: bool = False
    found: str = ""
    text: str = ""
    start: int = 0

    @property
    def spot(self) -> Spot:
        if self.found:
            return stretch(self.path, self.keys, self.text, self.found, self.start)
        return Spot(self.path, self.keys, key=self.is_key)


class Reference(NamedTuple):
    """A place that refers to a document, and its target.

    `role` tells where it is: in prose, in a list of citations, in a field that takes one kind (`kind`).
    """

    at: Pointer
    target: Target
    role: str
    kind: str

    @property
    def text(self) -> str:
        """The reference as it is written, brackets included."""
        return self.at.found or self.target.text

    @property
    def is_citation(self) -> bool:
        """Whether it means to say which version of a policy its author read."""
        return self.role == "citation" or self.target.version is not None


class Link(NamedTuple):
    """A Markdown link in prose."""

    at: Pointer
    address: str


class WordUse(NamedTuple):
    """A word that the vocabulary must know, and the group that it must be in."""

    at: Pointer
    word: str
    group: str


class Unseen(NamedTuple):
    """A stretch of prose that no reader sees."""

    at: Pointer
    hidden: Hidden


class Odd(NamedTuple):
    """Something in prose that looks like markup and is shown as it is typed."""

    at: Pointer
    kind: str


@dataclass(frozen=True, eq=False)
class Outgoing:
    """What one file points at, in order, what of it no reader sees, and what is not read as it may be meant."""

    references: list[Reference] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    words: list[WordUse] = field(default_factory=list)
    unseen: list[Unseen] = field(default_factory=list)
    odd: list[Odd] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Library:
    """All documents as of one day; `outgoing` is what each file points at, by path.

    `malformed` has the ids of files that could not be read, each with the words in it that may be ids;
    `files` are the paths of all files, images beside pages included; `unfit` are the pictures that cannot be published,
    each with the reason and what fixes it. `before` has the policies as they once were, where somebody asked what has
    changed since.
    """

    today: date
    vocabulary: Vocabulary | None
    documents: tuple[Document, ...]
    outgoing: Mapping[str, Outgoing]
    malformed: Mapping[str, frozenset[str]]
    files: frozenset[str] = frozenset()
    before: Library | None = None
    unfit: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        return tuple(one for outgoing in self.outgoing.values() for one in outgoing.references)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        return tuple(one for outgoing in self.outgoing.values() for one in outgoing.links)

    @cached_property
    def words(self) -> tuple[WordUse, ...]:
        return tuple(one for outgoing in self.outgoing.values() for one in outgoing.words)

    @cached_property
    def unseen(self) -> tuple[Unseen, ...]:
        return tuple(one for outgoing in self.outgoing.values() for one in outgoing.unseen)

    @cached_property
    def odd(self) -> tuple[Odd, ...]:
        return tuple(one for outgoing in self.outgoing.values() for one in outgoing.odd)

    @cached_property
    def by_id(self) -> dict[str, Document]:
        """Documents by id; of two with one id the one whose file has that name, or else the first."""
        last_first = self.documents[::-1]
        named = {document.id: document for document in last_first if document.is_named_by_id}
        return {document.id: document for document in last_first} | named

    @cached_property
    def ambiguous(self) -> frozenset[str]:
        """Ids that several documents share: a reference to one of these could mean any of them."""
        counts = Counter(document.id for document in self.documents)
        return frozenset(name for name, count in counts.items() if count > 1)

    @cached_property
    def is_complete(self) -> bool:
        """Whether every folder could be looked into, so that an id which is not there is wrong."""
        return not any(name.endswith("/") for name in self.malformed)

    @cached_property
    def renamed(self) -> dict[str, Document]:
        """Documents by the ids that they formerly had."""
        return {old: document for document in self.documents for old in document.body.formerly}

    @cached_property
    def backlinks(self) -> dict[str, list[Reference]]:
        """References by the id that they point at."""
        found: dict[str, list[Reference]] = defaultdict(list)
        for reference in self.references:
            found[reference.target.id].append(reference)
        return found

    @cached_property
    def mentioned(self) -> frozenset[str]:
        """Every word in a malformed file that could be an id: it may be part of a reference that could not be read."""
        return frozenset().union(*self.malformed.values())

    @cached_property
    def by_any_id(self) -> dict[str, Document]:
        """Documents by the ids that they have and formerly had."""
        return self.renamed | self.by_id

    def each(self, model: type[Body]) -> list[tuple[Document, Body]]:
        """The sound documents whose bodies are of one model, with those. Fifteen checks ask for the macros alone."""
        if model not in self._each:
            self._each[model] = [(one, one.body) for one in self.documents if one.sound and isinstance(one.body, model)]
        return self._each[model]

    @cached_property
    def _each(self) -> dict[type[Header], list[Any]]:
        return {}

    @cached_property
    def decisions(self) -> list[tuple[Document, Decision, Graph]]:
        """The sound decision trees and tables, each with its ways."""
        return [(document, body, Graph(body)) for document, body in self.each(Decision)]

    def find(self, name: str) -> Document | None:
        """The document with an id, or that formerly had it."""
        return self.by_any_id.get(name)

    def title_of(self, target: Target) -> str | None:
        """The words of a reference that has none of its own; None if it leads nowhere."""
        document = self.find(target.id)
        if document is None:
            return None
        part = document.parts.get(target.part) if target.part else None
        return f"{document.body.title}: {part.title}" if part else document.body.title

    @cached_property
    def targets(self) -> dict[str, frozenset[str]]:
        """The ids of the documents that each document refers to, by its id: what its packs ask for again and again."""
        known = {name: document.id for name, document in self.by_any_id.items()}
        found: dict[str, frozenset[str]] = {}
        for document in self.documents:
            names = {reference.target.id for reference in self.outgoing[document.path].references}
            ids = frozenset(known[name] for name in names if name in known)
            found[document.id] = found.get(document.id, frozenset()) | ids
        return found

    @cached_property
    def resolved(self) -> list[tuple[Reference, Document]]:
        """Every reference that leads to one document, with that document."""
        found = self.by_any_id
        return [
            (reference, found[reference.target.id])
            for reference in self.references
            if reference.target.id in found and reference.target.id not in self.ambiguous
        ]

    def may_see(self, reader: str, audience: str) -> bool:
        """Whether a reader of one audience may see what is for another; without a vocabulary, only their own.

        Nobody knows what a reader of an unknown audience may see, so that it is nothing.
        """
        if self.vocabulary is None:
            return reader == audience
        return (reader, audience) in self._sights

    @cached_property
    def _sights(self) -> frozenset[tuple[str, str]]:
        """Each audience with each that its readers may see; a library asks for a hundred thousand of them."""
        ordered = list(self.vocabulary.audiences) if self.vocabulary else []
        return frozenset((one, ordered[below]) for above, one in enumerate(ordered) for below in range(above + 1))

    def wider(self, one: str, other: str | None) -> str:
        """The more privileged of two audiences."""
        assert self.vocabulary is not None
        return one if other is None or self.vocabulary.rank(one) >= self.vocabulary.rank(other) else other

    def for_audience(self, reader: str) -> Library:
        """Another library, from which everything that this reader may not see is gone, and comments too.

        It is made once for each reader: five packs of one audience made ten of them in one check.
        """
        if reader not in self._views:
            self._views[reader] = self._make_view(reader)
        return self._views[reader]

    @cached_property
    def _views(self) -> dict[str, Library]:
        return {}

    def _make_view(self, reader: str) -> Library:
        assert self.vocabulary is not None

        def may_see(audience: str) -> bool:
            return self.may_see(reader, audience)

        def shown(path: str, body: Model) -> Model:
            return redact(uncommented(body) if self.outgoing[path].unseen else body, may_see)

        def seen(document: Document) -> Document:
            body = shown(document.path, document.body).consistent_with(document.body)
            return document if body is document.body else replace(document, body=body, _parts=None)

        vocabulary = shown(VOCABULARY, self.vocabulary)
        kept = [seen(document) for document in self.documents if document.sound and may_see(document.body.audience)]
        return link(kept, vocabulary, self.today, files=self.files, linked=self)

    def only(self, ids: frozenset[str]) -> Library:
        """Another library with just these documents, and the words for readers of them."""
        kept = [document for document in self.documents if document.id in ids]
        return link(kept, self.vocabulary, self.today, files=self.files, linked=self)


def link(
    documents: Iterable[Document],
    vocabulary: Vocabulary | None,
    today: date,
    malformed: Mapping[str, str] | None = None,
    files: Iterable[str] = (),
    linked: Library | None = None,
) -> Library:
    """Makes a library of documents: finds everything in them that points somewhere, and judges none of it.

    What `linked` has already found in a document that is in both is taken from there.
    """
    ordered = tuple(sorted(documents, key=lambda document: document.path))
    known = {document.path: document for document in linked.documents} if linked else {}
    outgoing = {}
    if vocabulary is not None:
        outgoing[VOCABULARY] = _collect_outgoing(VOCABULARY, None, vocabulary, vocabulary)
    for document in ordered:
        if linked and known.get(document.path) is document:
            outgoing[document.path] = linked.outgoing[document.path]
        else:
            outgoing[document.path] = _collect_outgoing(document.path, document, document.body, vocabulary)
    mentions = {name: frozenset(TOKEN.findall(text)) for name, text in (malformed or {}).items()}
    return Library(today, vocabulary, ordered, outgoing, mentions, frozenset(files))


def _collect_outgoing(path: str, source: Document | None, body: BaseModel, vocabulary: Vocabulary | None) -> Outgoing:
    """What one file points at. The vocabulary, which is not a document, is for every reader."""
    outgoing = Outgoing()
    rank = vocabulary.rank if vocabulary else lambda audience: 0
    audience = source.body.audience if source else next(iter(vocabulary.audiences)) if vocabulary else ""
    for keys, value, role, own, is_key in leaves(body):
        if role.name == "template":
            continue
        reader = audience if own is None or rank(own) <= rank(audience) else own
        if role.name == "prose":
            found = prose.survey(value)
            if found is not prose.NOTHING:
                _add_prose(outgoing, value, found, partial(Pointer, path, source, keys, reader, False))
            continue
        at = Pointer(path, source, keys, reader, is_key)
        if role.name == "word":
            outgoing.words.append(WordUse(at, value, role.of))
        else:
            kind = "policy" if role.name == "citation" else role.of
            outgoing.references.append(Reference(at, value, role.name, kind))
    return outgoing


def _add_prose(outgoing: Outgoing, text: str, found: prose.Survey, at: Callable[[str, str, int], Pointer]) -> None:
    """What a text points at; `at` makes a pointer to what is found in it, which begins at a character."""
    for words, target, _, start in found.mentions:
        outgoing.references.append(Reference(at(words, text, start), target, "prose", ""))
    for words, address, start in found.links:
        outgoing.links.append(Link(at(words, text, start), address))
    for one in found.hidden:
        outgoing.unseen.append(Unseen(at(text[one.start : one.end], text, one.start), one))
    for kind, words, start in found.oddities:
        outgoing.odd.append(Odd(at(words, text, start), kind))


def is_policy(document: Document | None) -> bool:
    """Whether references to the document are citations, which name a version."""
    return document is not None and isinstance(document.body, Policy)
