"""A reply uses words that the vocabulary bans.

They hurt, promise too much, or say nothing. The vocabulary's list `banned` gives the words to use instead. Only whole
words count, in any capitals and with any form of apostrophe or hyphen, and only in the language that the entry names.
Fallbacks and choices are checked too, because they become part of the reply.

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

# Scripts that put no spaces between words, or attach particles to them: a word may begin or end at any character.
UNSPACED = IDEOGRAPH + r"\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\uac00-\ud7a3"

# They have no capitals: ignoring the case of thirty thousand characters takes as long as the rest of a pattern.
BEFORE, AFTER = f"(?-i:(?<![^\\W{UNSPACED}]))", f"(?-i:(?![^\\W{UNSPACED}]))"

ENDED = re.compile(AFTER, re.IGNORECASE)
# The first word of an entry, if its script puts spaces between words.
WORD = re.compile(f"{VARIABLE.pattern}|{BEFORE}(?P<word>[^\\W{UNSPACED}]+)")


class BannedEntry(NamedTuple):
    """An entry of the vocabulary, with its index in `banned` and a pattern for its words."""

    place: int
    banned: Banned
    pattern: re.Pattern[str]


class Ban(NamedTuple):
    """What is banned in one language: the entries by their first word, and those that do not begin with such a word."""

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
            for words, start, index, entry in _find_banned(bans[locale], text):
                here = Related(Spot(VOCABULARY, ("banned", index, "words")), "banned here")
                message = f"`{words}` is banned" + (f": {entry.why.strip()}" if entry.why else "")
                spot = stretch(document.path, keys, text, words, start)
                yield Fault(spot, message, f"write `{entry.use.strip()}`", (here,))


def _compile_ban(banned: list[Banned], locale: str) -> Ban:
    ban = Ban([], defaultdict(list), [])
    entries = [(index, entry) for index, entry in enumerate(banned) if entry.locale in (None, locale)]
    for index, entry in sorted(entries, key=lambda pair: -len(pair[1].words)):
        opening = WORD.match(entry.words)
        ban.openings.append(re.findall(r"\w+", entry.words)[0].lower())
        is_word = opening is not None and opening["word"] and opening[0].lower() == ban.openings[-1]
        # Most entries leave the edges of words to `ENDED`: compiled into each pattern, they would take the most time.
        spelt = _spell_pattern(entry.words) if is_word else f"{BEFORE}{_spell_pattern(entry.words)}{AFTER}"
        compiled = BannedEntry(index, entry, re.compile(spelt, re.IGNORECASE))
        (ban.by_word[ban.openings[-1]] if is_word else ban.others).append(compiled)
    return ban


def _spell_pattern(words: str) -> str:
    """A pattern for the words, with any form of apostrophe and hyphen."""
    pattern = spelling(words.replace("’", "'")).pattern
    return pattern.replace("'", "['’]").replace(r"\-", "[-\u2010\u2011]")


def _find_banned(ban: Ban, text: str) -> Iterator[tuple[str, int, int, Banned]]:
    """The banned words of a text outside its variables: each with its start, the index of its entry, and the entry."""
    lowered = text.lower()
    if not any(opening in lowered for opening in ban.openings):
        return
    at = 0
    for start, end, entry in sorted(_match_entries(ban, text), key=lambda match: (match[0], -match[1])):
        if entry and start >= at:
            yield " ".join(text[start:end].split()), start, entry.place, entry.banned
        at = max(at, end)


def _match_entries(ban: Ban, text: str) -> Iterator[tuple[int, int, BannedEntry | None]]:
    """Every match of an entry, overlaps included; the entry is None for a variable.

    Entries are looked up by their first word: one pattern of 5,000 entries would try all of them at every character.
    """
    for word in WORD.finditer(text):
        if not word["word"]:
            yield *word.span(), None
        for entry in ban.by_word.get((word["word"] or "").lower(), ()):
            match = entry.pattern.match(text, word.start())
            if match and ENDED.match(text, match.end()):
                yield *match.span(), entry
                break
    for entry in ban.others:
        yield from ((*match.span(), entry) for match in entry.pattern.finditer(text))
