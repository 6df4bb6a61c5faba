"""A policy's history contradicts itself or the policy.

The newest version comes first, and none is in force from a later day than the version above it. The text's own version
is in the history, with the same day. Each change names a section that the policy has or had, and `moved` says where to.
`revised` of a section is the version that last changed its meaning, or the oldest version if none did; `clarified` does
not change the meaning.

Bad:
    sections: [{id: fees, revised: "2.0", ...}]
    history: [{version: "3.0", changes: [{section: fees, kind: tightened}]}, ...]

Good:
    sections: [{id: fees, revised: "3.0", ...}]
    history: [{version: "3.0", changes: [{section: fees, kind: tightened}]}, ...]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from generator.documents.types.policy import Policy, SectionChange
from generator.findings import Advice, Fault, Hint, Keys, Related, Spot
from generator.library.library import Library
from generator.library.timeline import ENDINGS, Event, events, order, versions
from generator.wording import did_you_mean


class Inconsistency(NamedTuple):
    """What is wrong, where, and perhaps a second place that shows it."""

    keys: Keys
    message: str
    hint: Hint
    other: Keys = ()
    there: str = ""


def check(library: Library) -> Iterator[Fault]:
    for document, policy in library.each(Policy):
        for found in _find_inconsistencies(policy) if policy.history else ():
            related = (Related(Spot(document.path, found.other), found.there),) if found.other else ()
            yield Fault(Spot(document.path, found.keys), found.message, found.hint, related)


def _find_inconsistencies(policy: Policy) -> list[Inconsistency]:
    """Everything that is wrong; `revised` is compared with the history only if the history itself is consistent."""
    return [*_check_order(policy), *_check_own_version(policy), *_check_changes(policy)] or list(_check_revised(policy))


def _check_order(policy: Policy) -> Iterator[Inconsistency]:
    """Versions and dates that increase from one entry to the one below it."""
    for index, (newer, older) in enumerate(pairwise(policy.history), 1):
        at: Keys = ("history", index)
        above: Keys = ("history", index - 1, "version")
        if order(newer.version) == order(older.version):
            message = f"version {older.version} appears twice"
            yield Inconsistency((*at, "version"), message, "keep one of the two", above, "it appears here first")
        elif order(newer.version) < order(older.version):
            message = f"version {older.version} is listed below {newer.version}"
            yield Inconsistency(
                (*at, "version"), message, "put the newest version first", above, "it belongs above this"
            )
        elif newer.effective < older.effective:
            message = f"{older.version} is in force from {older.effective}, later than {newer.version}"
            hint = f"{newer.version} is in force from {newer.effective}: fix one of the dates"
            yield Inconsistency((*at, "effective"), message, hint, above, f"{newer.version} is here")


def _check_own_version(policy: Policy) -> Iterator[Inconsistency]:
    """A version of the text that the history does not have, or has with another day."""
    own = next((n for n, entry in enumerate(policy.history) if entry.version == policy.version), None)
    if own is None:
        hint = f"add an entry for {policy.version}, or fix `version`"
        yield Inconsistency(("version",), f"the history has no entry for version {policy.version}", hint)
    elif policy.history[own].effective != policy.effective:
        day = policy.history[own].effective
        message = f"version {policy.version} is in force from {policy.effective} here, but from {day} in the history"
        yield Inconsistency(
            ("effective",), message, "fix one of the two dates", ("history", own, "effective"), "the other date"
        )


def _check_changes(policy: Policy) -> Iterator[Inconsistency]:
    """Changes to sections that the policy never had, and endings of sections that it still has."""
    here, fates = {section.id for section in policy.sections}, _collect_fates(policy)
    former = {old for section in policy.sections for old in section.formerly}
    for index, entry in enumerate(policy.history):
        for number, change in enumerate(entry.changes):
            complaint = _check_move(change)
            if not complaint and change.section not in former:
                complaint = _check_section(policy, entry.version, change, here, fates[change.section])
            if complaint:
                key, message, hint = complaint
                yield Inconsistency(("history", index, "changes", number, key), message, hint)


def _check_move(change: SectionChange) -> tuple[str, str, Hint] | None:
    if change.kind == "moved" and change.to is None:
        return "kind", f"`{change.section}` moved, but the history does not say where to", "add `to: policy#section`"
    if change.to is not None and change.kind != "moved":
        return (
            "to",
            f"only a section that moved has a `to`, but this one was {change.kind}",
            "remove `to`, or write `kind: moved`",
        )
    return None


def _collect_fates(policy: Policy) -> dict[str, list[Event]]:
    """How each section came and went: few of its events, so that these can be searched for each of its changes."""
    fates: dict[str, list[Event]] = defaultdict(list)
    for event in events(policy):
        if event.kind in ("added", *ENDINGS):
            fates[event.section].append(event)
    return fates


def _check_section(
    policy: Policy, version: str, change: SectionChange, here: set[str], fates: list[Event]
) -> tuple[str, str, Hint] | None:
    later = [event for event in fates if order(event.version) >= order(version)]
    is_here, is_past = change.section in here, order(version) <= order(policy.version)
    if not is_here and not any(event.kind in ENDINGS for event in later) and (is_past or change.kind != "added"):
        hint = partial(did_you_mean, change.section, here, "fix the id, or record its removal")
        return "section", f"the policy has no section `{change.section}`", hint
    if is_here and is_past and change.kind in ENDINGS and not any(event.kind == "added" for event in later):
        message = f"`{change.section}` was {change.kind} in {version}, but is still here"
        return "section", message, "remove the section, or fix the entry"
    return None


def _check_revised(policy: Policy) -> Iterator[Inconsistency]:
    """Sections whose `revised` is not the version of their last change of meaning."""
    oldest = next(iter(versions(policy)))
    for index, section in enumerate(policy.sections):
        past = [event for event in events(policy, section.id) if order(event.version) <= order(policy.version)]
        expected = past[-1].version if past else oldest
        if order(section.revised) != order(expected):
            at: Keys = ("sections", index, "revised")
            why = f"it was {past[-1].kind} in {expected}" if past else f"its meaning is unchanged since {expected}"
            message = f"`{section.id}` says `revised: {section.revised}`, but according to the history {why}"
            words = f'write `revised: "{expected}"`, or record the change of meaning in the history'
            hint = Advice(words, expected, section.revised)
            yield Inconsistency(at, message, hint, past[-1].keys if past else (), "the last change is here")
