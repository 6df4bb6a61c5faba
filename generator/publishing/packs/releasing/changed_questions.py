"""Picks the questions about what changed: a decision, and the letters, procedures and sections that it leads to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.analysis.delta import Delta
from generator.documents.types.decision_tree import Case, Decision, Outcome
from generator.library.library import Library
from generator.publishing.training.question import QuizQuestion


def select_questions(delta: Delta, questions: Iterable[QuizQuestion]) -> list[QuizQuestion]:
    """Those of the pack's questions that ask about what is another, or new, in their order."""
    wanted = _list_cases(delta)
    return [one for one in questions if one.case in wanted]


def _list_cases(delta: Delta) -> set[str]:
    """The golden cases, as `decision.case`, whose decision, letter, procedure or ground changed."""
    parts, view = delta.parts, delta.new.view
    found = set()
    for document, decision in view.each(Decision):
        if document.id in delta.new.contents.taught:
            own = [case for case in decision.cases if _is_touched(view, parts, document.id, decision, case)]
            if not own and parts.get(document.id):
                own = decision.cases
            found |= {f"{document.id}.{case.id}" for case in own}
    return found


def _is_touched(view: Library, parts: Mapping[str, frozenset[str]], name: str, decision: Decision, case: Case) -> bool:
    own = parts.get(name, frozenset())
    if own & {case.id, case.outcome}:
        return True
    outcome = decision.outcomes.get(case.outcome)
    return outcome is not None and _is_reached(view, parts, outcome)


def _is_reached(view: Library, parts: Mapping[str, frozenset[str]], outcome: Outcome) -> bool:
    """Whether what an outcome leads to, or rests on, is another than it was."""
    for target in (outcome.macro, outcome.sop, *outcome.cites):
        document = view.find(target.id) if target else None
        changed = parts.get(document.id) if document else None
        if target and changed and (not target.part or "" in changed or view.current(target).part in changed):
            return True
    return False
