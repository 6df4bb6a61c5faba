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
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from typing import NamedTuple

from generator.documents import VOCABULARY
from generator.documents.terms import Banned
from generator.documents.text.likeness import IDEOGRAPH, VARIABLE
from generator.documents.types.macro import Macro
from generator.files.scan import scan
from generator.findings import Advice, Fault, Related, Spot, spelling, stretch
from generator.library.library import Library

# Scripts that put no spaces between words, or attach particles to them: a word may begin or end at any character.
UNSPACED = IDEOGRAPH + r"\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\uac00-\ud7a3"

# They have no capitals: ignoring the case of thirty thousand characters takes as long as the rest of a pattern.
BEFORE, AFTER = f"(?-i:(?<![^\\W{UNSPACED}]))", f"(?-i:(?![^\\W{UNSPACED}]))"

ENDED = re.compile(AFTER, re.IGNORECASE)
NOWHERE = "$^"  # matches no text that has a character
# The first word of an entry, if its script puts spaces between words.
WORD = re.compile(f"{VARIABLE.pattern}|{BEFORE}(?P<word>[^\\W{UNSPACED}]+)")


class BannedEntry(NamedTuple):
    """An entry of the vocabulary, with its index in `banned` and a pattern for its words; the longest has rank 0."""

    rank: int
    place: int
    banned: Banned
    pattern: re.Pattern[str]


@dataclass
class WordTree:
    """Where a sequence of words can go on, and the entries that end with it."""

    onward: dict[str, WordTree] = field(default_factory=dict)
    entries: list[BannedEntry] = field(default_factory=list)


class Ban(NamedTuple):
    """What is banned in one language: the entries by their words, and those that do not begin with a whole word.

    `may_be_in` says whether a text in lower case has the first word of any.
    """

    may_be_in: Callable[[str], bool]
    root: WordTree
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
                use = entry.use.strip()
                yield Fault(spot, message, Advice(f"write `{use}`", use, words), (here,))


def _compile_ban(banned: list[Banned], locale: str) -> Ban:
    entries = [(index, entry) for index, entry in enumerate(banned) if entry.locale in (None, locale)]
    openings = [re.findall(r"\w+", entry.words)[0].lower() for _, entry in entries]
    ban = Ban(scan("|".join(openings) or NOWHERE), WordTree(), [])
    ranked = sorted(zip(entries, openings, strict=True), key=lambda pair: -len(pair[0][1].words))
    for rank, ((index, entry), opening) in enumerate(ranked):
        words = list(_split_words(entry.words))
        is_word = WORD.match(entry.words) is not None and words[0][1] == opening
        # Most entries leave the edges of words to `ENDED`: compiled into each pattern, they would take the most time.
        spelt = _spell_pattern(entry.words) if is_word else f"{BEFORE}{_spell_pattern(entry.words)}{AFTER}"
        compiled = BannedEntry(rank, index, entry, re.compile(spelt, re.IGNORECASE))
        if is_word:
            _insert(ban.root, [word for _, word in words], compiled)
        else:
            ban.others.append(compiled)
    return ban


def _insert(node: WordTree, words: list[str], entry: BannedEntry) -> None:
    for word in takewhile(bool, words):
        node = node.onward.setdefault(word, WordTree())
    node.entries.append(entry)


def _split_words(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """The words of a text in lower case; an empty one for a variable."""
    for match in WORD.finditer(text):
        yield match, (match["word"] or "").lower()


def _spell_pattern(words: str) -> str:
    """A pattern for the words, with any form of apostrophe and hyphen."""
    pattern = spelling(words.replace("’", "'")).pattern
    return pattern.replace("'", "['’]").replace(r"\-", "[-\u2010\u2011]")


def _find_banned(ban: Ban, text: str) -> Iterator[tuple[str, int, int, Banned]]:
    """The banned words of a text outside its variables: each with its start, the index of its entry, and the entry."""
    lowered = text.lower()  # to look at every word of letters that have none makes `check` a sixth slower
    if not ban.may_be_in(lowered):
        return
    at = 0
    for start, end, entry in sorted(_match_entries(ban, text), key=lambda match: (match[0], -match[1])):
        if entry and start >= at:
            yield " ".join(text[start:end].split()), start, entry.place, entry.banned
        at = max(at, end)


def _match_entries(ban: Ban, text: str) -> Iterator[tuple[int, int, BannedEntry | None]]:
    """Every match of an entry, overlaps included; the entry is None for a variable.

    Entries are looked up word by word, all at once: one pattern of 5,000 entries would try all of them at every
    character, and so would 5,000 patterns of entries that begin with the same word.
    """
    matches = list(_split_words(text))
    words = [word for _, word in matches]
    for at, (match, word) in enumerate(matches):
        if not word:
            yield *match.span(), None
        for entry in sorted(_find_entries(ban.root, words, at)):
            found = entry.pattern.match(text, match.start())
            if found and ENDED.match(text, found.end()):
                yield *found.span(), entry
                break
    for entry in ban.others:
        yield from ((*found.span(), entry) for found in entry.pattern.finditer(text))


def _find_entries(node: WordTree, words: list[str], at: int) -> Iterator[BannedEntry]:
    """The entries whose words begin at an index, whatever is between the words."""
    while at < len(words) and (onward := node.onward.get(words[at])):
        yield from onward.entries
        node, at = onward, at + 1
