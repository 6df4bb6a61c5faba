"""What there is to say about the content: where it is, what is wrong, and the edit that mends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Keys = tuple[str | int, ...]
Severity = Literal["error", "warning"]


class Place(NamedTuple):
    """A stretch of a file; lines and columns count from 1, the end column is the one after the last character."""

    path: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


class Spot(NamedTuple):
    """A place that is not looked up yet: the keys that lead to a value, and a stretch of text in it.

    `found` narrows the spot to the occurrence number `nth` of that text; `key` points at the last key itself.
    """

    path: str
    keys: Keys = ()
    found: str = ""
    nth: int = 0
    key: bool = False


class Related(NamedTuple):
    """A second place that helps to understand a finding."""

    spot: Spot | Place
    message: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What a check yields: the runner adds the code, the severity and the place."""

    spot: Spot | Place
    message: str
    hint: str
    related: tuple[Related, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault with everything that a report needs."""

    place: Place
    code: str
    severity: Severity
    message: str
    hint: str
    related: tuple[tuple[Place, str], ...] = ()

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        return (self.place.path, self.place.line, self.place.column, self.code, self.message)
