"""CSV for a spreadsheet, with the key: for trainers, and for systems with a format of their own.

A cell that a spreadsheet would take for a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from generator.publishing.training.question import MOST, QuizQuestion, feedback

NAME = "questions.csv"
WRONG = range(1, MOST)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(title: str, questions: Sequence[QuizQuestion]) -> bytes:
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    heads = [cell for number in WRONG for cell in (f"wrong {number}", f"why not {number}")]
    table.writerow(["id", "kind", "topic", "critical", "scenario", "question", "right", "why", *heads, "feedback"])
    for one in questions:
        wrong = [cell for option in one.wrong for cell in (option.text, option.why)]
        wrong += [""] * (len(heads) - len(wrong))
        row = [one.id, one.kind.replace("_", " "), one.topic, "yes" if one.is_critical else "no", one.scenario, one.ask]
        table.writerow(map(_disarm, [*row, one.right.text, one.right.why, *wrong, feedback(one)]))
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def _disarm(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
