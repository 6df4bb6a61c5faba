"""Finds why a document is another than it was, and from when: what its authors and those of its policies noted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from generator.documents import Document
from generator.documents.header import Historied
from generator.documents.roles import leaves
from generator.documents.target import Target
from generator.documents.types.policy import Policy
from generator.library.citations import ground
from generator.library.library import Library
from generator.library.timeline import events, order

MOST = 3


class Reason(NamedTuple):
    """What somebody noted, and the day from which it holds."""

    note: str
    since: date | None


def reasons(view: Library, new: Document, old: Document, part: str) -> list[Reason]:
    """Why a part of a document (the whole, if it is empty) is no longer as it was; the newest first."""
    found = [*_read_policies(view, new, old, part), *_read_history(new, old, part)]
    dated = sorted(dict.fromkeys(found), key=lambda one: one.since or date.min, reverse=True)
    return dated[:MOST]


def _read_history(new: Document, old: Document, part: str) -> Iterator[Reason]:
    body = new.body
    if isinstance(body, Historied):
        entries = [one for one in body.history if order(one.version) > order(old.body.version)]
        own = [one for one in entries if part and part in one.parts]
        for one in own or [one for one in entries if not one.parts] or entries:
            yield Reason(one.note.strip(), one.on)
    elif isinstance(body, Policy):
        for event in events(body, part or None, old.body.version):
            if order(event.version) <= order(body.version):
                yield Reason((event.note or f"{event.kind} in {event.version}").strip(), event.effective)


def _read_policies(view: Library, new: Document, old: Document, part: str) -> Iterator[Reason]:
    """What changed in the policies on which the document rests, between the versions that it rested on."""
    then = {name: version for name, version, _ in _list_cited(old)}
    for name, version, keys in _list_cited(new):
        target = Target.parse(name)
        policy = view.find(target.id)
        if policy is None or not isinstance(policy.body, Policy) or name not in then:
            continue
        if order(version) > order(then[name]) and (not part or new.body.part_at(keys) in ("", part)):
            for event in events(policy.body, target.part, then[name]):
                if order(event.version) <= order(version):
                    said = f"{ground(policy, target.part)} was {event.kind} in {event.version}"
                    yield Reason(f"{said}: {event.note.strip()}" if event.note else said, event.effective)


def _list_cited(document: Document) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
    for leaf in leaves(document.body):
        if (
            leaf.role.name == "citation"
            and leaf.value.version
            and all(p.isdigit() for p in leaf.value.version.split("."))
        ):
            yield leaf.value.name, leaf.value.version, leaf.keys
