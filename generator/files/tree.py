"""Where files come from: in goes a place that holds a knowledge base, out come paths and bytes."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

MARK = Path("content") / "vocabulary.yaml"
MAX_BYTES = 2 * 1024 * 1024


class Unreadable(Exception):
    """A file that cannot be had; `hint` says what mends it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class Tree(Protocol):
    """Anything that holds files under relative paths with forward slashes."""

    def files(self, folders: tuple[str, ...]) -> Iterator[str]:
        """Every file below the folders (or the file itself where one is named), in the order of their paths.

        A link to a folder is not followed: it is given as its path with a slash behind it.
        """

    def read(self, path: str) -> bytes:
        """The bytes of one file; raises Unreadable."""


class Folder:
    """A knowledge base in a folder of this machine."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    def files(self, folders: tuple[str, ...]) -> Iterator[str]:
        found: list[str] = []
        for name in folders:
            start = self.root / name
            if start.is_dir() and not start.is_symlink():
                found.extend(self._below(name))
            elif os.path.lexists(start):
                found.append(name + ("/" if start.is_dir() else ""))
        yield from sorted(found)

    def _below(self, name: str) -> Iterator[str]:
        """Without recursion: folders may be nested deeper than calls can."""
        folders = [name]
        while folders:
            below = folders.pop()
            try:
                entries = list(os.scandir(self.root / below))
            except OSError:
                yield f"{below}/"
                continue
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{below}/{entry.name}")
                else:
                    is_linked = entry.is_symlink() and os.path.isdir(entry.path)  # noqa: PTH112 - never raises
                    yield f"{below}/{entry.name}" + ("/" if is_linked else "")

    def read(self, path: str) -> bytes:
        place = self.root / path.rstrip("/")
        try:
            status = place.lstat()
            if stat.S_ISLNK(status.st_mode):
                if not Path(os.path.realpath(place)).is_relative_to(self.root):  # of a circle it makes no error
                    raise Unreadable("is a link that leads out of the knowledge base", "put the file itself here")
                status = place.stat()
            elif stat.S_ISDIR(status.st_mode):
                raise Unreadable("is a folder that cannot be looked into", "mend its permissions")
            return _bytes(place, status)
        except OSError as error:
            reason = (error.strerror or "cannot be opened").lower()
            raise Unreadable(f"cannot be read: {reason}", "make it a readable file, or remove it") from None


def _bytes(place: Path, status: os.stat_result) -> bytes:
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable("is not a plain file", "put a plain file here; links to folders are not followed")
    if status.st_size > MAX_BYTES:
        size = status.st_size / 1024 / 1024
        raise Unreadable(
            f"has {size:.1f} MiB; a file may have {MAX_BYTES // 1024 // 1024} MiB",
            "split it into several documents",
        )
    return place.read_bytes()


def find_root(start: Path) -> Path | None:
    """The nearest folder upwards that holds a vocabulary."""
    for folder in (start, *start.parents):
        if (folder / MARK).is_file():
            return folder
    return None
