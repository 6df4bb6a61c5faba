"""The errors of a file that cannot be read, each with a message, the edit that fixes it, and its position."""

from __future__ import annotations


class Broken(Exception):
    """Text that cannot be read as one plain YAML mapping; `start` and `end` count characters."""

    code = "invalid-yaml"

    def __init__(self, message: str, hint: str, start: int = 0, end: int = 0) -> None:
        super().__init__(message)
        self.hint = hint
        self.start = start
        self.end = end


class Encoded(Broken):
    """Bytes that are not UTF-8."""

    code = "unreadable-file"
