"""The formats for findings: each is a module in this folder with a function `render(judgement, colour)`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache

from generator.pipeline import Judgement

Render = Callable[[Judgement, bool], str]


@cache
def reports() -> dict[str, Render]:
    """Every format by name: a function from a judgement, and whether to use colours, to the text."""
    return {
        entry.name: importlib.import_module(f"{__name__}.{entry.name}").render
        for entry in pkgutil.iter_modules(__path__)
    }
