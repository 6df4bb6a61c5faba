"""Reads the record of a policy: its versions with their days, and what each of them changed in which section."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

from generator.documents.target import Target
from generator.documents.text.plain import told
from generator.documents.types.policy import Policy, Section, SectionChange
from generator.findings import Keys

EDITORIAL = "clarified"
ENDINGS = ("removed", "moved")
KEPT = 4096  # records


class Event(NamedTuple):
    """What one version did to the meaning of one section; `keys` lead to it in the policy's file.

    `note` is that of the change, or else that of its version.
    """

    version: str
    effective: date
    section: str
    kind: str
    note: str | None
    to: Target | None
    keys: Keys


@lru_cache(maxsize=4096)
def order(version: str) -> tuple[int, ...]:
    """A version as numbers, so that 1.10 comes after 1.9 and 1.0 is 1.0.0."""
    numbers = tuple(int(number) for number in version.split("."))
    return numbers + (0,) * (3 - len(numbers))


class _Record:
    """What a policy's record tells, read once: a policy of 200 sections and 300 versions is asked for each of them."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy

    @cached_property
    def versions(self) -> dict[str, date]:
        policy = self.policy
        days = {policy.version: policy.effective} | {entry.version: entry.effective for entry in policy.history}
        return dict(sorted(days.items(), key=lambda pair: order(pair[0])))

    @cached_property
    def events(self) -> list[Event]:
        return sorted(_read_events(self.policy), key=lambda event: order(event.version))

    @cached_property
    def by_section(self) -> dict[str, list[Event]]:
        found: dict[str, list[Event]] = defaultdict(list)
        for event in self.events:
            found[event.section].append(event)
        return dict(found)


_records: dict[int, _Record] = {}


def _record(policy: Policy) -> _Record:
    """Kept by identity, as a model has no hash. A record holds its policy, so that no other gets the same id."""
    if id(policy) not in _records:
        if len(_records) >= KEPT:
            _records.clear()
        _records[id(policy)] = _Record(policy)
    return _records[id(policy)]


def versions(policy: Policy) -> Mapping[str, date]:
    """Every version of the record with the day from which it holds, oldest first."""
    return _record(policy).versions


def in_force(policy: Policy, today: date) -> str | None:
    """The latest version that holds on a day; None before the first."""
    held = [version for version, effective in versions(policy).items() if effective <= today]
    return held[-1] if held else None


def events(policy: Policy, section: str | None = None, after: str | None = None) -> list[Event]:
    """What changed the meaning of a section (of any, where none is named) after a version, oldest first."""
    record = _record(policy)
    found = record.events if section is None else record.by_section.get(section, [])
    return [event for event in found if after is None or order(event.version) > order(after)]


def last_change(policy: Policy, section: Section) -> Event | None:
    """What gave a section the meaning that it has, if the record says so."""
    return next((event for event in events(policy, section.id)[::-1] if event.version == section.revised), None)


def coming_changes(policy: Policy, section: Section) -> list[Event]:
    """What will change the meaning of a section after the version that the file holds, soonest first."""
    return events(policy, section.id, policy.version)


def _read_events(policy: Policy) -> Iterator[Event]:
    """What is told of a section under a former id is told of it; that it got another is no change of its meaning."""
    now = {old: section.id for section in policy.sections for old in section.formerly}
    for index, entry in enumerate(policy.history):
        renames = [one for one in entry.changes if _is_rename(policy, one, now)] if now else []
        renamed = {now[one.section] for one in renames}
        for number, change in enumerate(entry.changes):
            is_rename = change in renames or (change.kind == "added" and change.section in renamed)
            if change.kind != EDITORIAL and not is_rename:
                keys: Keys = ("history", index, "changes", number)
                section = now.get(change.section, change.section)
                note = change.note or entry.note
                yield Event(entry.version, entry.effective, section, change.kind, note, change.to, keys)


def _is_rename(policy: Policy, change: SectionChange, now: Mapping[str, str]) -> bool:
    to = now.get(change.section)
    return bool(to and change.to) and change.to == Target.of(policy.id, to)


def is_known(policy: Policy, section: str) -> bool:
    """Whether the policy has the section, or its record says what became of it."""
    return any(one.id == section for one in policy.sections) or any(
        event.kind in ENDINGS for event in events(policy, section)
    )


def recorded(policy: Policy) -> set[tuple[str, str, str]]:
    """Every change that the history tells of, as version, section and kind."""
    return {(entry.version, change.section, change.kind) for entry in policy.history for change in entry.changes}


def rewritten_sections(policy: Policy, old: Policy, refer: Callable[[Target], str]) -> set[str]:
    """The sections that tell something else than in an older state of the policy; `refer` names what is referred to."""
    renamed = {one: section.id for section in policy.sections for one in section.formerly}
    now = {section.id: section.text for section in policy.sections}
    then = {renamed.get(section.id, section.id): section.text for section in old.sections}
    kept = {name for name in now.keys() & then.keys() if _is_same_text(now[name], then[name], refer)}
    return (now.keys() | then.keys()) - kept


def _is_same_text(one: str, other: str, refer: Callable[[Target], str]) -> bool:
    return one == other or told(one, refer) == told(other, refer)
