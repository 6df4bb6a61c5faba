"""The checks: one fault per module. The module's name with hyphens is the code that a finding shows.

A check module has a docstring in three parts (what is wrong; `Bad:`; `Good:`), may set SEVERITY, and defines a function
`check(library)` that yields faults. A module in this folder is found without being registered.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache, partial
from typing import NamedTuple

from generator.documents import Document
from generator.files.source import Source
from generator.findings import MOST, Fault, Finding, Fix, Place, Ration, Settled, Severity, Spot
from generator.library.library import Library
from generator.library.pointers import Outgoing
from generator.wording import list_places, tell_places
from generator.workers import WorkerKilled, is_worth_it, spread

MANY = 2_000  # documents from which on several processes are done sooner, though each is a copy of this one
FIXED = 1_000  # places of one cause that are fixed at once


class Check(NamedTuple):
    """A check and its code. `function` is None if loading or structuring finds the fault.

    `note` is what it reads of one document, as plain data, where what it says of one may follow from any other.
    """

    code: str
    severity: Severity
    page: str
    function: Callable[[Library], Iterable[Fault]] | None
    note: Callable[[Document, Outgoing], object] | None = None

    @property
    def what(self) -> str:
        """The first sentence of its page."""
        return self.page.split("\n\n", 1)[0].replace("\n", " ")

    @property
    def sections(self) -> list[tuple[str, str]]:
        """Its page in parts: ("", prose), ("Bad", sample), ("Good", sample)."""
        pieces = re.split(r"^(Bad|Good):\n", self.page, flags=re.MULTILINE)
        samples = zip(pieces[1::2], pieces[2::2], strict=True)
        return [("", pieces[0].strip()), *((name, textwrap.dedent(sample.strip("\n"))) for name, sample in samples)]


@cache
def checks() -> dict[str, Check]:
    """Every check by code, in the order of the codes."""
    by_code = {}
    for entry in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{entry.name}")
        code = entry.name.replace("_", "-")
        severity: Severity = getattr(module, "SEVERITY", "error")
        page, note = (module.__doc__ or "").strip(), getattr(module, "note", None)
        by_code[code] = Check(code, severity, page, getattr(module, "check", None), note)
    return dict(sorted(by_code.items()))


def judge(library: Library, sources: Mapping[str, Source], only: str = "") -> tuple[list[Finding], date | None]:
    """All findings about a library on its day, and the next day that brings more; None if no day does.

    `only` is the code of a check, where no other is asked.
    """
    return conclude(faults(library, only), library.today, Placer(sources))


def conclude(found: Iterable[tuple[Check, Fault]], today: date, finder: Placer) -> tuple[list[Finding], date | None]:
    """The findings of a day, and the next day that brings more."""
    findings: list[Finding] = []
    coming, ration = date.max, Ration()
    caused: dict[tuple[str, str], list[tuple[Check, Fault]]] = {}
    for check, fault in found:
        if fault.since <= today < fault.until and fault.cause:
            caused.setdefault((check.code, fault.cause), []).append((check, fault))
        elif fault.since <= today < fault.until:
            findings += ration.take(fault.spot.path, check.code, partial(finder.find, check, fault))
        elif today < fault.since < fault.until:
            coming = min(coming, fault.since)
    for same in caused.values():
        check, first = same[0]
        findings += ration.take(first.spot.path, check.code, partial(_join, same, finder))
    findings += ration.rest()
    return findings, None if coming == date.max else coming


class Placer:
    """Makes the findings of faults, each of them once."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._made: dict[int, tuple[Fault, Finding]] = {}  # with the fault, so that no other gets its number

    def find(self, check: Check, fault: Fault) -> Finding:
        """A fault as a finding, with its places looked up, if that was not done before."""
        known = self.known(fault)
        if known is None:
            known = finding(check, fault, self._sources)
            self._made[id(fault)] = fault, known
        return known

    def locate(self, fault: Fault) -> Place:
        """The place of a fault alone."""
        known = self.known(fault)
        return known.place if known else _locate(fault.spot, self._sources)

    def known(self, fault: Fault) -> Finding | None:
        """The finding of a fault, if it was made."""
        if isinstance(fault, Settled) and fault.finding:
            return fault.finding
        return self._made[id(fault)][1] if id(fault) in self._made else None


def _join(same: list[tuple[Check, Fault]], finder: Placer) -> Finding:
    """One finding for all faults that have one cause."""
    check, first = same[0]
    rest = same[1:]
    one = finder.find(check, first)
    if not rest:
        return one
    fixes = [one.fix, *(finder.find(check, fault).fix for _, fault in same[1:FIXED] if one.fix)]
    also = tuple(finder.locate(fault) for _, fault in rest[:MOST])
    message, related = tell_places(one.message, len(same)), (*one.related, *list_places(also, len(rest)))
    return replace(one, message=message, related=related, also=also, fix=_join_fixes(fixes, len(same)))


def _join_fixes(fixes: list[Fix | None], wanted: int) -> Fix | None:
    """The edits at all places of one cause; None if one of the places has none."""
    known = [fix for fix in fixes if fix]
    if len(known) < wanted:
        return None
    return Fix(tuple(edit for fix in known for edit in fix.edits), all(fix.is_safe for fix in known))


def faults(library: Library, only: str = "") -> Iterator[tuple[Check, Fault]]:
    """What the checks find on any day, past or future; `only` is the code of one, where no other is asked."""
    some = [check for check in checks().values() if check.function and only in ("", check.code)]
    for check, found in zip(some, _find_all(library, some), strict=True):
        for fault in found:
            yield check, fault


def _find_all(library: Library, some: list[Check]) -> Iterable[Iterable[Fault]]:
    """What each check finds: in several processes where the library is large, as each would take its time anew."""

    def find(check: Check) -> list[Fault]:
        return list(check.function(library)) if check.function else []

    if len(library.documents) < MANY or not is_worth_it(some):
        return map(find, some)
    try:
        return list(spread(find, some, at_once=1))
    except WorkerKilled:  # for want of memory, perhaps: one process needs half of it
        return map(find, some)


def finding(check: Check, fault: Fault, sources: Mapping[str, Source]) -> Finding:
    """A fault as a finding: with its code and severity, and its places looked up."""
    related = tuple((_locate(entry.spot, sources), entry.message) for entry in fault.related)
    place, hint = _locate(fault.spot, sources), fault.advice
    source = sources.get(place.path)
    if source is None:
        return Finding(place, check.code, check.severity, fault.message, hint, related)
    return replace(source.finding(place, check.code, check.severity, fault.message, hint), related=related)


def _locate(spot: Spot | Place, sources: Mapping[str, Source]) -> Place:
    return spot if isinstance(spot, Place) else sources[spot.path].locate(spot)
