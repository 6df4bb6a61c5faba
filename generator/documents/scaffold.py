"""Writes the text of a new document, which passes the checks as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from generator.documents import VOCABULARY
from generator.documents.hours import longest_gap
from generator.documents.terms import GuardedTerm, SeverityTerm
from generator.documents.values import BUSINESS_DAYS, read_value
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
            translations=_offer_translations(vocabulary),
            **words,
        )
    )
    for key in (key for key, word in words.items() if not word):
        text = text.replace(f"{key}: , ", "")
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if not any(f"{key}: \n" == line for key in words))


def _offer_translations(vocabulary: Vocabulary) -> str:
    """Lines that show where the letter goes in the other languages, as a comment: nobody may take them for a letter."""
    others = list(vocabulary.locales)[1:]
    if not others:
        return ""
    told = "The same letter in another language" if others[1:] else "The same letter in the other language"
    lines = [f"{told}, once it is translated:", "translations:"]
    for code in others:
        lines += [
            f"  {scalar(code)}:",
            '    of: "0.1"  # the version of this letter that was translated',
            "    text: |",
        ]
        lines += ["      Hi {{ name }},"]
    return "".join(f"# {line}\n" for line in lines)


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
    owner, queue = _take_seen(vocabulary.teams, vocabulary), _take_seen(vocabulary.queues, vocabulary)
    return {
        "owner": owner,
        "queue": queue,
        "severity": _take_kept(vocabulary, vocabulary.team_of(queue, owner)),
        "vendor": vendor,
        "clearance": vocabulary.clearance(vendor),
        "channel": _take_first(name for name, term in vocabulary.channels.items() if (term.max_length or ROOM) >= ROOM),
        "locale": "en" if "en" in vocabulary.locales else _take_first(vocabulary.locales),
    }


def _take_seen(terms: Mapping[str, GuardedTerm], vocabulary: Vocabulary) -> str:
    """The first word that all staff may see, or else the first."""
    seen = (name for name, term in terms.items() if vocabulary.rank(term.audience) <= vocabulary.rank(STAFF))
    return next(seen, _take_first(terms))


def _take_kept(vocabulary: Vocabulary, team: str) -> str:
    """The least severity whose times a team keeps: with none of its own, a procedure has those of its severity."""
    term = vocabulary.teams.get(team)
    closed = longest_gap(term.open).length if term and term.open else 0

    def is_kept(severity: SeverityTerm) -> bool:
        values = [read_value("duration", text) for text in (severity.first_response, severity.resolution) if text]
        return all(value is None or value.family == BUSINESS_DAYS or value.low > closed for value in values)

    return _take_first(name for name, one in reversed(vocabulary.severities.items()) if not closed or is_kept(one))


def _take_first(words: Iterable[str]) -> str:
    return next(iter(words), "")
