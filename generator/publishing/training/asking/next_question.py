"""What to find out next, halfway through the decision: who asks out of turn decides by what was never asked."""

from __future__ import annotations

from collections.abc import Iterator

from generator.publishing.training.question import QuizOption, QuizQuestion, make_question
from generator.publishing.training.situation import Situation

FEW = 2  # questions on the way; with fewer there is no halfway


def ask(here: Situation) -> Iterator[QuizQuestion]:
    if len(here.way) <= FEW:
        return
    at = len(here.way) // 2
    known = "; ".join(f"{here.ask(turn.question)} {here.label(turn)}" for turn in here.way[:at])
    now = here.way[at].question
    later = [turn.question for turn in here.way[at + 1 :]]
    others = [name for name in here.graph.questions if name not in {turn.question for turn in here.way}]
    wrong = (
        *(QuizOption(here.ask(name), "That is asked later, if at all.") for name in later),
        *(QuizOption(here.ask(name), "This case never comes to that question.") for name in others),
    )
    right = QuizOption(here.ask(now), f"After “{here.label(here.way[at - 1])}”, this is what decides how it goes on.")
    scenario = f"{here.scenario}\n\nKnown so far: {known}"
    if question := make_question("next_question", here, "What do you find out next?", right, wrong, scenario):
        yield question
