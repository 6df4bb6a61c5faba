"""Works out what a release of a pack would freeze: its documents as its readers see them, and the words for them."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic import BaseModel

from generator.documents import VOCABULARY, Document
from generator.documents.attachments import attachment
from generator.documents.header import Historied
from generator.documents.release_record import hash_text
from generator.documents.terms import Term
from generator.documents.types.pack import Pack
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
    documents = {one.path: _drop_unknown(one) for one in (shown, *inside, *_find_ended(view, packed))}
    assert view.vocabulary is not None
    known = {one.id for one in documents.values()}
    outside = {target: one.body.title for target, one in _find_named(view, packed) if one.id not in known}
    links = (link for path in documents for link in view.outgoing[path].links)
    pictures = {path for link in links if (path := attachment(link.at.path, link.address)) in view.files and path}
    return Frozen(
        dict(sorted(documents.items())),
        _narrow(view.vocabulary, packed.pack),
        tuple(sorted(pictures)),
        dict(sorted(outside.items())),
    )


def _drop_unknown(document: Document) -> Document:
    """The document without parts that its history names and that it does not have: no page tells of them."""
    body = document.body
    if not isinstance(body, Historied) or not any(entry.parts for entry in body.history):
        return document
    known = document.parts.keys() | document.renamed_parts.keys()
    if all(known.issuperset(entry.parts) for entry in body.history):
        return document
    history = [
        entry.model_copy(update={"parts": [one for one in entry.parts if one in known]}) for entry in body.history
    ]
    return replace(document, body=body.model_copy(update={"history": history}))


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


def _narrow(words: Vocabulary, pack: Pack) -> Vocabulary:
    """The words of a view without the audiences above its readers, other vendors, and what only authors need."""
    seen = {name: term for name, term in words.audiences.items() if words.rank(name) <= words.rank(pack.audience)}
    audiences = seen if STAFF in seen else seen | {STAFF: Term(name="Internal")}
    vendors = {name: term for name, term in words.vendors.items() if name == pack.vendor}
    return words.model_copy(update={"audiences": audiences, "vendors": vendors, "banned": []})


def dump(body: BaseModel) -> dict[str, Any]:
    """A document as plain data, without what is as it is by default."""
    data: dict[str, Any] = body.model_dump(mode="json", exclude_defaults=True, by_alias=True)
    return data


@lru_cache(maxsize=1 << 14)
def hash_words(document: Document) -> str:
    """The hash of what a document says, whatever the form of its file."""
    return hash_text(json.dumps(dump(_drop_unknown(document).body), sort_keys=True, ensure_ascii=False))


def is_as_released(packed: Packed, release: Release) -> bool:
    """Whether the documents of a pack are, to the word and the day, those of a release, whatever formats it has."""
    now = {one.id: one for one in freeze(packed).documents.values()}
    if now.keys() != release.documents.keys():
        return False
    others = [one for name, one in now.items() if hash_words(one) != release.documents[name][1].says]
    return all(_is_same_but_formats(one, release) for one in others)


def _is_same_but_formats(document: Document, release: Release) -> bool:
    old = release.document(release.documents[document.id][0])
    if old is None or not isinstance(document.body, Pack) or not isinstance(old.body, Pack):
        return False
    return document.body == old.body.model_copy(update={"formats": document.body.formats})


def policies_of(documents: dict[str, Document]) -> dict[str, str]:
    """The version of each policy among documents, by its id."""
    found = {one.id: one.body.version for one in documents.values() if isinstance(one.body, Policy)}
    return dict(sorted(found.items()))
