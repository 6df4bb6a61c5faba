"""In goes Markdown prose, out come the references and links in it, or Markdown that is safe to publish.

One pattern reads prose for everybody, so that what is checked is what is shown. Raw HTML is text. A
reference in code is text. Only addresses of the schemes that we know are links.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

TOKEN = re.compile(
    r"""
      (?P<fence> ^[ ]*(?P<bar>`{3,}|~{3,})[^\n`]*\n (?P<block>.*?) (?:^[ ]*(?P=bar)[`~]*[ ]*$|\Z) )
    | (?P<escape> \\[\\`\[\]{}<*_] )
    | (?P<code> (?<!`)(?P<tick>`+)(?!`) (?P<inner>(?:(?!\n[ ]*\n).)+?) (?<!`)(?P=tick)(?!`) )
    | (?P<reference> \[\[ (?P<target>[^\[\]|]+?) (?:\|(?P<words>[^\[\]]+?))? \]\] )
    | (?P<link> \](?:\(|:) \s* <?(?P<href>[^\s)>]*) )
    | (?P<angle> < )
    | (?P<brace> \{ )
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
PLAIN_REFERENCE = re.compile(r"(?P<reference>\[\[(?P<target>[^\[\]|]+)(?:\|(?P<words>[^\[\]]+))?\]\])")
NOT_PLAIN = ("`", "~", "\\", "](", "]:")
TARGET = re.compile(r"(?P<id>[^#@\s]+)(?:\#(?P<part>[^#@\s]+))?(?:@(?P<version>[^#@\s]+))?")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]")
SPECIAL = re.compile(r"([\\`*_{}\[\]()#+.!-])")
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
    pattern = TOKEN if any(sign in text for sign in NOT_PLAIN) else PLAIN_REFERENCE
    return list(_mentions(pattern, text, "reference", "target"))


def links(text: str) -> list[Mention]:
    """Every Markdown link, image and link definition outside of code; `target` is its address."""
    if "](" not in text and "]:" not in text:
        return []
    return [m for m in _mentions(TOKEN, text, "link", "href") if not m.found.startswith("]:") or m.target]


def _mentions(pattern: re.Pattern[str], text: str, group: str, target: str) -> Iterator[Mention]:
    for match in pattern.finditer(text):
        if match[group] is not None:
            words = match["words"] if group == "reference" else None
            yield Mention(match[0], match[target].strip(), words, match.start())


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
    """Prose as Markdown that shows raw HTML as text.

    `refer(target, words)` gives the Markdown of a reference. `address(href)` gives the address to use for a
    link, or None where there must not be a link.
    """

    def replace(match: re.Match[str]) -> str:
        if match["fence"] is not None:
            return _block(match["fence"], match["block"])
        if match["code"] is not None:
            return f"<code>{encode(match['inner'].strip())}</code>"
        if match["reference"] is not None:
            return refer(match["target"], match["words"])
        if match["link"] is not None:
            to = address(match["href"]) if is_safe(match["href"]) else None
            return match[0].replace("](", "]\\(").replace("]:", "]\\:") if to is None else _linked(match, to)
        if match["angle"] is not None:
            return "&lt;"
        return "\\{" if match["brace"] is not None else match[0].replace("<", "&lt;")

    return TOKEN.sub(replace, text)


def _linked(match: re.Match[str], to: str) -> str:
    return match[0].replace("<", "").replace(match["href"], to) if match["href"] else match[0]


def _block(fence: str, block: str) -> str:
    indent = fence[: len(fence) - len(fence.lstrip(" "))]
    lines = [line.removeprefix(indent) for line in block.rstrip("\n").split("\n")]
    return f"{indent}<pre><code>{'&#10;'.join(encode(line) for line in lines)}</code></pre>"


def encode(text: str) -> str:
    """Text that neither Markdown nor a browser reads as anything else."""
    return "".join(c if c.isalnum() or c == " " else f"&#{ord(c)};" for c in text)


def escape(text: str) -> str:
    """One line of plain text for use within Markdown."""
    return SPECIAL.sub(r"\\\1", html.escape(text.strip(), quote=False))
