"""In goes an impact, out comes what people and programs read: text, JSON, Markdown for a pull request."""

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
    """For a terminal: what cites it by document, what leads there, who receives it, who has to read."""
    return "\n".join(_format_text(impact))


def _format_text(impact: Impact) -> Iterator[str]:
    names = ", ".join(subject.name for subject in impact.subjects) or "nothing that changed"
    documents = _group_by_document(impact)
    yield f"{names}: {count(len(documents), 'document')} cite it, {len(impact.indirect)} lead there"
    for document, places in documents:
        yield f"\n{document.kind.one} {document.id} ({document.body.owner})  {document.path}"
        for part, cited in _group_by_part(places):
            yield f"  {part or 'the document itself'}: {cited}"
    if impact.indirect:
        yield "\nThrough others"
        for one in impact.indirect[:MANY]:
            yield f"  {one.document.id} ({one.document.body.owner}) -> {' -> '.join(one.way)}"
        if len(impact.indirect) > MANY:
            yield f"  and {len(impact.indirect) - MANY} more (--format json lists all)"
    if impact.deliveries:
        yield "\nPacks"
        for delivery in impact.deliveries:
            pack = f"{delivery.pack.id} {delivery.pack.body.version}"
            yield f"  {pack} for {delivery.vendor}: {', '.join(delivery.documents)}"
    if documents:
        yield "\nTo read again"
        for owner, ids in impact.owners.items():
            yield f"  {owner}: {', '.join(ids)}"


def markdown(impact: Impact) -> str:
    """For a pull request: the same as a comment, with a box to tick for each document."""
    return "\n".join(_format_markdown(impact))


def _format_markdown(impact: Impact) -> Iterator[str]:
    names = ", ".join(f"`{subject.name}`" for subject in impact.subjects) or "nothing that changed"
    documents = _group_by_document(impact)
    yield f"### What rests on {names}\n"
    yield f"{count(len(documents), 'document')} cite it, {len(impact.indirect)} lead there."
    by_owner = sorted(documents, key=lambda pair: pair[0].body.owner)
    for owner, group in groupby(by_owner, key=lambda pair: pair[0].body.owner):
        yield f"\n**{encode(owner)}**\n"
        for document, places in group:
            parts = encode("; ".join(f"{part or 'whole'}: {cited}" for part, cited in _group_by_part(places)))
            yield f"- [ ] {document.kind.one} `{document.id}` ({parts})"
    if impact.indirect:
        yield "\n<details><summary>Through others</summary>\n"
        for one in impact.indirect:
            way = ", ".join(f"`{name}`" for name in one.way)
            yield f"- `{one.document.id}` ({encode(one.document.body.owner)}) through {way}"
        yield "\n</details>"
    if impact.deliveries:
        yield "\n| Pack | Version | Vendor | Documents |\n|---|---|---|---|"
        for one_pack in impact.deliveries:
            ids = ", ".join(f"`{name}`" for name in one_pack.documents)
            yield f"| `{one_pack.pack.id}` | {one_pack.pack.body.version} | {encode(one_pack.vendor)} | {ids} |"


def as_json(impact: Impact) -> str:
    """`{"subjects", "direct", "indirect", "packs", "owners"}`, for programs."""
    told = {
        "subjects": [subject.name for subject in impact.subjects],
        "direct": [_convert_direct(one) for one in impact.direct],
        "indirect": [_convert_document(one.document) | {"through": list(one.way)} for one in impact.indirect],
        "packs": [
            {"id": d.pack.id, "version": d.pack.body.version, "vendor": d.vendor, "documents": list(d.documents)}
            for d in impact.deliveries
        ],
        "owners": impact.owners,
    }
    return json.dumps(told, indent=2)


FORMATS: dict[str, Callable[[Impact], str]] = {"text": text, "json": as_json, "markdown": markdown}


def _convert_direct(one: Direct) -> dict[str, Any]:
    cited = {"cites": one.subject.name, "version": one.reference.target.version, "part": one.part}
    return _convert_document(one.document) | cited


def _convert_document(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "type": document.kind.name,
        "title": document.body.title,
        "path": document.path,
        "owner": document.body.owner,
    }


def _group_by_document(impact: Impact) -> list[tuple[Document, list[Direct]]]:
    return [(d, list(places)) for d, places in groupby(impact.direct, key=lambda one: one.document)]


def _group_by_part(places: list[Direct]) -> list[tuple[str, str]]:
    """Each part of a document with what it cites there."""
    found: dict[str, dict[str, None]] = {}
    for one in places:
        found.setdefault(one.part, {})[_name_target(one)] = None
    return [(part, ", ".join(targets)) for part, targets in found.items()]


def _name_target(one: Direct) -> str:
    target = one.reference.target
    return Target.of(one.subject.policy.id, target.part, target.version).text
