"""The figures of the searches, and how they are printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from queries import Answer, Query, by_kind, parted, share

WEIGHED = 20  # queries whose bytes are counted


@dataclass
class Measured:
    """What one search did at one size; bytes are as they are, compressed, and requests; times in milliseconds, MiB."""

    engine: str
    size: int
    index: float
    ready: float
    before: tuple[int, ...]
    memory: float
    further: list[tuple[int, int, int]] = field(default_factory=list)
    fresh: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)
    typed: list[float] = field(default_factory=list)
    typed_bytes: list[tuple[int, int, int]] = field(default_factory=list)


def print_success(queries: Sequence[Query], found: dict[str, list[Answer]]) -> None:
    for title, place in {"tuned on": 0, "only reported": 1}.items():
        print(f"\nsuccess at 1 and at 3, queries {title}")
        print(" " * 18 + "".join(f"{engine:>22}" for engine in found))
        tables = {engine: by_kind(*list(parted(queries, answers))[place]) for engine, answers in found.items()}
        for kind in next(iter(tables.values())):
            count = len(next(iter(tables.values()))[kind])
            print(f"{kind:<13}{count:>5}" + "".join(f"{share(table[kind]):>22}" for table in tables.values()))


def middle(values: Sequence[float], at: float = 0.5) -> float:
    return sorted(values)[min(len(values) - 1, int(at * len(values)))]


def kilobytes(some: Sequence[tuple[int, ...]], place: int) -> str:
    sizes = [one[place] / 1000 for one in some]
    if not sizes:
        return "-"
    return f"{middle(sizes):,.0f}/{max(sizes):,.0f}"


def milliseconds(some: Sequence[float]) -> str:
    return f"{middle(some):>8.1f}{middle(some, 0.95):>8.1f}" if some else f"{'-':>8}{'-':>8}"


def print_row(one: Measured) -> None:
    before = f"{one.before[0] / 1000:,.0f} ({one.before[1] / 1000:,.0f})"
    further = f"{kilobytes(one.further[:WEIGHED], 0)} ({kilobytes(one.further[:WEIGHED], 1)})"
    times = "".join(milliseconds(some) for some in (one.fresh, one.again, one.typed))
    typed = kilobytes(one.typed_bytes, 0)
    print(
        f"{one.engine:<21}{one.size:>7,}{one.index:>8.1f}{one.ready:>8.0f}{before:>18}{further:>26}{typed:>14}"
        f"{times}{one.memory:>8.0f}",
        flush=True,
    )


def print_heading() -> None:
    print("\nkB uncompressed (as gzip), ms median and 95th percentile; further and typed: median/most of a query")
    print(
        f"{'':<21}{'size':>7}{'index s':>8}{'ready':>8}{'before':>18}{'further':>26}{'typed':>14}"
        f"{'  loading':>16}{'  loaded':>16}{'  by key':>16}{'MiB':>8}"
    )
