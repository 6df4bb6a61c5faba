"""Finds out whether a golden case walks where a decision changed, and drafts one that does."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from generator.analysis.changes.ways import Speech
from generator.decisions.comparison import Comparison
from generator.decisions.endings import Apart
from generator.decisions.graph import Turn
from generator.decisions.table import ANY
from generator.documents.types.decision_tree import DecisionTree

LONGEST = 60  # characters of an id


class DraftCase(NamedTuple):
    """A golden case to be finished by a person: `scenario` has what has to be true in it, a line for each question."""

    id: str
    scenario: str
    answers: tuple[str, ...]
    outcome: str
    asked: str
    answered: str


def is_walked(comparison: Comparison, apart: Apart) -> bool:
    """Whether a golden case of the new decision takes one of the paths that parted so."""
    for case in comparison.new.decision.cases:
        if case.outcome != apart.new or not _fits(comparison, case.answers):
            continue  # a case that was not brought up to date tests nothing
        facts = _list_facts(comparison, case.answers)
        olds, news = comparison.may_end(facts)
        is_there = apart.at is None or facts.get(apart.at.question) == apart.at.answer
        if is_there and news == {apart.new} and (apart.old in olds or not apart.old):
            return True
    return False


def _fits(comparison: Comparison, answers: list[str]) -> bool:
    """Whether each answer of a tree's case is asked for; a table's case may have more than are."""
    return not isinstance(comparison.new.decision, DecisionTree) or len([*comparison.new.given(answers)]) == len(
        answers
    )


def _list_facts(comparison: Comparison, answers: list[str]) -> Mapping[str, str]:
    """The answers of a case by the ids that the comparison has for what is asked."""
    graph = comparison.new
    if isinstance(graph.decision, DecisionTree):
        given = [(turn.question, answers[number]) for number, turn in graph.given(answers)]
    else:
        given = [(asked, one) for asked, one in zip(graph.decision.asked, answers, strict=False) if one != ANY]
    return {comparison.names[asked]: comparison.fit(comparison.names[asked], asked, one) for asked, one in given}


def draft_case(comparison: Comparison, apart: Apart, speech: Speech, taken: Collection[str]) -> DraftCase:
    """The first path that parted so, as a case: its answers, and where it ends."""
    graph, facts = comparison.new, dict(comparison.example(apart))
    way = []
    at = graph.start
    while at in graph.questions and comparison.known[1][at] in facts:
        asked = comparison.known[1][at]
        answer = comparison.give(asked, facts[asked])[1]
        way.append(Turn(at, answer))
        at = graph.turns[at].get(answer, "")
    lead = apart.at or (way[-1] if way else Turn("case", "new"))
    words = [(comparison.known[1][turn.question], turn.answer) for turn in way]
    scenario = "\n".join(f"{speech.ask(asked)} {speech.answer(Turn(asked, answer))}." for asked, answer in words)
    return DraftCase(
        _name_case(f"{lead.question}-{lead.answer}", taken),
        scenario,
        tuple(graph.case(tuple(way))),
        apart.new,
        speech.ask(lead.question),
        speech.answer(lead),
    )


def _name_case(wanted: str, taken: Collection[str]) -> str:
    name = "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in wanted.lower())
    name = "-".join(filter(None, name.split("-")))[:LONGEST].strip("-")
    return next(one for one in (name, *(f"{name}-{n}" for n in range(2, 1000))) if one not in taken)
