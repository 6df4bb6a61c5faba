"""What there is to say about the content: where it is, what is wrong, and the edit that mends it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
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


def spelling(found: str) -> re.Pattern[str]:
    """A pattern for a text in which the author may have broken the line at any space."""
    return re.compile(r"\s+".join(re.escape(word) for word in found.split()))


def stretch(path: str, keys: Keys, text: str, found: str, start: int) -> Spot:
    """The spot of `found`, which begins at the character `start` of the value's text."""
    return Spot(path, keys, found, sum(1 for _ in spelling(found).finditer(text, 0, start)))


class Related(NamedTuple):
    """A second place that helps to understand a finding."""

    spot: Spot | Place
    message: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What a check yields: the runner adds the code, the severity and the place.

    A fault of the calendar is one from the day `since` up to the day before `until`, whatever day it is now: the
    runner looks at the day, and a forecast at those to come. A check may leave out what is over by the library's day.
    """

    spot: Spot | Place
    message: str
    hint: str
    related: tuple[Related, ...] = ()
    since: date = date.min
    until: date = date.max


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
