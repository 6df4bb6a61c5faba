"""Replaces the links in Markdown that cannot stay as they are.

Text that only looks like one of our references is escaped, and so is a link that cannot stay and is not inline.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from generator.documents.text import prose

LONGEST = 1000  # characters in the words of a link
BRACKET = re.compile(r"[\[\]]")

CanStay = Callable[[str], bool]
Write = Callable[[str | None, str], str]


def rewrite(text: str, can_stay: CanStay, write: Write) -> str:
    """Replaces each link or picture whose address cannot stay by `write(words, address)`.

    The words are None for a link that is not inline, as in `[words][1]`: it is escaped, and the result is not used.
    """
    made: list[str] = []
    text = _escape_references(text, made)
    out, tail, at = [], "", 0
    for link in prose.links(text):
        if can_stay(link.address):
            continue
        tail += text[at : link.start]
        out.append(tail[:-LONGEST])
        tail = tail[-LONGEST:]
        at = link.start
        opening = _find_opening(tail) if link.found.startswith("](") and link.found.endswith(")") else None
        written = write(None if opening is None else tail[opening + 1 :], link.address)
        if opening is not None:
            begin = opening - (tail[opening - 1 : opening] == "!")
            tail = tail[:begin] + written + _show_title(link)
            made.append(written)
            at = link.start + len(link.found)
    return _escape_references(_escape_links("".join([*out, tail, text[at:]]), can_stay), made)


def _show_title(link: prose.MarkdownLink) -> str:
    """The title of a link, in brackets: the pointer would show it."""
    title = link.found.partition(link.address or "(")[2].strip(" \t\n<>()\"'")
    return f" ({title})" if title else ""


def _find_opening(text: str) -> int | None:
    """Where the bracket opens that a `]` at the end of the text would close; None if not in the same paragraph."""
    depth = 0
    begin = text.rfind("\n\n")
    for found in BRACKET.finditer(text[begin + 1 :][::-1]):
        index = len(text) - 1 - found.start()
        if text[index - 1 : index] != "\\":
            depth += 1 if found[0] == "]" else -1
            if depth < 0:
                return index
    return None


def _escape_references(text: str, made: list[str]) -> str:
    """Escapes all references but those that were made here."""
    own = {mention.found for link in made for mention in prose.references(link)}
    return _escape_at(text, [mention.start for mention in prose.references(text) if mention.found not in own])


def _escape_links(text: str, can_stay: CanStay) -> str:
    """Escapes links that cannot stay; a backslash can reveal another link, so it looks again until there are none."""
    while left := [link.start for link in prose.links(text) if not can_stay(link.address)]:
        text = _escape_at(text, left)
    return text


def _escape_at(text: str, places: list[int]) -> str:
    """The text with a backslash before the character at each place."""
    edges = [0, *places, len(text)]
    return "\\".join(text[begin:end] for begin, end in pairwise(edges))
