"""A policy's own record does not add up.

The history stands newest first: versions and dates only go down, the text's own version is in it with its day, each
change names a section that the policy has or had, `moved` says where to, and `revised` of a section is the version of
its last change of meaning (the oldest version where there was none). A `clarified` section keeps its meaning.

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
from generator.findings import Fault, Hint, Keys, Related, Spot
from generator.library.library import Library
from generator.library.timeline import ENDINGS, Event, events, order, versions
from generator.wording import did_you_mean


class Told(NamedTuple):
    """What is wrong, where, and perhaps a second place that shows it."""

    keys: Keys
    message: str
    hint: Hint
    other: Keys = ()
    there: str = ""


def check(library: Library) -> Iterator[Fault]:
    for document, policy in library.each(Policy):
        for told in _told(policy) if policy.history else ():
            related = (Related(Spot(document.path, told.other), told.there),) if told.other else ()
            yield Fault(Spot(document.path, told.keys), told.message, told.hint, related)


def _told(policy: Policy) -> list[Told]:
    """Whether `revised` agrees with the history can be told only where the history itself is sound."""
    return [*_entries(policy), *_own(policy), *_changes(policy)] or list(_revised(policy))


def _entries(policy: Policy) -> Iterator[Told]:
    """Versions and dates only go down."""
    for index, (newer, older) in enumerate(pairwise(policy.history), 1):
        at: Keys = ("history", index)
        above: Keys = ("history", index - 1, "version")
        if order(newer.version) == order(older.version):
            message = f"the version {older.version} stands twice"
            yield Told((*at, "version"), message, "keep one of the two", above, "it stands here first")
        elif order(newer.version) < order(older.version):
            message = f"version {older.version} stands below {newer.version}"
            yield Told((*at, "version"), message, "write the history newest first", above, "it belongs above this")
        elif newer.effective < older.effective:
            message = f"{older.version} is in force from {older.effective} on, later than {newer.version}"
            hint = f"{newer.version} is in force from {newer.effective} on: mend one of the dates"
            yield Told((*at, "effective"), message, hint, above, f"{newer.version} stands here")


def _own(policy: Policy) -> Iterator[Told]:
    """The text's own version is in the history, with its day."""
    own = next((n for n, entry in enumerate(policy.history) if entry.version == policy.version), None)
    if own is None:
        hint = f"add an entry for {policy.version}, or mend `version`"
        yield Told(("version",), f"the history has no entry for version {policy.version}", hint)
    elif policy.history[own].effective != policy.effective:
        day = policy.history[own].effective
        message = f"version {policy.version} is in force from {policy.effective} here and from {day} in the history"
        yield Told(("effective",), message, "mend one of the two", ("history", own, "effective"), "the other one")


def _changes(policy: Policy) -> Iterator[Told]:
    """Every change names a section that is there, or that was."""
    here, fates = {section.id for section in policy.sections}, _fates(policy)
    for index, entry in enumerate(policy.history):
        for number, change in enumerate(entry.changes):
            wrong = _form(change) or _section(policy, entry.version, change, here, fates[change.section])
            if wrong:
                key, message, hint = wrong
                yield Told(("history", index, "changes", number, key), message, hint)


def _form(change: SectionChange) -> tuple[str, str, Hint] | None:
    if change.kind == "moved" and change.to is None:
        return "kind", f"`{change.section}` moved, and nothing says where to", "add `to: policy#section`"
    if change.to is not None and change.kind != "moved":
        return "to", f"only what moved has a `to`, and this was {change.kind}", "remove `to`, or write `kind: moved`"
    return None


def _fates(policy: Policy) -> dict[str, list[Event]]:
    """How each section came and went: few of its events, so that they are looked through for each of its changes."""
    found: dict[str, list[Event]] = defaultdict(list)
    for event in events(policy):
        if event.kind in ("added", *ENDINGS):
            found[event.section].append(event)
    return found


def _section(
    policy: Policy, version: str, change: SectionChange, here: set[str], fates: list[Event]
) -> tuple[str, str, Hint] | None:
    later = [event for event in fates if order(event.version) >= order(version)]
    is_here, is_past = change.section in here, order(version) <= order(policy.version)
    if not is_here and not any(event.kind in ENDINGS for event in later) and (is_past or change.kind != "added"):
        hint = partial(did_you_mean, change.section, here, "mend the id, or record its removal")
        return "section", f"the policy has no section `{change.section}`", hint
    if is_here and is_past and change.kind in ENDINGS and not any(event.kind == "added" for event in later):
        message = f"`{change.section}` was {change.kind} in {version}, and is still here"
        return "section", message, "remove the section, or mend the entry"
    return None


def _revised(policy: Policy) -> Iterator[Told]:
    """`revised` is the version of a section's last change of meaning."""
    oldest = next(iter(versions(policy)))
    for index, section in enumerate(policy.sections):
        past = [event for event in events(policy, section.id) if order(event.version) <= order(policy.version)]
        expected = past[-1].version if past else oldest
        if order(section.revised) != order(expected):
            at: Keys = ("sections", index, "revised")
            why = f"{past[-1].kind} in {expected}" if past else f"unchanged in meaning since {expected}"
            message = f"`{section.id}` says `revised: {section.revised}`, and by the history it is {why}"
            hint = f'write `revised: "{expected}"`, or record the change: `clarified` changes no meaning'
            yield Told(at, message, hint, past[-1].keys if past else (), "it stands here")
