"""Tells whether a document begins or ends with a change: whether people work by it from now on, or no longer."""

from __future__ import annotations

from generator.analysis.changes.pairs import DocumentPair

NEW, DRAFTED, STARTED = "new", "drafted", "started"
GONE, ENDED, WITHDRAWN = "gone", "ended", "withdrawn"
BEGINS, ENDS = (NEW, STARTED), (GONE, ENDED, WITHDRAWN)
ACTIVE = "active"


def life_of(pair: DocumentPair) -> str:
    """What happens to a document as a whole; empty if it was in use and is, or was not and is not.

    One that was `drafted` is new and not in use yet. One that `started` was a draft, or was out of use. One that ended
    is deprecated or retired, one that was withdrawn is a draft again.
    """
    old, new = pair
    was, now = (one.body.status if one else "" for one in (old, new))
    if new is None:
        return GONE
    if old is None:
        return NEW if now == ACTIVE else DRAFTED
    if was == now:
        return ""
    if now == ACTIVE:
        return STARTED
    if new.body.is_gone:
        return ENDED
    return WITHDRAWN
