"""What is kept of the last check of a folder."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from generator.analysis.rechecking.ledger import Dossier
from generator.analysis.rechecking.records import as_text, dump_account, load_account
from generator.documents import Document
from generator.library.library import Library
from generator.library.traits import Remainder, Traits, hash_data

NOTHING = hash_data(None)
STAMP, CONTENT, NAMES, ACCOUNT = range(4)
UNTIL, COMING, FAULTS = range(3)


class Last:
    """What was found in each file and by each check of the whole, as it was written, and what there was besides."""

    def __init__(self, files: Mapping[str, str], wholes: Mapping[str, str], state: str) -> None:
        rows: list[Any] = json.loads(f"[{','.join(files.values())}]")
        self.rows: dict[str, list[Any]] = dict(zip(files, rows, strict=True))
        self.wholes = {code: load_account(json.loads(text)) for code, text in wholes.items()}
        self.state: dict[str, Any] = json.loads(state)

    @property
    def day(self) -> date:
        return date.fromisoformat(self.state["day"])

    @property
    def remainder(self) -> Remainder:
        """What could not be read."""
        malformed = {name: frozenset(words) for name, words in self.state["malformed"].items()}
        return Remainder(malformed, tuple(self.state["is_open"]), frozenset())

    @property
    def names(self) -> dict[str, tuple[str, ...]]:
        """The ids of each document, by path in order."""
        return {path: tuple(row[NAMES]) for path, row in self.rows.items() if row[NAMES]}

    def list_due(self, today: date) -> set[str]:
        """The files about which something else is found by now."""
        day = today.toordinal()
        return {path for path, row in self.rows.items() if row[ACCOUNT][UNTIL] <= day}

    def account(self, path: str) -> Dossier | None:
        """What was found in a file; None if that is nothing."""
        return load_account(self.rows[path][ACCOUNT]) if self.rows[path][ACCOUNT][FAULTS] else None

    def coming(self, path: str) -> date:
        """The day that brings more to a file."""
        return date.fromordinal(self.rows[path][ACCOUNT][COMING])


def dump_row(stamp: str, content: str, names: Sequence[str], account: Dossier) -> str:
    """A row as text. Where a hint may tell of anything, the file counts as changed the next time."""
    if account.is_loose:
        return as_text(["", "", names, dump_account(Dossier())])
    return as_text([stamp, content, names, dump_account(account)])


def dump_wholes(wholes: Mapping[str, Dossier]) -> dict[str, str]:
    """The accounts of the checks of the whole as texts; one with a hint that may tell of anything never holds."""
    never = Dossier(until=date.min)
    return {code: as_text(dump_account(never if one.is_loose else one)) for code, one in wholes.items()}


class Reads:
    """The types of documents of which each check of the whole reads anything."""

    def __init__(self, known: Mapping[str, list[str]] = MappingProxyType({})) -> None:
        self._kinds = {code: set(kinds) for code, kinds in known.items()}

    def add(self, document: Document, traits: Traits) -> None:
        """Takes down which checks read something of a document."""
        for code, note in traits.notes.items():
            if note != NOTHING:
                self._kinds.setdefault(code, set()).add(document.kind.name)

    def list_kinds(self, codes: set[str]) -> list[str]:
        """The types of which some checks read anything."""
        return sorted({kind for code in codes for kind in self._kinds.get(code, ())})

    def as_data(self) -> dict[str, list[str]]:
        """As plain data."""
        return {code: sorted(kinds) for code, kinds in self._kinds.items()}


def sketch_kind(document: Document) -> str:
    """Under which kind a sketch is kept: checks that read macros alone need no other."""
    return f"sketch {document.kind.name}"


def describe_state(
    library: Library, beside: str, pictures: Mapping[str, str], reads: Reads, released: Collection[str]
) -> str:
    """What there is besides documents, as text.

    `beside` is the hash of the other files, `pictures` have their stamps, `released` are the documents in releases.
    """
    left = Remainder.of(library)
    return as_text(
        {
            "day": library.today.isoformat(),
            "malformed": {name: sorted(words) for name, words in left.malformed.items()},
            "is_open": left.is_open,
            "beside": beside,
            "pictures": pictures,
            "reads": reads.as_data(),
            "released": released,
        }
    )
