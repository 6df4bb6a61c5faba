"""Values that a decision asks for: how numbers, money, durations and days are written, compared and worded."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, NamedTuple

Takes = Literal["count", "number", "amount", "duration", "date", "several"]

NUMBERS = {
    "count": re.compile(r"[0-9]{1,12}"),
    "number": re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,3})?"),
    "amount": re.compile(r"[0-9]{1,12}(\.[0-9]{1,3})?"),
}
SPAN = re.compile(r"(0|[1-9][0-9]{0,5})(m|h|d|w|mo|bd)")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
RELATIVE = re.compile(r"today(?:([+-])([1-9][0-9]{0,5})(d|w|mo))?")

EXAMPLES = {
    "count": "3",
    "number": "2.5",
    "amount": "1250.50",
    "duration": "4h, 3d or 1mo",
    "date": "2026-12-31",
}
NAMES = {"count": "a whole number", "number": "a number", "amount": "an amount", "duration": "a time", "date": "a date"}
UNITS = {"m": "minute", "h": "hour", "d": "day", "w": "week", "mo": "month", "bd": "business day"}
BUSINESS_DAYS = "business days"  # the family of what weekends and holidays make longer
MINUTES = {"m": 1, "h": 60, "d": 1440, "w": 10080}


class Value(NamedTuple):
    """A value on the scale of its family; values of two families cannot be compared.

    Durations are in minutes, dates in days. `low` and `high` differ where a month is meant, which may be shorter or
    longer: then the value is certain to lie between them.
    """

    family: str
    low: Decimal
    high: Decimal


def read_value(takes: str, text: str) -> Value | None:
    """The value that a text stands for; None if it is not one of that kind."""
    if takes in NUMBERS:
        return _make_exact(takes, Decimal(text)) if NUMBERS[takes].fullmatch(text) else None
    return _read_span(text) if takes == "duration" else _read_day(text) if takes == "date" else None


def compare_values(one: Value, other: Value) -> int | None:
    """Below 0, 0 or above 0 as one value is less than, equal to or more than the other; None if that is uncertain."""
    if one == other:
        return 0
    if one.family != other.family or not (one.high < other.low or one.low > other.high):
        return None
    return -1 if one.high < other.low else 1


def after(value: Value) -> Value:
    """The next whole number, or the next day."""
    return value._replace(low=value.low + 1, high=value.high + 1)


def settle(text: str, today: date) -> str:
    """A day that counts from today (`today-14d`) as a date; other texts as they are."""
    found = RELATIVE.fullmatch(text)
    if not found:
        return text
    sign, number, unit = found.groups("0")
    steps = int(number) * (-1 if sign == "-" else 1)
    try:
        return (_add_months(today, steps) if unit == "mo" else today + _measure_days(steps, unit)).isoformat()
    except (OverflowError, ValueError):
        return (date.min if sign == "-" else date.max).isoformat()


def word_value(takes: str, text: str, unit: str = "") -> str:
    """A value as people read it: `1500` is 1,500 USD, `14d` 14 days, `today-14d` 14 days ago."""
    if takes in NUMBERS and NUMBERS[takes].fullmatch(text):
        grouped = f"{Decimal(text):,}"
        return f"{grouped}%" if unit == "%" else f"{grouped} {unit}".strip()
    if takes == "duration" and (span := SPAN.fullmatch(text)):
        return _word_span(*span.groups())
    if takes == "date" and (found := RELATIVE.fullmatch(text)) and found[1]:
        span_words = _word_span(found[2], found[3])
        return f"{span_words} ago" if found[1] == "-" else f"in {span_words}"
    return text


def _make_exact(family: str, number: Decimal) -> Value:
    return Value(family, number, number)


def _read_span(text: str) -> Value | None:
    found = SPAN.fullmatch(text)
    if not found:
        return None
    number, unit = int(found[1]), found[2]
    if unit == "bd":  # how long it is depends on weekends and holidays
        return _make_exact(BUSINESS_DAYS, Decimal(number))
    if unit == "mo" and number:
        least, most = bounds(number)
        return Value("time", Decimal(least * 1440), Decimal(most * 1440))
    return _make_exact("time", Decimal(number * MINUTES.get(unit, 0)))


def _read_day(text: str) -> Value | None:
    if DAY.fullmatch(text):
        try:
            return _make_exact("date", Decimal(date.fromisoformat(text).toordinal()))
        except ValueError:
            return None
    found = RELATIVE.fullmatch(text)
    if not found:
        return None
    sign, number, unit = found.groups("0")
    least, most = bounds(int(number)) if unit == "mo" else (_measure_days(int(number), unit).days,) * 2
    return Value("today", *map(Decimal, (-most, -least) if sign == "-" else (least, most)))


def bounds(months: int) -> tuple[int, int]:
    """How many days a number of months certainly has at least and at most, whatever day they are counted from."""
    mean, slack = months * 146097 // 4800, months > 36  # in the 400 years after which the calendar repeats
    return mean - 2 - slack, mean + 3 + slack


def _measure_days(number: int, unit: str) -> timedelta:
    return timedelta(days=number * (7 if unit == "w" else 1))


def _add_months(day: date, number: int) -> date:
    """The same day of another month, or its last day. Raises ValueError beyond the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    first = date(year, month + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1) if first < date(9999, 12, 1) else date.max
    return min(first.replace(day=min(day.day, 28)) + timedelta(days=max(day.day - 28, 0)), last)


def _word_span(number: str, unit: str) -> str:
    """A time in words; from two years on, whole years of months are years."""
    if unit == "mo" and int(number) >= 24 and int(number) % 12 == 0:
        return f"{int(number) // 12} years"
    return f"{number} {UNITS[unit]}{'' if number == '1' else 's'}"
