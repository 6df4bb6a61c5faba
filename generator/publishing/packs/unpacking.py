"""Reads zips from anybody, those within them too: no file is written, nothing leads outside, and no bomb goes off."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

MOST = 1 << 31  # bytes that a pack may unpack to; one of 300 documents has less than a hundredth of it
MOST_ENTRIES = 100_000
DEEPEST = 3  # zips within zips
ZIP = b"PK\x03\x04"
UNREADABLE = (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError, zlib.error)


class NoPack(Exception):
    """What is there cannot be read as a pack; the message says what it is."""


@dataclass
class Unpacked:
    """The files of a folder or zip by their paths, the zips among them unpacked too, and what is wrong with these."""

    files: dict[str, bytes] = field(default_factory=dict)
    zips: dict[str, Unpacked] = field(default_factory=dict)
    amiss: list[str] = field(default_factory=list)

    def each(self, within: str = "") -> Iterator[tuple[str, Unpacked]]:
        """This and every zip in it, with the way to it."""
        yield within, self
        for name, one in self.zips.items():
            yield from one.each(f"{within}{name}: ")

    @property
    def faults(self) -> list[str]:
        """What is wrong with the zips, each with the way to it."""
        return [f"{way}{told}" for way, one in self.each() for told in one.amiss]


class _Allowance:
    """How much may still be unpacked; all zips of a pack share it."""

    def __init__(self) -> None:
        self.bytes, self.entries = MOST, MOST_ENTRIES

    def take(self, entries: list[zipfile.ZipInfo], name: str) -> None:
        """Raises NoPack, before anything is unpacked: Python reads no more of an entry than it says it has."""
        self.bytes -= sum(entry.file_size for entry in entries)
        self.entries -= len(entries)
        if self.bytes < 0:
            raise NoPack(f"{name} would unpack to more than {MOST >> 30} GB")
        if self.entries < 0:
            raise NoPack(f"{name} has more than {MOST_ENTRIES:,} files")


def unpack(place: Path) -> Unpacked:
    """The files of a folder or a zip. Raises NoPack, OSError."""
    allowance = _Allowance()
    found = _read_folder(place) if place.is_dir() else _read_zip(place.read_bytes(), str(place), allowance)
    if found is None:
        raise NoPack(f"{place} is neither a folder nor a zip")
    _open_zips(found, allowance, 1)
    return found


def _read_folder(place: Path) -> Unpacked:
    found, left = Unpacked(), MOST
    for path in sorted(place.rglob("*")):
        name = path.relative_to(place).as_posix()
        if path.is_symlink():
            found.amiss.append(f"{name} is a link")
        elif path.is_file():
            left -= path.stat().st_size
            if left < 0:
                raise NoPack(f"{place} has more than {MOST >> 30} GB")
            found.files[name] = path.read_bytes()
    return found


def _open_zips(found: Unpacked, allowance: _Allowance, depth: int) -> None:
    """Unpacks the zips among the files, and those in them."""
    for name, content in found.files.items():
        if not name.casefold().endswith(".zip") and not content.startswith(ZIP):
            continue
        if depth > DEEPEST:
            found.amiss.append(f"{name} is a zip within more than {DEEPEST} others")
        elif inner := _read_zip(content, name, allowance):
            found.zips[name] = inner
            _open_zips(inner, allowance, depth + 1)
        else:
            found.amiss.append(f"{name} is no zip any more")


def _read_zip(content: bytes, name: str, allowance: _Allowance) -> Unpacked | None:
    """The files of a zip; None if it is none. Raises NoPack."""
    found, seen = Unpacked(), dict[str, str]()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            allowance.take(archive.infolist(), name)
            for entry in archive.infolist():
                if entry.is_dir() and not _judge_name(entry.filename):
                    continue
                if fault := _judge_entry(entry, seen):
                    found.amiss.append(f"{entry.filename} {fault}")
                    continue
                try:
                    found.files[entry.filename] = archive.read(entry)
                except UNREADABLE as error:
                    found.amiss.append(f"{entry.filename} cannot be read: {error}")
    except UNREADABLE:
        return None
    return found


def _judge_entry(entry: zipfile.ZipInfo, seen: dict[str, str]) -> str:
    """What is wrong with an entry; empty if nothing is. `seen` has the names before it, without case."""
    other = seen.setdefault(entry.filename.casefold(), entry.filename)
    if fault := _judge_name(entry.filename):
        return fault
    if (entry.external_attr >> 28) == 0o12:
        return "is a link"
    if entry.flag_bits & 1:
        return "is encrypted"
    if seen.get(f"{entry.filename}\0") is not None:
        return "is in it twice"
    seen[f"{entry.filename}\0"] = entry.filename
    return f"is {other} in other letters, and some systems keep only one of them" if other != entry.filename else ""


def _judge_name(name: str) -> str:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts or ".." in parts or parts[0] == "/" or ":" in parts[0] or "\0" in name:
        return "would be written outside its folder"
    return ""
