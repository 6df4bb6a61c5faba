"""Says which version a changed document or pack needs, by the rule of releases, and whether it was raised so far."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from generator.analysis.delta import LEVELS, Delta, compare_packs
from generator.analysis.demand import least_version
from generator.analysis.lesson import Lesson
from generator.analysis.retelling import MAJOR, MINOR
from generator.documents import Document
from generator.documents.header import Historied
from generator.documents.types.policy import Policy
from generator.library.library import Library
from generator.library.packing import Packed, packs
from generator.library.thawing import Unthawable, pack_of, thaw
from generator.library.timeline import order


class Need(NamedTuple):
    """The version that a change demands: how large it is, the least number, and what the author wrote.

    `change` is how large it is for people who know the old; for a policy, `level` may be less. `is_noted` says whether
    the history has an entry for a version after `before`.
    """

    level: str
    change: str
    before: str
    least: str
    version: str
    is_noted: bool

    @property
    def is_met(self) -> bool:
        return order(self.version) >= order(self.least) and self.is_noted


def need_of(old: Document, new: Document, lessons: Iterable[Lesson]) -> Need | None:
    """What a document needs; None if nothing that people work by is another, or as long as it was a draft.

    A policy says in its history what each version did to each section, so that a later number is enough for it.
    """
    change = level = gravest(one.level for one in lessons)
    is_policy = isinstance(new.body, Policy)
    if not level or old.body.status == "draft" or not (new.kind.covers or is_policy):
        return None
    if is_policy and level == MAJOR:
        level = MINOR
    before, version = old.body.version, new.body.version
    return Need(level, change, before, least_version(before, level), version, _is_noted(new, before))


def gravest(levels: Iterable[str]) -> str:
    """The highest of some levels; empty if there is none."""
    found = set(levels)
    return next((level for level in LEVELS if level in found), "")


def _is_noted(document: Document, before: str) -> bool:
    body = document.body
    history = body.history if isinstance(body, (Historied, Policy)) else []
    return any(order(entry.version) > order(before) for entry in history)


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
