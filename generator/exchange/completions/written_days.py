"""Reads days as learning systems write them, and never guesses which number is the month."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Literal, NamedTuple

from generator.exchange import UnfitInput

Order = Literal["dmy", "mdy"]
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
ELSEWHERE = {
    "mär": 3, "mrz": 3, "mai": 5, "okt": 10, "dez": 12, "ene": 1, "abr": 4, "ago": 8, "dic": 12, "mars": 3,
}  # fmt: skip
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
WORD = r"([^\W\d_]{3,12})"
DAY_FIRST = re.compile(
    rf"(?:[^\W\d_]{{1,12}},?\s+)?(\d{{1,2}})(?:st|nd|rd|th)?[\s.-]{{1,3}}{WORD}[\s,.-]{{1,3}}(\d{{4}}|\d{{2}})(?!\d)"
)
MONTH_FIRST = re.compile(rf"(?:[^\W\d_]{{1,12}},\s+)?{WORD}\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)")
SECONDS = re.compile(r"\d{10}")


class WrittenDay(NamedTuple):
    """A day as it was written: known, or two numbers of which one is the month."""

    day: date | None
    first: int = 0
    second: int = 0
    year: int = 0

    @property
    def is_open(self) -> bool:
        return self.day is None and self.year > 0


def read_day(text: str) -> WrittenDay:
    """Reads a day; with neither a day nor a year it is none."""
    told = " ".join(text.split())
    if SECONDS.fullmatch(told):
        return WrittenDay(datetime.fromtimestamp(int(told), UTC).date())
    if found := YEAR_FIRST.match(told) or COMPACT.match(told):
        return WrittenDay(_make_day(*map(int, found.groups())))
    if found := NUMBERS.match(told):
        first, sign, second, year = int(found[1]), found[2], int(found[3]), _widen_year(found[4])
        if sign == "-" and len(found[4]) < len("2026"):
            return WrittenDay(None)  # of three short numbers with hyphens, any may be the year
        if sign == ".":
            return WrittenDay(_make_day(year, second, first))
        return WrittenDay(_make_day(year, second, first)) if first == second else WrittenDay(None, first, second, year)
    if found := DAY_FIRST.match(told):
        return WrittenDay(_make_day(_widen_year(found[3]), _find_month(found[2]), int(found[1])))
    if found := MONTH_FIRST.match(told):
        return WrittenDay(_make_day(int(found[3]), _find_month(found[1]), int(found[2])))
    return WrittenDay(None)


def settle_order(days: Iterable[tuple[int, WrittenDay]], file: str) -> Order:
    """Which of two numbers is the month, in all lines of a file alike. Raises UnfitInput where nothing tells.

    `days` have the number of their line.
    """
    opened = [(line, one) for line, one in days if one.is_open]
    day_first = [line for line, one in opened if one.first > 12]
    month_first = [line for line, one in opened if one.second > 12]
    if day_first and month_first:
        raise UnfitInput(
            f"{file} writes the day first on line {day_first[0]} and the month first on line {month_first[0]}: "
            "export it with days such as 2026-12-31"
        )
    if opened and not day_first and not month_first:
        line, one = opened[0]
        shown = f"{one.first:02}/{one.second:02}/{one.year}"
        raise UnfitInput(
            f"{shown} on line {line} of {file} can be two days, and no other line tells which: "
            "say --dates dmy if the day comes first, or --dates mdy if the month does"
        )
    return "mdy" if month_first else "dmy"


def close(one: WrittenDay, order: Order) -> date | None:
    """The day, once it is known which number is the month; None if there is no such day."""
    if not one.is_open:
        return one.day
    day, month = (one.first, one.second) if order == "dmy" else (one.second, one.first)
    return _make_day(one.year, month, day)


def _make_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _widen_year(text: str) -> int:
    return int(text) if len(text) > 2 else 2000 + int(text)


def _find_month(name: str) -> int:
    word = name.casefold()
    if word[:3] in MONTHS:
        return MONTHS.index(word[:3]) + 1
    return ELSEWHERE.get(word[:4], ELSEWHERE.get(word[:3], 0))
