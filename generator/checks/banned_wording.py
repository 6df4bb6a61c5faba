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
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from generator.documents import VOCABULARY
from generator.documents.text.likeness import IDEOGRAPH, VARIABLE
from generator.documents.types.macro import Macro
from generator.documents.vocabulary import Banned
from generator.findings import Fault, Related, Spot, spelling, stretch
from generator.library.library import Library

# Scripts that set no spaces between words, or write particles onto them: every character may begin or end a word.
UNSPACED = IDEOGRAPH + r"\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\uac00-\ud7a3"

# They have no capitals: to look for those of thirty thousand characters takes as long as all else of a pattern.
BEFORE, AFTER = f"(?-i:(?<![^\\W{UNSPACED}]))", f"(?-i:(?![^\\W{UNSPACED}]))"

ENDED = re.compile(AFTER, re.IGNORECASE)
# What may be the first word of an entry, as long as its script sets spaces between words.
WORD = re.compile(f"{VARIABLE.pattern}|{BEFORE}(?P<word>[^\\W{UNSPACED}]+)")


class BannedEntry(NamedTuple):
    """An entry of the vocabulary, with its place there and the pattern of its words."""

    place: int
    banned: Banned
    pattern: re.Pattern[str]


class Ban(NamedTuple):
    """What is banned in one language: entries by their first word, and those whose beginning is no such word."""

    openings: list[str]
    by_word: dict[str, list[BannedEntry]]
    others: list[BannedEntry]


def check(library: Library) -> Iterator[Fault]:
    banned = library.vocabulary.banned if library.vocabulary else []
    bans: dict[str, Ban] = {}
    for document, macro in library.each(Macro):
        for locale, keys, text in (*macro.letters, *macro.fillings) if banned and not macro.is_gone else ():
            if locale not in bans:
                bans[locale] = _compile_ban(banned, locale)
            for found, start, index, entry in _find_banned(bans[locale], text):
                here = Related(Spot(VOCABULARY, ("banned", index, "words")), "banned here")
                message = f"`{found}` is banned" + (f": {entry.why.strip()}" if entry.why else "")
                spot = stretch(document.path, keys, text, found, start)
                yield Fault(spot, message, f"write `{entry.use.strip()}`", (here,))


def _compile_ban(banned: list[Banned], locale: str) -> Ban:
    ban = Ban([], defaultdict(list), [])
    entries = [(index, entry) for index, entry in enumerate(banned) if entry.locale in (None, locale)]
    for index, entry in sorted(entries, key=lambda pair: -len(pair[1].words)):
        opening = WORD.match(entry.words)
        ban.openings.append(re.findall(r"\w+", entry.words)[0].lower())
        is_word = opening is not None and opening["word"] and opening[0].lower() == ban.openings[-1]
        # The edges of words are looked at apart for most entries: they take longer to compile than all else.
        spelt = _spell_pattern(entry.words) if is_word else f"{BEFORE}{_spell_pattern(entry.words)}{AFTER}"
        one = BannedEntry(index, entry, re.compile(spelt, re.IGNORECASE))
        (ban.by_word[ban.openings[-1]] if is_word else ban.others).append(one)
    return ban


def _spell_pattern(words: str) -> str:
    """A pattern for the words, with an apostrophe or hyphen of any form."""
    pattern = spelling(words.replace("’", "'")).pattern
    return pattern.replace("'", "['’]").replace(r"\-", "[-\u2010\u2011]")


def _find_banned(ban: Ban, text: str) -> Iterator[tuple[str, int, int, Banned]]:
    """What is banned in a text and where it begins, each with its entry; not in variables."""
    lowered = text.lower()
    if not any(opening in lowered for opening in ban.openings):
        return
    at = 0
    for start, end, entry in sorted(_match_entries(ban, text), key=lambda one: (one[0], -one[1])):
        if entry and start >= at:
            yield " ".join(text[start:end].split()), start, entry.place, entry.banned
        at = max(at, end)


def _match_entries(ban: Ban, text: str) -> Iterator[tuple[int, int, BannedEntry | None]]:
    """Where an entry may stand, overlaps included; None for a variable.

    Entries are looked for by their first words: a pattern of 5,000 entries tries all of them at every sign.
    """
    for word in WORD.finditer(text):
        if not word["word"]:
            yield *word.span(), None
        for entry in ban.by_word.get((word["word"] or "").lower(), ()):
            found = entry.pattern.match(text, word.start())
            if found and ENDED.match(text, found.end()):
                yield *found.span(), entry
                break
    for entry in ban.others:
        yield from ((*found.span(), entry) for found in entry.pattern.finditer(text))
