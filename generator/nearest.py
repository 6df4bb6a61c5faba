"""In goes a word that nobody knows, out comes the known one that its author most likely meant."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable

LONGEST = 200  # characters of a word that somebody may have misspelt


def nearest(word: str, known: Iterable[str]) -> str:
    """The most similar known word; empty where none is similar."""
    if len(word) > LONGEST:
        return ""
    near = [one for one in known if _may_be(word, one)]
    return next(iter(difflib.get_close_matches(word, near, 1, 0.6)), "")


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """A hint that names the nearest word."""
    found = nearest(word, known)
    return f"did you mean `{found}`?" if found else otherwise


def one_of(word: str, known: Collection[str]) -> str:
    """A hint that names the nearest of some words, or else all of them."""
    return did_you_mean(word, known, f"use one of {', '.join(known)}" if known else "there is none yet")


def _may_be(word: str, one: str) -> bool:
    """A cheap look before the expensive comparison: a knowledge base has thousands of ids."""
    if abs(len(word) - len(one)) > max(3, len(word) // 2):
        return False
    if word[:2] == one[:2] or word[-3:] == one[-3:] or (len(word) == len(one) and sorted(word) == sorted(one)):
        return True
    return bool(set(word.split("-")) & set(one.split("-")))
