"""A folder that remembers how its files were when they were read, and sources that are read when somebody asks."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Mapping

from generator.files.broken import Broken
from generator.files.source import Source, outline
from generator.files.tree import Folder, Unreadable

SETTLED = 2_000_000_000  # nanoseconds after which a change has another time than the one before it


class Watched:
    """A folder; `seen` has the stamp and the hash of each file that was read."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self.seen: dict[str, tuple[str, str]] = {}

    def files(self, folders: tuple[str, ...]) -> Iterator[str]:
        return self._folder.files(folders)

    def read(self, path: str) -> bytes:
        stamp = self.stamp(path)  # before it is read: what changes meanwhile has another
        content = self._folder.read(path)
        self.seen[path] = stamp, hashlib.blake2b(content, digest_size=16).hexdigest()
        return content

    def stamp(self, path: str) -> str:
        """What is another once a file has changed; empty where only its bytes can tell."""
        changed, stamp = self._folder.stamp(path)
        return stamp if time.time_ns() - changed > SETTLED else ""


class LazySources(Mapping[str, Source]):
    """The sources of some files by path, each read when somebody asks for it, without data: these files are sound."""

    def __init__(self, tree: Watched, paths: list[str]) -> None:
        self._tree, self._paths, self._read = tree, dict.fromkeys(paths), dict[str, Source]()

    def __getitem__(self, path: str) -> Source:
        if path not in self._read and path in self._paths:
            try:
                self._read[path] = outline(path, self._tree.read(path))
            except (Unreadable, Broken):  # it is another by now
                self._read[path] = Source(path)
        return self._read[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def take(self, sources: Mapping[str, Source]) -> None:
        """Keeps sources that were read already."""
        self._read |= sources
