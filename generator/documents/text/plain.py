"""The plain words of prose, without its markup: for the search, and for systems that do not read Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.documents.target import Target
from generator.documents.text.prose import words_of

# A text without any of these is only words and lines.
SIGNS = re.compile(r"[\\`*_{}\[\]<>&#~|=+!@:\t-]|^[ \t]*\d+[.)]|\n ", re.MULTILINE)


def plain_text(text: str, is_known: Callable[[str], object] = bool) -> str:
    """The words of prose on one line, as a reader sees them; of a reference to an unknown id, only its own words."""

    def name(target: Target) -> str:
        return target.id if is_known(target.id) else " "

    return " ".join((words_of(text, name) if SIGNS.search(text) else text).split())
