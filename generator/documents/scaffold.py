"""In goes a form and an id, out comes the text of a new document that passes the checks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from generator.documents.days import REVIEW_AFTER, later
from generator.documents.vocabulary import Vocabulary


def scaffold(form: str, name: str, vocabulary: Vocabulary, today: date) -> str:
    """The text of a new document, with words that the vocabulary has."""
    vendor = _first(vocabulary.vendors)
    words = {
        "owner": _first(vocabulary.teams),
        "queue": _first(vocabulary.queues),
        "severity": _first(list(vocabulary.severities)[::-1]),
        "vendor": vendor,
        "clearance": vocabulary.clearance(vendor),
        "channel": _first(vocabulary.channels),
        "locale": "en" if "en" in vocabulary.locales else _first(vocabulary.locales),
    }
    text = form.format(
        id=name,
        title=name.replace("-", " ").capitalize(),
        today=today,
        review_by=later(today, REVIEW_AFTER),
        **words,
    )
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if not any(f"{key}: \n" == line for key in words))


def _first(words: Iterable[str]) -> str:
    return next(iter(words), "")
