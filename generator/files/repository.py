"""Reads the git repository that a folder is in, without git: no program runs, and no settings change what is read.

A repository may come from anywhere, and its configuration can name programs that git would run, to check signatures or
to fetch missing objects. So the objects are read by libgit2, which runs no programs. User and system settings are
ignored, and so is an inherited `GIT_DIR`, which a hook may have set to another repository.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pygit2

MAX_BYTES = 16 * 1024 * 1024
MAX_VISITS = 2_000_000
UNSHALLOW = "run `git fetch --unshallow`, or let continuous integration fetch all commits (`fetch-depth: 0`)"
MAX_DEPTH = 100
EXTENSIONS = ["partialclone", "preciousobjects"]  # they only change how objects are fetched and deleted
SETTLED = ("HEAD", "config", "config.worktree", "packed-refs", "shallow", "commondir", "objects/info/alternates")
PLAIN = 0o100000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class NoPast(Exception):
    """The past cannot be read; the message says why, `hint` how to fix it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class NoRevision(NoPast):
    """The repository is complete but has no such revision, or no knowledge base in it: the name is wrong."""


class Commit(NamedTuple):
    """A commit of the main line: its day (ISO 8601), and its tree."""

    day: str
    tree: pygit2.Oid


class Difference(NamedTuple):
    """The blobs of a file in two trees; None where it is not there, or no regular file."""

    old: pygit2.Oid | None
    new: pygit2.Oid | None


