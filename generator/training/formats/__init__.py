"""The formats in which a bank of questions goes into other systems: one module each, found by being here.

A module has the `NAME` of its file, and `write(title, questions)` that gives its bytes: the same from every run.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from generator.training.question import Question


class QuestionFormat(NamedTuple):
    """How questions are written: the name of the file, and what makes its bytes from a title and the questions."""

    file: str
    what: str
    write: Callable[[str, Sequence[Question]], bytes]


@cache
def formats() -> dict[str, QuestionFormat]:
    """Every format by the name of its module."""
    found = {}
    for entry in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{entry.name}")
        found[entry.name] = QuestionFormat(module.NAME, (module.__doc__ or "").split("\n", 1)[0], module.write)
    return dict(sorted(found.items()))
