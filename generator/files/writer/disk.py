"""Safe steps on a disk: locks that end with their process, files that survive a power cut, paths that stay inside."""

from __future__ import annotations

import errno
import os
import signal
import stat
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]
    import msvcrt

HOME = ".playbook"
LOCK = "lock"
UNFINISHED = ".unfinished-"
PATIENCE = 20.0
ENDINGS = {"SIGINT", "SIGTERM", "SIGHUP"}
HELD_BY_ANOTHER = {errno.EAGAIN, errno.EACCES, errno.EDEADLK}


class Unwritten(Exception):
    """Why nothing was written: one line that names the file and says what to do."""


@contextmanager
def held(home: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Holds the lock of a `.playbook` folder, which is made for it and removed if nothing else is in it.

    Only the holder of the lock may make anything in there, or remove what another process made. Raises Unwritten if
    another process keeps it for longer than `patience` seconds.
    """
    with made_for(home / LOCK):
        lock = _wait_for_lock(home, patience)
        try:
            yield
        finally:
            _leave(lock, home)


def _leave(lock: BinaryIO, home: Path) -> None:
    """Removes the lock, so that nothing is left of it; a process that is waiting for it makes a new one."""
    if os.name != "posix":  # Windows keeps an open file from being removed
        lock.close()
    with suppress(OSError):
        (home / LOCK).unlink()
    lock.close()
    remove_empty([home])


def _wait_for_lock(home: Path, patience: float) -> BinaryIO:
    """The open file of the lock. Its last holder may have removed it: a lock on a deleted file keeps nobody out."""
    until, pause = time.monotonic() + patience, 0.001
    while True:
        # a link that came with somebody's folder must not lead us out of it
        if home.is_symlink() or home.is_file() or (home / LOCK).is_symlink():
            raise Unwritten(f"nothing was written: {home} is not a folder of this tool; remove it")
        with suppress(FileNotFoundError, FileExistsError):  # its last holder removed the folder too
            home.mkdir(parents=True, exist_ok=True)
            lock = (home / LOCK).open("ab")
            if take(lock) and _is_file_at(lock, home / LOCK):
                return lock
            lock.close()
        if time.monotonic() > until:
            raise Unwritten(f"another playbook command is writing in {home.parent}: run this one again when it is done")
        time.sleep(pause)
        pause = min(2 * pause, 0.05)


def take(lock: BinaryIO) -> bool:
    """Locks an open file until it is closed or its process ends in any way; false if another process has the lock.

    Some network drives have no locks: there nobody is kept out.
    """
    try:
        _lock_now(lock)
    except OSError as error:
        return error.errno not in HELD_BY_ANOTHER
    return True


def is_held(path: Path) -> bool:
    """Whether a process has locked the file, or may have; false if there is no file."""
    try:
        with path.open("r+b") as lock:
            _lock_now(lock)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def _lock_now(lock: BinaryIO) -> None:
    if fcntl is None:
        msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_file_at(file: BinaryIO, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


@contextmanager
def unhurried() -> Iterator[None]:
    """Lets a few steps come to their end: whatever asks this process to end meanwhile is heard afterwards."""
    if threading.current_thread() is not threading.main_thread():  # where nobody hears it
        yield
        return
    heard: list[int] = []
    asked = [one for one in signal.Signals if one.name in ENDINGS and callable(signal.getsignal(one))]
    before = {one: signal.signal(one, lambda number, _: heard.append(number)) for one in asked}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
        for number in heard[:1]:
            signal.raise_signal(number)


@contextmanager
def made_for(path: Path) -> Iterator[None]:
    """Removes at the end those folders above a path that did not exist before, if they are empty."""
    missing = [folder for folder in path.parents if not folder.exists()]
    try:
        yield
    finally:
        remove_empty(missing)


def remove_empty(folders: list[Path]) -> None:
    """Removes those of the folders that are empty, in the order given."""
    for folder in folders:
        with suppress(OSError):
            folder.rmdir()


def save(path: Path, data: bytes) -> None:
    """Writes a file so that others find either all of it or nothing new, even after a power cut."""
    beside = path.with_name(f"{path.name}{UNFINISHED}{uuid.uuid4().hex[:8]}")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync(path: Path) -> None:
    """Waits until a file's content is on the disk."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Waits until the entries of a folder are on the disk, if the system can say so."""
    with suppress(OSError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def real(root: Path, path: str) -> Path:
    """Where a file really is, once links are followed. Raises Unwritten if they lead out of the folder, or nowhere."""
    place = Path(os.path.realpath(root / path))
    if not place.is_relative_to(os.path.realpath(root)):
        raise Unwritten(
            f"nothing was written: {path} is behind a link that leads out of {root}; put the file itself here"
        )
    if (root / path).is_symlink() and not place.exists():
        raise Unwritten(f"nothing was written: {path} is a link to a file that does not exist; remove the link")
    return place


def content_now(root: Path, path: str) -> bytes | None:
    """The content of a file; None if there is no file. Raises Unwritten if it is not a regular file."""
    place = real(root, path)
    try:
        mode = place.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not stat.S_ISREG(mode):
        raise Unwritten(f"nothing was written: {path} is not a regular file; move it away")
    return place.read_bytes()
