"""Accounts and traits as texts of JSON, and read again: plain data that cannot run."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from generator.analysis.rechecking.ledger import Dossier
from generator.checks import checks
from generator.findings import Advice, Edit, Fault, Finding, Fix, Place, Related, Settled, Spot
from generator.library.traits import Traits


def as_text(value: object) -> str:
    """Plain data as text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def dump_traits(traits: Traits) -> str:
    """Traits as text."""
    return as_text(traits)


def load_traits(text: str) -> Traits:
    """Traits that were dumped."""
    names, uses, via, face, links, notes, short = json.loads(text)
    return Traits(tuple(names), uses, tuple(via), face, links, notes, tuple(short))


def dump_account(account: Dossier) -> list[Any]:
    """An account as plain data. It must not be loose: a hint that is still to be worked out is no data."""
    faults = {code: [_dump_fault(one) for one in some] for code, some in account.faults.items()}
    return [account.until.toordinal(), account.coming.toordinal(), faults]


def load_account(data: Sequence[Any]) -> Dossier:
    """An account that was dumped."""
    until, coming, faults = data
    read: dict[str, list[Fault]] = {code: [_load_fault(code, one) for one in some] for code, some in faults.items()}
    return Dossier(read, date.fromordinal(until), date.fromordinal(coming))


def _dump_fault(fault: Fault) -> list[Any]:
    made = fault.finding if isinstance(fault, Settled) else None
    related = [[_dump_spot(one.spot), one.message] for one in fault.related]
    return [_dump_spot(fault.spot), fault.message, _dump_hint(fault.hint), related, fault.cause, _dump_finding(made)]


def _load_fault(code: str, data: Sequence[Any]) -> Settled:
    spot, message, hint, related, cause, made = data
    told = tuple(Related(_load_spot(one), words) for one, words in related)
    fault = Settled(_load_spot(spot), message, _load_hint(hint), told, cause=cause)
    if made is None:
        return fault
    place, others, edits, is_safe = made
    fix = Fix(tuple(Edit(Place(*at), text) for at, text in edits), is_safe) if edits is not None else None
    seen = tuple((Place(*at), one.message) for at, one in zip(others, told, strict=True))
    severity = checks()[code].severity
    found = Finding(Place(*place), code, severity, message, fault.advice, seen, fix=fix)
    return Settled(fault.spot, message, fault.hint, told, cause=cause, finding=found)


def _dump_spot(spot: Spot | Place) -> list[Any]:
    if isinstance(spot, Place):
        return list(spot)
    return [spot.path, spot.keys, spot.found, spot.occurrence, spot.key, 0]


def _load_spot(data: Sequence[Any]) -> Spot | Place:
    if len(data) == len(Place._fields):
        return Place(*data)
    path, keys, found, nth, key, _ = data
    return Spot(path, tuple(keys), found, nth, key)


def _dump_hint(hint: object) -> Any:
    return [str(hint), hint.new, hint.old, hint.is_safe] if isinstance(hint, Advice) else hint


def _load_hint(data: Any) -> str:
    return data if isinstance(data, str) else Advice(*data)


def _dump_finding(made: Finding | None) -> Any:
    if made is None:
        return None
    edits = [[list(edit.place), edit.text] for edit in made.fix.edits] if made.fix else None
    return [list(made.place), [list(place) for place, _ in made.related], edits, bool(made.fix and made.fix.is_safe)]
