"""The formats in which a bank of questions goes into other systems: one module each, found by being here.

A module has the `NAME` of its file, and `write(title, questions)` that gives its bytes, or the files in it if it is
a zip: the same from every run.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from generator.publishing.training.question import QuizQuestion


class QuizFormat(NamedTuple):
    """How questions are written: the name of the file, what it is, and what makes it from a title and the questions."""

    file: str
    what: str
    write: Callable[[str, Sequence[QuizQuestion]], bytes | dict[str, bytes]]


@cache
def question_formats() -> dict[str, QuizFormat]:
    """Every format by the name of its module."""
    found = {}
    for entry in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{entry.name}")
        found[entry.name] = QuizFormat(module.NAME, (module.__doc__ or "").split("\n", 1)[0], module.write)
    return dict(sorted(found.items()))
