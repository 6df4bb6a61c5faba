"""Writes the text of a new document, which passes the checks as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from generator.documents import VOCABULARY
from generator.documents.terms import GuardedTerm
from generator.documents.vocabulary import STAFF, VENDOR, Vocabulary
from generator.wording import scalar

# What every scaffold begins and ends with, in place of `{header}` and `{history}`.
HEADER = """\
id: {id}
title: {title}
version: "0.1"
status: draft
owner: {owner}
"""
HISTORY = """\
history:
  - {{version: "0.1", on: {today}, note: First draft.}}
"""


ROOM = 400  # characters that a channel must have for the reply of a scaffold


class LackingWord(ValueError):
    """A document of this type needs a word that the vocabulary does not have; the message is one line with the fix."""


def scaffold(form: str, name: str, vocabulary: Vocabulary, today: date) -> str:
    """The text of a new document, filled in with words from the vocabulary. Raises LackingWord.

    What is optional and has no word in the vocabulary is left out.
    """
    _require_words(form, vocabulary)
    title = name.replace("-", " ")
    words = {key: word and scalar(word) for key, word in _choose_words(vocabulary).items()}
    text = (
        form.replace("{header}", HEADER)
        .replace("{history}", HISTORY)
        .format(
            id=scalar(name),
            title=scalar(title.capitalize()),
            symptom=scalar(title),
            today=today,
            **words,
        )
    )
    for key in (key for key, word in words.items() if not word):
        text = text.replace(f"{key}: , ", "")
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if not any(f"{key}: \n" == line for key in words))


def _require_words(form: str, vocabulary: Vocabulary) -> None:
    """Raises LackingWord where the form cannot do without a word that is missing."""
    if "{vendor}" in form and not vocabulary.vendors:
        raise LackingWord(f"this is for a vendor, and {VOCABULARY} has none: add `vendors: {{acme: {{name: Acme}}}}`")
    clearance = vocabulary.clearance(_take_first(vocabulary.vendors))
    if "{clearance}" in form and vocabulary.rank(clearance) >= vocabulary.rank(STAFF):
        edit = f"write `{VENDOR}: {{name: Vendor}}` above `{STAFF}` in its `audiences`"
        raise LackingWord(f"this is for people outside, and {VOCABULARY} has no audience below `{STAFF}`: {edit}")


def _choose_words(vocabulary: Vocabulary) -> dict[str, str]:
    """A word for each key of a scaffold that takes one, which its readers may see; empty where there is none."""
    vendor = _take_first(vocabulary.vendors)
    return {
        "owner": _take_seen(vocabulary.teams, vocabulary),
        "queue": _take_seen(vocabulary.queues, vocabulary),
        "severity": _take_first(list(vocabulary.severities)[::-1]),
        "vendor": vendor,
        "clearance": vocabulary.clearance(vendor),
        "channel": _take_first(name for name, term in vocabulary.channels.items() if (term.max_length or ROOM) >= ROOM),
        "locale": "en" if "en" in vocabulary.locales else _take_first(vocabulary.locales),
    }


def _take_seen(terms: Mapping[str, GuardedTerm], vocabulary: Vocabulary) -> str:
    """The first word that all staff may see, or else the first."""
    seen = (name for name, term in terms.items() if vocabulary.rank(term.audience) <= vocabulary.rank(STAFF))
    return next(seen, _take_first(terms))


def _take_first(words: Iterable[str]) -> str:
    return next(iter(words), "")
