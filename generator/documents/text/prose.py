"""What checks, pages and exports ask about prose: its references, links, headings and plain words.

All answers come from one reader. A text in which nothing can hang on Markdown is not given to it: ten thousand
documents have a hundred thousand texts, and most of them are only words.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from generator.documents.target import Target
from generator.documents.text.events import Event
from generator.documents.text.reader import REFERENCE, read

# Signs by which a reference may be no reference: code, comments, addresses. Spaces may begin a block of code.
NOT_PLAIN = ("`", "~", "\\", "](", "]:", "<", "    ", "\t")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]")
# All of ASCII except letters, digits and characters without a meaning; hyphens and dots in ids and versions are kept.
SIGN = re.compile(r"(?P<within>(?<=[^\W_])[-.](?=[^\W_]))|[\x00-\x1f!-$&-+\--/:<->@\[-`{-\x9f\u2028\u2029]")
SAFE_SCHEMES = ("https:", "http:", "mailto:", "tel:")
# The words of a reference that has none of its own; None if there are none to show.
Naming = Callable[[Target], str | None]
HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
BLOCKS = HEADINGS | {
    "p", "li", "td", "th", "tr", "pre", "blockquote", "ul", "ol", "table", "note", "dt", "dd", "summary", "div",
    "details", "caption", "alert",
}  # fmt: skip
# `[[` or `]]` that is left over when the references are taken out.
MISSHAPEN = re.compile(r"\[\[[^\[\]\n]{0,80}\]{0,2}|[\[\]]?[^\[\]\s]*\]\]")


class Mention(NamedTuple):
    """A reference as it is written in prose; `found` is all of it, and begins at the index `start`."""

    found: str
    target: Target
    words: str | None
    start: int


class MarkdownLink(NamedTuple):
    """A link or an image; `found` is its text from where its address is given, which is at `start`."""

    found: str
    address: str
    start: int


class Heading(NamedTuple):
    """A heading in prose: its level, its words, and the indexes where it begins and ends."""

    level: int
    words: str
    start: int
    end: int


def references(text: str) -> list[Mention]:
    """Every `[[...]]` outside of code, in order."""
    if "[[" not in text:
        return []
    if not any(sign in text for sign in NOT_PLAIN):
        return [_make_mention(match) for match in REFERENCE.finditer(text) if match["reference"]]
    return [_make_mention(event.value) for event in read(text) if event.kind == "reference"]


def _make_mention(match: re.Match[str]) -> Mention:
    return Mention(match[0], Target.parse(match["target"]), match["words"], match.start())


def links(text: str) -> list[MarkdownLink]:
    """Every link and image outside of code but bare addresses, in order."""
    if "](" not in text and "]:" not in text and "<" not in text:
        return []
    return [
        _make_link(text, event)
        for event in read(text)
        if event.kind == "start" and event.name in ("a", "img") and event.value["kind"] != "bare"
    ]


def _make_link(text: str, event: Event) -> MarkdownLink:
    at = text.rfind("](", event.start, event.end) if event.value["kind"] == "inline" else event.start
    at = event.start if at < 0 else at
    return MarkdownLink(text[at : event.end], event.value["address"].strip(), at)


def headings(text: str, name: Naming | None = None) -> list[Heading]:
    """The headings of a text; `name` gives the words of a reference without any, otherwise those of its id."""
    if not ("#" in text or "\n=" in text or "\n-" in text or "<h" in text or "\n  " in text):
        return []
    found, words = [], None
    for event in read(text):
        if event.name in HEADINGS and event.kind == "start":
            words = [event]
        elif event.name in HEADINGS and event.kind == "end" and words:
            title = " ".join("".join(spell(one, name) for one in words[1:]).split())
            found.append(Heading(int(event.name[1]), title, words[0].start, words[0].end))
            words = None
        elif words:
            words.append(event)
    return found


def spell(event: Event, name: Naming | None = None) -> str:
    """The words of an event as plain text."""
    if event.kind == "reference":
        target = Target.parse(event.value["target"])
        return event.value["words"] or (name(target) if name else None) or target.id.replace("-", " ")
    if event.kind in ("soft", "break"):
        return " "
    return event.value if event.kind in ("text", "code", "tag") else ""


def anchor_of(words: str) -> str:
    """The anchor of a heading, as GitHub makes it: its words in small letters, without signs, joined by hyphens."""
    kept = "".join(
        "-" if sign == " " else sign
        for sign in unicodedata.normalize("NFC", words.strip().lower())
        if sign in "-_ " or unicodedata.category(sign)[0] in "LMN"
    )
    return kept.lstrip("_") or "heading"


def distinct(anchors: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """The anchors with a number behind those that are taken: `same`, `same-1`."""
    used, counts, found = set(taken), dict[str, int](), []
    for anchor in anchors:
        free = anchor
        while free in used:
            counts[anchor] = counts.get(anchor, 0) + 1
            free = f"{anchor}-{counts[anchor]}"
        used.add(free)
        found.append(free)
    return found


def words_of(text: str, name: Naming | None = None) -> str:
    """The words of a text on one line, as a reader sees them; `name` gives those of a reference without any."""
    return " ".join("".join(_spell_each(text, name)).split())


def _spell_each(text: str, name: Naming | None) -> Iterator[str]:
    for event in read(text):
        if event.name in BLOCKS and event.kind in ("start", "end"):
            yield " "
        else:
            yield spell(event, name)


def scheme(address: str) -> str:
    """The scheme of an address as a browser reads it, with its colon; `//` for another host, empty if relative."""
    plain = INVISIBLE.sub("", html.unescape(html.unescape(address))).lower()
    match = SCHEME.match(plain)
    return match[0] if match else "//" if plain.startswith(("//", "\\\\", "/\\", "\\/")) else ""


def is_safe(address: str) -> bool:
    """Whether an address is relative, or has a scheme that can do no harm."""
    kind = scheme(address)
    return kind == "" or kind in SAFE_SCHEMES


def encode(text: str) -> str:
    """Text that Markdown and browsers show as it is, wherever it is in a page.

    Spaces that could begin a block of code, or break a line, are encoded too.
    """
    inner = text.strip(" ")
    before = len(text) - len(text.lstrip(" "))
    after = len(text) - before - len(inner)
    shown = SIGN.sub(lambda sign: sign[0] if sign["within"] else f"&#{ord(sign[0])};", inner)
    return "&#32;" * before + shown + (" " if after == 1 else "&#32;" * after)
