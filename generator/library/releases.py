"""Reads what vendors got: the releases of each pack, and whether each is still what it was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from generator.documents import RELEASES, Document
from generator.documents.release_record import (
    FrozenText,
    ReleaseRecord,
    is_record,
    place_of_record,
    place_of_text,
)
from generator.documents.structure import shape, structure
from generator.files.source import Source, read
from generator.files.tree import Tree, Unreadable
from generator.library.timeline import order

PUT_BACK = "write back the file as it was committed; a change of what vendors get is a new release"


class Harm(NamedTuple):
    """What is not as it was released: the file, what is wrong with it, and what to do."""

    path: str
    message: str
    hint: str


@dataclass(frozen=True, eq=False)
class Release:
    """A release, as its record in the file at `path` tells it; its texts are read when they are asked for."""

    path: str
    record: ReleaseRecord
    tree: Tree = field(repr=False)

    @property
    def version(self) -> str:
        return self.record.version

    @cached_property
    def documents(self) -> dict[str, tuple[str, FrozenText]]:
        """The documents by id, each with its path and its text; the pack is one of them."""
        return {one.id: (path, one) for path, one in self.record.texts.items() if one.id}

    def text(self, path: str) -> bytes:
        """The bytes of a text, as they were released. Raises Unreadable."""
        frozen = self.record.texts[path]
        return read_text(self.tree, place_of_text(path, frozen), frozen.sha256)

    def document(self, path: str) -> Document | None:
        """A document as it was released; None if it cannot be read any more."""
        try:
            source, _ = read(path, self.text(path))
        except Unreadable:
            return None
        found = structure([source]).documents if source.data is not None else []
        return found[0] if found and found[0].sound else None


@dataclass(frozen=True, eq=False)
class Shelved:
    """The releases among the `paths` of a tree. They are read when somebody asks for them, which few commands do."""

    tree: Tree | None = field(default=None, repr=False)
    paths: tuple[str, ...] = ()

    @cached_property
    def _read(self) -> tuple[dict[str, tuple[Release, ...]], tuple[Harm, ...]]:
        return _read_all(self.tree, self.paths) if self.tree and self.paths else ({}, ())

    @property
    def by_pack(self) -> Mapping[str, tuple[Release, ...]]:
        """The releases of each pack, oldest first."""
        return self._read[0]

    @property
    def harms(self) -> tuple[Harm, ...]:
        """What is no longer as it was released."""
        return self._read[1]

    def of(self, pack: str) -> tuple[Release, ...]:
        return self.by_pack.get(pack, ())

    def last(self, pack: str) -> Release | None:
        """The newest release of a pack."""
        return self.of(pack)[-1] if self.of(pack) else None

    def find(self, pack: str, version: str) -> Release | None:
        return next((one for one in self.of(pack) if order(one.version) == order(version)), None)

    def harm_of(self, release: Release) -> Harm | None:
        """What is no longer as it was in a release, if anything is."""
        texts = (place_of_text(path, one) for path, one in release.record.texts.items())
        places = {release.path, *texts}
        return next((one for one in self.harms if one.path in places), None)

    def before(self, pack: str, version: str) -> Release | None:
        """The newest release of a pack that is older than a version."""
        older = [one for one in self.of(pack) if order(one.version) < order(version)]
        return older[-1] if older else None


def find_releases(tree: Tree, paths: Iterable[str]) -> Shelved:
    """The releases among the files of a knowledge base."""
    return Shelved(tree, tuple(path for path in paths if path.startswith(RELEASES)))


def read_text(tree: Tree, path: str, sha256: str) -> bytes:
    """A file of a release; with the line ends that it was written with, where git has others. Raises Unreadable."""
    content = tree.read(path)
    if hashlib.sha256(content).hexdigest() == sha256:
        return content
    plain = content.replace(b"\r\n", b"\n")
    return plain if hashlib.sha256(plain).hexdigest() == sha256 else content


def _read_all(tree: Tree, paths: tuple[str, ...]) -> tuple[dict[str, tuple[Release, ...]], tuple[Harm, ...]]:
    """The releases, each compared with its hashes."""
    judge = _Judge(tree, frozenset(paths))
    found: dict[str, list[Release]] = {}
    for path in filter(is_record, paths):
        if release := judge.read(path):
            found.setdefault(release.record.pack, []).append(release)
    for some in found.values():
        some.sort(key=lambda one: order(one.version))
        judge.compare_versions(some)
    return {name: tuple(some) for name, some in sorted(found.items())}, tuple(judge.harms)


class _Judge:
    """Compares releases with their hashes; a text that many of them have is read once."""

    def __init__(self, tree: Tree, files: frozenset[str]) -> None:
        self.tree, self.files = tree, files
        self.harms: list[Harm] = []
        self._told: dict[str, str] = {}

    def read(self, path: str) -> Release | None:
        """The release of a record; None if it cannot be read."""
        try:
            source, finding = read(path, self.tree.read(path))
        except Unreadable as error:
            self.harms.append(Harm(path, f"the release {error}", error.hint))
            return None
        record = self._shape(source)
        if finding or record is None:
            self.harms.append(Harm(path, "this is not a release as it was written", PUT_BACK))
            return None
        release = Release(path, record, self.tree)
        if place_of_record(record.pack, record.version) != path:
            message = f"this is release {record.version} of `{record.pack}`, but its file has another name"
            self.harms.append(Harm(path, message, f"move it to {place_of_record(record.pack, record.version)}"))
        elif record.compute_hash() != record.hash:
            message = f"release {record.version} of `{record.pack}` has two contents: its record was edited"
            self.harms.append(Harm(path, message, PUT_BACK))
        self._compare_texts(release)
        return release

    def _shape(self, source: Source) -> ReleaseRecord | None:
        if source.data is None:
            return None
        body, findings = shape(source, ReleaseRecord, source.data)
        return body if isinstance(body, ReleaseRecord) and not findings else None

    def _compare_texts(self, release: Release) -> None:
        """One harm for each text that is missing or edited, at the first release that has it."""
        for path, frozen in release.record.texts.items():
            place = place_of_text(path, frozen)
            if place in self._told:
                continue
            self._told[place] = release.version
            what = f"release {release.version} of `{release.record.pack}`"
            if place not in self.files:
                self.harms.append(Harm(release.path, f"{what} lacks its text of {path}", f"write back {place}"))
            elif not self._is_same(place, frozen.sha256):
                self.harms.append(Harm(place, f"{what} has two contents: its text of {path} was edited", PUT_BACK))

    def _is_same(self, place: str, sha256: str) -> bool:
        try:
            return hashlib.sha256(read_text(self.tree, place, sha256)).hexdigest() == sha256
        except Unreadable:
            return False

    def compare_versions(self, some: list[Release]) -> None:
        for one, other in pairwise(some):
            if order(one.version) == order(other.version):
                message = f"release {other.version} of `{other.record.pack}` is there twice: as {one.version} too"
                self.harms.append(Harm(other.path, message, "remove the file that no vendor got"))
