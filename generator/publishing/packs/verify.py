"""Compares a pack with its own record, for somebody who has nothing but the files."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from generator.files.writer import SUMS
from generator.publishing.packs.archive import hash_files
from generator.publishing.packs.record import RECORD

MOST = 1 << 31  # bytes that a zip may say it unpacks to; a pack of 300 documents has less than a hundredth of it


class Compared(NamedTuple):
    """What a pack says that it is, how many files were compared, and what is not as it was built."""

    title: str
    version: str
    files: int
    amiss: list[str]


class NoPack(Exception):
    """What is there cannot be read as a pack; the message says what it is."""


def verify_pack(place: Path) -> Compared:
    """Verifies a pack's folder, or one of its zips of pages. Raises NoPack, OSError."""
    if place.is_dir():
        return _read_folder(place)
    try:
        with zipfile.ZipFile(place) as archive:
            files, amiss = _read_zip(archive)
    except zipfile.BadZipFile:
        raise NoPack(f"{place} is neither a folder nor a zip") from None
    records = [name for name in files if PurePosixPath(name).name == RECORD and name.count("/") <= 1]
    if not records:
        raise NoPack(f"{place} has no {RECORD}, so nothing says what should be in it")
    home = records[0].removesuffix(RECORD)
    found = {name.removeprefix(home): hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return _compare(files[records[0]], found, amiss)


def _read_folder(place: Path) -> Compared:
    """A folder's own record has the hash of each file; SHA256SUMS has that of the record too."""
    record = place / RECORD
    if not record.is_file():
        raise NoPack(f"{place} has no {RECORD}, so nothing says what should be in it")
    found, amiss = hash_files(place), list[str]()
    found.pop(SUMS, None)
    sums = (place / SUMS).read_text(encoding="utf-8", errors="replace") if (place / SUMS).is_file() else ""
    listed = {name: value for value, _, name in (line.partition("  ") for line in sums.splitlines())}
    if listed.get(RECORD) != found[RECORD]:
        amiss.append(f"{SUMS} does not have the hash of {RECORD}")
    for path in sorted(place.glob("*.zip")):
        try:
            with zipfile.ZipFile(path) as archive:
                amiss += [f"{path.name}: {told}" for told in _read_zip(archive)[1]]
        except zipfile.BadZipFile:
            amiss.append(f"{path.name} is no zip any more")
    return _compare(record.read_bytes(), found, amiss)


def _compare(record: bytes, found: Mapping[str, str], amiss: list[str]) -> Compared:
    """Raises NoPack."""
    try:
        told: dict[str, Any] = json.loads(record)
        wanted: dict[str, str] = dict(told["files"])
        title, version = str(told["title"]), str(told["version"])
    except (ValueError, TypeError, KeyError):
        raise NoPack(f"{RECORD} is not the record of a pack") from None
    return Compared(title, version, len(wanted), [*amiss, *_find_differences(wanted, found)])


def _find_differences(wanted: Mapping[str, str], found: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(wanted.keys() - found.keys()):
        yield f"{name} is missing"
    for name in sorted(wanted.keys() & found.keys()):
        if wanted[name] != found[name]:
            yield f"{name} is not what was built"
    for name in sorted(found.keys() - wanted.keys() - {RECORD}):
        yield f"{name} was not built"


def _read_zip(archive: zipfile.ZipFile) -> tuple[dict[str, bytes], list[str]]:
    """The files of a zip, and what is wrong with the zip itself: names that lead elsewhere, links, damage."""
    files, amiss = {}, list[str]()
    if sum(entry.file_size for entry in archive.infolist()) > MOST:
        raise NoPack(f"{archive.filename} would unpack to more than {MOST >> 30} GB")
    for entry in archive.infolist():
        parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
        if entry.filename in files:
            amiss.append(f"{entry.filename} is in it twice")
        elif not parts or ".." in parts or parts[0] == "/" or ":" in parts[0]:
            amiss.append(f"{entry.filename} would be written outside its folder")
        elif (entry.external_attr >> 28) == 0o12:
            amiss.append(f"{entry.filename} is a link")
        else:
            try:
                files[entry.filename] = archive.read(entry)
            except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError) as error:
                amiss.append(f"{entry.filename} cannot be read: {error}")
    return files, amiss
