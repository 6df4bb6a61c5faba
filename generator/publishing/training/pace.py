"""How long a trainee needs: the one pace at which pages are read, and the times of what is done besides."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.documents import Document

# Words a minute. People who read for pleasure in their first language manage some 240, and somebody who reads a
# procedure in a second language, to act by it afterwards, about three quarters of that. A time that is stated too short
# makes a trainee hurry; one that is too long is a gift.
PACE = 180
WALK, LETTER, ANSWER = 2, 4, 1.25  # minutes: for a case on the tree, a letter, a question with its feedback
WORD = re.compile(r"\w+")
# What nobody studies on the page: words for the search, other languages, what changed, the cases.
UNREAD = {"phrases", "translations", "history", "cases", "symptoms", "aliases", "reviews", "formerly", "internal_note"}
NAMES = {
    "id",
    "status",
    "owner",
    "audience",
    "queue",
    "severity",
    "version",
    "reviewed",
    "review_by",
    "cites",
    "locale",
}


def estimate_reading(document: Document) -> int:
    """How long somebody studies the page of a document, in whole minutes, at least one."""
    return pace_words(sum(len(WORD.findall(text)) for text in _list_texts(document.body.model_dump(mode="json"))))


def pace_words(words: int) -> int:
    """How long so many words take to study, in whole minutes, at least one."""
    return max(1, math.ceil(words / PACE))


def _list_texts(value: Any) -> Iterator[str]:
    """The texts with words for people in them: what has a space is no id, no version and no day."""
    if isinstance(value, str):
        if " " in value.strip():
            yield value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            if key not in UNREAD:
                yield from _list_texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _list_texts(one)
