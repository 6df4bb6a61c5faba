"""Writes the text of a new document, which passes the checks as it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from generator.documents.days import REVIEW_AFTER, later
from generator.documents.vocabulary import Vocabulary

# What every scaffold begins and ends with, in place of `{header}` and `{history}`.
HEADER = """\
id: {id}
title: {title}
version: "0.1"
status: draft
owner: {owner}
reviewed: {today}
review_by: {review_by}
"""
HISTORY = """\
history:
  - {{version: "0.1", on: {today}, note: First draft.}}
"""


def scaffold(form: str, name: str, vocabulary: Vocabulary, today: date) -> str:
    """The text of a new document, filled in with words from the vocabulary."""
    vendor = _take_first(vocabulary.vendors)
    words = {
        "owner": _take_first(vocabulary.teams),
        "queue": _take_first(vocabulary.queues),
        "severity": _take_first(list(vocabulary.severities)[::-1]),
        "vendor": vendor,
        "clearance": vocabulary.clearance(vendor),
        "channel": _take_first(vocabulary.channels),
        "locale": "en" if "en" in vocabulary.locales else _take_first(vocabulary.locales),
    }
    text = (
        form.replace("{header}", HEADER)
        .replace("{history}", HISTORY)
        .format(
            id=name,
            title=name.replace("-", " ").capitalize(),
            today=today,
            review_by=later(today, REVIEW_AFTER),
            **words,
        )
    )
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if not any(f"{key}: \n" == line for key in words))


def _take_first(words: Iterable[str]) -> str:
    return next(iter(words), "")
