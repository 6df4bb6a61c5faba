"""What a document points at: references, links and words of the vocabulary, each with its place and audience."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel

from generator.documents import Document
from generator.documents.fields import Role
from generator.documents.roles import Edits, is_removed, visit_leaves
from generator.documents.target import Target
from generator.documents.text import prose
from generator.documents.text.hidden import Hidden
from generator.documents.vocabulary import Vocabulary
from generator.findings import Keys, Spot, stretch


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

    `role` tells where it is: in prose, in a list of citations, in a field that takes one kind (`kind`). The target has
    the id that its part has now, its text the one that was written.
    """

    at: Pointer
    target: Target
    role: str
    kind: str

    @property
    def use(self) -> tuple[Target, str, str]:
        """All but the place: what is wrong with a target is wrong wherever it is used like this."""
        return self[1:]

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


Pointing = TypeVar("Pointing", Reference, Link, WordUse, Unseen, Odd)


@dataclass(frozen=True, eq=False)
class Outgoing:
    """What one file points at, in order, what of it no reader sees, and what is not read as it may be meant."""

    references: list[Reference] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    words: list[WordUse] = field(default_factory=list)
    unseen: list[Unseen] = field(default_factory=list)
    odd: list[Odd] = field(default_factory=list)

    def without(self, removed: Edits, source: Document) -> Outgoing:
        """What is left where something was removed; `source` is the document without that."""

        def narrow(some: list[Pointing]) -> list[Pointing]:
            return [
                type(one)(Pointer(one.at.path, source, *one.at[2:]), *one[1:])
                for one in some
                if not is_removed(one.at.keys, removed)
            ]

        links, words, unseen, odd = narrow(self.links), narrow(self.words), narrow(self.unseen), narrow(self.odd)
        return Outgoing(narrow(self.references), links, words, unseen, odd)

    def updated(self, current: Callable[[Target], Target]) -> Outgoing:
        """The same, with targets by the ids that their parts have now."""
        references = [
            one._replace(target=now) if (now := current(one.target)) is not one.target else one
            for one in self.references
        ]
        return replace(self, references=references)


def collect_outgoing(path: str, source: Document | None, body: BaseModel, vocabulary: Vocabulary | None) -> Outgoing:
    """What one file points at. The vocabulary, which is not a document, is for every reader."""
    outgoing = Outgoing()
    rank = vocabulary.rank if vocabulary else lambda audience: 0
    audience = source.body.audience if source else next(iter(vocabulary.audiences)) if vocabulary else ""

    def take(keys: Keys, value: Any, role: Role, own: str | None, is_key: bool) -> None:
        if role.name == "template":
            return
        reader = audience if own is None or rank(own) <= rank(audience) else own
        if role.name == "prose":
            found = prose.survey(value)
            if found is not prose.NOTHING:
                _add_prose(outgoing, value, found, partial(Pointer, path, source, keys, reader, False))
            return
        at = Pointer(path, source, keys, reader, is_key)
        if role.name == "word":
            outgoing.words.append(WordUse(at, value, role.of))
        else:
            kind = "policy" if role.name == "citation" else role.of
            outgoing.references.append(Reference(at, value, role.name, kind))

    visit_leaves(body, take)
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
