"""The checks: one fault, one file. The file's name with hyphens is the code that a finding shows.

A check module has a docstring in three parts (what it is; `Bad:`; `Good:`), may name its SEVERITY, and has
a function `check(library)` that yields faults. It is found by being in this folder.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache, partial
from typing import NamedTuple

from generator.files.source import Source
from generator.findings import Fault, Finding, Place, Ration, Severity, Spot
from generator.library.library import Library


class Check(NamedTuple):
    """A check by its code. `function` is None where loading or structuring finds the fault."""

    code: str
    severity: Severity
    page: str
    function: Callable[[Library], Iterable[Fault]] | None

    @property
    def what(self) -> str:
        """The first sentence of its page."""
        return self.page.split("\n\n", 1)[0].replace("\n", " ")


@cache
def checks() -> dict[str, Check]:
    """Every check by code, in the order of the codes."""
    found = {}
    for entry in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{entry.name}")
        code = entry.name.replace("_", "-")
        severity: Severity = getattr(module, "SEVERITY", "error")
        found[code] = Check(code, severity, (module.__doc__ or "").strip(), getattr(module, "check", None))
    return dict(sorted(found.items()))


def judge(library: Library, sources: Mapping[str, Source]) -> tuple[list[Finding], date | None]:
    """Everything that the checks have to say about a library on its day, and the next day on which they say more."""
    found: list[Finding] = []
    coming, ration = date.max, Ration()
    for one, fault in faults(library):
        if fault.since <= library.today < fault.until:
            found += ration.take(fault.spot.path, one.code, partial(finding, one, fault, sources))
        elif library.today < fault.since < fault.until:
            coming = min(coming, fault.since)
    found += ration.rest()
    return found, None if coming == date.max else coming


def faults(library: Library) -> Iterator[tuple[Check, Fault]]:
    """What the checks find on any day, past and to come."""
    for one in checks().values():
        for fault in one.function(library) if one.function else ():
            yield one, fault


def finding(one: Check, fault: Fault, sources: Mapping[str, Source]) -> Finding:
    """A fault with its code, severity and place."""
    related = tuple((_locate(entry.spot, sources), entry.message) for entry in fault.related)
    place = _locate(fault.spot, sources)
    return Finding(place, one.code, one.severity, fault.message, fault.edit, related)


def _locate(spot: Spot | Place, sources: Mapping[str, Source]) -> Place:
    return spot if isinstance(spot, Place) else sources[spot.path].locate(spot)
