"""What the search knows of each document: the texts that name it, the signs of a case, and the words of its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator.documents import Document, kinds
from generator.documents.roles import Leaf, leaves
from generator.documents.text.plain import plain_text
from generator.documents.types.macro import Macro
from generator.library.freshness import Freshness, freshness
from generator.library.library import Library
from generator.publishing.pages import naming
from generator.publishing.pages.rows import first_answer, languages_of

# What tells of other documents, and what is there for tests: found by them, a reader would be in the wrong place.
ELSEWHERE = {"not_when"}
MINOR = {"cases": 0.2, "history": 0.2}

Record = dict[str, Any]
Address = Callable[[Document], str]


def records(library: Library, address: Address = naming.address_of) -> list[Record]:
    """A record for each document, in the order of their types; `address` gives that of a page, from the top."""
    place = {kind.name: kind.position for kind in kinds().values()}
    fresh = freshness(library)
    found = sorted(library.documents, key=lambda one: (place[one.kind.name], one.kind.name, one.id))
    return [_describe(library, document, fresh.get(document.path), address) for document in found]


def main_language(library: Library) -> str:
    """The language of what names no other: the first of the vocabulary."""
    assert library.vocabulary is not None
    return find_language(next(iter(library.vocabulary.locales), "en"))


def find_language(locale: str) -> str:
    """The language of a locale: that of `pt-BR` is `pt`."""
    return locale.split("-")[0].lower()


def _describe(library: Library, document: Document, fresh: Freshness | None, address: Address) -> Record:
    """Of a retired document only what names it: somebody may look for it, but nobody should come upon it."""
    body, main = document.body, main_language(library)
    is_retired = body.status == "retired"
    return {
        "id": document.id,
        "kind": document.kind.name,
        "prominence": document.kind.prominence,
        "language": main,
        "keys": list(_list_keys(document)),
        "signs": [("title", main, body.title), ("id", main, document.id)]
        if is_retired
        else list(_list_signs(document, main)),
        "summary": "" if is_retired else plain_text(body.summary, library.find),
        "parts": [] if is_retired else list(list_parts(library, document, main)),
        "facets": _list_facets(document),
        "card": _show(library, document, fresh, address),
    }


def _list_keys(document: Document) -> Iterator[tuple[str, str, str]]:
    """The texts that name a document or a part as they stand: their tier, the text, the part."""
    body = document.body
    yield "id", document.id, ""
    yield "title", body.title, ""
    yield from (("alias", alias, "") for alias in body.aliases)
    yield from (("former", old, "") for old in body.formerly)
    yield from (("symptom", symptom, "") for symptom in body.symptoms)
    yield from (("phrase", phrase, "") for phrases in body.phrases.values() for phrase in phrases)
    yield from (("part", f"{document.id}#{part}", part) for part in body.parts())
    yield from (("section", part, part) for part in body.parts() if "-" in part)


def _list_names(document: Document, main: str) -> Iterator[tuple[str, str, str]]:
    yield "title", main, document.body.title
    yield "id", main, document.id


def _list_signs(document: Document, main: str) -> Iterator[tuple[str, str, str]]:
    """What a case looks like: the kind of each text, its language, and the text."""
    body = document.body
    yield from _list_names(document, main)
    yield from (("symptom", main, text) for text in body.symptoms)
    yield from (("alias", main, text) for text in body.aliases)
    yield from (("phrase", find_language(locale), text) for locale, texts in body.phrases.items() for text in texts)


def list_parts(library: Library, document: Document, main: str) -> Iterator[tuple[str, str, str, str, float]]:
    """The id, title, language, words and weight of each part; last what belongs to none, without an id."""
    body = document.body
    rest = [leaf for leaf in leaves(body) if _is_told(leaf)]
    letters = isinstance(body, Macro)
    for name, part in body.passages().items():
        inside = [leaf for leaf in rest if leaf.keys[: len(part.keys)] == part.keys]
        rest = [leaf for leaf in rest if leaf not in inside]
        yield name, "" if letters else part.title, find_language(name) if letters else main, _join(library, inside), 1
    minor = {name: [leaf for leaf in rest if leaf.keys[0] == name] for name in MINOR}
    for name, some in minor.items():
        if some:
            yield "", "", main, _join(library, some), MINOR[name]
    yield "", "", main, _join(library, [leaf for leaf in rest if leaf.keys[0] not in MINOR]), 1


def _is_told(leaf: Leaf) -> bool:
    return leaf.role.name in ("prose", "template") and leaf.keys[0] not in (ELSEWHERE | {"summary"})


def _join(library: Library, some: list[Leaf]) -> str:
    return " ".join(
        plain_text(leaf.value, library.find) if leaf.role.name == "prose" else " ".join(leaf.value.split())
        for leaf in some
    )


def _list_facets(document: Document) -> dict[str, list[str]]:
    """The words by which a document can be chosen among results."""
    body = document.body
    cited = {leaf.value.id for leaf in leaves(body) if leaf.role.name == "citation"}
    found = {
        "type": [document.kind.name],
        "queue": [body.queue or ""],
        "severity": [body.severity or ""],
        "audience": [body.audience],
        "team": [body.owner],
        "policy": sorted(cited),
    }
    return {name: [word for word in words if word] for name, words in found.items()}


def _name_others(library: Library, document: Document) -> dict[str, str]:
    """The titles of what a document's prose refers to: its words have the ids, which a result shows by their titles."""
    told = (reference for reference in library.outgoing[document.path].references if reference.role == "prose")
    found = {reference.target.id: library.find(reference.target.id) for reference in told}
    return {name: other.body.title for name, other in sorted(found.items()) if other is not None}


def _show(library: Library, document: Document, fresh: Freshness | None, address: Address) -> Mapping[str, Any]:
    """What a result shows of a document."""
    assert library.vocabulary is not None
    body = document.body
    severity = library.vocabulary.severities.get(body.severity or "")
    dates = {"reviewed": body.reviewed, "reviewBy": body.review_by, "staleFrom": fresh.stale_from if fresh else None}
    queue = library.vocabulary.queues.get(body.queue or "")
    when = getattr(body, "trigger", None) or getattr(body, "when", None)
    shown = {
        "type": document.kind.one,
        "title": body.title,
        "address": address(document),
        "version": body.version,
        "status": body.status if body.status != "active" else None,
        "severity": body.severity,
        "urgent": (severity and severity.page_first) or None,
        "first": first_answer(document, library.vocabulary),
        "languages": languages_of(document),
        "queue": queue.name if queue else None,
        "when": plain_text(when, library.find) if when else None,
        "notWhen": [plain_text(one, library.find) for one in getattr(body, "not_when", ())],
        "dates": {name: day.isoformat() for name, day in dates.items() if day},
        "names": {} if body.status == "retired" else _name_others(library, document),
    }
    return {name: value for name, value in shown.items() if value}
