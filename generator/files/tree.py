"""Lists and reads the files of a knowledge base."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

MARK = Path("content") / "vocabulary.yaml"
MAX_BYTES = 2 * 1024 * 1024


class Unreadable(Exception):
    """A file that cannot be read; `hint` says how to fix it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class Tree(Protocol):
    """Anything that has files under relative paths with forward slashes."""

    def files(self, folders: tuple[str, ...]) -> Iterator[str]:
        """Every file below the folders (or the file itself if one is named), sorted by path.

        A link to a folder is not followed, but listed as its path with a slash at the end.
        """

    def read(self, path: str) -> bytes:
        """The bytes of one file; raises Unreadable."""


class Folder:
    """A knowledge base in a folder of this machine."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    def files(self, folders: tuple[str, ...]) -> Iterator[str]:
        paths: list[str] = []
        for name in folders:
            start = self.root / name
            if start.is_dir() and not start.is_symlink():
                paths.extend(self._list_below(name))
            elif os.path.lexists(start):
                paths.append(name + ("/" if start.is_dir() else ""))
        yield from sorted(paths)

    def _list_below(self, name: str) -> Iterator[str]:
        """Lists files without recursion: folders may be nested deeper than Python can recurse."""
        folders = [name]
        while folders:
            below = folders.pop()
            try:
                entries = list(os.scandir(os.path.join(self.root, below)))  # noqa: PTH118
            except OSError:
                yield f"{below}/"
                continue
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{below}/{entry.name}")
                else:
                    yield f"{below}/{entry.name}" + ("/" if os.path.isdir(entry.path) else "")  # noqa: PTH112

    def read(self, path: str) -> bytes:
        place = os.path.join(self.root, path.rstrip("/"))  # noqa: PTH118 - a knowledge base has thousands of files
        try:
            status = os.lstat(place)
            if stat.S_ISLNK(status.st_mode):
                if not Path(os.path.realpath(place)).is_relative_to(self.root):
                    raise Unreadable("is a link that leads out of the knowledge base", "put the file itself here")
                status = os.stat(place)  # noqa: PTH116
            elif stat.S_ISDIR(status.st_mode):
                raise Unreadable("is a folder that cannot be opened", "fix its permissions")
            return _read_bytes(place, status)
        except OSError as error:
            reason = (error.strerror or "cannot be opened").lower()
            raise Unreadable(f"cannot be read: {reason}", "make the file readable, or remove it") from None


def _read_bytes(place: str, status: os.stat_result) -> bytes:
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable("is not a regular file", "put a regular file here; links to folders are not followed")
    if status.st_size > MAX_BYTES:
        size = status.st_size / 1024 / 1024
        raise Unreadable(
            f"is {size:.1f} MiB in size, but the limit is {MAX_BYTES // 1024 // 1024} MiB",
            "split it into several documents",
        )
    with open(place, "rb") as file:  # noqa: PTH123
        return file.read()


def find_root(start: Path) -> Path | None:
    """The folder itself, or the nearest one above it, that contains a vocabulary; None if none does."""
    for folder in (start, *start.parents):
        if (folder / MARK).is_file():
            return folder
    return None
