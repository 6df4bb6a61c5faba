"""Chooses golden cases to calibrate with: from many decisions, first those that no trainee can have read."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from itertools import zip_longest
from typing import NamedTuple

from generator.library.library import Library
from generator.publishing.training.question import why_not
from generator.publishing.training.situation import Situation, situations

CASES = 10
PEOPLE = "ABCDEFGHIJKL"
CAUSES = "page, translation, tree, tool, knowledge, hard case"


class NearWrong(NamedTuple):
    """A decision that lies near the agreed one, and why it is wrong."""

    decision: str
    why: str


class CalibrationCase(NamedTuple):
    """A case of a calibration: what people read, what they may decide by its name, and what the leader knows."""

    name: str
    tree: str
    version: str
    scenario: str
    choices: list[tuple[str, str]]
    agreed: str
    decision: str
    why: str
    path: list[tuple[str, str]]
    sections: list[str]
    near: list[NearWrong]
    is_unseen: bool


def choose_cases(view: Library, taught: Collection[str], seen: Collection[str], turn: int) -> list[CalibrationCase]:
    """The cases of a session: one of each decision in turn until there are enough.

    `view` is the library of the trainers, `seen` are the cases that trainees can read, as `document.case`. Another
    `turn` chooses others.
    """
    by_tree = [
        sorted(situations(view, document, decision, graph), key=lambda one: _rank(one, seen, turn))
        for document, decision, graph in view.decisions
        if document.id in taught
    ]
    by_tree.sort(key=lambda some: _hash_in_turn(some[0].document.id, turn) if some else "")
    mixed = [one for some in zip_longest(*by_tree) for one in some if one is not None]
    chosen = sorted(mixed, key=lambda one: _name_case(one) in seen)[:CASES]
    return [_describe(one, _name_case(one) not in seen) for one in chosen]


def _name_case(here: Situation) -> str:
    return f"{here.document.id}.{here.case.id}"


def _rank(here: Situation, seen: Collection[str], turn: int) -> tuple[bool, bool, str]:
    return _name_case(here) in seen, not here.near, _hash_in_turn(_name_case(here), turn)


def _hash_in_turn(name: str, turn: int) -> str:
    return hashlib.sha256(f"{turn} {name}".encode()).hexdigest()


def _describe(here: Situation, is_unseen: bool) -> CalibrationCase:
    outcomes = here.decision.outcomes
    return CalibrationCase(
        name=_name_case(here),
        tree=here.document.body.title.strip(),
        version=here.document.body.version,
        scenario=here.scenario,
        choices=[(name, outcome.decision.strip()) for name, outcome in outcomes.items()],
        agreed=here.case.outcome,
        decision=here.outcome.decision.strip(),
        why=here.why,
        path=[(here.ask(turn.question), here.label(turn)) for turn in here.way],
        sections=[name for name in map(here.name_section, here.outcome.cites) if name],
        near=[NearWrong(outcomes[one.outcome].decision.strip(), why_not(here, one)) for one in here.near[:3]],
        is_unseen=is_unseen,
    )


def list_rows(cases: list[CalibrationCase]) -> Iterator[list[str]]:
    """The rows of the agreement sheet: what is known beforehand, and empty cells."""
    for case in cases:
        yield [case.name, f"{case.tree} {case.version}", *[""] * len(PEOPLE), case.agreed, "", ""]


HEADS = ["case", "tree and version", *PEOPLE, "agreed reading", "cause of the spread", "what follows"]
