"""Finds what left a policy section and is still in a document that cites it: numbers with their units, and terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import BaseModel

from generator.documents.header import Header
from generator.documents.text.counted import DIGITS
from generator.findings import Keys, Spot, stretch

TOKEN = re.compile(r"\d+(?:[.,:]\d+)*%?|[^\W\d_]+\d\w*|[^\W\d_]+(?:['’-][^\W\d_]+)*")
SHORTEST = 4  # letters of a term
MOST_PLACES = 12  # of one remnant: to look up a place is to read the text up to there
MOST_UNITS = 20  # of one number in one section that are looked for
# Words that no policy is about.
USUAL = """
a an and are as at by can for has if in is it may no not of on or our so the to was we you
about above after again also although always among another anybody anyone anything because been before being below
between both cannot could does doing done down during each either else even ever every from given have having here
however into itself just later like made make many more most much must need never next nobody none nothing once
only other others otherwise over own part people person rather same several shall should since some somebody
someone something still such than that their them then there therefore these they thing this those through under
until upon used uses using very what when where whether which while whose will with within without would your
"""
COMMON = frozenset(USUAL.split())
UNREAD = {
    "id", "version", "owner", "status", "audience", "queue", "formerly", "history", "reviews", "cites", "of", "locale",
    "reviewed", "review_by", "superseded_by", "jurisdictions", "content_warning",
}  # fmt: skip


class Expression(NamedTuple):
    """A word in its base form, or a number with the word behind it."""

    word: str
    unit: str = ""
    is_number: bool = False


class Remnant(NamedTuple):
    """A number or term that left a section, as the document writes it, and where it does."""

    words: str
    is_number: bool
    spots: tuple[Spot, ...]


def remnants(before: str, after: str, path: str, body: Header) -> list[Remnant]:
    """What was in the older text of a section, is not in the newer one, and is in a document: numbers first."""
    now = {term for term, _, _ in _read_terms(after)}
    stays = {term.word for term in now}
    left: dict[str, list[Expression]] = {}
    for term in dict.fromkeys(term for term, _, _ in _read_terms(before) if term not in now):
        left.setdefault(term.word, []).append(term)
    found: dict[Expression, tuple[str, list[Spot]]] = {}
    for keys, text in _list_texts(body, ()) if left else ():
        for term, words, start in _read_terms(text):
            match = next((one for one in left.get(term.word, ())[:MOST_UNITS] if _are_same(one, term, stays)), None)
            spots = found.setdefault(match, (words, []))[1] if match else []
            if match and len(spots) < MOST_PLACES:
                spots.append(stretch(path, keys, text, words, start))
    all_found = [Remnant(words, term.is_number, tuple(spots)) for term, (words, spots) in found.items()]
    return sorted(all_found, key=lambda remnant: not remnant.is_number)


def _are_same(one: Expression, other: Expression, stays: set[str]) -> bool:
    """Whether a document's term is one that left the section: 15m is 15 minutes, but 15 letters are not.

    A number of two digits or more that is nowhere in the newer text (`stays`) is one whatever it counts.
    """
    if one.unit and other.unit and (one.unit.startswith(other.unit) or other.unit.startswith(one.unit)):
        return True
    return one.unit == other.unit or (len(one.word) > 1 and one.word not in stays)


def _read_terms(text: str) -> Iterator[tuple[Expression, str, int]]:
    """The terms of a text, each as written there, with the index where it begins."""
    tokens = list(TOKEN.finditer(text))
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        word = token[0].casefold()
        number = DIGITS.get(word) or (word if word[0].isdigit() else "")
        if number:
            unit, end = _read_unit(text, token, following)
            if unit or len(number) > 1:
                yield Expression(number, unit, True), text[token.start() : end], token.start()
        elif any(sign.isdigit() for sign in word) or (len(word) >= SHORTEST and word not in COMMON):
            yield Expression(_reduce_word(word)), token[0], token.start()


def _read_unit(text: str, token: re.Match[str], following: re.Match[str] | None) -> tuple[str, int]:
    """What a number counts, and where that ends; empty if no word of its own is right behind the number."""
    if following is None or text[token.end() : following.start()].strip(" \n-") or following[0][0].isdigit():
        return "", token.end()
    unit = _reduce_word(following[0])
    return ("", token.end()) if unit in COMMON else (unit, following.end())


def _reduce_word(word: str) -> str:
    """A word in small letters, without the sign of the plural or of what belongs to somebody."""
    return re.sub(r"(?:['’]s|(?<=[^\Ws])s)$", "", word.casefold())


def _list_texts(value: Any, keys: Keys) -> Iterator[tuple[Keys, str]]:
    """Every text of a document with the keys that lead to it, names and records aside."""
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, BaseModel):
        for name, inner in value.__dict__.items():
            if name not in UNREAD:
                yield from _list_texts(inner, (*keys, name))
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _list_texts(inner, (*keys, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _list_texts(inner, (*keys, number))
