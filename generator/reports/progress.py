"""Shows the progress of long work on a terminal; prints nothing elsewhere, or for short work.

Rich is loaded only on a terminal: elsewhere it would draw nothing.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from generator.files.terminal import unguarded
from generator.pipeline import Track

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn

PATIENCE = 0.7
STEPS = 100
WIDEST = 500


@contextmanager
def tracking() -> Iterator[Track]:
    """A function that wraps a list of items, and shows the progress through it once it takes long."""
    if not sys.stderr.isatty():
        yield lambda items, label: items
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn

    progress = _make_progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())

    def track(items: Iterable[str], label: str) -> Iterator[str]:
        everything = list(items)
        step = max(1, len(everything) // STEPS)
        began = time.monotonic()
        task = progress.add_task(label, total=len(everything))
        for number, item in enumerate(everything):
            if number % step == 0 and time.monotonic() - began > PATIENCE:
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
    """A function to call at each step of work whose number of steps is unknown; shows how many there were."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.progress import SpinnerColumn, TextColumn

    with _make_progress(SpinnerColumn(), TextColumn("{task.description} {task.completed:,.0f}")) as progress:
        task = progress.add_task(label, total=None)
        yield lambda _: progress.advance(task)


def _make_progress(*columns: ProgressColumn) -> Progress:
    from rich.console import Console
    from rich.progress import Progress, TimeElapsedColumn

    size = shutil.get_terminal_size()  # Rich takes COLUMNS=² for a number: `²` is a digit to Python
    console = Console(file=unguarded(sys.stderr), width=min(size.columns, WIDEST), height=size.lines)
    # What is printed meanwhile goes through the terminal guard, not through Rich.
    return Progress(
        *columns, TimeElapsedColumn(), console=console, transient=True, redirect_stdout=False, redirect_stderr=False
    )
