"""What is decided: the other options are what nearly the same case would lead to."""

from __future__ import annotations

from collections.abc import Iterator

from generator.training.question import Option, Question, make, why_not
from generator.training.situation import Situation


def ask(here: Situation) -> Iterator[Question]:
    wrong = (Option(here.decision.outcomes[near.outcome].decision.strip(), why_not(here, near)) for near in here.near)
    if question := make("outcome", here, "What do you decide?", Option(here.outcome.decision.strip(), here.why), wrong):
        yield question
