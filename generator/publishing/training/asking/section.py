"""Which section of a policy carries the decision: the other options carry near ones, and each says what it is about.

A question speaks one language, so that it names no section of a policy in another.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from functools import lru_cache

from generator.documents.target import Target
from generator.publishing.training.question import QuizOption, QuizQuestion, make_question
from generator.publishing.training.situation import Situation

SENTENCES, CHARACTERS = 2, 320  # of a section: enough to tell it from its neighbours
END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“])")


def ask(here: Situation) -> Iterator[QuizQuestion]:
    own = {name: target for target in here.outcome.cites if (name := _name_section(here, target))}
    if not own:
        return
    wrong = [
        QuizOption(name, _explain(here, target, near.outcome))
        for near in here.near
        for target in here.decision.outcomes[near.outcome].cites
        if (name := _name_section(here, target)) and name not in own
    ]
    name, home = next(iter(own.items()))
    right = QuizOption(name, _explain(here, home, here.case.outcome))
    ask = "Which section is the decision based on?"
    if question := make_question("section", here, ask, right, wrong, home=home):
        yield question


def _name_section(here: Situation, target: Target) -> str:
    return here.name_section(target) if here.is_in_own_language(target) else ""


def _explain(here: Situation, target: Target, outcome: str) -> str:
    """How a section begins, and which decision it carries."""
    policy, part = here.view.find(target.id), here.view.current(target).part
    sections = getattr(policy.body, "sections", ()) if policy else ()
    text = next((here.spell_out(one.text) for one in sections if one.id == part), "")
    return f"It says: “{_quote_start(text)}” That carries “{here.decision.outcomes[outcome].decision.strip()}”."


@lru_cache(maxsize=1_000)  # a section is quoted by each question about the outcomes beside it
def _quote_start(text: str) -> str:
    return textwrap.shorten(" ".join(END.split(text)[:SENTENCES]), CHARACTERS, placeholder=" …")
