"""Which letter goes out, and why not its neighbours: the letters' own rules say what parts them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.documents import Document
from generator.documents.target import Target
from generator.documents.text.prose import survey
from generator.documents.types.decision_tree import Decision
from generator.documents.types.macro import Macro
from generator.publishing.training.question import QuizOption, QuizQuestion, make_question, why_not
from generator.publishing.training.situation import Situation

NONE = "No letter from here"
END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“])")


def ask(here: Situation) -> Iterator[QuizQuestion]:
    letter, usual = _find_letter(here, here.letter), _find_letter(here, here.outcome.macro)
    is_own = here.case.no_letter or here.case.letter is not None
    if not (letter or (here.case.no_letter and usual)) or (not is_own and _is_decided_elsewhere(here)):
        return
    right = QuizOption(_name(letter), _tell_use(here, letter)) if letter else QuizOption(NONE, here.why)
    wrong = list(_list_wrong(here, letter))
    if usual and usual is not letter:
        rule = _find_rule(here, usual, letter) or f"{here.why} It has another use: {_tell_use(here, usual)}"
        wrong.insert(0, QuizOption(_name(usual), rule))
    if letter:
        wrong[2:] = [QuizOption(NONE, f"Somebody has to hear of it. “{_name(letter)}”: {_tell(here, letter)}")]
    home = here.letter or here.outcome.macro
    asked = "Which letter goes to the person who wrote?" if here.case.letter else "Which letter do you send?"
    if question := make_question("letter", here, asked, right, wrong, home=home):
        yield question


def _list_wrong(here: Situation, right: Document | None) -> Iterator[QuizOption]:
    """Letters of near decisions, each with the rule that parts it from the right one.

    What the outcome's own text names is none of them: that letter may go out too, to somebody else or on another day.
    """
    named = _name_ids(here.outcome.text or "") | ({here.outcome.macro.id} if here.outcome.macro else set())
    for near in here.near:
        letter = _find_letter(here, here.decision.outcomes[near.outcome].macro)
        if letter is not None and letter.id not in named:
            rule = _find_rule(here, letter, right) or f"It has another use: {END.split(_tell_use(here, letter))[0]}"
            yield QuizOption(_name(letter), f"{rule} {why_not(here, near)}")


def _is_decided_elsewhere(here: Situation) -> bool:
    """Whether the outcome sends on to another decision: the step that follows there may have another letter."""
    found = (here.view.find(name) for name in _name_ids(here.outcome.text or ""))
    return any(isinstance(document.body, Decision) for document in found if document)


def _find_letter(here: Situation, target: Target | None) -> Document | None:
    return here.view.find(target.id) if target else None


def _name(letter: Document) -> str:
    return letter.body.title.strip()


def _tell(here: Situation, letter: Document) -> str:
    return here.spell_out(letter.body.summary)


def _tell_use(here: Situation, letter: Document) -> str:
    """When the letter is used, in its own words; without any, what it says."""
    assert isinstance(letter.body, Macro)
    text = letter.body.when or letter.body.summary
    return here.spell_out(text.strip().splitlines()[0])


def _find_rule(here: Situation, letter: Document, right: Document | None) -> str:
    """Where a letter's own rules lead from it to the right one; empty where they do not."""
    assert isinstance(letter.body, Macro)
    rules = (rule for rule in letter.body.not_when if right and right.id in _name_ids(rule))
    return next((f"It is not for this: {here.spell_out(rule)}" for rule in rules), "")


def _name_ids(text: str) -> set[str]:
    """The ids of the documents that a text names."""
    return {mention.target.id for mention in survey(text).mentions}
