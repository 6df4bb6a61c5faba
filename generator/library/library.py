"""Everything, linked: documents by id, what points where, and the view that one audience has of it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeVar

from generator.decisions.graph import Graph
from generator.documents import VOCABULARY, Document
from generator.documents.header import Header
from generator.documents.roles import Leaf, Model, leaves, redact, uncommented
from generator.documents.target import Target
from generator.documents.text import prose
from generator.documents.text.hidden import Hidden, hidden
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


@dataclass(frozen=True, eq=False)
class Library:
    """All documents as they stand on one day.

    `malformed` has the ids of files that could not be read, each with the words in it that may be ids;
    `files` are the paths of all files, images beside pages included; `unfit` are the pictures that cannot be published,
    each with the reason and what fixes it. `before` has the policies as they once were, where somebody asked what has
    changed since.
    """

    today: date
    vocabulary: Vocabulary | None
    documents: tuple[Document, ...]
    references: tuple[Reference, ...]
    links: tuple[Link, ...]
    words: tuple[WordUse, ...]
    malformed: Mapping[str, frozenset[str]]
    files: frozenset[str] = frozenset()
    before: Library | None = None
    unfit: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    unseen: tuple[Unseen, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Document]:
        """Documents by id; of two with one id the one whose file has that name, or else the first."""
        last_first = self.documents[::-1]
        named = {document.id: document for document in last_first if document.is_named_by_id}
        return {document.id: document for document in last_first} | named

    @cached_property
    def ambiguous(self) -> frozenset[str]:
        """Ids that several documents have: nobody can tell which of them a reference means."""
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
        """Whatever looks like an id in a malformed file: it may be a reference that nobody could read."""
        return frozenset().union(*self.malformed.values())

    @cached_property
    def by_any_id(self) -> dict[str, Document]:
        """Documents by the ids that they have and formerly had."""
        return self.renamed | self.by_id

    def each(self, model: type[Body]) -> Iterator[tuple[Document, Body]]:
        """The sound documents whose bodies are of one model, with those."""
        for document in self.documents:
            if document.sound and isinstance(document.body, model):
                yield document, document.body

    @cached_property
    def decisions(self) -> list[tuple[Document, Decision, Graph]]:
        """The sound decision trees and tables, each with its ways."""
        return [(document, body, Graph(body)) for document, body in self.each(Decision)]

    def find(self, name: str) -> Document | None:
        """The document with an id, or that formerly had it."""
        return self.by_any_id.get(name)

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
            self._views[reader] = self._seen_by(reader)
        return self._views[reader]

    @cached_property
    def _views(self) -> dict[str, Library]:
        return {}

    def _seen_by(self, reader: str) -> Library:
        assert self.vocabulary is not None

        def may_see(audience: str) -> bool:
            return self.may_see(reader, audience)

        commented = {one.at.path for one in self.unseen}

        def shown(path: str, body: Model) -> Model:
            return redact(uncommented(body) if path in commented else body, may_see)

        vocabulary = shown(VOCABULARY, self.vocabulary)
        kept = [
            replace(document, body=shown(document.path, document.body).consistent_with(document.body), _parts=None)
            for document in self.documents
            if document.sound and may_see(document.body.audience)
        ]
        return link(kept, vocabulary, self.today, files=self.files)

    def only(self, ids: frozenset[str]) -> Library:
        """Another library with just these documents, and the words for readers of them."""
        kept = [document for document in self.documents if document.id in ids]
        return link(kept, self.vocabulary, self.today, files=self.files)


def link(
    documents: Iterable[Document],
    vocabulary: Vocabulary | None,
    today: date,
    malformed: Mapping[str, str] | None = None,
    files: Iterable[str] = (),
) -> Library:
    """Documents as a library: finds everything that points somewhere, and judges none of it."""
    ordered = tuple(sorted(documents, key=lambda document: document.path))
    collector = _Collector(vocabulary)
    if vocabulary is not None:
        collector.collect(VOCABULARY, None, next(iter(vocabulary.audiences)), leaves(vocabulary))
    for document in ordered:
        collector.collect(document.path, document, document.body.audience, leaves(document.body))
    mentions = {name: frozenset(TOKEN.findall(text)) for name, text in (malformed or {}).items()}
    return Library(
        today,
        vocabulary,
        ordered,
        tuple(collector.references),
        tuple(collector.links),
        tuple(collector.words),
        mentions,
        frozenset(files),
        unseen=tuple(collector.unseen),
    )


class _Collector:
    """Gathers what points somewhere, one document after the other."""

    def __init__(self, vocabulary: Vocabulary | None) -> None:
        self.ranks = vocabulary.rank if vocabulary else lambda audience: 0
        self.references: list[Reference] = []
        self.links: list[Link] = []
        self.words: list[WordUse] = []
        self.unseen: list[Unseen] = []

    def collect(self, path: str, source: Document | None, audience: str, found: list[Leaf]) -> None:
        for keys, value, role, own, is_key in found:
            reader = audience if own is None or self.ranks(own) <= self.ranks(audience) else own
            if role.name == "word":
                self.words.append(WordUse(Pointer(path, source, keys, reader, is_key), value, role.of))
            elif role.name == "prose":
                self._prose(path, source, keys, reader, value)
            elif role.name != "template":
                at = Pointer(path, source, keys, reader)
                kind = "policy" if role.name == "citation" else role.of
                self.references.append(Reference(at, value, role.name, kind))

    def _prose(self, path: str, source: Document | None, keys: Keys, reader: str, text: str) -> None:
        for mention in prose.references(text):
            at = Pointer(path, source, keys, reader, False, mention.found, text, mention.start)
            self.references.append(Reference(at, mention.target, "prose", ""))
        for link in prose.links(text):
            at = Pointer(path, source, keys, reader, False, link.found, text, link.start)
            self.links.append(Link(at, link.address))
        for one in hidden(text):
            at = Pointer(path, source, keys, reader, False, text[one.start : one.end], text, one.start)
            self.unseen.append(Unseen(at, one))


def is_policy(document: Document | None) -> bool:
    """Whether references to the document are citations, which name a version."""
    return document is not None and isinstance(document.body, Policy)
