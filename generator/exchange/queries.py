"""Reads searches that led nowhere, as the search box of a site copies them: a line for each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from generator.documents.text.search_key import search_key

LINE = re.compile(r"(?:(?P<day>\d{4}-\d{2}-\d{2})\t(?P<how>[^\t]*)\t)?(?P<text>.*)")
LONGEST = 400  # characters; a longer text is somebody's message


class MissedQuery(NamedTuple):
    """What people searched for in vain, and how often."""

    text: str
    times: int


def read_queries(text: str) -> tuple[list[MissedQuery], int]:
    """The searches, the most frequent first, and the number of lines that are too long to be one.

    A line without a day is a search too. Searches that differ in case, accents and signs are one.
    """
    wordings: dict[str, str] = {}
    times: Counter[str] = Counter()
    too_long = 0
    for line in text.splitlines():
        found = LINE.fullmatch(line.strip("\ufeff\r"))
        query = " ".join(found["text"].split()) if found else ""
        key = search_key(query)
        if len(query) > LONGEST:
            too_long += 1
        elif key:
            wordings.setdefault(key, query)
            times[key] += 1
    return [MissedQuery(wordings[key], number) for key, number in _sort(times.items())], too_long


def _sort(counted: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(counted, key=lambda pair: (-pair[1], pair[0]))
