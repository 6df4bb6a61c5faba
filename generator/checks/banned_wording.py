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
from dataclasses import dataclass, field
from itertools import takewhile
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


class Entry(NamedTuple):
    """An entry of the vocabulary, with its place there and the pattern of its words; the longest has rank 0."""

    rank: int
    place: int
    banned: Banned
    pattern: re.Pattern[str]


@dataclass
class Node:
    """What entries go on with after some words, and the entries that have no more words than those."""

    onward: dict[str, Node] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)


class Ban(NamedTuple):
    """What is banned in one language: entries by their words, and those whose beginning is no word that can be told."""

    openings: list[str]
    root: Node
    others: list[Entry]


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
    ban = Ban([], Node(), [])
    entries = [(index, entry) for index, entry in enumerate(banned) if entry.locale in (None, locale)]
    for rank, (index, entry) in enumerate(sorted(entries, key=lambda pair: -len(pair[1].words))):
        words = list(_words(entry.words))
        ban.openings.append(re.findall(r"\w+", entry.words)[0].lower())
        is_word = WORD.match(entry.words) is not None and words[0][1] == ban.openings[-1]
        # The edges of words are looked at apart for most entries: they take longer to compile than all else.
        spelt = _spelt(entry.words) if is_word else f"{BEFORE}{_spelt(entry.words)}{AFTER}"
        one = Entry(rank, index, entry, re.compile(spelt, re.IGNORECASE))
        if is_word:
            _insert(ban.root, [word for _, word in words], one)
        else:
            ban.others.append(one)
    return ban


def _insert(node: Node, words: list[str], entry: Entry) -> None:
    for word in takewhile(bool, words):
        node = node.onward.setdefault(word, Node())
    node.entries.append(entry)


def _words(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """The words of a text in small letters; an empty one for a variable."""
    for match in WORD.finditer(text):
        yield match, (match["word"] or "").lower()


def _spelt(words: str) -> str:
    """A pattern for the words, with an apostrophe or hyphen of any form."""
    pattern = spelling(words.replace("’", "'")).pattern
    return pattern.replace("'", "['’]").replace(r"\-", "[-\u2010\u2011]")


def _found(ban: Ban, text: str) -> Iterator[tuple[str, int, int, Banned]]:
    """What is banned in a text and where it begins, each with its entry; not in variables."""
    lowered = text.lower()  # to look at each word of letters without one makes `check` a sixth slower
    if not any(opening in lowered for opening in ban.openings):
        return
    at = 0
    for start, end, entry in sorted(_matches(ban, text), key=lambda one: (one[0], -one[1])):
        if entry and start >= at:
            yield " ".join(text[start:end].split()), start, entry.place, entry.banned
        at = max(at, end)


def _matches(ban: Ban, text: str) -> Iterator[tuple[int, int, Entry | None]]:
    """Where an entry may stand, overlaps included; None for a variable.

    Entries are looked for word by word, all at once: a pattern of 5,000 entries tries each at every sign, and so
    do 5,000 patterns of entries that begin with one word.
    """
    matches = list(_words(text))
    words = [word for _, word in matches]
    for at, (match, word) in enumerate(matches):
        if not word:
            yield *match.span(), None
        for entry in sorted(_that_may_follow(ban.root, words, at)):
            found = entry.pattern.match(text, match.start())
            if found and ENDED.match(text, found.end()):
                yield *found.span(), entry
                break
    for entry in ban.others:
        yield from ((*found.span(), entry) for found in entry.pattern.finditer(text))


def _that_may_follow(node: Node, words: list[str], at: int) -> Iterator[Entry]:
    """The entries whose words stand at a place, whatever stands between them."""
    while at < len(words) and (onward := node.onward.get(words[at])):
        yield from onward.entries
        node, at = onward, at + 1
