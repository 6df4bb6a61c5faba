"""Splits the text of a Markdown file into its front matter and its sections.

A section begins at every heading of level 2; in a file without any, at every heading of the highest level that it has.
A heading above that level begins one too. Deeper headings stay in the text, with levels relative to the section: a file
whose headings all move by one level has the same sections.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from operator import attrgetter
from typing import NamedTuple

from generator.documents.fields import RESERVED
from generator.documents.text.hidden import hidden
from generator.exchange.legible import clean_text, slug
from generator.exchange.markdown.headings import FileHeading, read_headings
from generator.files.source import front

OPENING = "introduction"
LEVEL = 2

NUMBERED = re.compile(r"(?P<number>[A-Z]|[IVXLC]+|\d+(?:\.\d+)*[A-Za-z]?)[.)]\s+(?P<rest>.+)|(\d+(?:\.\d+)+)\s+(.+)")
TARGET = re.compile(r"<[a-z]+\s[^<>]*?\b(?:name|id)=[\"']([^\"']+)[\"']", re.IGNORECASE)


class MarkdownSection(NamedTuple):
    """A section; `number` is None if its heading has none, `anchors` are those of everything in it.

    The title is plain words; `links` are the addresses that its heading linked to.
    """

    title: str
    number: str | None
    text: str
    anchors: tuple[str, ...]
    links: tuple[str, ...] = ()


class Markdown(NamedTuple):
    """A file: its front matter as written, the heading that is its title, its sections by id."""

    front: str
    heading: str | None
    sections: dict[str, MarkdownSection]


def split(text: str) -> Markdown:
    """Splits the text of a file."""
    text = clean_text(text)
    header, start = front(text)
    shown, headings = read_headings(text[start:])
    lines = shown.split("\n")
    if _is_title(lines, headings):
        title = headings.pop(0)
        return Markdown(header, title.title, _split_sections(lines, title.after, headings))
    return Markdown(header, None, _split_sections(lines, 0, headings))


def unseen_in_markdown(text: str) -> list[tuple[str, str]]:
    """What readers of the page do not see, such as a comment, each with the line on which it begins."""
    text = clean_text(text)
    start = front(text)[1]
    first, at, line, unseen = text[:start].count("\n") + 1, 0, 0, []
    for comment in hidden(text[start:]):
        line += text.count("\n", start + at, start + comment.start)
        at = comment.start
        unseen.append((comment.what, f"line {first + line}"))
    return unseen


def anchor(text: str) -> str:
    """A heading, or the anchor that a site made from it, without everything that sites treat differently."""
    return slug(text).replace("-", "")


def _is_title(lines: list[str], headings: list[FileHeading]) -> bool:
    """Whether the first heading is the title of the file: at its top, and the only one of level 1."""
    is_first = bool(headings) and headings[0].level == 1 and not "".join(lines[: headings[0].line]).strip()
    return is_first and all(heading.level > 1 for heading in headings[1:])


def _split_sections(lines: list[str], begin: int, headings: list[FileHeading]) -> dict[str, MarkdownSection]:
    """The sections by id; an empty one gets its title as its text, since a section must have a text."""
    levels = {heading.level for heading in headings}
    level = LEVEL if LEVEL in levels else min(levels, default=LEVEL)
    tops = [heading for heading in headings if heading.level <= level]
    ends = [*(top.line for top in tops), len(lines)]
    lines = _shift_headings(lines, headings, level)
    sections: dict[str, MarkdownSection] = {}
    numbers = Counter[str]()
    if text := _join_lines(lines[begin : ends[0]]):
        sections[OPENING] = MarkdownSection(
            OPENING.capitalize(), None, text, _collect_anchors(OPENING, text, headings, begin, ends[0])
        )
    for top, end in zip(tops, ends[1:], strict=True):
        number, title = _split_number(top.title)
        name = _make_unique(slug(title) or "section", sections, numbers)
        text = _join_lines(lines[top.after : end]) or title
        anchors = _collect_anchors(name, text, headings, top.line, end)
        sections[name] = MarkdownSection(title, number, text, anchors, top.links)
    return sections


def _split_number(title: str) -> tuple[str | None, str]:
    match = NUMBERED.fullmatch(title)
    return (match[1] or match[3], match[2] or match[4]) if match else (None, title)


def _make_unique(name: str, taken: dict[str, MarkdownSection], numbers: Counter[str]) -> str:
    name = f"section-{name}" if name in RESERVED else name
    free = name
    while free in taken:
        numbers[name] += 1
        free = f"{name}-{numbers[name] + 1}"
    return free


def _shift_headings(lines: list[str], headings: list[FileHeading], level: int) -> list[str]:
    """The lines with the levels of their headings made relative to that of the sections."""
    lines = list(lines)
    for heading in headings:
        lines[heading.line : heading.after] = [""] * (heading.after - heading.line)
        lines[heading.line] = f"{'#' * min(6, max(1, heading.level - level + LEVEL))} {heading.written}"
    return lines


def _join_lines(lines: list[str]) -> str:
    """The lines as a text, without trailing spaces except the two that break a line."""
    kept = [line.rstrip() + ("  " if line.strip() and line.endswith("  ") else "") for line in lines]
    return "\n".join(kept).strip("\n").rstrip()


def _collect_anchors(name: str, text: str, headings: list[FileHeading], begin: int, end: int) -> tuple[str, ...]:
    line = attrgetter("line")
    first, last = (bisect_left(headings, edge, key=line) for edge in (begin, end))
    inside = [heading.title for heading in headings[first:last]]
    return tuple(anchor(one) for one in (name, *inside, *TARGET.findall(text)))
