"""In go decisions as they were and as they are, out come the lines that say which answers end elsewhere now."""

from __future__ import annotations

from collections.abc import Iterator

from generator.decisions.comparison import Comparison, Endless, TooFar
from generator.decisions.graph import Graph, told
from generator.documents import Document
from generator.wording import count

MOST = 1000


def compared(old: tuple[Document, Graph], new: tuple[Document, Graph]) -> Iterator[str]:
    """What has become of one decision; a single line where every path ends as before."""
    name = new[0].id
    versions = " -> ".join(dict.fromkeys(f"v{document.body.version}" for document, _ in (old, new)))
    for graph, when in ((old[1], "was"), (new[1], "is")):
        if not graph.is_whole:
            why = "it leads in too many ways" if graph.is_too_wide else "answers lead nowhere, or two ways at once,"
            yield f"{name}: cannot be compared, as {why} as it {when}"
            return
    try:
        comparison = Comparison(old[1], new[1])
    except TooFar:
        yield f"{name} {versions}: has changed too far to be compared path by path; read it anew"
        return
    except Endless:
        yield f"{name}: cannot be compared, as its paths have no end (playbook check)"
        return
    total = sum(comparison.counts.values())
    if not total:
        yield f"{name} {versions}: every path ends as before"
        return
    yield f"{name} {versions}: {count(total, 'path')} {'ends' if total == 1 else 'end'} elsewhere"
    yield from _listed(comparison) if total <= MOST else _grouped(comparison)


def _listed(comparison: Comparison) -> Iterator[str]:
    for way, old, new in comparison.partings():
        yield f"- {told(way)}: {_end(old)} -> {_end(new)}"


def _grouped(comparison: Comparison) -> Iterator[str]:
    """A line for each two ends, as nobody reads thousands of paths."""
    for ends, number in sorted(comparison.counts.items(), key=lambda pair: (-pair[1], pair[0])):
        example = told(comparison.example(ends))
        yield f"- {_end(ends[0])} -> {_end(ends[1])}: {count(number, 'path')}, such as {example}"


def _end(name: str) -> str:
    return f"`{name}`" if name else "no decision"