class Repository:
    """The repository that a folder is in; paths are relative to the folder. Raises NoPast."""

    def __init__(self, folder: Path) -> None:
        folder = folder.resolve()
        top = _find_top(folder)
        self.top = top
        self.prefix = folder.relative_to(top).parts
        self._git = _open(top)
        self._visited = 0

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Raises NoPast if an object is not what it should be, such as a commit whose tree is a file."""
        import pygit2

        try:
            yield
        except (pygit2.GitError, AttributeError, TypeError, KeyError, ValueError, RecursionError):
            raise NoPast("the git repository cannot be read: it is damaged", "see what `git fsck` says") from None

    @property
    def folder(self) -> str:
        """The path of the folder in the repository, with a slash at the end; empty if it is the repository itself."""
        return "".join(f"{part}/" for part in self.prefix)

    @property
    def is_shallow(self) -> bool:
        return bool(self._git.is_shallow)

    def commit(self, name: str) -> pygit2.Commit:
        """The commit that a revision names, such as `HEAD~2` or `origin/main`. Raises NoRevision and NoPast."""
        import pygit2

        try:
            return self._git.revparse_single(name).peel(pygit2.Commit)
        except (KeyError, ValueError, TypeError, AttributeError, pygit2.GitError):
            if self.is_shallow:
                raise NoPast(f"this clone is shallow and lacks {name}", UNSHALLOW) from None
            raise NoRevision(f"git knows no revision `{name}`", "`git log --oneline` lists them") from None

    def parting(self, commit: pygit2.Commit) -> pygit2.Commit:
        """The commit at which the current branch and another commit part; the commit itself if they never met.

        What came to the other branch later is no change of this one. Raises NoPast.
        """
        import pygit2

        if self._git.head_is_unborn:
            return commit
        try:
            base = self._git.merge_base(self._git.head.target, commit.id)
        except (pygit2.GitError, KeyError, ValueError):
            base = None
        if base is None and self.is_shallow:
            raise NoPast("this clone is shallow and lacks the commit at which this branch began", UNSHALLOW)
        return self._look_up(base) if base else commit

    def files(
        self, commit: pygit2.Commit, folders: tuple[str, ...], home: tuple[str, ...] | None = None
    ) -> dict[str, pygit2.Oid]:
        """The blob of each regular file in the folders (or of the file itself if one is named), by path.

        `home` is the folder of the repository in which the paths are, if that is not the folder it is now.
        """
        blobs: dict[str, pygit2.Oid] = {}
        with self._reading():
            for folder in folders:
                changes = self._find_changes(None, self.find(commit.tree_id, folder, home), folder)
                blobs.update((path, one.new) for path, one in changes if one.new)
        return blobs

    def read(self, blob: pygit2.Oid | None) -> bytes | None:
        """The bytes of a file; None if the repository does not have them, or if there are more than MAX_BYTES."""
        try:
            if blob is None or self._git.odb.read_header(blob)[1] > MAX_BYTES:
                return None
            return bytes(self._git.odb.read(blob)[1])
        except KeyError:
            return None

    def main_line(self) -> list[Commit]:
        """The commits of the main line, oldest first, without those of branches. Raises NoPast."""
        if self.is_shallow:
            raise NoPast("this clone is shallow and lacks some of the commits", UNSHALLOW)
        with self._reading():
            return [Commit(_format_day(one), one.tree_id) for one in self._follow_main_line()][::-1]

    def commit_on(self, day: date) -> tuple[str, date]:
        """The name of the commit that was the newest of the main line at the end of a day, and its own day.

        Raises NoPast where the main line begins later, or is not known so far back.
        """
        if self.is_shallow:
            raise NoPast("this clone is shallow and lacks some of the commits", UNSHALLOW)
        first = ""
        with self._reading():
            for commit in self._follow_main_line():
                first = _format_day(commit)
                if first <= day.isoformat():
                    return str(commit.id), date.fromisoformat(first)
        if not first:
            raise NoPast("nothing was committed yet", "commit the knowledge base")
        raise NoPast(f"the first commit is of {first}", "no commit is older, so that there is nothing to compare with")

    def differences(
        self, old: pygit2.Oid | None, new: pygit2.Oid, suffixes: tuple[str, ...], is_whole: bool = False
    ) -> dict[str, Difference]:
        """The regular files that differ between two trees and whose paths end with one of the suffixes.

        Only those in the folder, or, if `is_whole`, those in the whole repository, by their paths in it. Raises NoPast.
        """
        with self._reading():
            before, after = (self._look_up(one) if is_whole else self.find(one) for one in (old, new))
            found = self._find_changes(before, after, "")
            return {path: one for path, one in found if path.lower().endswith(suffixes)}

    def commits(self) -> Iterator[tuple[pygit2.Commit, list[pygit2.Commit]]]:
        """Each commit that leads to the current one, newest first, with its parents. Raises NoPast where some lack."""
        import pygit2

        is_cut = False
        try:
            for commit in () if self._git.head_is_unborn else self._git.walk(self._git.head.target):
                parents = [self._look_up(name) for name in commit.parent_ids]
                is_cut = is_cut or not all(isinstance(parent, pygit2.Commit) for parent in parents)
                yield commit, [parent for parent in parents if isinstance(parent, pygit2.Commit)]
        except (pygit2.GitError, KeyError, AttributeError, TypeError, ValueError):
            is_cut = True
        if self.is_shallow:
            raise NoPast("this clone is shallow and lacks some of the commits", UNSHALLOW)
        if is_cut:
            raise NoPast("this clone lacks some of the commits", "clone the whole repository again")

    def homes(self, tree: pygit2.Oid, mark: str) -> Iterator[tuple[str, ...]]:
        """The folders of a tree below which there is a file at the path `mark`. Raises NoPast if there are too many."""
        waiting: list[tuple[Any, tuple[str, ...]]] = [(self._look_up(tree), ())]
        while waiting:
            at, way = waiting.pop()
            self._visited += 1
            if self._visited > MAX_VISITS or len(way) > MAX_DEPTH:
                raise NoPast("the git repository has too many folders to look through", "name the revision before")
            if _is_file(self.find(at.id, mark, ())):
                yield way
            waiting += [(entry, (*way, name)) for name, entry in _list_entries(at).items() if _is_tree(entry)]

    def _follow_main_line(self) -> Iterator[Any]:
        """The commits from the newest along first parents. Raises NoPast."""
        if self._git.head_is_unborn:
            return
        at = [self._git.head.target]
        while at:
            commit = self._look_up(at[0])
            if commit is None:
                raise NoPast("this clone lacks some of the commits", "clone the whole repository again")
            yield commit
            at = commit.parent_ids

    def _look_up(self, name: pygit2.Oid | str | None) -> Any:
        """A commit or tree; None if it is missing or damaged."""
        import pygit2

        try:
            return self._git.get(name) if name else None
        except pygit2.GitError:
            return None

    def find(self, tree: pygit2.Oid | None, path: str = "", home: tuple[str, ...] | None = None) -> Any:
        """The tree or blob at a path in a folder of the repository, or else in this one; None if there is none."""
        at: Any = self._look_up(tree) if tree else None
        for key in (*(self.prefix if home is None else home), *filter(None, path.split("/"))):
            try:
                at = at[key] if _is_tree(at) else None
            except (KeyError, ValueError):
                return None
        return at

    def _find_changes(self, old: Any, new: Any, path: str) -> Iterator[tuple[str, Difference]]:
        """The regular files that differ between two trees (or blobs), by path.

        Raises NoPast if there are too many: a few trees, each of which contains the next one ten times, are a bomb.
        """
        if old is not None and new is not None and (old.id, old.filemode) == (new.id, new.filemode):
            return
        self._visited += 1
        if self._visited > MAX_VISITS or path.count("/") > MAX_DEPTH:
            raise NoPast("the git repository has too many files or folders to read", "import a part of it")
        before, after = _list_entries(old), _list_entries(new)
        for name in sorted(before.keys() | after.keys()):
            yield from self._find_changes(before.get(name), after.get(name), f"{path}/{name}" if path else name)
        if _is_file(new) or _is_file(old):
            yield path, Difference(old.id if _is_file(old) else None, new.id if _is_file(new) else None)


def _list_entries(at: Any) -> dict[str, Any]:
    return {entry.raw_name.decode("utf-8", "surrogateescape"): entry for entry in at} if _is_tree(at) else {}


def _is_tree(at: Any) -> bool:
    return at is not None and at.type_str == "tree"


def _is_file(at: Any) -> bool:
    """Whether it is a regular file, and not a link or a submodule."""
    return at is not None and at.type_str == "blob" and at.filemode & 0o170000 == PLAIN


def _format_day(commit: Any) -> str:
    """The day on which a commit was made, in the committer's time zone."""
    with suppress(OverflowError):
        moment = EPOCH + timedelta(seconds=commit.committer.time, minutes=commit.committer.offset)
        return moment.date().isoformat()
    return EPOCH.date().isoformat()


