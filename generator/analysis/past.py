"""Finds older versions of a policy in git, wherever its file was and whatever its id."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generator.documents import Document
from generator.documents.structure import structure
from generator.documents.types.policy import Policy
from generator.files.repository import NoPast, Repository
from generator.files.revision import find_home
from generator.files.source import read

if TYPE_CHECKING:
    import pygit2

VERSION = re.compile(rb"^version:\s*[\"']?([0-9.]+)", re.MULTILINE)
ID = re.compile(rb"^id:\s*[\"']?([a-z0-9-]+)", re.MULTILINE)

PastPolicy = Callable[[Document, str], Policy]


def past(root: Path) -> PastPolicy:
    """A function that returns a policy as it was in a version; it raises NoPast, which says why if it cannot."""
    try:
        repository = Repository(root)
    except NoPast as error:
        return _refuse(error)

    @cache
    def follow(document: Document) -> _States:
        return _read_states(repository, document)

    return lambda document, version: follow(document).policy(version)


def _refuse(error: NoPast) -> PastPolicy:
    def policy(document: Document, version: str) -> Policy:
        raise error

    return policy


class _States(NamedTuple):
    """The last state of a policy's file in each version that git has; `end` says why there may have been more."""

    document: Document
    by_version: dict[str, bytes]
    end: NoPast | None

    def policy(self, version: str) -> Policy:
        """The policy as it was in a version. Raises NoPast."""
        raw = self.by_version.get(version)
        if raw is None:
            raise self.end or self._explain(version)
        body = _structure(self.document.path, raw)
        if body is None:
            raise NoPast(f"its file had format errors in {version}", "look at it with `git log -p`")
        return body

    def _explain(self, version: str) -> NoPast:
        path = self.document.path
        if not self.by_version:
            return NoPast(f"{path} was never committed", "commit policies before they change")
        known = ", ".join(self.by_version)
        return NoPast(f"no commit has version {version} of {path}, only {known}", "look for the older text elsewhere")


def _structure(path: str, raw: bytes) -> Policy | None:
    documents = structure([read(path, raw)[0]]).documents
    body = documents[0].body if documents else None
    return body if isinstance(body, Policy) else None


def _read_states(repository: Repository, document: Document) -> _States:
    found = _States(document, {}, None)
    try:
        for raw in _Trail(repository, document).texts():
            version = VERSION.search(raw)
            if version:
                found.by_version.setdefault(version[1].decode(), raw)
    except NoPast as error:
        return found._replace(end=error)
    return found


class _Trail:
    """Follows the file of a policy back through the commits, under all its names."""

    def __init__(self, repository: Repository, document: Document) -> None:
        self._repository, self._document = repository, document
        self._places = ["/".join((*repository.prefix, document.path))]  # the latest first
        self._seen: dict[tuple[pygit2.Oid, int], pygit2.Oid | None] = {}

    def texts(self) -> Iterator[bytes]:
        """The bytes of the file after each commit that changed it, newest first; merges only repeat other commits.

        Raises NoPast where git lacks commits or texts.
        """
        lacks_texts = False
        for number, (commit, parents) in enumerate(self._repository.commits()):
            now = self._look(commit) if number else self._find(commit)
            before = self._look(parents[0]) if parents else None
            if now == before or now is None:
                continue
            raw = self._repository.read(now)
            if before is None and parents:
                before = self._find(parents[0], raw)
            if now != before and len(parents) < 2:
                lacks_texts = lacks_texts or raw is None
                yield from () if raw is None else (raw,)
        if lacks_texts:
            raise NoPast("this clone lacks some of the older texts", "clone the whole repository again")

    def _look(self, commit: pygit2.Commit) -> pygit2.Oid | None:
        """The blob in a commit at the first of the known places that it has."""
        key = (commit.tree_id, len(self._places))
        if key not in self._seen:
            found = (self._repository.find(commit.tree_id, place, ()) for place in self._places)
            self._seen[key] = next((at.id for at in found if at is not None and at.type_str == "blob"), None)
        return self._seen[key]

    def _find(self, commit: pygit2.Commit, later: bytes | None = None) -> pygit2.Oid | None:
        """The blob in a commit; if it is at no known place, that of the policy with one of the ids."""
        blob = self._look(commit)
        if blob is None and (place := self._search(commit, later)):
            self._places.append(place)
            blob = self._look(commit)
        return blob

    def _search(self, commit: pygit2.Commit, later: bytes | None) -> str:
        """Where the policy was in a commit, by the ids that it had until `later`; empty if it was nowhere."""
        bodies = (self._document.body, _structure(self._document.path, later) if later else None)
        names = {name for body in bodies if body for name in (body.id, *body.formerly)}
        home = find_home(self._repository, commit)
        if home is None:
            return ""
        for path, blob in self._repository.files(commit, (self._document.kind.folder,), home).items():
            found = ID.search(self._repository.read(blob) or b"")
            if found and found[1].decode() in names:
                return "/".join((*home, path))
        return ""
