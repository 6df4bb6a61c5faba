"""Wording: numbers in sentences, text as YAML values, and the known word that somebody most likely meant."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Collection, Iterable

from generator.findings import Advice, Place

LONGEST = 200  # characters; a longer word is not taken for a misspelt one
ALIKE = 65  # of a hundred: how similar a known word must be to be suggested
MILLIONS = 10**12
COUNTED = 10**18  # not written out from here on: Python refuses to format more than 4,300 digits
SHOWN = 12  # of the places of one cause; the rest is counted
IN_PLACES = re.compile(r" \(in [\d,]+ places\)$")
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 .'()/-]*(?<! )")
INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
TRUTHS = {"yes", "no", "on", "off", "true", "false", "null", "y", "n"}


def count(number: int, word: str) -> str:
    """A number with its word: 1 document, 1,204 documents."""
    digits = f"{number:,}" if number < COUNTED else large(number)
    return f"{digits} {word}{'' if number == 1 else 's'}"


def tell_places(message: str, number: int) -> str:
    """The message of a finding that has its cause in a number of places."""
    bare = strip_places(message)
    return bare if number == 1 else f"{bare} (in {count(number, 'place')})"


def list_places(also: tuple[Place, ...], number: int) -> list[tuple[Place, str]]:
    """The further places of a finding as related ones: the first SHOWN, and one that counts the rest of the number."""
    told = [(place, "here too") for place in also[:SHOWN]]
    if number > SHOWN:
        told.append((also[SHOWN], f"here too, and in {count(number - SHOWN, 'place')} from here on"))
    return told


def strip_places(message: str) -> str:
    """The message of a finding without the number of its places."""
    return IN_PLACES.sub("", message)


def a(noun: str) -> str:
    """A noun with its article: a macro, an SOP."""
    begins_like_vowel = noun[:1] in "AEFHILMNORSX" if noun[:3].isupper() else noun[:1].lower() in "aeiou"
    return f"an {noun}" if begins_like_vowel else f"a {noun}"


def large(number: int) -> str:
    """A number that is easy to read: 1,204, or about 10^15 if it is above a million millions."""
    return f"{number:,}" if number <= MILLIONS else f"about 10^{math.floor(math.log10(number))}"


def scalar(text: str) -> str:
    """A text as a YAML value, in quotes unless it is plainly a name or sentence."""
    is_plain = PLAIN.fullmatch(text) and text.lower() not in TRUTHS
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def nearest(word: str, known: Iterable[str]) -> str:
    """The most similar known word; empty if none is similar."""
    if len(word) > LONGEST:
        return ""
    from rapidfuzz import fuzz, process, utils  # loaded only when something is misspelt

    seen, simple = fold(word), utils.default_process  # compares without case, in a fraction of the time of our own
    found = process.extractOne(seen, list(known), scorer=fuzz.ratio, processor=simple, score_cutoff=ALIKE)
    return found[0] if found else ""


def fold(word: str) -> str:
    """A word without what people do not see or mean when they misspell it: case, width, invisible characters."""
    return INVISIBLE.sub("", unicodedata.normalize("NFKC", word)).casefold()


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """A hint that names the nearest word. It is an edit, and a safe one if only capital letters and the like differ."""
    match = nearest(word, known)
    return Advice(f"did you mean `{match}`?", match, word, fold(match) == fold(word)) if match else otherwise


def one_of(word: str, known: Collection[str]) -> str:
    """A hint that names the nearest of some words, or else all of them."""
    return did_you_mean(word, known, f"use one of {', '.join(known)}" if known else "there is none yet")


YOUR_NAME = "Your name"


def review_command(name: str) -> str:
    """How a review of a document is recorded, as somebody types it; the name in it is to be replaced."""
    return f'playbook review {name} --by "{YOUR_NAME}"'
