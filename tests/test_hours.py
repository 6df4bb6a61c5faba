"""When a team works in a week, and the longest time in which it does not."""

from __future__ import annotations

import pytest

from generator.documents import terms
from generator.documents.hours import DAYS, longest_gap, word_gap

CASES = {
    "office": (["mon-fri 07:00-19:00"], 60, "Friday 19:00 to Monday 07:00"),
    "every day": (["mon-sun 07:00-19:00"], 12, "Sunday 19:00 to Monday 07:00"),
    "always": (["mon-sun 00:00-24:00"], 0, ""),
    "always, in two shifts": (["mon-sun 06:00-18:00", "mon-sun 18:00-06:00"], 0, ""),
    "nights, with the week's end within one": (["mon-sun 22:00-06:00"], 16, "Monday 06:00 to Monday 22:00"),
    "days around the week's end": (["fri-mon 08:00-20:00"], 84, "Monday 20:00 to Friday 08:00"),
    "one day": (["wed 09:00-10:00"], 167, "Wednesday 10:00 to Wednesday 09:00"),
    "overlapping": (["mon-fri 08:00-16:00", "mon-fri 12:00-20:00"], 60, "Friday 20:00 to Monday 08:00"),
    "one within another": (["mon-sun 00:00-24:00", "tue 10:00-11:00"], 0, ""),
    "with a Saturday": (["sat 10:00-14:00", "mon-fri 08:00-18:00"], 42, "Saturday 14:00 to Monday 08:00"),
    "a day round": (["mon-sun 08:00-08:00"], 0, ""),
    "never": ([], 168, ""),
}


@pytest.mark.parametrize(("opening", "hours", "words"), CASES.values(), ids=CASES)
def test_the_longest_time_without_work(opening: list[str], hours: int, words: str) -> None:
    gap = longest_gap(opening)
    assert gap.length == hours * 60
    if words:
        assert word_gap(gap) == words


def test_the_week_has_the_same_days_everywhere() -> None:
    assert tuple(DAYS) == terms.DAYS
