"""Lists and reads the files of a knowledge base."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

MARK = Path("content") / "vocabulary.yaml"
SIGNS = re.compile(r"[\W_]+")
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

        A folder of a working directory that only looks like one of them, such as `SOPs`, is listed as well.

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
        paths += [path for name in self._list_lookalikes(folders) for path in self._list_below(name)]
        yield from sorted(paths)

    def _list_lookalikes(self, folders: tuple[str, ...]) -> Iterator[str]:
        """Folders beside those, or in `content/`, that most likely should have the name of one of them."""
        for parent in {name.rpartition("/")[0] for name in folders}:
            wanted = [name for name in folders if parent or "/" not in name]
            for name in self._list_folders(parent):
                alike = [one for one in wanted if is_alike(name.rpartition("/")[2], one.rpartition("/")[2])]
                if alike and name not in folders and not any(self._is_same(name, one) for one in alike):
                    yield name

    def _list_folders(self, parent: str) -> list[str]:
        try:
            with os.scandir(self.root / parent) as entries:
                names = [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
        except OSError:
            return []
        return sorted(f"{parent}/{name}".lstrip("/") for name in names if not name.startswith("."))

    def _is_same(self, name: str, other: str) -> bool:
        """Whether both are one folder, as on a disk that does not tell capital letters from small ones."""
        try:
            return (self.root / name).samefile(self.root / other)
        except OSError:
            return False

    def _list_below(self, name: str) -> Iterator[str]:
        """Lists files without recursion: folders may be nested deeper than Python can recurse."""
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

    def stamp(self, path: str) -> tuple[int, str]:
        """When a file changed last, in nanoseconds, and what is another after a change; 0 where that is unknown."""
        try:
            status = os.lstat(f"{self.root}/{path}")
        except OSError:
            return 0, ""
        if not stat.S_ISREG(status.st_mode):
            return 0, ""
        own = f"{status.st_size:x}.{status.st_mtime_ns:x}.{status.st_ctime_ns:x}.{status.st_ino:x}"
        return max(status.st_mtime_ns, status.st_ctime_ns), own

    def read(self, path: str) -> bytes:
        place = f"{self.root}/{path.rstrip('/')}"  # as text: a Path for each file takes as long as to open it
        try:
            status = os.lstat(place)
            if stat.S_ISLNK(status.st_mode):
                if not Path(os.path.realpath(place)).is_relative_to(self.root):  # of a circle it makes no error
                    raise Unreadable("is a link that leads out of the knowledge base", "put the file itself here")
                status = os.stat(place)  # noqa: PTH116
            elif stat.S_ISDIR(status.st_mode):
                raise Unreadable("is a folder that cannot be opened", "fix its permissions")
            return _read_bytes(place, status)
        except OSError as error:
            reason = (error.strerror or "cannot be opened").lower()
            raise Unreadable(f"cannot be read: {reason}", "make the file readable, or remove it") from None


class Overlay:
    """A tree with other files in place of some of its own; None is a file that is not there any longer."""

    def __init__(self, tree: Tree, contents: Mapping[str, bytes | None]) -> None:
        self._tree, self._contents = tree, contents

    def files(self, folders: tuple[str, ...]) -> Iterator[str]:
        added = {path for path in self._contents if any(path == one or path.startswith(f"{one}/") for one in folders)}
        known = added.union(self._tree.files(folders))
        yield from sorted(path for path in known if self._contents.get(path, b"") is not None)

    def read(self, path: str) -> bytes:
        content = self._contents.get(path)
        return self._tree.read(path) if content is None else content


def _read_bytes(place: str, status: os.stat_result) -> bytes:
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable("is not a regular file", "put a regular file here; links to folders are not followed")
    if status.st_size > MAX_BYTES:
        size = status.st_size / 1024 / 1024
        raise Unreadable(
            f"is {size:.1f} MiB in size, but the limit is {MAX_BYTES // 1024 // 1024} MiB",
            "split it into several documents",
        )
    with open(place, "rb", buffering=0) as file:  # noqa: PTH123
        return file.read()


def is_alike(name: str, other: str) -> bool:
    """Whether two names of folders differ in capital letters, signs between words or the plural at most."""
    return _reduce_name(name) == _reduce_name(other)


def _reduce_name(name: str) -> str:
    words = SIGNS.sub("", name.casefold())
    return f"{words[:-3]}y" if words.endswith("ies") else words.rstrip("s")


def find_root(start: Path) -> Path | None:
    """The folder itself, or the nearest one above it, that contains a vocabulary; None if none does."""
    for folder in (start, *start.parents):
        if (folder / MARK).is_file():
            return folder
    return None
