"""The pieces of a library's search index, as the scripts that a page loads."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from generator.documents import Document, kinds
from generator.documents.vocabulary import NothingFound, Vocabulary
from generator.library.library import Library
from generator.publishing.pages import naming
from generator.publishing.search.engine import SearchEngine
from generator.publishing.search.records import Record, records

FOLDER = "search"


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
    return SearchEngine(records(library) if found is None else found, _collect_settings(library, ids))


def _write(name: str, value: str) -> str:
    return f"playbook.searchTake({json.dumps(name)},{value});\n"


def _collect_settings(library: Library, ids: str) -> dict[str, Any]:
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
        "facets": _list_facets(library, vocabulary),
    }


def _list_facets(library: Library, vocabulary: Vocabulary) -> dict[str, Any]:
    """What results can be narrowed down by: a label, and the words with their names in their order."""
    policies = sorted((document.body.title, document.id) for document in library.documents)
    cited = {target.id for target in library.destinations}
    return {
        "type": {"label": "Type", "names": [[kind.name, kind.one] for kind in kinds().values()]},
        "queue": {"label": "Queue", "names": [[word, term.name] for word, term in vocabulary.queues.items()]},
        "severity": {"label": "Severity", "names": [[word, word] for word in vocabulary.severities]},
        "audience": {"label": "Audience", "names": [[word, term.name] for word, term in vocabulary.audiences.items()]},
        "team": {"label": "Team", "names": [[word, term.name] for word, term in vocabulary.teams.items()]},
        "policy": {"label": "Policy cited", "names": [[name, title] for title, name in policies if name in cited]},
    }
