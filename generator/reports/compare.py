"""Writes which answers lead to another decision than before."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.compare import Verdict
from generator.decisions.comparison import Comparison
from generator.decisions.graph import spell_out
from generator.wording import count

MOST = 1000


def text(verdict: Verdict) -> str:
    """What changed in one decision; a single line if every path ends as before."""
    return "\n".join(_format_verdict(verdict))


def _format_verdict(verdict: Verdict) -> Iterator[str]:
    head = " ".join([verdict.name, " -> ".join(f"v{version}" for version in verdict.versions)]).strip()
    comparison = verdict.comparison
    if comparison is None:
        yield f"{head}: {verdict.why}"
    elif not comparison.total:
        yield f"{head}: every path ends as before"
    else:
        yield f"{head}: {count(comparison.total, 'path')} {'ends' if comparison.total == 1 else 'end'} elsewhere"
        yield from _list_partings(comparison) if comparison.total <= MOST else _group_partings(comparison)


def _list_partings(comparison: Comparison) -> Iterator[str]:
    for way, old, new in comparison.partings():
        yield f"- {spell_out(way)}: {_name_end(old)} -> {_name_end(new)}"


def _group_partings(comparison: Comparison) -> Iterator[str]:
    """One line for each pair of outcomes: nobody reads thousands of paths."""
    for ends, number in sorted(comparison.counts.items(), key=lambda pair: (-pair[1], pair[0])):
        example = spell_out(comparison.example(ends))
        yield f"- {_name_end(ends[0])} -> {_name_end(ends[1])}: {count(number, 'path')}, such as {example}"


def _name_end(name: str) -> str:
    return f"`{name}`" if name else "no decision"