def find_prefix(folder: Path) -> str:
    """The path of a folder in its repository, with a slash at the end; empty if it is in none, or at its top."""
    try:
        parts = folder.resolve().relative_to(_find_top(folder.resolve())).parts
    except NoPast:
        return ""
    return "".join(f"{part}/" for part in parts)


def _find_top(folder: Path) -> Path:
    """The folder itself, or the nearest one above it, that contains `.git`. Raises NoPast.

    A bare repository does not count: nobody who unpacks an archive expects one in it.
    """
    for top in (folder, *folder.parents):
        git = top / ".git"
        if git.is_file() or (git / "HEAD").exists():
            return top
    raise NoPast("this folder is not in a git repository", "clone the repository, or run `git init`")


def _open(top: Path) -> pygit2.Repository:
    """Opens the repository whose working tree a folder is. Raises NoPast."""
    import pygit2
    from pygit2.enums import ConfigLevel, RepositoryOpenFlag

    for level in (ConfigLevel.SYSTEM, ConfigLevel.XDG, ConfigLevel.GLOBAL):
        pygit2.settings.search_path[level] = ""
    pygit2.settings.owner_validation = False  # it only guards against programs in a stranger's settings
    pygit2.settings.set_extensions(EXTENSIONS)
    for name in SETTLED:  # opening a pipe would block for ever
        place = top / ".git" / name
        if place.exists() and not place.is_file():
            raise NoPast(f"the git repository cannot be read: .git/{name} is not a regular file", "clone it again")
    try:
        repository = pygit2.Repository(str(top), RepositoryOpenFlag.NO_SEARCH)
    except (pygit2.GitError, KeyError, ValueError) as error:
        reason = str(error).rpartition(": ")[2] or "it cannot be opened"
        raise NoPast(f"the git repository cannot be read: {reason}", "try `git fsck`, or clone it again") from None
    if not _is_own(top, Path(repository.path)):
        hint = 'if it is yours, run `git config core.worktree "$(pwd)"` in the folder with `.git`'
        raise NoPast("`.git` points to a repository elsewhere that does not name this folder", hint)
    return repository


def _is_own(top: Path, home: Path) -> bool:
    """Whether the repository belongs to the folder.

    An archive can contain a `.git` that points to somebody's private repository: its history would be imported as ours.
    """
    mark = top / ".git"
    if mark.is_dir():
        inner = ("HEAD", "config", "objects", "refs", "packed-refs")
        below = (str(Path(at) / entry) for at, *names in os.walk(mark / "refs") for group in names for entry in group)
        is_whole = all((mark / name).resolve().is_relative_to(mark.resolve()) for name in (*inner, *below))
        return is_whole and not mark.is_symlink() and not (home / "commondir").exists()
    return _leads_back(home, top)


def _leads_back(home: Path, top: Path) -> bool:
    """Whether a repository elsewhere names the folder: as its linked working tree, or as its submodule."""
    import pygit2

    try:
        back = home / "gitdir"
        if back.is_file():
            return (home / back.read_text(encoding="utf-8").strip()).resolve() == (top / ".git").resolve()
        return (home / str(pygit2.Config(str(home / "config"))["core.worktree"])).resolve() == top
    except (OSError, ValueError, KeyError, pygit2.GitError):
        return False
