"""A document's version is not that of the newest entry in its history.

One that was raised needs an entry that says what has changed, so that readers know. The newest entry comes first. A
document may have no history at all; of a policy, `inconsistent-record` says more.

Bad:
    version: "2.1"
    history: [{version: "2.0", on: 2026-10-02, note: First version.}]

Good:
    version: "2.1"
    history: [{version: "2.1", on: 2026-11-02, note: Added the reply.}, {version: "2.0", on: 2026-10-02, ...}]
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from generator.documents.header import Change, Historied
from generator.findings import Advice, Fault, Related, Spot
from generator.library.library import Library
from generator.library.rewording import silent_rewordings
from generator.library.timeline import order

SEVERITY = "warning"


def check(library: Library) -> Iterator[Fault]:
    for document, body in library.each(Historied):
        if body.history and (len(body.history) > 1 or body.history[0].version != body.version):
            rises = _find_rises(body.history)
            yield from (_report_rise(document.path, body.history, number) for number in rises)
            if not rises and not silent_rewordings(library, document):  # `silent-change` says it where that can be seen
                yield from _compare_newest(document.path, body.version, body.history[0].version)


def _find_rises(history: list[Change]) -> list[int]:
    """Which entries have a newer version than the one above."""
    orders = [order(entry.version) for entry in history]
    return [n for n, (above, below) in enumerate(pairwise(orders), 1) if below > above]


def _report_rise(path: str, history: list[Change], number: int) -> Fault:
    here, above = (Spot(path, ("history", one, "version")) for one in (number, number - 1))
    message = f"version {history[number].version} is listed below {history[number - 1].version}"
    return Fault(here, message, "put the newest version first", (Related(above, "it belongs above this"),))


def _compare_newest(path: str, version: str, newest: str) -> Iterator[Fault]:
    related = (Related(Spot(path, ("history", 0, "version")), "the newest entry"),)
    if order(version) > order(newest):
        hint = f'add `{{version: "{version}", on: ..., note: ...}}` as the first entry of `history`'
        yield Fault(Spot(path, ("version",)), f"the history has no entry for version {version}", hint, related)
    elif order(version) < order(newest):
        message = f"version {version} is below {newest}, the newest in the history"
        hint = Advice(f'write `version: "{newest}"`, or fix the entry', newest, version)
        yield Fault(Spot(path, ("version",)), message, hint, related)
