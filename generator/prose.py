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
    | (?P<definition> \]: (?=\s* <*(?P<defined>[^\s<>]*)) )
    | (?P<link> \]\( \s* <?(?P<href>(?:[^\s()<>]|\([^\s()<>]*\))*)
        (?P<end> >? (?:\s+(?P<title>"[^"\n]*"|'[^'\n]*'))? \s* \) )? )
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
    pattern = TOKEN if any(sign in text for sign in NOT_PLAIN) else PLAIN_REFERENCE
    return list(_mentions(pattern, text, "reference", "target"))


def links(text: str) -> list[Mention]:
    """Every Markdown link, image and link definition outside of code; `target` is its address."""
    if "](" not in text and "]:" not in text:
        return []
    definitions = (m for m in _mentions(TOKEN, text, "definition", "defined") if m.target)
    found = [*_mentions(TOKEN, text, "link", "href"), *definitions]
    return sorted(found, key=lambda mention: mention.start)


def _mentions(pattern: re.Pattern[str], text: str, group: str, target: str) -> Iterator[Mention]:
    for match in pattern.finditer(text):
        if match[group] is not None:
            words = match["words"] if group == "reference" else None
            end = max(match.end(), match.end(target))
            yield Mention(text[match.start() : end], match[target].strip(), words, match.start())


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
    link, or None where there must not be a link: then its words are left, as the address may name what is hidden.
    """

    def replace(match: re.Match[str]) -> str:
        if match["fence"] is not None:
            return _block(match["fence"], match["block"])
        if match["code"] is not None:
            return f"<code>{encode(match['inner'].strip())}</code>"
        if match["reference"] is not None:
            return refer(match["target"], match["words"])
        if match["link"] is not None:
            if not (match["end"] and is_safe(match["href"])):
                return "]" + encode(match[0][1:])
            to = address(match["href"])
            return "]" if to is None else _link(to, match["title"])
        if match["definition"] is not None:
            if not is_safe(match["defined"]):
                return "]&#58;"
            return f"]&#58;{DROP}" if address(match["defined"]) is None else "]:"
        if match["brace"] is not None:
            return "\\{"
        return "&lt;" if match[0] in ("<", "\\<") else match[0]

    return DROPPED.sub("", TOKEN.sub(replace, text.translate(MARKERS)))


def _link(to: str, title: str | None) -> str:
    to = UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", to)
    return f"]({to})" if title is None else f']({to} "{encode(title[1:-1])}")'


def _block(fence: str, block: str) -> str:
    indent = fence[: len(fence) - len(fence.lstrip(" "))]
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
