"""Foreign formats: turns files that others wrote into our documents, and back. Does not touch the disk."""

from __future__ import annotations

from typing import NamedTuple


class UnfitInput(Exception):
    """Input that cannot be imported or exported; the message is one line that says what to fix."""


class Unmapped(NamedTuple):
    """Something in a source that has no place in the result; `what` says what became of it.

    If `is_refusal`, a whole document is missing from the result, and each one is named.
    """

    what: str
    path: str
    detail: str
    is_refusal: bool = False
