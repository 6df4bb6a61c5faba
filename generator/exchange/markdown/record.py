"""Derives the history of a policy from the past states of its sections: a version for each state that differs.

Line breaks and spaces make no difference. How a section changed is not known, so its kind is `changed`. A section whose
text is now under another heading has `moved`, provided that no other section has the same text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from generator.library.timeline import EDITORIAL

SectionTexts = Mapping[str, str]
VersionData = dict[str, Any]
FIRST = "1.0"


def state(texts: Mapping[str, str]) -> SectionTexts:
    """The sections by id, normalised for comparison."""
    return {name: " ".join(text.split()) for name, text in texts.items()}


def version_history(
    policy: str, states: Iterable[tuple[str, SectionTexts]], current: Collection[str]
) -> list[VersionData]:
    """The history of a policy, newest first, from its states by day, oldest first."""
    history: list[VersionData] = []
    before: SectionTexts = {}
    for day, after in states:
        history = continued(policy, history, before, (day, after), current)
        before = after
    return history


def continued(
    policy: str,
    history: list[VersionData],
    before: SectionTexts,
    now: tuple[str, SectionTexts],
    current: Collection[str],
) -> list[VersionData]:
    """The history with one more version if something changed; days never go back, even if a committer's clock did."""
    day, after = now
    if not history:
        return [{"version": FIRST, "effective": day, "note": "The first known text."}]
    changes = _find_changes(policy, before, after, current)
    if not changes:
        return history
    version = f"{int(history[0]['version'].split('.')[0]) + 1}.0"
    return [{"version": version, "effective": max(day, history[0]["effective"]), "changes": changes}, *history]


def annotated(history: list[VersionData], old: Iterable[VersionData]) -> list[VersionData]:
    """The history with what people wrote into an older copy of it: how a section changed, and notes."""
    known = {(entry["version"], entry["effective"]): entry for entry in old}
    return [_annotate_version(entry, known.get((entry["version"], entry["effective"]), {})) for entry in history]


def forgotten(history: list[VersionData], old: Iterable[VersionData]) -> list[str]:
    """The versions in an older copy that the history does not have, or has on another day."""
    known = {(entry["version"], entry["effective"]) for entry in history}
    return [entry["version"] for entry in old if (entry["version"], entry["effective"]) not in known]


def _annotate_version(entry: VersionData, old: VersionData) -> VersionData:
    known = {change["section"]: change for change in old.get("changes") or []}
    changes = [known.get(change["section"], change) for change in entry.get("changes", [])]
    return entry | old | ({"changes": changes} if changes else {})


def revised(history: list[VersionData], section: str) -> str:
    """The version in which the meaning of a section last changed."""
    for entry in history:
        if any(one["section"] == section and one["kind"] != EDITORIAL for one in entry.get("changes", [])):
            return str(entry["version"])
    return str(history[-1]["version"])


def _find_changes(
    policy: str, before: SectionTexts, after: SectionTexts, current: Collection[str]
) -> list[VersionData]:
    gone = [name for name in before if name not in after]
    new = [name for name in after if name not in before]
    heirs = _find_moved({name: before[name] for name in gone}, {name: after[name] for name in new})
    changes: list[VersionData] = []
    for name in after:
        if name in new or after[name] != before[name]:
            changes.append({"section": name, "kind": "added" if name in new else "changed"})
    for name in gone:
        is_moved = heirs.get(name) in current
        changes.append({"section": name, "kind": "moved" if is_moved else "removed"})
        if is_moved:
            changes[-1]["to"] = f"{policy}#{heirs[name]}"
    return changes


def _find_moved(gone: SectionTexts, new: SectionTexts) -> dict[str, str]:
    """The new section for each one that is gone but whose text it has, if no other section has the same text."""
    counts = Counter([*gone.values(), *new.values()])
    places = {text: name for name, text in new.items()}
    return {name: places[text] for name, text in gone.items() if text in places and counts[text] == 2}
