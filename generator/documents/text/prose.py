"""What checks, pages and exports ask about prose: its references, links, headings and plain words.

All answers come from one reader. A text in which nothing can hang on Markdown is not given to it: ten thousand
documents have a hundred thousand texts, and most of them are only words.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple
from urllib.parse import unquote

from generator.documents.target import Target
from generator.documents.text.hidden import Hidden, hidden
from generator.documents.text.pieces import Piece
from generator.documents.text.reader import definitions, read_prose
from generator.files.scan import scan

# Nothing hangs on Markdown in a text without any of these signs.
has_signs = scan(r"[\]<]|\[\[|!!!|\?\?\?|:::|\{:")
# In a text that needs no reading, every reference is one.
PLAIN_REFERENCE = re.compile(
    r"\[\[(?P<target>[^\[\]|\n]*[^\s\[\]|][^\[\]|\n]*)"
    r"(?:\|(?P<words>[^\[\]\n]*[^\s\[\]\n][^\[\]\n]*))?\]\](?!\()"
)
# Signs by which a reference may be no reference: code, comments, addresses. Spaces may begin a block of code. And
# those of what FOREIGN finds.
needs_reading = scan(r"[`~\\<\t]|\][(:]|    |!!!|\?\?\?|:::|\{:|\[!")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]")
# All of ASCII except letters, digits and characters without a meaning; hyphens and dots in ids and versions are kept.
SIGN = re.compile(r"(?P<within>(?<=[^\W_])[-.](?=[^\W_]))|[\x00-\x1f!-$&-+\--/:<->@\[-`{-\x9f\u2028\u2029]")
SAFE_SCHEMES = ("https:", "http:", "mailto:", "tel:")
# The words of a reference that has none of its own; None if there are none to show.
Naming = Callable[[Target], str | None]
# Links whose address is given where they are; that of others is in their definition.
WRITTEN = ("inline", "autolink", "email", "html")
HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
BLOCKS = HEADINGS | {
    "p", "li", "td", "th", "tr", "pre", "blockquote", "ul", "ol", "table", "note", "dt", "dd", "summary", "div",
    "details", "caption", "alert",
}  # fmt: skip
# `[[` that begins no reference, or `]]` that ends none, neither escaped.
MISSHAPEN = re.compile(r"(?<!\\)\[\[[^\[\]\n]{0,60}\]{0,2}|(?<![\\\w\]\[])\[[^\[\]\n]{1,60}\]\]")
# What MkDocs, kramdown and others read as a box or as attributes, and GitHub as words.
FOREIGN = re.compile(
    r"^[ \t]*(?:(?:!!!|\?\?\?\+?)[ \t]+\w[^\n]*|:{3,}[ \t]*\{?\w[^\n]*)|\{:[^{}\n]*\}|^\[!\w+\][^\n]+", re.MULTILINE
)
# A link whose address has a space in it, which makes it words.
SPACED = re.compile(
    r"(?<!\\)!?\[[^\[\]\n]*\]\((?=[^()\n]*(?:/|\.\w{1,5}[ \t]*\)))[^()<>\s\"'][^()<>\n\"']*[ \t][^()<>\n\"']*\)"
)


class Oddity(NamedTuple):
    """What looks like markup and is shown as it is typed: a `reference`, a `link`, a `tag`, or `foreign` markup.

    Or a `picture` that says nothing to whoever does not see it.
    """

    kind: str
    found: str
    start: int


class Mention(NamedTuple):
    """A reference as it is written in prose; `found` is all of it, and begins at the index `start`."""

    found: str
    target: Target
    words: str | None
    start: int


class MarkdownLink(NamedTuple):
    """A link, an image or a link definition; `found` is its text from its address on, which is at `start`."""

    found: str
    address: str
    start: int


class Heading(NamedTuple):
    """A heading in prose: its level, its words, and the indexes where it begins and ends."""

    level: int
    words: str
    start: int
    end: int


class Survey(NamedTuple):
    """What checks ask about a text; each in the order in which it is found there."""

    mentions: list[Mention] = []
    links: list[MarkdownLink] = []
    hidden: list[Hidden] = []
    oddities: list[Oddity] = []


def survey(text: str) -> Survey:
    """All that a text points at and hides, and what in it is not read as it may be meant."""
    if not has_signs(text):
        return NOTHING  # as most texts
    if not needs_reading(text):
        mentions = [_make_mention(match) for match in PLAIN_REFERENCE.finditer(text)]
        if text.count("[[") == len(mentions) == text.count("]]"):
            return Survey(mentions)
    pieces = read_prose(text)
    mentions = [_make_mention(piece.value) for piece in pieces if piece.kind == "reference"]
    odd = sorted(_find_oddities(text, pieces), key=lambda oddity: oddity.start)
    return Survey(mentions, _find_links(text, pieces), hidden(text, pieces), odd)


NOTHING = Survey()


def _make_mention(match: re.Match[str]) -> Mention:
    return Mention(match[0], Target.parse(match["target"]), match["words"], match.start())


def _find_links(text: str, pieces: Sequence[Piece]) -> list[MarkdownLink]:
    """Every link, image and link definition outside of code; bare addresses are left out."""
    found = [
        _make_link(text, piece)
        for piece in pieces
        if piece.kind == "start" and piece.name in ("a", "img") and piece.value["kind"] in WRITTEN
    ]
    if "]:" in text:
        for one in definitions(text).values():
            at = text.find("]:", one.start)
            if one.address not in ("", "#"):  # notes to oneself
                found.append(MarkdownLink(text[at : one.end].rstrip(), one.address, at))
    return sorted(found, key=lambda link: link.start)


def _make_link(text: str, piece: Piece) -> MarkdownLink:
    at = text.rfind("](", piece.start, piece.end) if piece.value["kind"] == "inline" else piece.start
    at = piece.start if at < 0 else at
    return MarkdownLink(text[at : piece.end], piece.value["address"].strip(), at)


def _find_oddities(text: str, pieces: Sequence[Piece]) -> Iterator[Oddity]:
    codes = 0
    for piece in _find_silent_pictures(pieces):
        yield Oddity("picture", text[piece.start : piece.end], piece.start)
    for piece in pieces:
        if piece.name in ("pre", "code") and piece.kind in ("start", "end"):
            codes += 1 if piece.kind == "start" else -1
        if piece.kind == "tag" and not piece.value.startswith("</"):
            yield Oddity("tag", piece.value, piece.start)
        elif piece.kind == "text" and not codes:
            for kind, sign in (("reference", MISSHAPEN), ("foreign", FOREIGN), ("link", SPACED)):
                for match in sign.finditer(text, piece.start, piece.end):
                    found = match[0].strip()
                    yield Oddity(kind, found, match.start() + match[0].index(found))


def _find_silent_pictures(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pictures whose words are missing, or only the name of the file."""
    for at, piece in enumerate(pieces):
        if piece.kind == "start" and piece.name == "img":
            inside = takewhile(lambda one: (one.kind, one.name) != ("end", "img"), pieces[at + 1 : at + 50])
            words = "".join(map(spell, inside)).strip().casefold()
            name = unquote(piece.value["address"]).rsplit("/", 1)[-1].casefold()
            if words in ("", "image", "img", "picture", "photo", "screenshot", name, name.rsplit(".", 1)[0]):
                yield piece


def headings(text: str, name: Naming | None = None) -> list[Heading]:
    """The headings of a text; `name` gives the words of a reference without any, otherwise those of its id."""
    if not ("#" in text or "\n=" in text or "\n-" in text or "<h" in text or "\n  " in text):
        return []
    found, words = [], None
    for piece in read_prose(text):
        if piece.name in HEADINGS and piece.kind == "start":
            words = [piece]
        elif piece.name in HEADINGS and piece.kind == "end" and words:
            title = " ".join("".join(spell(one, name) for one in words[1:]).split())
            found.append(Heading(int(piece.name[1]), title, words[0].start, words[0].end))
            words = None
        elif words:
            words.append(piece)
    return found


def spell(piece: Piece, name: Naming | None = None) -> str:
    """The words of an piece as plain text."""
    if piece.kind == "reference":
        target = Target.parse(piece.value["target"])
        return piece.value["words"] or (name(target) if name else None) or target.id.replace("-", " ")
    if piece.kind in ("soft", "break"):
        return " "
    return piece.value if piece.kind in ("text", "code", "tag") else ""


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
    for piece in read_prose(text):
        if piece.name in BLOCKS and piece.kind in ("start", "end"):
            yield " "
        else:
            yield spell(piece, name)


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
