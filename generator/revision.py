"""A knowledge base as it was: in goes a folder and a git revision, out come paths and bytes."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from generator.tree import MAX_BYTES, Unreadable


class NoPast(Exception):
    """Git cannot tell what was; the message says why, `hint` what mends it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class NoRevision(NoPast):
    """A whole repository that has no such revision: the name is wrong."""


class Commit(NamedTuple):
    """A commit that changed a file: its name, and the day on which it was committed (ISO 8601)."""

    name: str
    day: str


class State(NamedTuple):
    """What a commit made of a file: its day, and the name of the content; None where it took the file away."""

    day: str
    blob: str | None


class Revision:
    """Some folders of a knowledge base as they were in a revision. Raises NoPast where git cannot tell."""

    def __init__(self, root: Path, name: str, folders: tuple[str, ...]) -> None:
        self.name = name
        self._contents = _contents(root, _commit(root, name), folders)

    def files(self, folders: tuple[str, ...]) -> Iterator[str]:
        """Every file below the folders, in the order of their paths."""
        for path in sorted(self._contents):
            if any(path == folder or path.startswith(folder + "/") for folder in folders):
                yield path

    def read(self, path: str) -> bytes:
        """The bytes of one file; raises Unreadable."""
        content = self._contents[path]
        if content is None or len(content) > MAX_BYTES:
            raise Unreadable(f"cannot be read in {self.name}", "look at it with git show")
        return content


def git(root: Path, *words: str) -> bytes:
    """What git prints. Raises NoPast where there is no git, or no repository."""
    try:
        return subprocess.run(
            ["git", "-C", str(root), *words], capture_output=True, check=True, env=os.environ | {"LC_ALL": "C"}
        ).stdout
    except FileNotFoundError:
        raise NoPast("git is not installed", "install git") from None
    except subprocess.CalledProcessError as error:
        if b"not a git repository" in error.stderr:
            raise NoPast("this folder is in no git repository", "clone the repository, or run `git init`") from None
        raise NoPast(error.stderr.decode(errors="replace").strip() or "git failed", "ask git itself") from None


def commits(root: Path, path: str) -> list[Commit]:
    """The commits that changed a file, newest first, merges left out. Raises NoPast."""
    listed = git(root, "log", "--format=%H %cs", "--no-merges", "--", path).decode()
    return [Commit(*line.split(" ", 1)) for line in listed.splitlines()]


def states(folder: Path) -> dict[str, list[State]]:
    """Every state of every file below a folder, by path in it, oldest first. Raises NoPast.

    Only the main line counts: a merge is the day on which a branch came into force, and the branch's own commits lack
    what the main line had by then.
    """
    if git(folder, "rev-parse", "--is-shallow-repository").strip() == b"true":
        raise NoPast("this clone is shallow and does not hold all commits", "git fetch --unshallow")
    form = ("--first-parent", "-m", "--reverse", "--raw", "-z", "--no-abbrev", "--no-renames", "--format=%cs")
    listed = git(folder, "log", *form, "--relative", "--", ".").decode("utf-8", "surrogateescape")
    found: dict[str, list[State]] = {}
    day, words = "", iter(listed.split("\0"))
    for word in map(str.lstrip, words):
        if word.startswith(":"):
            _, mode, _, blob, _ = word.split(" ")
            found.setdefault(next(words), []).append(State(day, blob if mode.startswith("100") else None))
        elif word:
            day = word.strip()
    return found


def blobs(root: Path, names: Iterable[str]) -> Iterator[bytes | None]:
    """The content of git objects in order, by name or as `commit:path`; None for what is not there. Raises NoPast."""
    wanted = "".join(f"{name}\n" for name in names)
    told = subprocess.run(
        ["git", "-C", str(root), "cat-file", "--batch"],
        input=wanted.encode("utf-8", "surrogateescape"),
        capture_output=True,
        check=True,
    ).stdout
    at = 0
    while at < len(told):
        end = told.index(b"\n", at)
        head = told[at:end]
        if head.endswith((b" missing", b" ambiguous")):
            at = end + 1
            yield None
        else:
            size = int(head.rsplit(b" ", 1)[1])
            yield told[end + 1 : end + 1 + size]
            at = end + 2 + size


def _contents(root: Path, commit: str, folders: tuple[str, ...]) -> dict[str, bytes | None]:
    """The bytes of each plain file below the folders, by its path below the root."""
    prefix = git(root, "rev-parse", "--show-prefix").decode("utf-8", "surrogateescape").rstrip("\n")
    listed = git(root, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *(prefix + folder for folder in folders))
    found = {}
    for line in listed.decode("utf-8", "surrogateescape").split("\0"):
        head, _, path = line.partition("\t")
        if head.startswith("100"):
            found[path.removeprefix(prefix)] = head.split()[2]
    return dict(zip(found, blobs(root, found.values()), strict=True))


def _commit(root: Path, name: str) -> str:
    git(root, "rev-parse", "--git-dir")
    try:
        return git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}").decode().strip()
    except NoPast:
        if git(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
            raise NoPast(f"this clone is shallow and does not hold {name}", "git fetch --unshallow") from None
        raise NoRevision(f"git knows no revision `{name}`", "`git log --oneline` lists them") from None
