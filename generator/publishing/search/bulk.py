"""The library as records for a search cluster: one for each part, in the bulk format of OpenSearch."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from generator.documents import Document
from generator.library.freshness import freshness
from generator.library.library import Library
from generator.publishing.pages import naming
from generator.publishing.search.records import list_parts, main_language


def bulk_lines(library: Library, index: str) -> Iterator[str]:
    """Two lines of JSON for each record: what to do with it, and the record."""
    fresh = freshness(library)
    for document in sorted(library.documents, key=lambda one: one.id):
        stale = fresh[document.path].stale_from if document.path in fresh else None
        for record in _describe(library, document, stale):
            name = f"{record['id']}#{record['part']}" if record["part"] else record["id"]
            yield json.dumps({"index": {"_index": index, "_id": name}}, ensure_ascii=False)
            yield json.dumps(record, ensure_ascii=False)


def _describe(library: Library, document: Document, stale: date | None) -> Iterator[dict[str, Any]]:
    """The document itself, with what names it and what is in no part, and each of its parts."""
    body = document.body
    parts = list(list_parts(library, document, main_language(library)))
    changed = _find_beginning(document)
    shared = {
        "id": document.id,
        "version": body.version,
        "type": document.kind.name,
        "title": body.title,
        "status": body.status,
        "owner": body.owner,
        "queue": body.queue,
        "severity": body.severity,
        "valid_from": changed.isoformat() if changed else None,
        "review_by": body.review_by.isoformat() if body.review_by else None,
        "stale_from": stale.isoformat() if stale else None,
    }
    whole = {
        "part": "",
        "heading": "",
        "audience": body.audience,
        "language": main_language(library),
        "text": " ".join(words for name, _, _, words, _ in parts if words and not name),
        "summary": " ".join(body.summary.split()),
        "symptoms": body.symptoms,
        "aliases": [*body.aliases, *body.formerly],
        "phrases": [phrase for phrases in body.phrases.values() for phrase in phrases],
        "address": naming.address_of(document),
    }
    yield _add_hash(shared | whole)
    known = body.passages()
    for name, title, language, text, _ in parts:
        if name:
            audience = library.wider(body.audience, known[name].audience)
            address = f"{naming.address_of(document)}#{name}"
            own = {"part": name, "heading": title, "audience": audience, "language": language, "text": text}
            yield _add_hash(shared | own | {"address": address})


def _find_beginning(document: Document) -> date | None:
    """The day from which the version in the file holds; None if its history does not say."""
    body = document.body
    days = [naming.day_of(entry) for entry in getattr(body, "history", ()) if entry.version == body.version]
    own: date | None = getattr(body, "effective", None)
    return own or min(days, default=None)


def _add_hash(record: dict[str, Any]) -> dict[str, Any]:
    """A record without what it does not have, and the SHA-256 of what it says."""
    said = {name: value for name, value in record.items() if value not in (None, [])}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return said | {"hash": hashlib.sha256(text.encode()).hexdigest()}
