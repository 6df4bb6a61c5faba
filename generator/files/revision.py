"""A knowledge base as it was in a git revision."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from generator.files.repository import NoRevision, Repository
from generator.files.tree import MARK, MAX_BYTES, Folder, Unreadable

if TYPE_CHECKING:
    import pygit2

SHORT = 7  # signs of a commit


class Revision:
    """Some folders of a knowledge base as they were in a revision. Raises NoPast if that cannot be read.

    With `is_forked`, they are as they were where the current branch left that revision.
    """

    def __init__(self, root: Path, name: str, folders: tuple[str, ...], is_forked: bool = False) -> None:
        self.name = name
        self._repository = Repository(root)
        commit = self._repository.commit(name)
        commit = self._repository.parting(commit) if is_forked else commit
        self.commit = str(commit.id)[:SHORT]
        home = find_home(self._repository, commit)
        if home is None:
            where = "/".join((*self._repository.prefix, MARK.as_posix()))
            hint = "name a revision that has it"
            raise NoRevision(f"there is no knowledge base in `{name}`: it has no {where}", hint)
        self._blobs = self._repository.files(commit, folders, home)

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

    def leave_out_what_is_in(self, folder: Folder) -> None:
        """Leaves out the files that a folder has with the same bytes: most of them, and each would take time."""
        same = self.find_same(folder)
        self._blobs = {path: blob for path, blob in self._blobs.items() if path not in same}

    def find_same(self, folder: Folder) -> frozenset[str]:
        """The files that a folder has with the same bytes; git may have written other line ends than it keeps."""
        import pygit2

        def is_same(path: str, blob: pygit2.Oid) -> bool:
            try:
                content = folder.read(path)
            except Unreadable:
                return False
            return pygit2.hash(content) == blob or (
                b"\r\n" in content and pygit2.hash(content.replace(b"\r\n", b"\n")) == blob
            )

        return frozenset(path for path, blob in self._blobs.items() if is_same(path, blob))


def find_home(repository: Repository, commit: pygit2.Commit) -> tuple[str, ...] | None:
    """The folder of the repository that was this knowledge base in a commit; None if there was none.

    If it was not where it is now, it is the only one that is gone from where it was: others are not this one.
    """
    mark = MARK.as_posix()
    if repository.find(commit.tree_id, mark) is not None:
        return repository.prefix
    gone = [way for way in repository.homes(commit.tree_id, mark) if not repository.top.joinpath(*way, MARK).exists()]
    return gone[0] if len(gone) == 1 else None
