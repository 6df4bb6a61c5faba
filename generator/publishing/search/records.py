"""What the search knows of each document: the texts that name it, the signs of a case, and the words of its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.documents import Document, kinds
from generator.documents.roles import Leaf, leaves
from generator.documents.text.plain import plain_text
from generator.documents.types.macro import Macro
from generator.library.freshness import Freshness, freshness
from generator.library.library import Library
from generator.publishing.pages import naming

# What tells of other documents, and what is there for tests: found by them, a reader would be in the wrong place.
ELSEWHERE = {"not_when"}
MINOR = {"cases": 0.2, "history": 0.2}

Record = dict[str, Any]


def records(library: Library) -> list[Record]:
    """A record for each document that the search finds, in the order of their types."""
    place = {kind.name: kind.position for kind in kinds().values()}
    fresh = freshness(library)
    found = [document for document in library.documents if is_found(document)]
    found.sort(key=lambda document: (place[document.kind.name], document.kind.name, document.id))
    return [_describe(library, document, fresh.get(document.path)) for document in found]


def is_found(document: Document) -> bool:
    """Whether the search finds a document: the one that people should work from."""
    return document.body.status != "retired"


def main_language(library: Library) -> str:
    """The language of what names no other: the first of the vocabulary."""
    assert library.vocabulary is not None
    return _language(next(iter(library.vocabulary.locales), "en"))


def _language(locale: str) -> str:
    return locale.split("-")[0].lower()


def _describe(library: Library, document: Document, fresh: Freshness | None) -> Record:
    body, main = document.body, main_language(library)
    return {
        "id": document.id,
        "kind": document.kind.name,
        "language": main,
        "keys": list(_list_keys(document)),
        "signs": list(_list_signs(document, main)),
        "summary": plain_text(body.summary, library.find),
        "parts": list(_list_parts(library, document, main)),
        "card": _show(library, document, fresh),
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


def _list_signs(document: Document, main: str) -> Iterator[tuple[str, str, str]]:
    """What a case looks like: the kind of each text, its language, and the text."""
    body = document.body
    yield "title", main, body.title
    yield from (("symptom", main, text) for text in body.symptoms)
    yield from (("alias", main, text) for text in body.aliases)
    yield from (("phrase", _language(locale), text) for locale, texts in body.phrases.items() for text in texts)
    yield "id", main, document.id


def _list_parts(library: Library, document: Document, main: str) -> Iterator[tuple[str, str, str, str, float]]:
    """The id, title, language, words and weight of each part; last what belongs to none, without an id."""
    body = document.body
    rest = [leaf for leaf in leaves(body) if _is_told(leaf)]
    letters = isinstance(body, Macro)
    for name, part in body.passages().items():
        inside = [leaf for leaf in rest if leaf.keys[: len(part.keys)] == part.keys]
        rest = [leaf for leaf in rest if leaf not in inside]
        yield name, "" if letters else part.title, _language(name) if letters else main, _join(library, inside), 1
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


def _show(library: Library, document: Document, fresh: Freshness | None) -> Mapping[str, Any]:
    """What a result shows of a document, and by what it can be chosen."""
    assert library.vocabulary is not None
    body = document.body
    severity = library.vocabulary.severities.get(body.severity or "")
    sla = getattr(body, "sla", None)
    first = (sla and sla.first_response) or (severity and severity.first_response) or None
    dates = {"reviewed": body.reviewed, "reviewBy": body.review_by, "staleFrom": fresh.stale_from if fresh else None}
    queue = body.queue if body.queue in library.vocabulary.queues else None
    team = body.owner if body.owner in library.vocabulary.teams else None
    shown = {
        "type": document.kind.one,
        "title": body.title,
        "address": naming.address_of(document),
        "status": body.status if body.status != "active" else None,
        "severity": body.severity,
        "first": first,
        "languages": [body.locale, *body.translations] if isinstance(body, Macro) else None,
        "queue": queue,
        "team": team,
        "audience": body.audience,
        "dates": {name: day.isoformat() for name, day in dates.items() if day},
    }
    return {name: value for name, value in shown.items() if value}
