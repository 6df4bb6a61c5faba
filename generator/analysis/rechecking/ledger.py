"""What was found in each file, kept in such a way that it can be found again without judging the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date

from generator.checks import Check, Placer, checks, conclude
from generator.documents import VOCABULARY, Document
from generator.findings import Fault, Finding, Settled
from generator.library.pointers import Outgoing
from generator.library.traits import Traits, Whole, hash_data

# What these say follows from files that are not read with the library.
RELEASED = frozenset({"edited-release", "missing-release", "outdated-release", "unreleased-change"})
Judged = tuple[list[Finding], date | None]
"""The findings of a day, and the next day that brings more."""


@dataclass
class Dossier:
    """What was found in one file, or by one check of the whole.

    `faults` are those of the day on which it was written, by check; from the day `until` on there are others, and
    `coming` is the next day that brings more. One that is `loose` has a hint that may tell of any document.
    """

    faults: dict[str, list[Fault]] = field(default_factory=dict)
    until: date = date.max
    coming: date = date.max
    is_loose: bool = False

    def add(self, check: Check, fault: Fault, today: date) -> None:
        """Takes down a fault, whatever its days are."""
        self.until = min([self.until, *(day for day in (fault.since, fault.until) if day > today)])
        if today < fault.since < fault.until:
            self.coming = min(self.coming, fault.since)
        if fault.since <= today < fault.until:
            self.is_loose = self.is_loose or not isinstance(fault.hint, str)
            self.faults.setdefault(check.code, []).append(fault)

    @property
    def paths(self) -> set[str]:
        """The files in which its findings have places."""
        spots = (
            spot
            for some in self.faults.values()
            for one in some
            for spot in (one.spot, *(related.spot for related in one.related))
        )
        return {spot.path for spot in spots}

    def settle(self, finder: Placer) -> None:
        """Keeps the findings that were made of its faults."""
        for some in self.faults.values():
            some[:] = [_settle(one, known) if (known := finder.known(one)) else one for one in some]

    def unsettle(self) -> None:
        """Forgets the places of its findings, which moved in a file."""
        for some in self.faults.values():
            some[:] = [_settle(one, None) for one in some]


def _settle(fault: Fault, finding: Finding | None) -> Settled:
    return Settled(**{one.name: getattr(fault, one.name) for one in fields(Fault)}, finding=finding)


def note_all(document: Document | None, outgoing: Outgoing, content: str | None) -> dict[str, str]:
    """The hash of what each check of the whole reads in a document.

    `content` is the hash of its text; None where there are no releases, so that the checks of these read nothing.
    """
    if document is None:
        return {}
    told: dict[object, str] = {}  # several checks have one note
    for check in checks().values():
        if check.note and check.note not in told and not (content is None and check.code in RELEASED):
            note = check.note(document, outgoing)
            told[check.note] = hash_data((content, note) if isinstance(note, Whole) else note)
    return {code: told[check.note] for code, check in checks().items() if check.note in told}


def compare_notes(before: Mapping[str, Traits], after: Mapping[str, Traits], paths: set[str]) -> set[str]:
    """The codes of the checks of the whole that read something else than before in the files at some paths."""
    found: set[str] = set()
    for path in paths:
        was, now = (state[path].notes if path in state else {} for state in (before, after))
        found |= {code for code in was.keys() | now.keys() if was.get(code) != now.get(code)}
    return found


def take_down(
    found: Iterable[tuple[Check, Fault]], today: date, accounts: Mapping[str, Dossier], wholes: Mapping[str, Dossier]
) -> None:
    """Writes faults into the account of their check, or else of their file; those of other files are known."""
    for check, fault in found:
        account = wholes.get(check.code) if check.note else accounts.get(fault.spot.path)
        if account is not None:
            account.add(check, fault, today)


def sum_up(accounts: Mapping[str, Dossier], wholes: Mapping[str, Dossier], today: date, finder: Placer) -> Judged:
    """What all accounts say, the findings not sorted."""
    findings, _ = conclude(_list_faults(accounts, wholes), today, finder)
    for account in (*accounts.values(), *wholes.values()):
        account.settle(finder)
    coming = min((one.coming for one in (*accounts.values(), *wholes.values())), default=date.max)
    return findings, None if coming == date.max else coming


def _list_faults(accounts: Mapping[str, Dossier], wholes: Mapping[str, Dossier]) -> Iterator[tuple[Check, Fault]]:
    """All faults in the order in which the checks find them in a library: by check, the vocabulary's first."""
    by_code: dict[str, list[Fault]] = {}
    for path in sorted(accounts, key=lambda path: (path != VOCABULARY, path)):
        for code, some in accounts[path].faults.items():
            by_code.setdefault(code, []).extend(some)
    for code, check in checks().items():
        for fault in wholes[code].faults.get(code, []) if code in wholes else by_code.get(code, []):
            yield check, fault
