"""A reply uses words that the vocabulary bans.

They hurt, promise too much, or say nothing. The vocabulary's list `banned` has the words to use instead; whole words
count, whatever their capitals and the form of their apostrophes and hyphens, and in the language that the entry names.
Fallbacks and choices are looked at too, for they stand in the letter.

Bad:
    text: We regret any inconvenience.

Good:
    text: We are sorry that you could not reach your account.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.documents import VOCABULARY
from generator.documents.macro import Macro
from generator.documents.vocabulary import Banned
from generator.findings import Fault, Related, Spot, spelling, stretch
from generator.library import Library
from generator.likeness import IDEOGRAPH, VARIABLE

# Scripts that set no spaces between words, or write particles onto them: every character may begin or end a word.
UNSPACED = IDEOGRAPH + r"\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\uac00-\ud7a3"

# They have no capitals: to look for those of thirty thousand characters takes as long as all else of a pattern.
BEFORE, AFTER = f"(?-i:(?<![^\\W{UNSPACED}]))", f"(?-i:(?![^\\W{UNSPACED}]))"


class Ban(NamedTuple):
    """What is banned in one language: a group of the pattern for each entry, and a word that a text with it holds."""

    entries: list[tuple[int, Banned]]
    pattern: re.Pattern[str]
    openings: list[str]


def check(library: Library) -> Iterator[Fault]:
    banned = library.vocabulary.banned if library.vocabulary else []
    bans: dict[str, Ban] = {}
    for document, macro in library.each(Macro):
        for locale, keys, text in (*macro.letters, *macro.fillings) if banned and not macro.is_gone else ():
            if locale not in bans:
                bans[locale] = _ban(banned, locale)
            for found, start, index, entry in _found(bans[locale], text):
                here = Related(Spot(VOCABULARY, ("banned", index, "words")), "banned here")
                message = f"`{found}` is banned" + (f": {entry.why.strip()}" if entry.why else "")
                spot = stretch(document.path, keys, text, found, start)
                yield Fault(spot, message, f"write `{entry.use.strip()}`", (here,))


def _ban(banned: list[Banned], locale: str) -> Ban:
    entries = [(index, entry) for index, entry in enumerate(banned) if entry.locale in (None, locale)]
    entries.sort(key=lambda pair: -len(pair[1].words))
    groups = "|".join(f"({_spelt(entry.words)})" for _, entry in entries)
    pattern = re.compile(rf"{VARIABLE.pattern}|{BEFORE}(?:{groups}){AFTER}", re.IGNORECASE)
    return Ban(entries, pattern, [re.findall(r"\w+", entry.words)[0].lower() for _, entry in entries])


def _spelt(words: str) -> str:
    """A pattern for the words, with an apostrophe or hyphen of any form."""
    pattern = spelling(words.replace("’", "'")).pattern
    return pattern.replace("'", "['’]").replace(r"\-", "[-\u2010\u2011]")


def _found(ban: Ban, text: str) -> Iterator[tuple[str, int, int, Banned]]:
    """What is banned in a text and where it begins, each with its entry; not in variables."""
    lowered = text.lower()
    if any(opening in lowered for opening in ban.openings):
        for match in ban.pattern.finditer(text):
            if match.lastindex:
                index, entry = ban.entries[match.lastindex - 1]
                yield " ".join(match[0].split()), match.start(), index, entry
