"""Which line of a case note is wrong: an answer that is not the case's, a decision that does not follow, or none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from generator.publishing.training.question import QuizOption, QuizQuestion, make_question, why_not
from generator.publishing.training.situation import Near, Situation

FINE = "None: the note is right"
FITS = "It says what the case says."
FOLLOWS = "It follows from the case."


def ask(here: Situation) -> Iterator[QuizQuestion]:
    near = next((one for one in here.near if not one.further), None)
    if near is None:
        return
    amiss = ("answer", "decision", "")[_choose_number(f"{here.document.id}.{here.case.id}") % 3]
    answer = f"The answer to “{here.ask(near.turn.question)}”"
    given, right = here.label(near.turn), here.label(here.right(near.turn.question))
    options = {
        "answer": QuizOption(answer, f"The case says “{right}”, the note “{given}”." if amiss == "answer" else FITS),
        "decision": QuizOption("The decision", _explain(here, near) if amiss == "decision" else FOLLOWS),
        "": QuizOption(
            FINE, "Each answer is the case's, and the decision follows." if not amiss else "One line is wrong."
        ),
    }
    scenario = f"{here.scenario}\n\n{_write_note(here, near, amiss)}"
    wrong = [option for name, option in options.items() if name != amiss]
    if question := make_question(
        "case_note", here, "Which line of the note is wrong?", options[amiss], wrong, scenario
    ):
        yield question


def _write_note(here: Situation, near: Near, amiss: str) -> str:
    lines = ["The note on the case:"]
    for turn in here.way:
        said = near.turn if amiss == "answer" and turn.question == near.turn.question else turn
        lines.append(f"- {here.ask(turn.question)} {here.label(said)}")
    decided = near.outcome if amiss == "decision" else here.case.outcome
    return "\n".join([*lines, f"- Decision: {here.decision.outcomes[decided].decision.strip()}"])


def _explain(here: Situation, near: Near) -> str:
    return f"The answers lead to “{here.outcome.decision.strip()}”. {why_not(here, near)}"


def _choose_number(name: str) -> int:
    """A number that is the same for the same name, on every machine."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
