"""Which section of a policy carries the decision: the other options carry near ones."""

from __future__ import annotations

from collections.abc import Iterator

from generator.publishing.training.question import QuizOption, QuizQuestion, make_question
from generator.publishing.training.situation import Situation


def ask(here: Situation) -> Iterator[QuizQuestion]:
    own = [name for target in here.outcome.cites if (name := here.name_section(target))]
    if not own:
        return
    wrong = [
        QuizOption(name, f"“{here.decision.outcomes[near.outcome].decision.strip()}” is based on it.")
        for near in here.near
        for target in here.decision.outcomes[near.outcome].cites
        if (name := here.name_section(target)) and name not in own
    ]
    right = QuizOption(own[0], f"“{here.outcome.decision.strip()}” is based on it.")
    ask, home = "Which section is the decision based on?", here.outcome.cites[0]
    if question := make_question("section", here, ask, right, wrong, home=home):
        yield question
