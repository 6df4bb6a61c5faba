"""What changed and when, from the history of documents: for pages, feeds, and browsers that know what was read."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from generator.documents import Document
from generator.documents.types.policy import PolicyVersion
from generator.library.library import Library
from generator.library.timeline import order
from generator.publishing.pages import naming

VERSIONS = "assets/versions.js"
MOST = 400  # changes on the page of all of them; the older ones are on the pages of their documents

DatedChange = tuple[Document, Any]


def changes(library: Library, is_timeless: bool = False) -> list[DatedChange]:
    """Each document with each entry of its history that is of today or earlier, newest first.

    Of one day, what is in force comes before drafts, and then they go by title. What must not depend on the day has
    instead those up to the version that the document has.
    """
    dated = [
        (document, entry)
        for document in library.documents
        for entry in getattr(document.body, "history", ())
        if (_is_reached(document, entry) if is_timeless else naming.day_of(entry) <= library.today)
    ]
    return sorted(dated, key=_rank_change)


def _rank_change(pair: DatedChange) -> tuple[int, bool, str, str]:
    document, entry = pair
    is_draft = document.body.status == "draft"
    return -naming.day_of(entry).toordinal(), is_draft, document.body.title.casefold(), document.id


def _is_reached(document: Document, entry: Any) -> bool:
    return order(entry.version) <= order(document.body.version)


def by_day(found: list[DatedChange]) -> Iterator[tuple[date, list[DatedChange]]]:
    """The newest changes by their days; of a day all or none."""
    number = 0
    for day, some in groupby(found, key=lambda pair: naming.day_of(pair[1])):
        if number >= MOST:
            return
        there = list(some)
        number += len(there)
        yield day, there


def changed_parts(document: Document, entry: Any) -> list[str]:
    """The ids of the parts that an entry names, as they are now; those that are gone are left out."""
    named = [one.section for one in entry.changes] if isinstance(entry, PolicyVersion) else entry.parts
    now = (document.renamed_parts.get(name, name) for name in named)
    return [name for name in dict.fromkeys(now) if name in document.parts]


def first_day(document: Document) -> date | None:
    """The day of the oldest entry in a document's history."""
    return min(map(naming.day_of, getattr(document.body, "history", ())), default=None)


def write_versions(library: Library) -> dict[str, str]:
    """The script by which a browser learns the version of each document: by queue and id, with its first day."""
    queues: dict[str, dict[str, list[str]]] = defaultdict(dict)
    known = library.vocabulary.queues if library.vocabulary else {}
    for document in sorted(library.documents, key=lambda one: one.id):
        if not document.body.is_gone:
            first = first_day(document)
            queue = document.body.queue if document.body.queue in known else ""
            said = [document.body.version, first.isoformat() if first else "", *document.body.formerly]
            queues[queue or ""][document.id] = said
    text = json.dumps(queues, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return {VERSIONS: f"playbook.searchTake('versions',{text});\n"}
