"""The only writer: files into a folder, and a finished folder into the place of an older one."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

EXCHANGE = 2
AT_CWD = -100
LOCK = "lock"
ABANDONED_AFTER = 24 * 60 * 60


def write(files: Mapping[str, str | bytes], folder: Path) -> None:
    """Writes files into an empty folder."""
    for name, content in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)


def place(path: Path, data: bytes) -> bool:
    """Puts a file in its place in one move, links followed; false where it holds these bytes already."""
    path = path.resolve()
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    try:
        beside.write_bytes(data)
        if path.exists():
            shutil.copymode(path, beside)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    return True


@contextmanager
def workshop(beside: Path) -> Iterator[Path]:
    """An empty folder on the same disk as the result; what a killed run left behind is cleared away."""
    home = beside.parent / ".playbook"
    home.mkdir(parents=True, exist_ok=True)
    for left in home.glob("build-*"):
        if _is_abandoned(left):
            shutil.rmtree(left, ignore_errors=True)
    mine = home / f"build-{uuid.uuid4().hex}"
    mine.mkdir()
    try:
        with (mine / LOCK).open("w") as lock:
            _hold(lock)
            yield mine
    finally:
        shutil.rmtree(mine, ignore_errors=True)
        with suppress(OSError):
            home.rmdir()


def _hold(lock: TextIO) -> bool:
    """Takes a lock that ends with its process, however that ends; false where another holds it."""
    if fcntl is None:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_abandoned(folder: Path) -> bool:
    with suppress(OSError):
        if time.time() - folder.stat().st_mtime > ABANDONED_AFTER:
            return True
        with (folder / LOCK).open("r+") as lock:
            return _hold(lock)
    return False


def swap(finished: Path, place: Path) -> None:
    """Puts a finished file or folder where the last good one is, in one move where the system can."""
    if finished.is_file() or not place.exists():
        os.replace(finished, place)
    elif _exchange(finished, place):
        shutil.rmtree(finished)
    else:
        _replace(finished, place)


def _replace(finished: Path, place: Path) -> None:
    """In two moves; the old folder comes back where the second one fails."""
    old = place.with_name(f"{place.name}.before-{uuid.uuid4().hex[:8]}")
    os.replace(place, old)
    try:
        os.replace(finished, place)
    except OSError:
        os.replace(old, place)
        raise
    shutil.rmtree(old)


def _exchange(one: Path, other: Path) -> bool:
    """Linux can exchange two folders at once, so that at no moment there is none."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(rename(AT_CWD, os.fsencode(one), AT_CWD, os.fsencode(other), EXCHANGE) == 0)
