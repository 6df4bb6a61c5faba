"""Follows files through the main line of a git repository, under whatever names they had."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from generator.files.renames import pair_renames
from generator.files.repository import Difference, Repository

if TYPE_CHECKING:
    import pygit2


class FileState(NamedTuple):
    """A file after a commit: the day of the commit (ISO 8601), the blob, and the path that the file had.

    The blob is None if it is no longer a regular file.
    """

    day: str
    blob: pygit2.Oid | None
    path: str


def trace(repository: Repository, suffixes: tuple[str, ...] = ("",)) -> dict[str, list[FileState]]:
    """Every state of every file whose path ends with one of the suffixes, by its last path, oldest first.

    A file that was renamed has the states that it had before. Only the main line counts: a branch comes into force on
    the day of its merge, and its own commits lack what the main line had by then. Raises NoPast.
    """
    inside, has_moved = _follow_back(repository, suffixes, False)
    if not has_moved:
        return inside
    folder = repository.folder
    return {
        path.removeprefix(folder): [one._replace(path=one.path.removeprefix(folder)) for one in states]
        for path, states in _follow_back(repository, suffixes, True)[0].items()
        if path.startswith(folder)
    }


def _follow_back(
    repository: Repository, suffixes: tuple[str, ...], is_whole: bool
) -> tuple[dict[str, list[FileState]], bool]:
    """The states of the files in the folder, or in the whole repository, and whether some came from outside."""
    traced: dict[str, list[FileState]] = {}
    before, has_moved = None, False
    for day, tree in repository.main_line():
        changes = repository.differences(before, tree, suffixes, is_whole)
        former = _find_renames(repository, changes)
        if before and repository.folder and not is_whole and not has_moved:
            new = {path: one for path, one in changes.items() if not one.old and path not in former}
            has_moved = bool(new) and _is_from_outside(repository, before, tree, suffixes)
        traced |= {path: traced.pop(old, []) for path, old in former.items()}
        gone = set(former.values()) - former.keys()
        for path, (_, blob) in changes.items():
            if path not in gone:
                traced.setdefault(path, []).append(FileState(day, blob, path))
        before = tree
    return traced, has_moved


def _find_renames(repository: Repository, changes: Mapping[str, Difference]) -> dict[str, str]:
    """The former path of each file that came with a commit under another name."""
    gone = {path: one.old for path, one in changes.items() if not one.new}
    new = {path: one.new for path, one in changes.items() if not one.old}
    if not gone or not new:
        return {}
    same = _pair_blobs(gone, new)
    before = {path: _read_text(repository, blob) for path, blob in gone.items() if path not in same.values()}
    after = {path: _read_text(repository, blob) for path, blob in new.items() if path not in same}
    return same | pair_renames(before, after)


def _pair_blobs(gone: Mapping[str, pygit2.Oid | None], new: Mapping[str, pygit2.Oid | None]) -> dict[str, str]:
    """The former path of each new file that is one of those that went, byte by byte, and like no other."""
    counts = Counter([*gone.values(), *new.values()])
    old = {blob: path for path, blob in gone.items()}
    return {path: old[blob] for path, blob in new.items() if blob in old and counts[blob] == 2}


def _read_text(repository: Repository, blob: pygit2.Oid | None) -> str:
    return (repository.read(blob) or b"").decode("utf-8", "replace")


def _is_from_outside(repository: Repository, before: pygit2.Oid, after: pygit2.Oid, suffixes: tuple[str, ...]) -> bool:
    """Whether a commit moved a file into the folder: then the folder itself may have been elsewhere before."""
    changes = repository.differences(before, after, suffixes, is_whole=True)
    folder = repository.folder
    former = _find_renames(repository, changes)
    return any(path.startswith(folder) and not old.startswith(folder) for path, old in former.items())
