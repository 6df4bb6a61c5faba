"""Spreads work over every core, in processes that are forked from this one and share all that it has loaded."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence, Sized
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import Any, TypeVar

CHUNK = 16
PR_SET_PDEATHSIG = 1
WORTH_IT = 64
LOOK_EVERY = 0.02  # seconds

Job = TypeVar("Job")
Result = TypeVar("Result")


class WorkerKilled(Exception):
    """A worker process ended before its work was done, perhaps because the machine ran out of memory."""


_shared: tuple[Callable[[Any], Any], Sequence[Any]] | None = None


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def is_worth_it(items: Sized) -> bool:
    """Whether workers would be done with these items sooner than this process."""
    return len(items) >= WORTH_IT and cores() > 1 and sys.platform == "linux"


def spread(task: Callable[[Job], Result], items: Sequence[Job], at_once: int = CHUNK) -> Iterator[Result]:
    """The result of `task` for each item, in their order; few items are done in this process.

    A worker gets the task and the items by being forked, so that neither needs to be pickled: only results do. What a
    task changes is changed in its worker alone. Raises WorkerKilled, and what the task raises.
    """
    global _shared
    pool = _make_pool() if is_worth_it(items) else None
    if pool is None:
        yield from map(task, items)
        return
    _shared = task, items
    try:
        gc.freeze()  # a worker that collects would copy every object it was forked with
        with pool:
            starts = range(0, len(items), at_once)
            for chunk in pool.map(_work, starts, [start + at_once for start in starts]):
                yield from chunk
    except BrokenProcessPool:
        raise WorkerKilled("a worker process was killed, perhaps because the machine ran out of memory") from None
    finally:
        _shared = None


def aside(task: Callable[[], Result], is_wanted: Callable[[], bool]) -> Result | None:
    """The result of a task in a process of its own; None as soon as it is no longer wanted, and the process is ended.

    Raises WorkerKilled, and what the task raises.
    """
    if sys.platform != "linux":
        return task()
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_give_result, args=(task, sender, os.getpid()))
    process.start()
    sender.close()
    try:
        while not receiver.poll(LOOK_EVERY):
            if not is_wanted():
                return None
        found: tuple[Result, None] | tuple[None, Exception] = receiver.recv()
        if found[1] is not None:
            raise found[1]
        return found[0]
    except EOFError:
        raise WorkerKilled("a worker process was killed, perhaps because the machine ran out of memory") from None
    finally:
        process.kill()
        process.join()
        receiver.close()


def _give_result(task: Callable[[], Any], sender: Any, builder: int) -> None:
    """Runs in the process of a task."""
    _stay_calm(builder)
    try:
        sender.send((task(), None))
    except Exception as error:
        sender.send((None, error))
    sender.close()


def _make_pool() -> ProcessPoolExecutor | None:
    """Workers that begin with their first item; None where the system has no semaphores for them.

    Some containers have none, and there are none left where the disk that holds them is full.
    """
    try:
        return ProcessPoolExecutor(cores(), multiprocessing.get_context("fork"), _stay_calm, (os.getpid(),))
    except (OSError, ImportError, NotImplementedError):
        return None


def _stay_calm(builder: int) -> None:
    """Whoever interrupts a build means the process that runs it; a worker ends when that one does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with suppress(OSError, AttributeError):  # a build that is killed cannot end its workers, who hold its locks
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != builder:
        os._exit(1)


def _work(start: int, end: int) -> list[Any]:
    """Runs in a worker: the results of one chunk of items."""
    assert _shared is not None
    task, items = _shared
    return [task(item) for item in items[start:end]]
