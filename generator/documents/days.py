"""Days at the edge of the calendar: arithmetic that ends on its last day, and the moment in a zone that there is."""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

EPOCH = "SOURCE_DATE_EPOCH"
ZONE = re.compile(r"(?!.*\.\.)[\w+\-/,.:<>]{0,80}", re.ASCII)
SECONDS = re.compile(r"[0-9]{1,10}")
LAST_SECOND = 2**32 - 1  # what gzip can say, and MkDocs writes one
REVIEW_AFTER = timedelta(days=180)


class NoMoment(Exception):
    """An environment that names a moment which is none; the message says how to fix it."""


def stated() -> datetime | None:
    """When the environment says that a build is made; None where it says nothing. Raises NoMoment.

    MkDocs reads the variable too, and takes whatever Python takes for a number.
    """
    value = os.environ.get(EPOCH)
    if value is None:
        return None
    if not SECONDS.fullmatch(value) or int(value) > LAST_SECOND:
        shown = f"`{value}`" if len(value) <= 20 else "too long"
        wanted = f"write the seconds since 1970 in digits, from 0 to {LAST_SECOND}, or unset it"
        raise NoMoment(f"{EPOCH} is {shown if value else 'empty'}: {wanted}")
    return datetime.fromtimestamp(int(value), UTC)


def later(day: date, span: timedelta) -> date:
    """A day as much later as the span says, at most the last one that a date can say (9999-12-31)."""
    return day + min(span, date.max - day)


def months(start: date, number: int) -> list[date]:
    """The first days of a month and of those after it: as many as wanted, or as the calendar has."""
    first = start.year * 12 + start.month - 1
    return [date(m // 12, m % 12 + 1, 1) for m in range(first, first + number) if m // 12 <= date.max.year]


def settle_zone() -> None:
    """Takes a TZ that names no zone for UTC, as the C library does: what MkDocs rests on dies of a file without one."""
    name = os.environ.get("TZ", "").removeprefix(":")
    if not (_is_zone(Path(name)) if name.startswith("/") else ZONE.fullmatch(name)):
        os.environ["TZ"] = "UTC"


def _is_zone(path: Path) -> bool:
    try:
        if not path.is_file():  # a pipe would be waited for
            return False
        with path.open("rb") as file:
            return file.read(4) == b"TZif"
    except OSError:
        return False


def now() -> datetime:
    """The moment in the local zone; in UTC where the system's zone is none, as with TZ='<+99>-99'."""
    try:
        return datetime.now().astimezone()
    except (ValueError, OverflowError, OSError):
        return datetime.now(UTC)
