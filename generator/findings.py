"""Findings about the content: where it is wrong, what is wrong, and the edit that fixes it."""

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
MOST = 100  # findings of one kind in one file whose places are looked up
LONGEST = 1000  # characters of a stretch that are searched for


class Place(NamedTuple):
    """A stretch of a file; lines and columns count from 1, the end column is the one after the last character."""

    path: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


class Spot(NamedTuple):
    """A place that is not looked up yet: the keys that lead to a value, and a stretch of text in it.

    `found` narrows the spot to occurrence number `nth` (from 0) of that text; `key` means the last key itself.
    `before` is a text and an index in it: the occurrences up to there are skipped.
    """

    path: str
    keys: Keys = ()
    found: str = ""
    nth: int = 0
    key: bool = False
    before: tuple[str, int] = ("", 0)

    @property
    def occurrence(self) -> int:
        """Which occurrence of `found` it is, from 0. Searches the text before it: ask only to look up the place."""
        text, end = self.before
        return self.nth + (sum(1 for _ in spelling(self.found).finditer(text, 0, end)) if end else 0)


def spelling(text: str) -> re.Pattern[str]:
    """A pattern that matches the text even where the author broke the line at one of its spaces."""
    return re.compile(r"\s+".join(re.escape(word) for word in text.split()))


def spell_keys(keys: Keys) -> str:
    """Keys as an author counts: the title of the third step is `steps[3].title`."""
    return "".join(f"[{key + 1}]" if isinstance(key, int) else f".{key}" for key in keys).lstrip(".")


def stretch(path: str, keys: Keys, text: str, found: str, start: int) -> Spot:
    """The spot of `found`, which begins at the index `start` of the value's text."""
    return Spot(path, keys, found[:LONGEST], before=(text, start))


class Edit(NamedTuple):
    """New text for a place of a file."""

    place: Place
    text: str


class Fix(NamedTuple):
    """Edits that fix a finding together. If it `is_safe`, nothing else can be meant; any other is a person's choice."""

    edits: tuple[Edit, ...]
    is_safe: bool


class Advice(str):
    """A hint that is an edit too: `new` in place of `old`, which is in the place of the finding, or of all of it.

    If it `is_safe`, nothing else can be meant, and `check --fix` writes it.
    """

    __slots__ = ("is_safe", "new", "old")

    new: str
    old: str
    is_safe: bool

    def __new__(cls, words: str, new: str, old: str = "", is_safe: bool = False) -> Advice:
        made = super().__new__(cls, words)
        made.new, made.old, made.is_safe = new, old, is_safe
        return made

    def __getnewargs__(self) -> tuple[str, str, str, bool]:  # type: ignore[override]
        """What it is made of again in another process."""
        return str(self), self.new, self.old, self.is_safe


def write(new: str, old: str = "") -> Advice:
    """The advice to write a text in place of another one, where nothing else can be meant."""
    return Advice(f"write `{new}`", new, old, is_safe=True)


class Related(NamedTuple):
    """A second place that helps to understand a finding."""

    spot: Spot | Place
    message: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What a check yields: the runner adds the code, the severity and the place.

    A hint that is slow to work out is a function, which is called only for findings that are shown.
    Faults of a check that have one `cause` are one finding, at the first of their places: one edit elsewhere, such as
    writing back a document that was deleted, fixes all of them.
    A fault that depends on the calendar exists from the day `since` up to the day before `until`. Checks yield it
    whatever day it is: the runner keeps those of its day, a forecast those to come. A check may leave out what is
    already over on the library's day.
    """

    spot: Spot | Place
    message: str
    hint: Hint
    related: tuple[Related, ...] = ()
    since: date = date.min
    until: date = date.max
    cause: str = ""

    @property
    def advice(self) -> str:
        """The hint as text."""
        return self.hint if isinstance(self.hint, str) else self.hint()


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault with everything that a report needs; `stands_for` is the number of findings that it represents.

    `also` are the other places of the same cause, at most MOST of them. `fix` has the edits that the hint tells, if
    they can be made without a person; those at the other places too.
    """

    place: Place
    code: str
    severity: Severity
    message: str
    hint: str
    related: tuple[tuple[Place, str], ...] = ()
    stands_for: int = 1
    also: tuple[Place, ...] = ()
    fix: Fix | None = None

    def apart(self) -> list[Finding]:
        """The finding at each of its places, for whoever looks at one of them."""
        return [self, *(replace(self, place=place, related=(), also=(), fix=None) for place in self.also)]

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        return (self.place.path, self.place.line, self.place.column, self.code, self.message)


@dataclass(frozen=True, slots=True)
class Settled(Fault):
    """A fault that was found before; with its finding, if that was needed and no file of its places has changed."""

    finding: Finding | None = None


class Ration:
    """Limits the findings of one kind in one file: the first MOST are shown, and one more counts the others.

    To look up a place is to read the file again: for 30,000 findings in one file that takes minutes, and nobody reads
    them.
    """

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._next: dict[tuple[str, str], Callable[[], Finding]] = {}

    def take(self, path: str, code: str, find: Callable[[], Finding]) -> Iterator[Finding]:
        """Yields the finding, if there is still room for its kind in its file."""
        kind = (path, code)
        self._counts[kind] += 1
        if self._counts[kind] <= MOST:
            yield find()
        else:
            self._next.setdefault(kind, find)

    def rest(self) -> Iterator[Finding]:
        """For each kind over the limit, one finding that stands for the rest, at the place of the first of them."""
        for kind, find in self._next.items():
            more = self._counts[kind] - MOST
            message, hint = f"{more:,} more like this in this file", "fix those that are shown, then run it again"
            yield replace(find(), message=message, hint=hint, related=(), stands_for=more, fix=None)
