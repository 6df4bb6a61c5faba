"""The queries with their right answers, and how well a list of results does on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "queries.yaml"


@dataclass(frozen=True)
class Query:
    """What somebody types, what kind of query it is, and the ids that answer it: `id` or `id#part`."""

    text: str
    kind: str
    best: tuple[str, ...]

    @property
    def is_held_out(self) -> bool:
        """Whether it is only reported: no ranking was tuned on it."""
        x = 7
        for letter in self.text:
            x = (x * 31 + ord(letter)) % 2**32
        return x % 3 == 0


@dataclass(frozen=True)
class Answer:
    """What a search shows: `id` or `id#part`, best first, whether it is sure, and which are marked as dangers."""

    shown: tuple[str, ...]
    is_sure: bool
    dangers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Verdict:
    """Whether an answer is right at its first place, and within the first three."""

    first: bool
    three: bool


def read_queries(path: Path = FILE) -> list[Query]:
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [Query(entry["q"], entry["kind"], tuple(entry["best"])) for entry in entries]


def judge(query: Query, answer: Answer) -> Verdict:
    """A part counts as its document. Where nothing answers, the search has to say so; look-alikes raise no danger."""
    if query.kind == "nothing":
        return Verdict(not answer.is_sure, not answer.is_sure)
    if query.kind == "lookalike":
        return Verdict(not answer.dangers, not answer.dangers)
    best, shown = {name.partition("#")[0] for name in query.best}, documents(answer.shown)
    first, three = shown[:1], shown[:1] if query.kind == "danger" else shown[:3]
    return Verdict(bool(best & set(first)), bool(best & set(three)))


def judge_section(query: Query, answer: Answer) -> Verdict | None:
    """Whether the very part is shown; None where the query is about whole documents."""
    wanted = {name for name in query.best if "#" in name}
    if not wanted:
        return None
    return Verdict(bool(wanted & set(answer.shown[:1])), bool(wanted & set(answer.shown[:3])))


def documents(shown: Iterable[str]) -> list[str]:
    """The documents that are shown, each once, in their order."""
    return list(dict.fromkeys(name.partition("#")[0] for name in shown))


Verdicts = dict[str, list[Verdict]]


def by_kind(queries: Sequence[Query], answers: Sequence[Answer]) -> Verdicts:
    """The verdicts of each kind, in the order of the kinds; last `all`, and `section` for the parts."""
    found: Verdicts = defaultdict(list)
    every, sections = [], []
    for query, answer in zip(queries, answers, strict=True):
        found[query.kind].append(judge(query, answer))
        every.append(found[query.kind][-1])
        sections += [one] if (one := judge_section(query, answer)) else []
    return found | {"all": every, "(section)": sections}


def share(verdicts: Sequence[Verdict]) -> str:
    """Success at 1 and at 3, as in `.85 .95`."""
    if not verdicts:
        return "   -    -"
    first, three = (sum(some) / len(verdicts) for some in zip(*((v.first, v.three) for v in verdicts), strict=True))
    return f"{first:4.2f} {three:4.2f}"


def parted(queries: Sequence[Query], answers: Sequence[Answer]) -> Iterator[tuple[list[Query], list[Answer]]]:
    """Those that were tuned on, and those that are only reported."""
    for wanted in (False, True):
        some = [pair for pair in zip(queries, answers, strict=True) if pair[0].is_held_out is wanted]
        yield [query for query, _ in some], [answer for _, answer in some]
