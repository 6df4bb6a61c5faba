"""Writes words with their formats as Markdown: what stands in a paragraph, a heading or a cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

SPECIAL = re.compile(
    r"[\\`*]|(?<![^\W_])_|_(?![^\W_])|\[(?=\[|\^|[^\[\]]*\][(\[:])|<(?=[A-Za-z/!?])|&(?=#?\w+;)|~(?=~)|(?<=~)~|!(?=\[)"
)
# What begins a block of Markdown where it begins a line; a number is left alone that begins a list typed by hand.
OPENING = re.compile(r"(?P<lead>[#>+|]|[-=](?=\s|[-=]*$)|~~~)|(?P<number>\d{1,9})(?P<sign>[.)])(?=\s|$)|:(?=\s)")
PUNCTUATION = re.compile(r"[^\w\s]")
MARKS = (("is_bold", "**"), ("is_italic", "*"), ("is_struck", "~~"))
SPACES = re.compile(r"[ \t\xa0\u2002-\u200a\u202f\u3000]+")
RAISED = {"sup": str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ"), "sub": str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")}
UNSEEN = re.compile("[\xad\u200b\u2060\ufeff]")


class Words(NamedTuple):
    """Some words of one format, as text; Markdown already if `is_done`. A `link` is an address, or `#` and a name."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    is_struck: bool = False
    link: str = ""
    is_done: bool = False


def plain_spaces(text: str) -> str:
    """The text with ordinary spaces and hyphens, and without signs that nobody sees."""
    return SPACES.sub(" ", UNSEEN.sub("", text)).replace("\u2011", "-")


def raise_words(text: str, place: str) -> str:
    """Digits as they are above (`sup`) or below the line (`sub`); words that have no such signs stay as they are."""
    return text.translate(RAISED[place]) if all(ord(sign) in RAISED[place] for sign in text.strip()) else text


def escape_words(text: str) -> str:
    """The text so that Markdown shows it as it is."""
    return SPECIAL.sub(lambda sign: f"\\{sign[0]}", text)


def escape_opening(line: str, may_be_item: bool = False) -> str:
    """A line of Markdown that begins no block, or a list at most if it `may_be_item`."""
    match = OPENING.match(line)
    if match is None or (may_be_item and match["number"]):
        return line
    if match["number"]:
        return f"{match['number']}\\{line[match.start('sign') :]}"
    return f"\\{line}"


def write_words(some: Sequence[Words], has_marks: bool = True) -> str:
    """The words as one paragraph; a line break within it is that of Word. Without marks no word is bold or italic."""
    merged = _merge([_strip_marks(one) if not has_marks else one for one in some])
    written = []
    at = 0
    while at < len(merged):
        link = merged[at].link
        until = at + 1
        while until < len(merged) and merged[until].link == link:
            until += 1
        before = merged[at - 1].text[-1:] if at else ""
        after = merged[until].text[:1] if until < len(merged) else ""
        inner = _write_formats(merged[at:until], before, after)
        written.append(_write_link(inner, link) if link and inner.strip() else inner)
        at = until
    return re.sub(r" *\n *", "\n", "".join(written)).strip()


def _strip_marks(one: Words) -> Words:
    return one._replace(is_bold=False, is_italic=False)


def _merge(some: Sequence[Words]) -> list[Words]:
    """The words with their neighbours of the same format; spaces have the format of what is around them."""
    merged: list[Words] = []
    for one in some:
        if not one.text:
            continue
        last = merged[-1] if merged else None
        if (
            last
            and not (last.is_done or one.is_done)
            and (last[1:] == one[1:] or (not one.text.strip() and not one.link))
        ):
            merged[-1] = last._replace(text=last.text + one.text)
        else:
            merged.append(one)
    return merged


def _write_formats(some: list[Words], before: str, after: str) -> str:
    written = []
    for place, one in enumerate(some):
        if one.is_done:
            written.append(one.text)
            continue
        core = one.text.strip()
        if not core:
            written.append(one.text)
            continue
        lead, tail = one.text[: len(one.text) - len(one.text.lstrip())], one.text[len(one.text.rstrip()) :]
        left = lead[-1:] or (some[place - 1].text[-1:] if place else before)
        right = tail[:1] or (some[place + 1].text[:1] if place + 1 < len(some) else after)
        marks = [mark for name, mark in MARKS if getattr(one, name)] if _may_be_marked(core, left, right) else []
        signs = "".join(marks)
        lines = [
            f"{signs}{escape_words(line)}{''.join(reversed(marks))}" if line.strip() else ""
            for line in core.split("\n")
        ]
        written.append(lead + "\n".join(lines) + tail)
    return "".join(written)


def _may_be_marked(core: str, left: str, right: str) -> bool:
    """Whether Markdown would see the marks around these words, which are between two signs."""
    if not re.search(r"\w", core):
        return False
    opens = not PUNCTUATION.match(core[0]) or not left.strip() or bool(PUNCTUATION.match(left))
    closes = not PUNCTUATION.match(core[-1]) or not right.strip() or bool(PUNCTUATION.match(right))
    return opens and closes


def _write_link(inner: str, link: str) -> str:
    core = inner.strip()
    lead, tail = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
    address = link.replace("<", "%3C").replace(">", "%3E").replace("\n", "").replace("\\", "%5C")
    words = " ".join(core.split("\n"))
    return (
        f"{lead}[{words}](<{address}>){tail}" if re.search(r"[\s()]", address) else f"{lead}[{words}]({address}){tail}"
    )
