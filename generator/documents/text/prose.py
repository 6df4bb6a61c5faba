"""Finds the references and links in Markdown prose, and turns it into Markdown that is safe to publish.

Checks and pages read prose with the same code, so that what is checked is what is shown. Comments are left out. Other
HTML is shown as text, and so are references in code. Only addresses with known schemes become links.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.documents.target import Target
from generator.documents.text.bounds import blocks, may_be_slow, unbracketed
from generator.documents.text.hidden import masked, visible
from generator.documents.text.markup import Token, tokens

PLAIN_REFERENCE = re.compile(r"(?P<reference>\[\[(?P<target>[^\[\]|]+)(?:\|(?P<words>[^\[\]]+))?\]\])")
NOT_PLAIN = ("`", "~", "\\", "](", "]:", "<")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]")
# All of ASCII except letters, digits and characters without a meaning; hyphens and dots in ids and versions are kept.
SIGN = re.compile(r"(?P<within>(?<=[^\W_])[-.](?=[^\W_]))|[\x00-\x1f!-$&-+\--/:<->@\[-`{-\x9f\u2028\u2029]")
UNSAFE = re.compile(r"[<>\"'`{}\\]")
BRACKET = re.compile(rf"[()\[\]]|{UNSAFE.pattern}")
MARKERS = {2: None, 3: None}
DROP = "\x02"
DROPPED = re.compile(rf"{DROP}\s*\S*")
SAFE_SCHEMES = ("https:", "http:", "mailto:", "tel:")


class Mention(NamedTuple):
    """A reference as it is written in prose; `found` is all of it, and begins at the index `start`."""

    found: str
    target: Target
    words: str | None
    start: int


class MarkdownLink(NamedTuple):
    """A link, an image or a link definition; `found` is its text from the closing bracket on, which is at `start`."""

    found: str
    address: str
    start: int


def references(text: str) -> list[Mention]:
    """Every `[[...]]` outside of code, in order."""
    if "[[" not in text:
        return []
    if not any(sign in text for sign in NOT_PLAIN):
        return [_make_mention(text, match) for match in PLAIN_REFERENCE.finditer(text)]
    text = masked(text)
    return [_make_mention(text, token.match) for token in tokens(text) if token.kind == "reference"]


def _make_mention(text: str, match: re.Match[str]) -> Mention:
    return Mention(match[0], Target.parse(match["target"]), match["words"], match.start())


def links(text: str) -> list[MarkdownLink]:
    """Every Markdown link, image and link definition outside of code."""
    if "](" not in text and "]:" not in text:
        return []
    text = masked(text)
    return list(_find_links(text))


def _find_links(text: str) -> Iterator[MarkdownLink]:
    for kind, start, end, match, _ in tokens(text):
        if kind == "link":
            yield MarkdownLink(text[start:end], match["href"].strip(), start)
        elif kind == "definition" and (address := match["defined"].strip()):
            yield MarkdownLink(text[start : max(end, match.end("defined"))], address, start)


def scheme(address: str) -> str:
    """The scheme of an address as a browser reads it, with its colon; `//` for another host, empty if relative."""
    plain = INVISIBLE.sub("", html.unescape(html.unescape(address))).lower()
    match = SCHEME.match(plain)
    return match[0] if match else "//" if plain.startswith(("//", "\\\\", "/\\", "\\/")) else ""


def is_safe(address: str) -> bool:
    """Whether an address is relative, or has a scheme that can do no harm."""
    kind = scheme(address)
    return kind == "" or kind in SAFE_SCHEMES


def publish(text: str, refer: Callable[[Target, str | None], str], address: Callable[[str], str | None]) -> str:
    """Prose as Markdown that shows raw HTML as text, and that is converted in a time proportional to its length.

    `refer(target, words)` returns the Markdown of a reference. `address(href)` returns the address to use for a link,
    or None if there must not be a link: then only its words are kept, as the address may name something hidden.
    """

    def replace(token: Token) -> str:
        kind, match = token.kind, token.match
        if kind == "fence":
            return _show_code_block(match["indent"], token.inner)
        if kind == "code":
            return f"<code>{encode(token.inner.strip())}</code>"
        if kind == "reference":
            return refer(Target.parse(match["target"]), match["words"])
        if kind == "link":
            if not (match["end"] and is_safe(match["href"])):
                return "]" + encode(match[0][1:])
            to = address(match["href"])
            return "]" if to is None else _close_link(to, match["title"])
        if kind == "definition":
            if not is_safe(match["defined"]):
                return "]&#58;"
            return _write_definition(match, address(match["defined"]))
        if kind == "brace":
            return "\\{"
        return {"unseen": "", "angle": "&lt;"}.get(kind, "&lt;" if match[0] == "\\<" else match[0])

    def published(text: str) -> str:
        made, at = [], 0
        for token in tokens(text):
            made += [text[at : token.start], replace(token)]
            at = token.end
        return unbracketed(DROPPED.sub("", "".join([*made, text[at:]])))

    text = visible(text).translate(MARKERS)
    if not may_be_slow(text):
        return published(text)
    return "".join(published(block) if is_within else _show_as_written(block) for block, is_within in blocks(text))


def _show_as_written(block: str) -> str:
    return f"\n\n<p>{encode(block).replace('&#10;', '<br>')}</p>\n\n"


def _write_definition(match: re.Match[str], to: str | None) -> str:
    """The Markdown for the `]:` of a definition, with the address where that has to be written anew.

    That is so if a picture is not beside its page, and if the address is in angle brackets, which would be shown as
    text; its brackets are encoded then, so that nothing in it is Markdown.
    """
    if to is None:
        return f"]&#58;{DROP}"
    is_bare = "<" not in match.string[match.end() : match.start("defined")]
    if is_bare and to == match["defined"]:
        return "]:"
    return f"]: {BRACKET.sub(lambda sign: f'%{ord(sign[0]):02X}', to)}{DROP}"


def _close_link(to: str, title: str | None) -> str:
    to = UNSAFE.sub(lambda sign: f"%{ord(sign[0]):02X}", to)
    return f"]({to})" if title is None else f']({to} "{encode(title[1:-1])}")'


def _show_code_block(indent: str, block: str) -> str:
    lines = [line.removeprefix(indent) for line in block.rstrip("\n").split("\n")]
    return f"{indent}<pre><code>{'&#10;'.join(encode(line) for line in lines)}</code></pre>"


def encode(text: str) -> str:
    """Text that Markdown and browsers show as it is, wherever it is in a page.

    Spaces that could begin a block of code, or break a line, are encoded too.
    """
    inner = text.strip(" ")
    before = len(text) - len(text.lstrip(" "))
    after = len(text) - before - len(inner)
    shown = SIGN.sub(lambda sign: sign[0] if sign["within"] else f"&#{ord(sign[0])};", inner)
    return "&#32;" * before + shown + (" " if after == 1 else "&#32;" * after)
