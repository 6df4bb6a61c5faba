"""Builds in a folder aside, and swaps the result with the last good one, in one move."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from generator.files.writer.belongings import carry
from generator.files.writer.disk import (
    HOME,
    LOCK,
    held,
    is_held,
    made_for,
    remove_empty,
    sync,
    sync_folder,
    take,
    unhurried,
)

EXCHANGE = 2
AT_CWD = -100
LEFT = "left"
BEFORE = "before-"


def write_files(files: Mapping[str, str | bytes], folder: Path) -> None:
    """Writes files into an empty folder."""
    for name, content in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)


@contextmanager
def workshop(beside: Path) -> Iterator[Path]:
    """An empty folder on the same disk as the result; also deletes what killed runs left behind."""
    home = beside.parent / HOME
    build = home / f"build-{uuid.uuid4().hex}"
    with made_for(build), ExitStack() as locked:
        try:
            with held(home):
                (build / LEFT).mkdir(parents=True)
                take(locked.enter_context((build / LOCK).open("ab")))
                _take_over(home, build, beside)
            shutil.rmtree(build / LEFT, ignore_errors=True)
            yield build
        finally:
            with unhurried():
                locked.close()
                shutil.rmtree(build, ignore_errors=True)
                remove_empty([home])


def _take_over(home: Path, build: Path, place: Path) -> None:
    """Moves what ended processes left in the home into this build's folder, to be deleted without holding the lock."""
    before = home / f"{BEFORE}{place.name}"
    if before.exists() and not place.exists():
        os.replace(before, place)
    for left in [*home.glob("build-*"), before]:
        if left != build and not is_held(left / LOCK):
            with suppress(FileNotFoundError):  # a build that is just ending deletes its own folder
                os.replace(left, build / LEFT / left.name)


def swap(finished: Path, place: Path) -> None:
    """Replaces the last good file or folder with a finished one, in one move if the system can.

    What no build made in the folder is kept. Raises Unwritten.
    """
    if finished.is_file():
        sync(finished)
        os.replace(finished, place)
        sync_folder(place.parent)
        return
    with held(place.parent / HOME), unhurried():
        if not place.exists():
            os.replace(finished, place)
            return
        carry(place, finished)
        old = _exchange_or_move(finished, place)
        carry(old, place)  # what somebody put there in the meantime
        os.replace(old, finished)
    shutil.rmtree(finished, ignore_errors=True)


def bring_in(made: Path, place: Path, gone: Iterable[str] = ()) -> None:
    """Moves each file of a folder to its place in another, and removes those that are gone there, by their paths."""
    for file in sorted(path for path in made.rglob("*") if path.is_file()):
        target = place / file.relative_to(made)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(file, target)
    for name in gone:
        (place / name).unlink(missing_ok=True)
        # An empty folder would be somebody else's for the next build.
        remove_empty([parent for parent in (place / name).parents if parent != place and parent.is_relative_to(place)])


def _exchange_or_move(finished: Path, place: Path) -> Path:
    """Puts a folder in place of another; returns where the other one is now."""
    if _try_exchange(finished, place):
        return finished
    old = place.parent / HOME / f"{BEFORE}{place.name}"  # the next run puts it back if this one ends here
    os.replace(place, old)
    try:
        os.replace(finished, place)
    except OSError:
        os.replace(old, place)
        raise
    return old


def _try_exchange(one: Path, other: Path) -> bool:
    """Exchanges two folders in one step, so that neither is ever missing; false if this is not Linux, which can."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(rename(AT_CWD, os.fsencode(one), AT_CWD, os.fsencode(other), EXCHANGE) == 0)
