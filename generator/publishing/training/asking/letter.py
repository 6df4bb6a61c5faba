"""Which letter goes out after the decision: the other options are those of near decisions."""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.types.decision_tree import Outcome
from generator.publishing.training.question import QuizOption, QuizQuestion, make_question
from generator.publishing.training.situation import Situation

NONE = "No letter from here"


def ask(here: Situation) -> Iterator[QuizQuestion]:
    right = _name_letter(here, here.outcome)
    others = [(_name_letter(here, here.decision.outcomes[near.outcome]), near) for near in here.near]
    if right == NONE:
        return
    told = f"The decision is “{here.outcome.decision.strip()}”, and this is its letter."
    wrong = [
        QuizOption(name, f"It belongs to “{here.decision.outcomes[near.outcome].decision.strip()}”.")
        for name, near in others
        if name != NONE
    ]
    nothing = QuizOption(NONE, "The member is told of this decision.")
    if question := make_question(
        "letter",
        here,
        "Which letter do you send?",
        QuizOption(right, told),
        (*wrong[:2], nothing),
        home=here.outcome.macro,
    ):
        yield question


def _name_letter(here: Situation, outcome: Outcome) -> str:
    letter = here.view.find(outcome.macro.id) if outcome.macro else None
    return letter.body.title.strip() if letter else NONE
