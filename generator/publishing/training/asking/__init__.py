"""The kinds of questions: one module each, with a function `ask(here)` that yields questions about a golden case.

The module's name is the kind. A module in this folder is found without being registered.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache

from generator.publishing.training.question import QuizQuestion
from generator.publishing.training.situation import Situation

Ask = Callable[[Situation], Iterator[QuizQuestion]]


@cache
def ways_of_asking() -> dict[str, Ask]:
    """Every kind of question by its name."""
    names = sorted(entry.name for entry in pkgutil.iter_modules(__path__))
    return {name: importlib.import_module(f"{__name__}.{name}").ask for name in names}
