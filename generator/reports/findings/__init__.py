"""How findings are printed; a report is a module in this folder with a function `render(judgement)`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache

from generator.pipeline import Judgement

Render = Callable[[Judgement, bool], str]


@cache
def reports() -> dict[str, Render]:
    """Every report by name. It takes a judgement and whether colours are wanted, and gives a text."""
    return {
        entry.name: importlib.import_module(f"{__name__}.{entry.name}").render
        for entry in pkgutil.iter_modules(__path__)
    }
