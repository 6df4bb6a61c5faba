"""Which section of a policy carries the decision: the other options carry near ones.

A question speaks one language, so that it names no section of a policy in another.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.target import Target
from generator.publishing.training.question import QuizOption, QuizQuestion, make_question
from generator.publishing.training.situation import Situation


def ask(here: Situation) -> Iterator[QuizQuestion]:
    based = {name: target for target in here.outcome.cites if (name := _name_section(here, target))}
    if not based:
        return
    own = list(based)
    wrong = [
        QuizOption(name, f"“{here.decision.outcomes[near.outcome].decision.strip()}” is based on it.")
        for near in here.near
        for target in here.decision.outcomes[near.outcome].cites
        if (name := _name_section(here, target)) and name not in own
    ]
    right = QuizOption(own[0], f"“{here.outcome.decision.strip()}” is based on it.")
    ask, home = "Which section is the decision based on?", based[own[0]]
    if question := make_question("section", here, ask, right, wrong, home=home):
        yield question


def _name_section(here: Situation, target: Target) -> str:
    return here.name_section(target) if here.is_in_own_language(target) else ""
