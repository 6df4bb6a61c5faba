"""Cleans foreign text so that YAML can hold it, and makes ids from it."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

from generator.files.signs import CONTROL, SEPARATOR, without_turns
from generator.files.strict_yaml import NEWLINE

MAX_SLUG = 72
BETWEEN_WORDS = re.compile(r"[\s_-]+|(?<=[^\W\d])\.(?=[^\W\d])")
NO_MARKUP = re.compile(r"[^a-z0-9]+")


def clean_text(text: str) -> str:
    """Text with plain line breaks; tabs and characters that YAML cannot hold become spaces."""
    return legible(text).expandtabs(4)


def legible(text: str) -> str:
    """Text with plain line breaks; characters that no document may hold become spaces."""
    return without_turns(CONTROL.sub(" ", SEPARATOR.sub("\n", NEWLINE.sub("\n", text))).replace("\ufeff", ""))


def one_line(text: str) -> str:
    """The text on one line, without extra spaces."""
    return " ".join(clean_text(text).split())


def slug(text: str, mark: str = "") -> str:
    """An id made from the words; empty if they have no letters from a to z and no digits. A mark ends it, uncut."""
    letters = unicodedata.normalize("NFKD", re.sub("['’]", "", text)).encode("ascii", "ignore").decode().lower()
    longest = MAX_SLUG - len(mark) - 1 if mark else MAX_SLUG
    words = NO_MARKUP.sub("-", letters).strip("-")[:longest].strip("-")
    return f"{words}-{mark}" if mark else words


def is_spelled(text: str) -> bool:
    """Whether a slug has all letters of the text, as it has not in Cyrillic or Japanese."""
    return all(sign.isascii() for sign in unicodedata.normalize("NFKD", text) if sign.isalnum())


def short_hash(text: str) -> str:
    """A short sign of a text that stays the same, for ids of what letters from a to z cannot spell."""
    return sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()[:6]


def title_from(name: str) -> str:
    """A title made of a file's name: `severity_levels` is "Severity levels"; names within it stay, as in `GDPR-faq`."""
    words = BETWEEN_WORDS.sub(" ", clean_text(name)).strip() or name
    is_shouted = words.isupper() and " " in words
    return words.capitalize() if is_shouted else words[:1].upper() + words[1:]
