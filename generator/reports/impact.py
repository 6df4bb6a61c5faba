"""Writes an impact as text, as JSON, or as Markdown for a pull request."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from generator.analysis.impact import Direct, Impact
from generator.documents import Document
from generator.documents.target import Target
from generator.documents.text.prose import encode
from generator.wording import count

MANY = 20


def text(impact: Impact) -> str:
    """For a terminal: the documents that cite it, directly and indirectly, the packs with them, and their owners."""
    return "\n".join(_format_text(impact))


def _format_text(impact: Impact) -> Iterator[str]:
    if not impact.subjects:
        yield "no policy section changed"
        return
    names = ", ".join(subject.name for subject in impact.subjects)
    documents = _group_by_document(impact)
    yield f"{names}: {_count_documents(impact, documents)}"
    for document, places in documents:
        yield f"\n{document.kind.one} {document.id} ({document.body.owner})  {document.path}"
        for part, cited in _group_by_part(places):
            yield f"  {part or 'the document itself'}: {cited}"
    if impact.indirect:
        yield "\nIndirectly"
        for indirect in impact.indirect[:MANY]:
            yield f"  {indirect.document.id} ({indirect.document.body.owner}) -> {' -> '.join(indirect.way)}"
        if len(impact.indirect) > MANY:
            yield f"  and {len(impact.indirect) - MANY} more (--format json lists all)"
    if impact.deliveries:
        yield "\nPacks"
        for delivery in impact.deliveries:
            pack = f"{delivery.pack.id} {delivery.pack.body.version}"
            yield f"  {pack} for {delivery.vendor}: {', '.join(delivery.documents)}"
    if documents:
        yield "\nTo be read again by"
        for owner, ids in impact.owners.items():
            yield f"  {owner}: {', '.join(ids)}"


def markdown(impact: Impact) -> str:
    """For a comment on a pull request: the same, with a box to tick for each document."""
    return "\n".join(_format_markdown(impact))


def _format_markdown(impact: Impact) -> Iterator[str]:
    if not impact.subjects:
        yield "### Impact: no policy section changed"
        return
    names = ", ".join(f"`{subject.name}`" for subject in impact.subjects)
    documents = _group_by_document(impact)
    yield f"### Impact: {names}\n"
    yield f"{_count_documents(impact, documents).capitalize()}."
    by_owner = sorted(documents, key=lambda pair: pair[0].body.owner)
    for owner, group in groupby(by_owner, key=lambda pair: pair[0].body.owner):
        yield f"\n**{encode(owner)}**\n"
        for document, places in group:
            parts = encode("; ".join(f"{part or 'whole'}: {cited}" for part, cited in _group_by_part(places)))
            yield f"- [ ] {document.kind.one} `{document.id}` ({parts})"
    if impact.indirect:
        yield "\n<details><summary>Indirectly</summary>\n"
        for indirect in impact.indirect:
            way = ", ".join(f"`{name}`" for name in indirect.way)
            yield f"- `{indirect.document.id}` ({encode(indirect.document.body.owner)}) through {way}"
        yield "\n</details>"
    if impact.deliveries:
        yield "\n| Pack | Version | Vendor | Documents |\n|---|---|---|---|"
        for delivery in impact.deliveries:
            pack, ids = delivery.pack, ", ".join(f"`{name}`" for name in delivery.documents)
            yield f"| `{pack.id}` | {pack.body.version} | {encode(delivery.vendor)} | {ids} |"


def as_json(impact: Impact) -> str:
    """`{"subjects", "direct", "indirect", "packs", "owners"}`, for programs."""
    report = {
        "subjects": [subject.name for subject in impact.subjects],
        "direct": [_convert_direct(direct) for direct in impact.direct],
        "indirect": [_convert_document(far.document) | {"through": list(far.way)} for far in impact.indirect],
        "packs": [
            {"id": d.pack.id, "version": d.pack.body.version, "vendor": d.vendor, "documents": list(d.documents)}
            for d in impact.deliveries
        ],
        "owners": impact.owners,
    }
    return json.dumps(report, indent=2)


FORMATS: dict[str, Callable[[Impact], str]] = {"text": text, "json": as_json, "markdown": markdown}


def _convert_direct(direct: Direct) -> dict[str, Any]:
    cited = {"cites": direct.subject.name, "version": direct.reference.target.version, "part": direct.part}
    return _convert_document(direct.document) | cited


def _convert_document(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "type": document.kind.name,
        "title": document.body.title,
        "path": document.path,
        "owner": document.body.owner,
    }


def _count_documents(impact: Impact, documents: list[tuple[Document, list[Direct]]]) -> str:
    return f"cited by {count(len(documents), 'document')}, and indirectly by {len(impact.indirect)} more"


def _group_by_document(impact: Impact) -> list[tuple[Document, list[Direct]]]:
    return [(d, list(places)) for d, places in groupby(impact.direct, key=lambda direct: direct.document)]


def _group_by_part(places: list[Direct]) -> list[tuple[str, str]]:
    """Each part of a document with what it cites."""
    parts: dict[str, dict[str, None]] = {}
    for direct in places:
        parts.setdefault(direct.part, {})[_name_target(direct)] = None
    return [(part, ", ".join(targets)) for part, targets in parts.items()]


def _name_target(direct: Direct) -> str:
    target = direct.reference.target
    return Target.of(direct.subject.policy.id, target.part, target.version).text
