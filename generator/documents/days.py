"""Dates and times at their limits: arithmetic that stops on the calendar's last day, time zones that do not exist."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

EPOCH = "SOURCE_DATE_EPOCH"
ZONE = re.compile(r"(?!.*\.\.)[\w+\-/,.:<>]{0,80}", re.ASCII)
SECONDS = re.compile(r"[0-9]{1,10}")
LAST_SECOND = 2**32 - 1  # the largest that a gzip file can hold, and MkDocs writes one
MANY_YEARS = timedelta(days=3653)  # nothing is announced for so long ahead
REVIEW_AFTER = timedelta(days=180)


class NoMoment(Exception):
    """SOURCE_DATE_EPOCH is set to something that is not a time; the message says how to fix it."""


def stated() -> datetime | None:
    """The time of the build that SOURCE_DATE_EPOCH names; None if it is not set. Raises NoMoment.

    MkDocs reads the variable too, and accepts whatever Python accepts as a number.
    """
    value = os.environ.get(EPOCH)
    if value is None:
        return None
    if not SECONDS.fullmatch(value) or int(value) > LAST_SECOND:
        shown = f"`{value}`" if len(value) <= 20 else "too long"
        wanted = f"set it to the seconds since 1970, in digits, from 0 to {LAST_SECOND}, or unset it"
        raise NoMoment(f"{EPOCH} is {shown if value else 'empty'}: {wanted}")
    return datetime.fromtimestamp(int(value), UTC)


@contextmanager
def dated(day: date) -> Iterator[None]:
    """Makes a day the time of the build for MkDocs, which would write into the site map when it runs."""
    before = os.environ.get(EPOCH)
    moment = datetime.combine(day, time(), UTC).timestamp()
    os.environ[EPOCH] = str(min(max(0, int(moment)), LAST_SECOND))
    try:
        yield
    finally:
        if before is None:
            del os.environ[EPOCH]
        else:
            os.environ[EPOCH] = before


def later(day: date, span: timedelta) -> date:
    """The day that is later by the span, at most the last one that a date can hold (9999-12-31)."""
    return day + min(span, date.max - day)


def months(start: date, number: int) -> list[date]:
    """The first day of each of `number` months, beginning with that of `start`; fewer at the end of the calendar."""
    first = start.year * 12 + start.month - 1
    return [date(m // 12, m % 12 + 1, 1) for m in range(first, first + number) if m // 12 <= date.max.year]


def settle_zone() -> None:
    """Sets a TZ that does not name a zone to UTC, as the C library reads it.

    With TZ=:/etc/passwd, a library under MkDocs took the file for a zone and crashed.
    """
    name = os.environ.get("TZ", "").removeprefix(":")
    if not (_is_zone(Path(name)) if name.startswith("/") else ZONE.fullmatch(name)):
        os.environ["TZ"] = "UTC"


def _is_zone(path: Path) -> bool:
    try:
        if not path.is_file():  # opening a pipe would block
            return False
        with path.open("rb") as file:
            return file.read(4) == b"TZif"
    except OSError:
        return False


def now() -> datetime:
    """The current time in the local zone, or in UTC if that zone is not valid, as with TZ='<+99>-99'."""
    try:
        return datetime.now().astimezone()
    except (ValueError, OverflowError, OSError):
        return datetime.now(UTC)
