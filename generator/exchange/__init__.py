"""Foreign formats, one module each: in go files as others write them, out come documents of ours. Reads no disk."""

from __future__ import annotations

from typing import NamedTuple


class UnfitInput(Exception):
    """What cannot be brought in, and why: one line that says what to fix."""


class Unmapped(NamedTuple):
    """Something in a file that our documents have no place for; the text says what has become of it."""

    what: str
    path: str
    detail: str
