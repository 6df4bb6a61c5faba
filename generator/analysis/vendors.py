"""Works out what each vendor has of each pack, what is due, and until when a training lasts."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from generator.checks import checks
from generator.documents.types.pack import Pack
from generator.library.lasting import lasts_until
from generator.library.library import Library
from generator.library.releases import Release

WATCHED = ("unreleased-change", "outdated-release")


class Delivered(NamedTuple):
    """A pack at its vendor: `release` is the newest one, None before the first.

    `due` has what is to be done now, `coming` the days to come with what will be; `lasts_until` is the last day on
    which the training of somebody counts who was trained on the day of the release. It `is_current` if the release says
    what the pack says now, and teaches rules that are in force.
    """

    pack: str
    title: str
    vendor: str
    vendor_name: str
    status: str
    release: Release | None
    releases: int
    lasts_until: date | None
    due: tuple[str, ...]
    coming: tuple[tuple[date, str], ...]
    is_current: bool = False


def deliveries(library: Library) -> list[Delivered]:
    """Every pack, by vendor and id, and every one that was released and is no longer there."""
    told = _collect_faults(library)
    terms = library.vocabulary.vendors if library.vocabulary else {}
    names = {word: term.name.strip() for word, term in terms.items()}
    found = []
    for document, pack in library.each(Pack):
        release = library.releases.last(document.id)
        number = len(library.releases.of(document.id))
        until = lasts_until(release.record.on, pack.recertify_after) if release else None
        now = [message for since, message in told.get(document.path, []) if since <= library.today]
        is_current = release is not None and not now
        coming = [(since, message) for since, message in told.get(document.path, []) if since > library.today]
        if release is None and pack.status == "active":
            now.append("never released")
        if until is not None and until < library.today:
            now.append(f"recertification of who was trained at the release is over since {until}")
        found.append(
            Delivered(
                document.id,
                pack.title.strip(),
                pack.vendor,
                names.get(pack.vendor, pack.vendor),
                pack.status,
                release,
                number,
                until,
                tuple(now),
                tuple(coming),
                is_current,
            )
        )
    known = {one.pack for one in found}
    for name, some in library.releases.by_pack.items():
        if name not in known:
            record = some[-1].record
            why = "the pack is gone: whoever was trained on it is trained for nothing"
            known_as = names.get(record.vendor, record.vendor)
            found.append(
                Delivered(name, record.title, record.vendor, known_as, "gone", some[-1], len(some), None, (why,), ())
            )
    return sorted(found, key=lambda one: (one.vendor, one.pack))


def _collect_faults(library: Library) -> dict[str, list[tuple[date, str]]]:
    """What the checks of releases say, by the path of the pack, each with the day from which it holds."""
    found: dict[str, list[tuple[date, str]]] = {}
    for code in WATCHED:
        function = checks()[code].function
        for fault in function(library) if function else ():
            if fault.until > library.today:
                found.setdefault(fault.spot.path, []).append((fault.since, fault.message))
    return {path: sorted(some) for path, some in found.items()}
