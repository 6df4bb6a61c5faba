"""Finds the tags of an HTML page with their attributes, where a browser finds them.

A parser of whole pages (html.parser) takes eight times as long, a tenth of a build. Most tags of a site are the same
text on every page, so each is read once; `tests/test_written.py` compares what is found with that parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import NamedTuple

# The attributes of a tag, up to its end: quotes count behind a `=` only, and a page may end within a tag.
ATTRIBUTES = r"""((?:[^>=]++|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)?)*+)(?:>|\Z)"""
RAW = "script|style|textarea|title|xmp|iframe|noembed|noframes"  # what is in them is text
TAG = re.compile(
    rf"<!--(?:-?>|.*?(?:--!?>|\Z))|<(?P<raw>{RAW})(?=[\s/>]){ATTRIBUTES}(?P<inside>.*?)(?:</(?P=raw)(?=[\s/>])|\Z)"
    rf"|<(?P<name>[a-zA-Z][^\s/>]*+){ATTRIBUTES}",
    re.DOTALL | re.IGNORECASE,
)
ATTRIBUTE = re.compile(r"""([^\s/>=][^\s/>=]*+)(?:\s*+=\s*+("[^"]*+"?|'[^']*+'?|[^\s>]*+))?""")
KEPT = 1 << 15  # tags


class Opening(NamedTuple):
    """An element's name in lower case and its attributes; `inside` is the text of a script, a style and the like."""

    name: str
    attributes: dict[str, str]
    at: int
    inside: str


def openings(text: str) -> Iterator[Opening]:
    """The start tags of a page, in order."""
    for found in TAG.finditer(text):
        if name := found["name"]:
            yield Opening(name.lower(), attributes_of(found[5]), found.start(), "")
        elif raw := found["raw"]:
            yield Opening(raw.lower(), attributes_of(found[2]), found.start(), found["inside"])


@lru_cache(KEPT)
def attributes_of(text: str) -> dict[str, str]:
    """The attributes written in a tag, the first of each name; one without a value is empty."""
    known: dict[str, str] = {}
    for name, value in ATTRIBUTE.findall(text):
        bare = value[1:].removesuffix(value[0]) if value[:1] in ('"', "'") else value
        known.setdefault(name.lower(), unescape(bare) if "&" in bare else bare)
    return known
