"""GIFT, the text format of Moodle's question bank.

https://docs.moodle.org/en/GIFT_format: `~ = # { } :` and the backslash are written with a backslash before them, a line
break within a question as `\\n`, and a blank line ends a question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.publishing.training.question import QuizQuestion, feedback, ordered

NAME = "questions.gift"
SPECIAL = re.compile(r"[~=#{}:\\]")


def write(title: str, questions: Sequence[QuizQuestion]) -> bytes:
    lines: list[str] = []
    topic = ""
    for question in questions:
        if question.topic != topic:
            topic = question.topic
            lines += [f"$CATEGORY: $course$/top/{_name_category(title)}/{_name_category(topic)}", ""]
        lines += [f"::{_escape(question.id)}::[plain]{_escape(question.scenario)}\\n\\n{_escape(question.ask)} {{"]
        for option in ordered(question):
            sign = "=" if option is question.right else "~"
            lines.append(f"{sign}{_escape(option.text)}#{_escape(option.why)}")
        lines += [f"####{_escape(feedback(question))}", "}", ""]
    return "\n".join(lines).encode()


def _escape(text: str) -> str:
    return SPECIAL.sub(lambda sign: f"\\{sign[0]}", text).replace("\n", "\\n")


def _name_category(text: str) -> str:
    """A part of a category's path, in which a slash that is no border is written twice."""
    return " ".join(text.replace("/", "//").split())
