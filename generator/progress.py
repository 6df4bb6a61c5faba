"""Shows on a terminal how far long work has come, and stays silent elsewhere and for short work."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from generator.pipeline import Track

PATIENCE = 0.7
STEP = 50


@contextmanager
def tracking() -> Iterator[Track]:
    """A function that wraps a list of items, and shows the way through it once it takes long."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda items, label: items
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    progress = Progress(*columns, console=console, transient=True)

    def track(items: Iterable[str], label: str) -> Iterator[str]:
        everything = list(items)
        began = time.monotonic()
        task = progress.add_task(label, total=len(everything))
        for number, item in enumerate(everything):
            if number % STEP == 0 and time.monotonic() - began > PATIENCE:
                progress.start()
                progress.update(task, completed=number)
            yield item
        progress.update(task, completed=len(everything))

    try:
        yield track
    finally:
        progress.stop()


@contextmanager
def ticking(label: str) -> Iterator[Callable[[str], None]]:
    """A function to call at each of many steps whose number nobody knows; shows the count once it takes long."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description} {task.completed:,.0f}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(label, total=None)
        yield lambda _: progress.advance(task)
