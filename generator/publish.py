"""The only writer: files into a folder, and a finished folder into the place of an older one."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

EXCHANGE = 2
AT_CWD = -100


def write(files: Mapping[str, str | bytes], folder: Path) -> list[str]:
    """Makes the folder hold just these files; gives the paths that changed. What is the same is left untouched."""
    changed = []
    for name, content in files.items():
        place = folder / name
        data = content.encode() if isinstance(content, str) else content
        if place.is_file() and place.read_bytes() == data:
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        changed.append(name)
    for place in sorted(folder.rglob("*"), reverse=True):
        name = place.relative_to(folder).as_posix()
        if place.is_dir():
            with suppress(OSError):
                place.rmdir()
        elif name not in files:
            place.unlink()
            changed.append(name)
    return changed


@contextmanager
def workshop(beside: Path) -> Iterator[Path]:
    """An empty folder on the same disk as the result; what a killed run left behind is cleared away."""
    home = beside.parent / ".playbook"
    home.mkdir(parents=True, exist_ok=True)
    for left in home.glob("build-*"):
        if not _is_running(left.name.removeprefix("build-")):
            shutil.rmtree(left, ignore_errors=True)
    mine = home / f"build-{os.getpid()}"
    shutil.rmtree(mine, ignore_errors=True)
    mine.mkdir()
    try:
        yield mine
    finally:
        shutil.rmtree(mine, ignore_errors=True)
        with suppress(OSError):
            home.rmdir()


def _is_running(pid: str) -> bool:
    if not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def swap(finished: Path, place: Path) -> None:
    """Puts a finished file or folder where the last good one is, in one move where the system can."""
    if finished.is_file() or not place.exists():
        os.replace(finished, place)
    elif _exchange(finished, place):
        shutil.rmtree(finished)
    else:
        old = finished.with_name(finished.name + ".old")
        os.replace(place, old)
        os.replace(finished, place)
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
