"""The pieces of a library's search index, as the scripts that a page loads."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from generator.documents import Document, kinds
from generator.documents.terms import NothingFound
from generator.documents.vocabulary import Vocabulary
from generator.library.library import Library
from generator.publishing.pages import naming
from generator.publishing.search.engine import SearchEngine
from generator.publishing.search.records import Record, records

FOLDER = "search"
LABELS = {
    "type": "Type",
    "queue": "Queue",
    "severity": "Severity",
    "audience": "Audience",
    "team": "Team",
    "policy": "Policy cited",
}


def search_files(library: Library, is_flat: bool) -> dict[str, str]:
    """The files of the index by their path in the site. In a flat site, pages are files and not folders."""

    def address(document: Document) -> str:
        return naming.address_of(document).removesuffix("/") + ".html" if is_flat else naming.address_of(document)

    engine = open_search(library, records(library, address), "ids.html" if is_flat else "ids/")
    (first, manifest), *pieces = engine.pieces()
    version = hashlib.sha256(json.dumps([manifest, *pieces]).encode()).hexdigest()[:10]
    whole = json.loads(manifest) | {"version": version}
    files = {f"{FOLDER}/{first}.js": _write(first, json.dumps(whole, ensure_ascii=False, separators=(",", ":")))}
    return files | {f"{FOLDER}/{version}/{name}.js": _write(name, value) for name, value in pieces}


def open_search(library: Library, found: list[Record] | None = None, ids: str = "ids/") -> SearchEngine:
    """The search over a library, in memory."""
    known = records(library) if found is None else found
    return SearchEngine(known, _collect_settings(known, library, ids))


def _write(name: str, value: str) -> str:
    return f"playbook.searchTake({json.dumps(name)},{value});\n"


def _collect_settings(found: list[Record], library: Library, ids: str) -> dict[str, Any]:
    vocabulary = library.vocabulary
    assert vocabulary is not None
    lost = max(vocabulary.nothing_found, key=lambda one: vocabulary.rank(one.audience), default=NothingFound())
    team = vocabulary.teams.get(lost.ask or "")
    return {
        "synonyms": vocabulary.synonyms,
        "dangers": [
            {
                "word": word,
                "name": danger.name,
                "first": [target.id for target in danger.first],
                "phrases": danger.phrases,
                "unless": danger.unless,
            }
            for word, danger in vocabulary.dangers.items()
        ],
        "otherwise": [target.id for target in lost.first],
        "whom": ": ".join(filter(None, [team.name, team.on_call])) if team else "",
        "ids": ids,
        "facets": _list_facets(found, library, vocabulary),
    }


def _list_facets(found: list[Record], library: Library, vocabulary: Vocabulary) -> dict[str, Any]:
    """What results can be narrowed down by: a label, and in order the words that some document has, with names."""
    titles = {document.id: document.body.title for document in library.documents}
    used = {name: {word for record in found for word in record["facets"].get(name, ())} for name in LABELS}
    words: dict[str, dict[str, str]] = {
        "type": {kind.name: kind.one for kind in kinds().values()},
        "queue": {word: term.name for word, term in vocabulary.queues.items()},
        "severity": {word: word for word in vocabulary.severities},
        "audience": {word: term.name for word, term in vocabulary.audiences.items()},
        "team": {word: term.name for word, term in vocabulary.teams.items()},
        "policy": {name: titles[name] for name in sorted(used["policy"] & titles.keys(), key=lambda one: titles[one])},
    }
    return {
        name: {"label": label, "names": [[word, title] for word, title in words[name].items() if word in used[name]]}
        for name, label in LABELS.items()
    }
