"""Where something is built before it takes the place of the last good one, in one move."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from generator.files.writer.belongings import carry
from generator.files.writer.disk import HOME, LOCK, held, is_held, made_for, remove_empty, sync, sync_folder, take

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
    """An empty folder on the same disk as the result; what a killed run left behind is cleared away."""
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
            locked.close()
            shutil.rmtree(build, ignore_errors=True)
            remove_empty([home])


def _take_over(home: Path, build: Path, place: Path) -> None:
    """Takes over what ended processes left in the home whose lock this one holds, to be cleared away in time."""
    before = home / f"{BEFORE}{place.name}"
    if before.exists() and not place.exists():
        os.replace(before, place)
    for left in [*home.glob("build-*"), before]:
        if left != build and not is_held(left / LOCK):
            with suppress(FileNotFoundError):  # one that is at its end takes itself away
                os.replace(left, build / LEFT / left.name)


def swap(finished: Path, place: Path) -> None:
    """Puts a finished file or folder where the last good one is, in one move where the system can.

    What no build made in the folder stays in it. Raises Unwritten.
    """
    if finished.is_file():
        sync(finished)
        os.replace(finished, place)
        sync_folder(place.parent)
        return
    with held(place.parent / HOME):
        if not place.exists():
            os.replace(finished, place)
            return
        carry(place, finished)
        old = _exchange_or_move(finished, place)
        carry(old, place)  # what somebody put there in the meantime
        os.replace(old, finished)
    shutil.rmtree(finished, ignore_errors=True)


def _exchange_or_move(finished: Path, place: Path) -> Path:
    """Puts a folder in the place of another; where that is now."""
    if _try_exchange(finished, place):
        return finished
    old = place.parent / HOME / f"{BEFORE}{place.name}"  # from where the next run puts it back if this one ends here
    os.replace(place, old)
    try:
        os.replace(finished, place)
    except OSError:
        os.replace(old, place)
        raise
    return old


def _try_exchange(one: Path, other: Path) -> bool:
    """Linux can exchange two folders at once, so that at no moment there is none."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(rename(AT_CWD, os.fsencode(one), AT_CWD, os.fsencode(other), EXCHANGE) == 0)
