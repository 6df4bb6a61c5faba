"""When a team works in a week, and how long it does not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from generator.documents.values import MINUTES

DAYS = {"mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday"} | {
    "sat": "Saturday",
    "sun": "Sunday",
}
DAY = MINUTES["d"]
WEEK = MINUTES["w"]


class Gap(NamedTuple):
    """A time in which a team does not work: from a minute of the week, for a number of minutes."""

    start: int
    length: int


def longest_gap(opening: Iterable[str]) -> Gap:
    """The longest time without work in any week without holidays; all of it if the team never works.

    >>> longest_gap(["mon-fri 07:00-19:00"])
    Gap(start=6900, length=3600)
    """
    spans = sorted(span for text in opening for span in _read_spans(text))
    if not spans:
        return Gap(0, WEEK)
    gaps, end = [], max(stop for _, stop in spans) - WEEK  # a night from Sunday to Monday ends in the next week
    for start, stop in [*spans, (spans[0][0] + WEEK, 0)]:
        gaps.append(Gap(end, start - end))
        end = max(end, stop)
    longest = max(gaps, key=lambda gap: gap.length)
    return Gap(longest.start % WEEK, max(longest.length, 0))


def word_gap(gap: Gap) -> str:
    """A gap as people say it: Friday 19:00 to Monday 07:00."""
    return f"{_word_minute(gap.start)} to {_word_minute(gap.start + gap.length)}"


def _read_spans(text: str) -> Iterable[tuple[int, int]]:
    """The minutes of the week from and to which `mon-fri 07:00-19:00` means work."""
    days, hours = text.split(" ")
    first, _, last = days.partition("-")
    names = list(DAYS)
    begin, end = map(_read_minute, hours.split("-"))
    start, count = names.index(first), (names.index(last or first) - names.index(first)) % 7 + 1
    for number in range(start, start + count):
        day = number % 7 * DAY
        yield day + begin, day + end + (DAY if end <= begin else 0)


def _read_minute(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * MINUTES["h"] + int(minute)


def _word_minute(minute: int) -> str:
    day, rest = divmod(minute % WEEK, DAY)
    hour, left = divmod(rest, MINUTES["h"])
    return f"{list(DAYS.values())[day]} {hour:02}:{left:02}"
