"""Finds bare addresses in text (`https://...`, `www....`, `name@example.org`), which GitHub shows as links.

Source: GitHub Flavored Markdown, section 6.9, "Autolinks (extension)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

DOMAIN = r"(?:[\w-]+\.)+[^\W_](?:[\w-]*[^\W_])?"
ADDRESS = re.compile(
    rf"""
      (?P<web> (?:https?://(?:{DOMAIN}|localhost)|www\.{DOMAIN}) (?![\w-]) [^\s<]*+ )
    | (?P<mail> (?<![\w.+-]) [\w.+-]++ @ (?:[\w-]+\.)+[\w-]*[^\W_] (?![\w-]) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
SIGNS = ("://", "www.", "@", "WWW.")
TRAILING = "?!.,:*_~'\""
ENTITY = re.compile(r"&[A-Za-z0-9]+;\Z")
BEFORE = " \t\n*_~(["


def split_addresses(text: str, before: str = "") -> Iterator[tuple[str, str, int]]:
    """The text in pieces: words, the address that they lead to (empty: none), and their index.

    `before` is the character before the text.
    """
    at = 0
    if any(sign in text for sign in SIGNS):
        for match in ADDRESS.finditer(text):
            previous = text[match.start() - 1] if match.start() else before
            words = match[0] if match["mail"] else _trim(match[0])
            if match.start() < at or (match["web"] and previous and previous not in BEFORE):
                continue
            if match.start() > at:
                yield text[at : match.start()], "", at
            scheme = "mailto:" if match["mail"] else "" if "://" in words else "http://"
            yield words, scheme + words, match.start()
            at = match.start() + len(words)
    if at < len(text):
        yield text[at:], "", at


def _trim(address: str) -> str:
    """The address without the signs of the sentence that it is in."""
    while address:
        if address[-1] in TRAILING or (address[-1] == ")" and address.count(")") > address.count("(")):
            address = address[:-1]
        elif entity := ENTITY.search(address):
            address = address[: entity.start()]
        else:
            break
    return address
