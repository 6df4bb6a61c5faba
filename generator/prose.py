"""In goes Markdown prose, out come the references and links in it, or Markdown that is safe to publish.

One reader of Markdown reads prose for everybody, so that what is checked is what is shown. Comments are not there.
Other HTML is text. A reference in code is text. Only addresses of the schemes that we know are links.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.bounds import blocks, may_be_slow, unbracketed
from generator.hidden import masked, visible
from generator.markup import Token, tokens

PLAIN_REFERENCE = re.compile(r"(?P<reference>\[\[(?P<target>[^\[\]|]+)(?:\|(?P<words>[^\[\]]+))?\]\])")
NOT_PLAIN = ("`", "~", "\\", "](", "]:", "<")
TARGET = re.compile(r"(?P<id>[^#@\s]+)(?:\#(?P<part>[^#@\s]+))?(?:@(?P<version>[^#@\s]+))?")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]")
SPECIAL = re.compile(r"([\\`*_{}\[\]()#+.!-])")
UNSAFE = re.compile(r"[<>\"'`{}\\]")
MARKERS = {2: None, 3: None}
SAFE_SCHEMES = ("https:", "http:", "mailto:", "tel:")


class Mention(NamedTuple):
    """A reference or link as it stands in prose; `start` is where `found` begins."""

    found: str
    target: str
    words: str | None
    start: int


def references(text: str) -> list[Mention]:
    """Every `[[...]]` outside of code, in order."""
    if "[[" not in text:
        return []
    if not any(sign in text for sign in NOT_PLAIN):
        return [_mention(text, match) for match in PLAIN_REFERENCE.finditer(text)]
    text = masked(text)
    return [_mention(text, token.match) for token in tokens(text) if token.kind == "reference"]


def _mention(text: str, match: re.Match[str]) -> Mention:
    return Mention(match[0], match["target"].strip(), match["words"], match.start())


def links(text: str) -> list[Mention]:
    """Every Markdown link, image and link definition outside of code; `target` is its address."""
    if "](" not in text and "]:" not in text:
        return []
    text = masked(text)
    return list(_links(text))


def _links(text: str) -> Iterator[Mention]:
    for kind, start, end, match, _ in tokens(text):
        if kind == "link":
            yield Mention(text[start:end], match["href"].strip(), None, start)
        elif kind == "definition" and (target := match["defined"].strip()):
            yield Mention(text[start : max(end, match.end("defined"))], target, None, start)


def split_target(target: str) -> tuple[str, str | None, str | None] | None:
    """`id#part@version` as its three pieces; None where it is not of that form."""
    match = TARGET.fullmatch(target.strip())
    return (match["id"], match["part"], match["version"]) if match else None


def scheme(address: str) -> str:
    """The scheme of an address as a browser reads it, with its colon; empty for a relative one."""
    plain = INVISIBLE.sub("", html.unescape(html.unescape(address))).lower()
    match = SCHEME.match(plain)
    return match[0] if match else "//" if plain.startswith(("//", "\\\\", "/\\", "\\/")) else ""


def is_safe(address: str) -> bool:
    """Whether an address is relative, or of a scheme that can do no harm."""
    kind = scheme(address)
    return kind == "" or kind in SAFE_SCHEMES


def publish(text: str, refer: Callable[[str, str | None], str], address: Callable[[str], str | None]) -> str:
    """Prose as Markdown that shows raw HTML as text, and that is converted in a time that grows with its length.

    `refer(target, words)` gives the Markdown of a reference. `address(href)` gives the address to use for a
    link, or None where there must not be a link.
    """

    def replace(token: Token) -> str:
        kind, match = token.kind, token.match
        if kind == "fence":
            return _block(match["indent"], token.inner)
        if kind == "code":
            return f"<code>{encode(token.inner.strip())}</code>"
        if kind == "reference":
            return refer(match["target"], match["words"])
        if kind == "link":
            to = address(match["href"]) if match["end"] and is_safe(match["href"]) else None
            return "]" + encode(match[0][1:]) if to is None else _link(to, match["title"])
        if kind == "definition":
            to = address(match["defined"]) if is_safe(match["defined"]) else None
            return "]&#58;" if to is None else "]:"
        if kind == "brace":
            return "\\{"
        return {"unseen": "", "angle": "&lt;"}.get(kind, "&lt;" if match[0] == "\\<" else match[0])

    def published(text: str) -> str:
        made, at = [], 0
        for token in tokens(text):
            made += [text[at : token.start], replace(token)]
            at = token.end
        return unbracketed("".join([*made, text[at:]]))

    text = visible(text).translate(MARKERS)
    if not may_be_slow(text):
        return published(text)
    return "".join(published(block) if is_within else _as_written(block) for block, is_within in blocks(text))


def _as_written(block: str) -> str:
    return f"\n\n<p>{encode(block).replace('&#10;', '<br>')}</p>\n\n"


def _link(to: str, title: str | None) -> str:
    to = UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", to)
    return f"]({to})" if title is None else f']({to} "{encode(title[1:-1])}")'


def _block(indent: str, block: str) -> str:
    lines = [line.removeprefix(indent) for line in block.rstrip("\n").split("\n")]
    return f"{indent}<pre><code>{'&#10;'.join(encode(line) for line in lines)}</code></pre>"


def encode(text: str) -> str:
    """Text that neither Markdown nor a browser reads as anything else."""
    return "".join(c if c.isalnum() or c == " " else f"&#{ord(c)};" for c in text)


def escape(text: str) -> str:
    """One line of plain text for use within Markdown."""
    return SPECIAL.sub(r"\\\1", html.escape(text.strip(), quote=False))
