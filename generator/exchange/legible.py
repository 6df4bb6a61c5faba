"""Cleans foreign text so that YAML can hold it, and makes ids from it."""

from __future__ import annotations

import re
import unicodedata

from generator.files.strict_yaml import CONTROL, NEWLINE, SEPARATOR, without_turns

MAX_SLUG = 72
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


def slug(text: str) -> str:
    """An id made from the words; empty if they have no letters from a to z and no digits."""
    letters = unicodedata.normalize("NFKD", re.sub("['’]", "", text)).encode("ascii", "ignore").decode().lower()
    return NO_MARKUP.sub("-", letters).strip("-")[:MAX_SLUG].strip("-")
