"""The newest release of a pack teaches a policy that is no longer in force as it was.

Those who were trained work by the old rule from that day on, whatever our own pages say by then. Only changes of
meaning count, each from the day on which it is in force; one that is announced is a fault from its day on, and
`playbook forecast` knows it before.

Bad:
    policies: {payments: "2.1"}   # of the newest release; `chargebacks` was tightened in 3.0, in force since 2026-09-01

Good:
    policies: {payments: "3.0"}   # of a release that teaches the new rule
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from generator.documents.types.policy import Policy
from generator.findings import Fault, Related, Spot
from generator.library.citations import ended
from generator.library.library import Library
from generator.library.packing import Packed, packs
from generator.library.releases import Release
from generator.library.timeline import Event, events

SEVERITY = "warning"
SHOWN = 6


def check(library: Library) -> Iterator[Fault]:
    for packed in packs(library):
        release = library.releases.last(packed.document.id)
        if release is not None and packed.pack.status == "active":
            for policy, version in release.record.policies.items():
                yield from _compare(packed, release, policy, version)


def _compare(packed: Packed, release: Release, name: str, version: str) -> Iterator[Fault]:
    """A fault for each stretch of days on which the same changes are in force."""
    document = packed.view.find(name)
    if document is None or not isinstance(document.body, Policy) or not document.sound:
        return
    changes = sorted(events(document.body, None, version), key=lambda event: event.effective)
    days = sorted({event.effective for event in changes})
    end = ended(packed.view, document)
    for since, until in pairwise([*days, date.max]):
        in_force = [event for event in changes if event.effective <= since]
        if since < end:
            yield _make_fault(packed, release, name, version, in_force, since, min(until, end))
    if date.min < end < date.max:
        message = f"release {release.version} teaches `{name}`, which is superseded since {end}"
        yield Fault(_find_spot(packed), message, _suggest(packed), since=end)


def _make_fault(
    packed: Packed, release: Release, name: str, version: str, changes: list[Event], since: date, until: date
) -> Fault:
    last = changes[-1]
    message = (
        f"release {release.version} teaches `{name}` {version}; the rule in `{last.section}` changed on {since}"
        f" ({last.kind} in {last.version})"
    )
    document = packed.view.find(name)
    assert document is not None
    related = tuple(
        Related(
            Spot(document.path, one.keys),
            f"{one.section} {one.kind} in {one.version}{f': {one.note}' if one.note else ''}",
        )
        for one in changes[::-1][:SHOWN]
    )
    return Fault(_find_spot(packed), message, _suggest(packed), related, since, until)


def _find_spot(packed: Packed) -> Spot:
    return Spot(packed.document.path, ("version",))


def _suggest(packed: Packed) -> str:
    name = packed.document.id
    return f"bring its documents up to date, raise the version, then run `playbook pack release {name}`"
