"""Whether the case is escalated, and to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.publishing.training.question import QuizOption, QuizQuestion, make_question
from generator.publishing.training.situation import Situation

NOBODY = "To nobody: it stays with you"
# Words by which a decision that names no team may still go to one: "Page the on-call of the team that owns the queue".
PASSED_ON = re.compile(
    r"\b(pag(?:e|es|ing)|escalat\w+|hand\w* (?:\w+ )?over|on.call|pass\w* (?:\w+ )?on|telephone|call)\b", re.IGNORECASE
)


def ask(here: Situation) -> Iterator[QuizQuestion]:
    named = {near.outcome: here.decision.outcomes[near.outcome].escalate for near in here.near}
    if not any((here.outcome.escalate, *named.values())) or _may_pass_on(here):
        return
    right = _name_team(here, here.outcome.escalate)
    decision = here.outcome.decision.strip()
    wrong = [
        QuizOption(_name_team(here, team), f"That is for “{here.decision.outcomes[name].decision.strip()}”.")
        for name, team in named.items()
        if _name_team(here, team)
    ]
    wrong.append(QuizOption(NOBODY, f"“{decision}” is not for you to carry out."))
    told = f"“{decision}” " + ("goes to them." if here.outcome.escalate else "is carried out where the case is.")
    if right and (
        question := make_question("escalation", here, "To whom do you escalate?", QuizOption(right, told), wrong)
    ):
        yield question


def _name_team(here: Situation, team: str | None) -> str:
    """A team's name; empty where the reader does not know it."""
    assert here.view.vocabulary is not None
    if team is None:
        return NOBODY
    term = here.view.vocabulary.teams.get(team)
    return term.name.strip() if term else ""


def _may_pass_on(here: Situation) -> bool:
    said = f"{here.outcome.decision} {here.outcome.text or ''}"
    return not here.outcome.escalate and PASSED_ON.search(said) is not None
