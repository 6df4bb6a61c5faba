"""In goes Markdown prose, out come the references and links in it, or Markdown that is safe to publish.

One reader of Markdown reads prose for everybody, so that what is checked is what is shown. Comments are not there.
Other HTML is text. A reference in code is text. Only addresses of the schemes that we know are links.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from generator.documents.text.bounds import blocks, may_be_slow, unbracketed
from generator.documents.text.hidden import masked, visible
from generator.documents.text.markup import Token, tokens

PLAIN_REFERENCE = re.compile(r"(?P<reference>\[\[(?P<target>[^\[\]|]+)(?:\|(?P<words>[^\[\]]+))?\]\])")
# Two of three instructions of a `check` would go into the tokens of texts that hold nothing but words and references.
NOT_PLAIN = ("`", "~", "\\", "](", "]:", "<")
TARGET = re.compile(r"(?P<id>[^#@\s]+)(?:\#(?P<part>[^#@\s]+))?(?:@(?P<version>[^#@\s]+))?")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]")
# All of ASCII but letters, digits and signs without a meaning; hyphens and dots within ids and versions stay.
SIGN = re.compile(r"(?P<within>(?<=[^\W_])[-.](?=[^\W_]))|[\x00-\x1f!-$&-+\--/:<->@\[-`{-\x9f\u2028\u2029]")
UNSAFE = re.compile(r"[<>\"'`{}\\]")
MARKERS = {2: None, 3: None}
DROP = "\x02"
DROPPED = re.compile(rf"{DROP}\s*\S*")
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


@lru_cache(maxsize=1 << 14)
def split_target(target: str) -> tuple[str, str | None, str | None] | None:
    """`id#part@version` as its three pieces; None where it is not of that form. A library says the same ones often."""
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
    link, or None where there must not be a link: then its words are left, as the address may name what is hidden.
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
            if not (match["end"] and is_safe(match["href"])):
                return "]" + encode(match[0][1:])
            to = address(match["href"])
            return "]" if to is None else _link(to, match["title"])
        if kind == "definition":
            if not is_safe(match["defined"]):
                return "]&#58;"
            return f"]&#58;{DROP}" if address(match["defined"]) is None else "]:"
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
    """Text that neither Markdown nor a browser reads as anything else, wherever in a page it stands.

    Spaces that could begin a block of code, or break a line, are encoded too.
    """
    inner = text.strip(" ")
    before = len(text) - len(text.lstrip(" "))
    after = len(text) - before - len(inner)
    shown = SIGN.sub(lambda found: found[0] if found["within"] else f"&#{ord(found[0])};", inner)
    return "&#32;" * before + shown + (" " if after == 1 else "&#32;" * after)
