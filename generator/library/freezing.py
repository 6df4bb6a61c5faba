"""Works out what a release of a pack would freeze: its documents as its readers see them, and the words for them."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic import BaseModel

from generator.documents import VOCABULARY, Document
from generator.documents.attachments import attachment
from generator.documents.release_record import hash_text
from generator.documents.terms import Term
from generator.documents.types.policy import Policy
from generator.documents.vocabulary import STAFF, Vocabulary
from generator.library.library import Library, is_policy
from generator.library.packing import Packed
from generator.library.releases import Release


class Frozen(NamedTuple):
    """What a release of a pack holds: documents (the pack is one) by path, the vocabulary, the paths of pictures.

    `outside` are the titles of documents that its pages name without a link.
    """

    documents: dict[str, Document]
    vocabulary: Vocabulary
    pictures: tuple[str, ...]
    outside: dict[str, str]


def freeze(packed: Packed) -> Frozen:
    """What is in a pack now. Nothing that its readers may not see makes a difference."""
    view, inside = packed.view, packed.contents.documents
    shown = view.by_id.get(packed.document.id, packed.document)
    documents = {one.path: one for one in (shown, *inside, *_find_ended(view, packed))}
    assert view.vocabulary is not None
    known = {one.id for one in documents.values()}
    outside = {target: one.body.title for target, one in _find_named(view, packed) if one.id not in known}
    links = (link for path in documents for link in view.outgoing[path].links)
    pictures = {path for link in links if (path := attachment(link.at.path, link.address)) in view.files and path}
    return Frozen(
        dict(sorted(documents.items())),
        _narrow(view.vocabulary, packed.pack.audience),
        tuple(sorted(pictures)),
        dict(sorted(outside.items())),
    )


def _find_named(view: Library, packed: Packed) -> list[tuple[str, Document]]:
    """What the documents of a pack and its vocabulary name, each by the id that they use."""
    paths = [VOCABULARY, packed.document.path, *(one.path for one in packed.contents.documents)]
    targets = {one.target.id for path in paths if path in view.outgoing for one in view.outgoing[path].references}
    return [(target, one) for target in sorted(targets) if (one := view.find(target))]


def _find_ended(view: Library, packed: Packed) -> list[Document]:
    """Policies that a pack cites and no longer teaches, with those that replaced them: its pages say since when."""
    found: dict[str, Document] = {}
    left = [one for _, one in _find_named(view, packed) if is_policy(one) and one.id not in packed.contents.ids]
    while left:
        one = left.pop()
        if one.id not in found:
            found[one.id] = one
            to = view.find(one.body.superseded_by.id) if one.body.superseded_by else None
            left += [to] if to is not None and is_policy(to) and to.id not in packed.contents.ids else []
    return list(found.values())


def _narrow(words: Vocabulary, audience: str) -> Vocabulary:
    """The words of a view without the audiences above its readers, other vendors, and what only authors need."""
    seen = {name: term for name, term in words.audiences.items() if words.rank(name) <= words.rank(audience)}
    audiences = seen if STAFF in seen else seen | {STAFF: Term(name="Internal")}
    return words.model_copy(update={"audiences": audiences, "vendors": {}, "banned": []})


def dump(body: BaseModel) -> dict[str, Any]:
    """A document as plain data, without what is as it is by default."""
    data: dict[str, Any] = body.model_dump(mode="json", exclude_defaults=True, by_alias=True)
    return data


@lru_cache(maxsize=1 << 14)
def hash_words(document: Document) -> str:
    """The hash of what a document says, whatever the form of its file."""
    return hash_text(json.dumps(dump(document.body), sort_keys=True, ensure_ascii=False))


def is_as_released(packed: Packed, release: Release) -> bool:
    """Whether the documents of a pack are, to the word and the day, those of a release."""
    now = {one.id: hash_words(one) for one in freeze(packed).documents.values()}
    return now == {name: frozen.says for name, (_, frozen) in release.documents.items()}


def policies_of(documents: dict[str, Document]) -> dict[str, str]:
    """The version of each policy among documents, by its id."""
    found = {one.id: one.body.version for one in documents.values() if isinstance(one.body, Policy)}
    return dict(sorted(found.items()))
