"""A knowledge base as it was in a git revision."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.files.repository import Repository
from generator.files.tree import MAX_BYTES, Unreadable


class Revision:
    """Some folders of a knowledge base as they were in a revision. Raises NoPast if that cannot be read."""

    def __init__(self, root: Path, name: str, folders: tuple[str, ...]) -> None:
        self.name = name
        self._repository = Repository(root)
        self._blobs = self._repository.files(self._repository.commit(name), folders)

    def files(self, folders: tuple[str, ...]) -> Iterator[str]:
        """Every file below the folders, sorted by path."""
        for path in sorted(self._blobs):
            if any(path == folder or path.startswith(folder + "/") for folder in folders):
                yield path

    def read(self, path: str) -> bytes:
        """The bytes of one file; raises Unreadable."""
        content = self._repository.read(self._blobs[path])
        if content is None or len(content) > MAX_BYTES:
            raise Unreadable(f"cannot be read in {self.name}", "look at it with `git show`")
        return content
