"""Foreign formats: turns files that others wrote into our documents, and back. Does not touch the disk."""

from __future__ import annotations

from typing import NamedTuple


class UnfitInput(Exception):
    """Input that cannot be imported or exported; the message is one line that says what to fix."""


class Unmapped(NamedTuple):
    """Something in a source that has no place in the result; `what` says what became of it."""

    what: str
    path: str
    detail: str
