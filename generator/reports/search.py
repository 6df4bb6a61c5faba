"""Writes the results of a search as text, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from generator.library.library import Library

REASONS = {"symptom": "sign", "alias": "also called", "phrase": "as members write", "danger": "danger"}
FIELDS = ("id", "part", "type", "title", "address", "why", "reason", "danger")


def text(answer: dict[str, Any], library: Library) -> str:
    """For a terminal: dangers first, then each result with the reason why, and its file."""
    return "\n".join(_format_text(answer, library))


def _format_text(answer: dict[str, Any], library: Library) -> Iterator[str]:
    hits = answer["hits"]
    if any(hit["danger"] for hit in hits):
        yield "Somebody may be in danger. This comes first."
    if not answer["isSure"]:
        yield "Nothing here clearly answers this." + (" The nearest, though they may not fit:" if hits else "")
    for number, hit in enumerate(hits, 1):
        target = f"{hit['id']}#{hit['part']}" if hit["part"] else hit["id"]
        mark = "!" if hit["danger"] else " "
        yield f"{mark}{number:>3}. {hit['type']}: {hit['title']}  [{target}]"
        lead = f"{hit['danger']}: " if hit["danger"] else ""
        said = REASONS.get(hit["reason"])
        yield f"       {lead}{said + ': ' if said and not lead else ''}{hit['why']}"
        document = library.find(hit["id"])
        if document is not None:
            yield f"       {document.path}"
    if not answer["isSure"] and answer["otherwise"]:
        names = ", ".join(f"{hit['title']} [{hit['id']}]" for hit in answer["otherwise"])
        yield f"If no procedure fits: {names}"


def as_json(answer: dict[str, Any], library: Library) -> str:
    """A stable shape for programs: the results, best first, and whether the first is likely to be right."""
    results = [{name: hit[name] for name in FIELDS} for hit in answer["hits"]]
    found = {"version": 1, "sure": answer["isSure"], "total": answer["total"], "results": results}
    return json.dumps(found, indent=2, ensure_ascii=False)


FORMATS: dict[str, Callable[[dict[str, Any], Library], str]] = {"text": text, "json": as_json}
