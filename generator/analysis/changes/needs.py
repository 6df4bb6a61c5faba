"""Says which version the next release of a pack needs for a change."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from generator.analysis.delta import Delta, compare_packs
from generator.library.library import Library
from generator.library.meaning.levels import gravest, least_version
from generator.library.packing import Packed, packs
from generator.library.thawing import Unthawable, pack_of, thaw
from generator.library.timeline import order


class PackChange(NamedTuple):
    """What a pack's readers get to know: its delta between the trees, and the version that its next release needs.

    `released` is the version that its vendor has; empty before the first release.
    """

    packed: Packed
    delta: Delta
    level: str
    least: str
    released: str

    @property
    def is_met(self) -> bool:
        return order(self.packed.pack.version) >= order(self.least)


def changed_packs(old: Library, new: Library, changed: frozenset[str], today: date) -> list[PackChange]:
    """The packs in both trees that have a changed document, by their ids."""
    before = {one.document.id: one for one in packs(old)}
    found = []
    for packed in packs(new):
        was = before.get(packed.document.id) or next(
            (before[one] for one in packed.pack.formerly if one in before), None
        )
        if was is None or packed.pack.is_gone:
            continue
        if packed.contents.ids == was.contents.ids and not changed & {*packed.contents.ids, packed.document.id}:
            continue
        delta = compare_packs(was, packed, is_explained=False)
        if not delta.is_empty:
            found.append(_demand_version(new, packed, delta, today))
    return found


def _demand_version(library: Library, packed: Packed, delta: Delta, today: date) -> PackChange:
    """What the next release needs: counted from the last one, which may be older than the old tree."""
    last = library.releases.last(packed.document.id)
    if last is None:
        least = least_version(delta.old.pack.version, delta.level)
        return PackChange(packed, delta, delta.level, least, "")
    try:
        then = pack_of(thaw(last, today, library.releases), packed.document.id)
    except Unthawable:
        then = None
    since = compare_packs(then, packed, is_explained=False) if then is not None else delta
    level = gravest([since.level, delta.level])
    return PackChange(packed, delta, level, least_version(last.version, level), last.version)
