"""What is decided: the other options are what nearly the same case would lead to."""

from __future__ import annotations

from collections.abc import Iterator

from generator.publishing.training.question import QuizOption, QuizQuestion, make_question, parting, why_not
from generator.publishing.training.situation import Situation


def ask(here: Situation) -> Iterator[QuizQuestion]:
    wrong = (
        QuizOption(here.decision.outcomes[near.outcome].decision.strip(), why_not(here, near), parting(here, near))
        for near in here.near
    )
    if question := make_question(
        "outcome",
        here,
        "What do you decide?",
        QuizOption(here.outcome.decision.strip(), here.why),
        wrong,
        home=here.outcome.sop,
    ):
        yield question
