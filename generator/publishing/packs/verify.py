"""Verifies a pack for somebody who has nothing but the file: hashes, signature, links between pages, structure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from generator.files.writer import SUMS
from generator.publishing.packs.record import RECORD
from generator.publishing.packs.signing import SIGNATURE, Unsigned, check_signature
from generator.publishing.packs.structure import judge_structure
from generator.publishing.packs.unpacking import NoPack, Unpacked, unpack

LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")


class PackVerdict(NamedTuple):
    """What a pack says that it is, how many files were compared, what is amiss, and whether its signature was checked.

    `told` is its record.
    """

    told: Mapping[str, Any]
    files: int
    amiss: list[str]
    signature: str

    @property
    def name(self) -> str:
        return f"{self.told['title']}, version {self.told['version']}"


def verify_pack(place: Path, key: str = "") -> PackVerdict:
    """Verifies a pack's folder, a zip of it, or one of its zips; with a public key, its signature must hold too.

    Raises NoPack, OSError.
    """
    whole = unpack(place)
    home = _find_home(whole, place)
    files = {name.removeprefix(home): content for name, content in whole.files.items()}
    told = _read_record(files[RECORD])
    amiss = [*whole.faults, *_compare(told, files)]
    amiss += [f"{name} is outside {home}" for name in whole.files if not name.startswith(home)]
    is_signed, signature = _judge_signature(files, told, key)
    if not is_signed:
        amiss.append(signature)
    for way, one in whole.each():
        amiss += [f"{way}{fault}" for fault in judge_structure(one.files)]
    for way, one in whole.each():
        if one is not whole:
            amiss += [f"{way}{fault}" for fault in _compare_inner(one)]
    return PackVerdict(told, len(told["files"]), amiss, signature)


def _find_home(found: Unpacked, place: Path) -> str:
    """The way to the record: at the top, or in the only folder of a zip. Raises NoPack."""
    records = [name for name in found.files if name == RECORD or (name.endswith(f"/{RECORD}") and name.count("/") == 1)]
    if not records:
        raise NoPack(f"{place} has no {RECORD}, so nothing says what should be in it")
    return min(records, key=len).removesuffix(RECORD)


def _read_record(content: bytes) -> dict[str, Any]:
    """Raises NoPack."""
    try:
        told: dict[str, Any] = json.loads(content)
        told["files"] = {str(name): str(value) for name, value in told["files"].items()}
        told["title"], told["version"] = str(told["title"]), str(told["version"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise NoPack(f"{RECORD} is not the record of a pack") from None
    return told


def _compare(told: Mapping[str, Any], files: Mapping[str, bytes]) -> Iterator[str]:
    """How files differ from the record, and from the list of hashes where there is one beside it or should be."""
    found = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    wanted: Mapping[str, str] = told["files"]
    if SUMS in files or _has_folder(wanted):
        sums = files.get(SUMS, b"").decode("utf-8", "replace")
        listed = {match[2]: match[1] for line in sums.splitlines() if (match := LINE.fullmatch(line))}
        if listed.get(RECORD) != found[RECORD]:
            yield f"{SUMS} does not have the hash of {RECORD}"
        for name in sorted(wanted.keys() | listed.keys() - {RECORD}):
            if listed.get(name) != wanted.get(name) and RECORD in listed:
                yield f"{SUMS} and {RECORD} do not agree on {name}"
    for name in sorted(wanted.keys() - found.keys()):
        yield f"{name} is missing"
    for name in sorted(wanted.keys() & found.keys()):
        if wanted[name] != found[name]:
            yield f"{name} is not what was built"
    for name in sorted(found.keys() - wanted.keys() - {RECORD, SUMS, SIGNATURE}):
        yield f"{name} was not built"


def _has_folder(wanted: Mapping[str, str]) -> bool:
    """Whether a record is that of a whole pack, which has a list of hashes beside it, and not of one of its zips."""
    return "INSTALL.md" in wanted


def _compare_inner(one: Unpacked) -> Iterator[str]:
    """A zip of a pack with a record of its own, as its pages have."""
    records = [name for name in one.files if name == RECORD or (name.endswith(f"/{RECORD}") and name.count("/") == 1)]
    for name in records[:1]:
        home = name.removesuffix(RECORD)
        try:
            told = _read_record(one.files[name])
        except NoPack as error:
            yield str(error)
            continue
        yield from _compare(told, {path.removeprefix(home): content for path, content in one.files.items()})


def _judge_signature(files: Mapping[str, bytes], told: Mapping[str, Any], key: str) -> tuple[bool, str]:
    """Whether the signature is as it must be, and what is to be said of it."""
    if SIGNATURE not in files:
        return not key, "it is not signed"
    if not key:
        return True, "its signature was not checked: name the signer's public key with --key"
    try:
        return True, f"signed: {check_signature(files.get(SUMS, b''), files[SIGNATURE], told, key)}"
    except Unsigned as error:
        return False, str(error)
