"""Writes for authors what people searched for in vain, by the document that comes nearest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from generator.exchange.queries import MissedQuery
from generator.library.library import Library
from generator.wording import scalar


def queries_text(found: list[tuple[MissedQuery, dict[str, Any]]], library: Library) -> str:
    """Phrases to add, ready to be copied into each document; then those that nothing comes near."""
    return "\n".join(_format_queries(found, library))


def _format_queries(found: list[tuple[MissedQuery, dict[str, Any]]], library: Library) -> Iterator[str]:
    near: dict[str, list[MissedQuery]] = defaultdict(list)
    sure: list[tuple[MissedQuery, str]] = []
    lost: list[MissedQuery] = []
    for query, answer in found:
        if not answer["hits"]:
            lost.append(query)
        elif answer["isSure"]:
            sure.append((query, answer["hits"][0]["id"]))
        else:
            near[answer["hits"][0]["id"]].append(query)
    for name, some in sorted(near.items(), key=lambda pair: -sum(query.times for query in pair[1])):
        document = library.find(name)
        assert document is not None
        yield f"{document.path}: {document.body.title}"
        yield "  If one of these is meant for it, add it to its `phrases`; if not, to those of the right document."
        yield from (f"    - {scalar(query.text)}{_tell_times(query)}" for query in some)
        yield ""
    if lost:
        yield "Nothing comes near. Which document should answer, or is one missing?"
        yield from (f"    - {scalar(query.text)}{_tell_times(query)}" for query in lost)
        yield ""
    if sure:
        yield "Found by now, though nobody opened it. Is the first result the right one?"
        yield from (f"    - {scalar(query.text)}{_tell_times(query)}  -> {name}" for query, name in sure)
        yield ""
    yield f"found by now: {len(sure):,} of {len(found):,} searches"


def _tell_times(query: MissedQuery) -> str:
    return f"  # {query.times} times" if query.times > 1 else ""
