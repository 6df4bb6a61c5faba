"""What there is to say about the content: where it is, what is wrong, and the edit that fixes it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, NamedTuple

Keys = tuple[str | int, ...]
Severity = Literal["error", "warning"]
Hint = str | Callable[[], str]
MOST = 100  # findings of one kind in one file that are placed
LONGEST = 1000  # characters of a stretch that are looked for


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
    Where `before` is given, it is the occurrence behind all those in there.
    """

    path: str
    keys: Keys = ()
    found: str = ""
    nth: int = 0
    key: bool = False
    before: tuple[str, int] = ("", 0)

    @property
    def occurrence(self) -> int:
        """Which occurrence of `found` it is. Takes a look at all of the text before it, so ask only to place it."""
        text, end = self.before
        return self.nth + (sum(1 for _ in spelling(self.found).finditer(text, 0, end)) if end else 0)


def spelling(text: str) -> re.Pattern[str]:
    """A pattern for a text in which the author may have broken the line at any space."""
    return re.compile(r"\s+".join(re.escape(word) for word in text.split()))


def stretch(path: str, keys: Keys, text: str, found: str, start: int) -> Spot:
    """The spot of `found`, which begins at the character `start` of the value's text."""
    return Spot(path, keys, found[:LONGEST], before=(text, start))


class Related(NamedTuple):
    """A second place that helps to understand a finding."""

    spot: Spot | Place
    message: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What a check yields: the runner adds the code, the severity and the place.

    A hint that takes long to find is a function, which is called only for what is shown.
    A fault of the calendar is one from the day `since` up to the day before `until`, whatever day it is now: the
    runner looks at the day, and a forecast at those to come. A check may leave out what is over by the library's day.
    """

    spot: Spot | Place
    message: str
    hint: Hint
    related: tuple[Related, ...] = ()
    since: date = date.min
    until: date = date.max

    @property
    def edit(self) -> str:
        """The hint as words."""
        return self.hint if isinstance(self.hint, str) else self.hint()


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault with everything that a report needs; `stands_for` is how many there are, where it stands for many."""

    place: Place
    code: str
    severity: Severity
    message: str
    hint: str
    related: tuple[tuple[Place, str], ...] = ()
    stands_for: int = 1

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        return (self.place.path, self.place.line, self.place.column, self.code, self.message)


class Ration:
    """Of one kind of finding in one file the first MOST are placed, and the next says how many more there are.

    To place one means to read its file again: for each of 30,000 in one file that takes minutes, and nobody reads them.
    """

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._next: dict[tuple[str, str], Callable[[], Finding]] = {}

    def take(self, path: str, code: str, find: Callable[[], Finding]) -> Iterator[Finding]:
        """The finding, as long as there is room for one of its kind in its file."""
        kind = (path, code)
        self._counts[kind] += 1
        if self._counts[kind] <= MOST:
            yield find()
        else:
            self._next.setdefault(kind, find)

    def rest(self) -> Iterator[Finding]:
        """For each kind of which there were more: one that stands for them, in the place of the first."""
        for kind, find in self._next.items():
            more = self._counts[kind] - MOST
            message, hint = f"{more:,} more like this in this file", "fix those that are shown first, and run again"
            yield replace(find(), message=message, hint=hint, related=(), stands_for=more)
