"""Finds what readers see now that they could not see before: the first thing that a reviewer has to know."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.analysis.changes.pairs import DocumentPair, Renamings
from generator.documents import Document
from generator.documents.roles import hidden_parts, is_visible, leaves
from generator.documents.text.plain import level
from generator.documents.vocabulary import STAFF, Vocabulary
from generator.findings import Keys
from generator.library.library import Library

SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
FEWEST = 5  # words: a shorter sentence is in many texts


class Exposure(NamedTuple):
    """What is for more readers than it was, or, if it is not `wider`, for fewer.

    `document` is None where the words themselves changed, such as what a vendor may see; `part` is empty for the whole
    of a document; `words` are those of a note or hidden part that others read now.
    """

    document: Document | None
    part: str
    before: str
    after: str
    wider: bool = True
    words: str = ""


def find_exposures(old: Library, new: Library, pairs: list[DocumentPair], renamings: Renamings) -> list[Exposure]:
    """Whatever is for other readers than before, the wider first."""
    if old.vocabulary is None or new.vocabulary is None:
        return []
    found = [*_compare_clearances(old.vocabulary, new.vocabulary, renamings)]
    for pair in pairs:
        if pair.old and pair.new:
            found += _compare_readers(pair.old, pair.new, new, renamings)
    return sorted(found, key=lambda one: (not one.wider, one.document is not None))


def _compare_clearances(old: Vocabulary, new: Vocabulary, renamings: Renamings) -> Iterator[Exposure]:
    """What whole audiences and vendors may see: the order of the audiences is the rule of who may see what."""
    for vendor in old.vendors:
        now = renamings.now("vendors", vendor)
        if now in new.vendors:
            was, is_now = renamings.now("audiences", old.clearance(vendor)), new.clearance(now)
            if new.rank(was) != new.rank(is_now):
                yield Exposure(None, f"vendor {now}", was, is_now, new.rank(is_now) > new.rank(was))
    words = [(one, renamings.now("audiences", one)) for one in old.audiences]
    kept = [(was, now) for was, now in words if now in new.audiences]
    for was, now in kept:
        for other_was, other in kept:
            could, can = old.rank(was) >= old.rank(other_was), new.rank(now) >= new.rank(other)
            if can and not could:
                yield Exposure(None, f"audience {now}", now, other)


def _compare_readers(old: Document, new: Document, library: Library, renamings: Renamings) -> Iterator[Exposure]:
    vocabulary = library.vocabulary
    assert vocabulary is not None
    was, now = renamings.now("audiences", old.body.audience), new.body.audience
    if vocabulary.rank(was) != vocabulary.rank(now):
        yield Exposure(new, "", was, now, vocabulary.rank(now) < vocabulary.rank(was))
    before, after = old.parts, new.parts
    for name, part in after.items():
        known = next((one for one in (name, *part.formerly) if one in before), None)
        if known is None:
            continue
        own = renamings.now("audiences", before[known].audience or "") or None
        then, here = library.wider(was, own), library.wider(now, part.audience)
        is_told = (then, here) == (was, now) or vocabulary.rank(then) == vocabulary.rank(here)
        if not is_told:
            yield Exposure(new, name, then, here, vocabulary.rank(here) < vocabulary.rank(then))
    yield from _find_moved_words(old, new, vocabulary, renamings)


def _find_moved_words(old: Document, new: Document, vocabulary: Vocabulary, renamings: Renamings) -> Iterator[Exposure]:
    """Sentences of a note or part that only some could read, and that others read now in what is theirs."""
    told: set[str] = set()
    for reader in vocabulary.audiences:

        def may_see(audience: str, rank: int = vocabulary.rank(reader)) -> bool:
            return vocabulary.rank(renamings.now("audiences", audience)) <= rank

        if not may_see(new.body.audience) or not may_see(old.body.audience):
            continue  # the document itself is told
        if not hidden_parts(old.body, may_see):
            continue
        seen, hidden = _list_sentences(old, may_see)
        shown, _ = _list_sentences(new, may_see)
        for key, one in shown.items():
            if key in hidden and key not in seen and key not in told:
                told.add(key)
                above = renamings.now("audiences", hidden[key].audience or STAFF)
                yield Exposure(
                    new, new.body.part_at(one.keys), above, one.audience or new.body.audience, True, one.words
                )


class _Sentence(NamedTuple):
    words: str
    keys: Keys
    audience: str | None


def _list_sentences(
    document: Document, may_see: Callable[[str], bool]
) -> tuple[dict[str, _Sentence], dict[str, _Sentence]]:
    """The sentences that readers see, and those that they do not, by what they say."""
    seen: dict[str, _Sentence] = {}
    hidden: dict[str, _Sentence] = {}
    for leaf in leaves(document.body):
        if leaf.role.name == "prose" and isinstance(leaf.value, str):
            side = seen if is_visible(document.body, leaf.keys, may_see) else hidden
            for sentence in SENTENCE.split(leaf.value):
                if len(sentence.split()) >= FEWEST:
                    said = _Sentence(sentence.strip(), leaf.keys, leaf.audience)
                    side.setdefault(level(sentence).casefold(), said)
    return seen, hidden
