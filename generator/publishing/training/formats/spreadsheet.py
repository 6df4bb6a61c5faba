"""CSV for a spreadsheet, with the key: for trainers, and for systems with a format of their own."""

from __future__ import annotations

from collections.abc import Sequence

from generator.exchange.spreadsheet import write_sheet
from generator.publishing.training.question import MOST, QuizQuestion, feedback

NAME = "questions.csv"
WRONG = range(1, MOST)


def write(title: str, questions: Sequence[QuizQuestion]) -> bytes:
    extra = [cell for number in WRONG for cell in (f"wrong {number}", f"why not {number}")]
    heads = ["id", "kind", "topic", "critical", "scenario", "question", "right", "why", *extra, "feedback"]
    return write_sheet(heads, (_list_cells(one, len(extra)) for one in questions))


def _list_cells(one: QuizQuestion, width: int) -> list[str]:
    wrong = [cell for option in one.wrong for cell in (option.text, option.why)]
    wrong += [""] * (width - len(wrong))
    row = [one.id, one.kind.replace("_", " "), one.topic, "yes" if one.is_critical else "no", one.scenario, one.ask]
    return [*row, one.right.text, one.right.why, *wrong, feedback(one)]
