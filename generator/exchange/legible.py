"""Foreign text as YAML can hold it, and names made of it."""

from __future__ import annotations

import re
import unicodedata

from generator.files.signs import CONTROL, SEPARATOR, without_turns
from generator.files.strict_yaml import NEWLINE

MAX_SLUG = 72
NO_MARKUP = re.compile(r"[^a-z0-9]+")


def clean(text: str) -> str:
    """Text with plain line breaks, and spaces for tabs and for characters that YAML cannot hold."""
    return legible(text).expandtabs(4)


def legible(text: str) -> str:
    """Text with plain line breaks, and spaces for characters that no document may hold."""
    return without_turns(CONTROL.sub(" ", SEPARATOR.sub("\n", NEWLINE.sub("\n", text))).replace("\ufeff", ""))


def slug(text: str) -> str:
    """An id made of the words; empty where they have no letters from a to z and no digits."""
    letters = unicodedata.normalize("NFKD", re.sub("['’]", "", text)).encode("ascii", "ignore").decode().lower()
    return NO_MARKUP.sub("-", letters).strip("-")[:MAX_SLUG].strip("-")
