"""A word is not in the vocabulary.

Teams, queues, severities, audiences, locales, vendors and the like are listed in `content/vocabulary.yaml`,
so that everybody means the same thing by them.

Bad:
    owner: acount-security

Good:
    owner: account-security
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial

from generator.documents import VOCABULARY
from generator.documents.meant import oddity
from generator.findings import Fault
from generator.library.library import Library
from generator.wording import did_you_mean


def check(library: Library) -> Iterator[Fault]:
    if library.vocabulary is None:
        return
    groups = {group: library.vocabulary.terms(group) for group in {word.group for word in library.words}}
    for at, word, group in library.words:
        if word not in groups[group]:
            hint = partial(_suggest_word, word, groups[group])
            yield Fault(at.spot, f"`{word}` is not in the vocabulary's {group.replace('_', ' ')}", hint)


def _suggest_word(word: str, group: Collection[str]) -> str:
    known = ", ".join(list(group)[:8]) or "none so far"
    return oddity(word) or did_you_mean(word, group, f"use one of {known}, or add it to {VOCABULARY}")
