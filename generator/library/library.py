"""Everything, linked: documents by id, what points where, and the view that one audience has of it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from generator.decisions.graph import Graph
from generator.documents import VOCABULARY, Document
from generator.documents.header import Header
from generator.documents.roles import Model, edited, hidden_parts, redact, uncommented
from generator.documents.target import Target
from generator.documents.types.decision_tree import Decision
from generator.documents.types.policy import Policy
from generator.documents.vocabulary import STAFF, Vocabulary
from generator.library.pointers import Link, Odd, Outgoing, Pointer, Reference, Unseen, WordUse, collect_outgoing
from generator.library.releases import Shelved

Body = TypeVar("Body", bound=Header)
TOKEN = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")


@dataclass(frozen=True, eq=False)
class Library:
    """All documents as of one day; `outgoing` is what each file points at, by path.

    `malformed` has the ids of files that could not be read, each with the words in it that may be ids;
    `files` are the paths of all files, images beside pages included; `unfit` are the pictures that cannot be published,
    each with the reason and what fixes it. `before` has documents as they once were, where somebody asked what has
    changed since; those whose files are the same now may be missing. `releases` are what vendors got so far.
    """

    today: date
    vocabulary: Vocabulary | None
    documents: tuple[Document, ...]
    outgoing: Mapping[str, Outgoing]
    malformed: Mapping[str, frozenset[str]]
    files: frozenset[str] = frozenset()
    before: Library | None = None
    unfit: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    releases: Shelved = field(default_factory=Shelved)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        return tuple(one for outgoing in self.outgoing.values() for one in outgoing.references)

    @cached_property
    def distinct(self) -> list[Reference]:
        """A reference for each use of a target: whoever asks about targets asks 20,000 of these instead of 110,000."""
        return list({one[1:]: one for one in self.references}.values())  # by their use, without a call for each

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
        name = self.current(target).part
        part = document.parts.get(name) if name else None
        return f"{document.body.title}: {part.title}" if part else document.body.title

    def current(self, target: Target) -> Target:
        """The target with the id that its part has now; its text, and the id of its document, stay as written."""
        document = self.find(target.id) if target.part else None
        name = document.renamed_parts.get(target.part or "") if document else None
        return target._replace(part=name) if name else target

    @cached_property
    def targets(self) -> dict[str, set[str]]:
        """The ids of the documents that each document refers to, by its id: what its packs ask for again and again."""
        known = {name: document.id for name, document in self.by_any_id.items()}
        found: dict[str, set[str]] = defaultdict(set)
        for document in self.documents:
            references = self.outgoing[document.path].references
            found[document.id] |= {known[name] for one in references if (name := one.target.id) in known}
        return dict(found)

    @cached_property
    def destinations(self) -> dict[Target, Document]:
        """The document that each target leads to; nothing for those that lead to none or to several."""
        found = self.by_any_id
        return {
            target: found[target.id]
            for target in {reference.target for reference in self.distinct}
            if target.id in found and target.id not in self.ambiguous
        }

    @cached_property
    def resolved(self) -> list[tuple[Reference, Document]]:
        """Every reference that leads to one document, with that document."""
        found = self.destinations
        return [(reference, found[reference.target]) for reference in self.references if reference.target in found]

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

    def for_audience(self, reader: str, with_drafts: bool = False) -> Library:
        """Another library, from which everything that this reader may not see is gone, and comments too.

        Drafts are for your own staff, who write and review them: nobody else may take one for what is in force. The
        view that a pack is made from is `with_drafts`, as the pack may be one itself.
        It is made once for each reader: five packs of one audience made ten of them in one check.
        """
        of = reader, with_drafts or self.may_see(reader, STAFF)
        if of not in self._views:
            self._views[of] = self._make_view(*of)
        return self._views[of]

    @cached_property
    def _views(self) -> dict[tuple[str, bool], Library]:
        return {}

    def _make_view(self, reader: str, with_drafts: bool) -> Library:
        assert self.vocabulary is not None

        def may_see(audience: str) -> bool:
            return self.may_see(reader, audience)

        seen = [one for one in self.documents if one.sound and may_see(one.body.audience)]
        if not with_drafts:
            seen = [one for one in seen if one.body.status != "draft"]
        shown = dict(self._show(document, may_see) for document in seen)
        vocabulary = redact(self._strip_comments(VOCABULARY, self.vocabulary), may_see)
        vocabulary = self._shorten_orders(vocabulary, {one.id for one in seen})
        return link(shown, vocabulary, self.today, files=self.files, known=shown)

    def _shorten_orders(self, vocabulary: Vocabulary, seen: Collection[str]) -> Vocabulary:
        """The words without the documents, in the order of a queue, that its reader does not see."""

        def is_seen(target: Target) -> bool:
            document = self.find(target.id)
            return document is None or document.id in seen

        queues = {
            name: term
            if all(map(is_seen, term.order))
            else term.model_copy(update={"order": [one for one in term.order if is_seen(one)]})
            for name, term in vocabulary.queues.items()
        }
        return vocabulary if queues == vocabulary.queues else vocabulary.model_copy(update={"queues": queues})

    def _show(self, document: Document, may_see: Callable[[str], bool]) -> tuple[Document, Outgoing]:
        """A document as a reader sees it, and what it points at.

        Most lose an internal note or nothing: to look through all of their texts again took a thirtieth of a check.
        """
        outgoing, hidden = self.outgoing[document.path], hidden_parts(document.body, may_see)
        if not hidden and not outgoing.unseen:
            return document, outgoing
        body = edited(self._strip_comments(document.path, document.body), hidden)
        consistent = body.consistent_with(document.body)
        shown = replace(document, body=consistent)
        if outgoing.unseen or consistent is not body:
            return shown, collect_outgoing(document.path, shown, consistent, self.vocabulary)
        return shown, outgoing.without(hidden, shown)

    def _strip_comments(self, path: str, body: Model) -> Model:
        return uncommented(body) if self.outgoing[path].unseen else body

    def only(self, ids: frozenset[str]) -> Library:
        """Another library with just these documents, and the words for readers of them."""
        kept = {one: self.outgoing[one.path] for one in self.documents if one.id in ids}
        return link(kept, self.vocabulary, self.today, files=self.files, known=kept)

    def with_documents(self, others: Mapping[str, Document]) -> Library:
        """Another library, with other documents in place of those at some paths."""
        known = {
            (one := others.get(old.path, old)): self.outgoing[old.path]
            if one is old
            else collect_outgoing(one.path, one, one.body, self.vocabulary)
            for old in self.documents
        }
        return link(known, self.vocabulary, self.today, files=self.files, known=known)


def link(
    documents: Iterable[Document],
    vocabulary: Vocabulary | None,
    today: date,
    malformed: Mapping[str, str] | None = None,
    files: Iterable[str] = (),
    known: Mapping[Document, Outgoing] | None = None,
) -> Library:
    """Makes a library of documents: finds everything in them that points somewhere, and judges none of it.

    What documents point at may be `known` already.
    """
    ordered = tuple(sorted(documents, key=lambda document: document.path))
    outgoing = {}
    if vocabulary is not None:
        outgoing[VOCABULARY] = collect_outgoing(VOCABULARY, None, vocabulary, vocabulary)
    for document in ordered:
        outgoing[document.path] = (
            known[document] if known else collect_outgoing(document.path, document, document.body, vocabulary)
        )
    mentions = {name: frozenset(TOKEN.findall(text)) for name, text in (malformed or {}).items()}
    library = Library(today, vocabulary, ordered, outgoing, mentions, frozenset(files))
    if any(document.may_rename_parts and document.renamed_parts for document in ordered):
        outgoing = {path: one.updated(library.current) for path, one in outgoing.items()}
        library = replace(library, outgoing=outgoing)
    return library


def is_in_order(at: Pointer) -> bool:
    """Whether a place is in the `order` of a queue, which each reader gets without what is not for them."""
    return at.path == VOCABULARY and at.keys[:1] == ("queues",) and "order" in at.keys[2:3]


def is_policy(document: Document | None) -> bool:
    """Whether references to the document are citations, which name a version."""
    return document is not None and isinstance(document.body, Policy)
