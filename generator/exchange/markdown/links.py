"""In goes Markdown and what to make of its links, out comes Markdown with only links that can stand.

What only looks like one of our references is marked as text, and so is a link that cannot stand and is not written out
in one place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from generator.documents.text import prose

LONGEST = 1000  # characters of the words of a link
BRACKET = re.compile(r"[\[\]]")

Stands = Callable[[str], bool]
Write = Callable[[str | None, str], str]


def rewrite(text: str, stands: Stands, write: Write) -> str:
    """Each link or picture whose address cannot stand, as `write(words, address)` gives it.

    The words are None where they do not stand before the address: then the brackets are shown, and nothing is written.
    """
    made: list[str] = []
    text = _escape_references(text, made)
    out, tail, at = [], "", 0
    for link in prose.links(text):
        if stands(link.address):
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
    return _escape_references(_escape_links("".join([*out, tail, text[at:]]), stands), made)


def _show_title(link: prose.MarkdownLink) -> str:
    """The title of a link that a reader would see on pointing at it."""
    title = link.found.partition(link.address or "(")[2].strip(" \t\n<>()\"'")
    return f" ({title})" if title else ""


def _find_opening(text: str) -> int | None:
    """Where the bracket opens that would be closed at the end of the text; within its paragraph."""
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
    """Text in which no reference is read but those that were made here."""
    own = {mention.found for one in made for mention in prose.references(one)}
    return _escape_at(text, [mention.start for mention in prose.references(text) if mention.found not in own])


def _escape_links(text: str, stands: Stands) -> str:
    """A mark can show what was hidden before, so that it takes another look."""
    while left := [link.start for link in prose.links(text) if not stands(link.address)]:
        text = _escape_at(text, left)
    return text


def _escape_at(text: str, places: list[int]) -> str:
    """Text with a backslash before the sign in each place."""
    edges = [0, *places, len(text)]
    return "\\".join(text[begin:end] for begin, end in pairwise(edges))
