"""What an author most likely meant by a value in the wrong format: a date, a version, a length of time, a word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from generator.files.signs import CLOSING, ODD, OPENING, UNSEEN, sign_name
from generator.findings import Advice

QUOTES = re.compile(rf"\A[{OPENING}{CLOSING}\"']+|[{OPENING}{CLOSING}\"']+\Z")
NOT_SEEN = re.compile(f"[{ODD}{UNSEEN}]")
DASH = re.compile("[\u2010-\u2015\u2212]")
YEAR_FIRST = re.compile(r"([0-9]{4})[-./ ]?([0-9]{1,2})[-./ ]?([0-9]{1,2})(?:[T ].*)?")
YEAR_LAST = re.compile(r"([0-9]{1,2})([-./ ])([0-9]{1,2})\2(20)?([0-9]{2})")
DAY_NAMED = re.compile(r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|\.)? (?:of )?(?P<month>[a-z]{3,9})\.?,? (?P<year>[0-9]{4})")
MONTH_NAMED = re.compile(r"(?P<month>[a-z]{3,9})\.? (?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,? (?P<year>[0-9]{4})")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NUMBERS = re.compile(r"v?(?:ersion)? ?([0-9]{1,9})(?:[.,]([0-9]{1,9}))?(?:[.,]([0-9]{1,9}))?")
SPAN = re.compile(r"([1-9][0-9]{0,5}) ?([a-z ]+)")
UNITS = {
    "m": ("m", "min", "mins", "minute", "minutes"),
    "h": ("h", "hr", "hrs", "hour", "hours"),
    "d": ("d", "day", "days"),
    "w": ("w", "wk", "week", "weeks"),
    "mo": ("mo", "month", "months"),
    "bd": ("bd", "business day", "business days", "working day", "working days"),
}


def plain(value: str) -> str:
    """The value with ordinary digits and hyphens, and without quotes around it and characters that nobody sees."""
    seen = unicodedata.normalize("NFKC", NOT_SEEN.sub("", value))
    digits = "".join(str(unicodedata.digit(sign, sign)) for sign in seen)
    return QUOTES.sub("", DASH.sub("-", digits)).strip()


def oddity(value: str) -> str:
    """The edit for what is in a value and cannot be meant: quotes of a word processor, what nobody sees; or nothing."""
    if unseen := NOT_SEEN.search(value):
        words = f"remove the invisible character {sign_name(unseen[0])}"
        return Advice(words, NOT_SEEN.sub("", value), value, is_safe=True)
    if QUOTES.search(value):
        words = "remove the quotes, or write straight ones around all of it"
        return Advice(words, QUOTES.sub("", value), value, is_safe=True)
    return ""


def days(value: str) -> list[str]:
    """The days that a text may stand for, as they have to be written; two where day and month cannot be told apart."""
    text = plain(value)
    if first := YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, first.groups())
        return _keep_real((year, month, day)) or _keep_real((year, day, month))
    if last := YEAR_LAST.fullmatch(text):
        if last[2] == "-" and not last[4]:
            return []  # 26-10-02 begins with the day, or with the year
        one, other, year = int(last[1]), int(last[3]), 2000 + int(last[5])
        orders = [(year, other, one)] if last[2] == "." else [(year, other, one), (year, one, other)]
        return _keep_real(*orders) or _keep_real((year, one, other))
    named = DAY_NAMED.fullmatch(text.lower()) or MONTH_NAMED.fullmatch(text.lower())
    if named and named["month"][:3] in MONTHS:
        return _keep_real((int(named["year"]), MONTHS.index(named["month"][:3]) + 1, int(named["day"])))
    return []


def _keep_real(*numbers: tuple[int, int, int]) -> list[str]:
    real = []
    for year, month, day in numbers:
        try:
            real.append(date(year, month, day).isoformat())
        except ValueError:
            continue
    return list(dict.fromkeys(real))


def version(value: str) -> list[str]:
    """The version that a text may stand for: 3.0 for v3."""
    found = NUMBERS.fullmatch(plain(value).lower())
    return [".".join([found[1], found[2] or "0", *([found[3]] if found[3] else [])])] if found else []


def span(value: str) -> list[str]:
    """The length of time that a text may stand for: 3d for 3 days."""
    found = SPAN.fullmatch(plain(value).lower())
    return [f"{found[1]}{unit}" for unit, names in UNITS.items() if found and found[2].strip() in names]


def suggest(hint: str, value: object, read: Callable[[str], list[str]] | None) -> str:
    """The hint, and what to write in place of the value, if that can be told."""
    meant = read(value) if read and isinstance(value, str) and len(value) <= 80 else []
    if not meant:
        return hint
    words = f"{hint}; here {' or '.join(meant)}"
    return Advice(words, meant[0], str(value), is_safe=True) if len(meant) == 1 else words
