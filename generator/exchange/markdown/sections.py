"""Splits the text of a Markdown file into its front matter and its sections.

A section begins at every heading of level 2; in a file without any, at every heading of the highest level that it has.
A heading above that level begins one too. Deeper headings stay in the text, with levels relative to the section: a file
whose headings all move by one level has the same sections.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from generator.documents.fields import RESERVED
from generator.documents.text.hidden import hidden, visible
from generator.exchange.legible import clean_text, slug
from generator.files.source import front

OPENING = "introduction"
LEVEL = 2

HASHES = re.compile(r" {0,3}(?P<hashes>#{1,6})[ \t](?P<title>.*)")
UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*")
UNDERLINED = re.compile(r" {0,3}(?![-*+>#|<={]|\d+[.)]\s)\S.*")
FENCE = re.compile(r"[ \t]*(?P<bar>`{3,}(?=[^`]*$)|~{3,})")
NUMBERED = re.compile(r"(?P<number>[A-Z]|[IVXLC]+|\d+(?:\.\d+)*[A-Za-z]?)[.)]\s+(?P<rest>.+)|(\d+(?:\.\d+)+)\s+(.+)")
LINK = re.compile(r"!?\[(?P<words>[^\[\]]*)\]\((?P<address>[^()]*)\)")
MARKS = ("**", "__", "`", "*", "_")
OPENING_MARK = re.compile(r"(?<!\w)[*_`]")
CLOSING_MARKS = {mark: re.compile(rf"(?<=\S)(?={re.escape(mark)}(?!\w))") for mark in MARKS}
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


class _Heading(NamedTuple):
    line: int
    after: int
    level: int
    title: str


def split(text: str) -> Markdown:
    """Splits the text of a file."""
    text = clean_text(text)
    header, start = front(text)
    lines = visible(text[start:]).split("\n")
    headings = list(_find_headings(lines))
    if _is_title(lines, headings):
        title = headings.pop(0)
        return Markdown(header, plain_line(title.title), _split_sections(lines, title.after, headings))
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


def plain_line(text: str) -> str:
    """One line of Markdown as the words that a reader sees."""
    lines = LINK.sub(r"\g<words>", text).split("\n")
    return " ".join(word for line in lines for word in _strip_marks(line).split())


def _strip_marks(line: str) -> str:
    """The line without the marks of emphasis and code."""
    if not OPENING_MARK.search(line):
        return line
    closings = {mark: [found.start() for found in sign.finditer(line)] for mark, sign in CLOSING_MARKS.items()}
    kept, at = [], 0
    while opening := OPENING_MARK.search(line, at):
        begin = opening.start()
        mark, end = next(_find_closings(line, begin, closings), (line[begin], begin))
        words = line[begin + len(mark) : end] if end > begin else mark
        kept += [line[at:begin], words]
        at = max(begin, end) + len(mark)
    return "".join([*kept, line[at:]])


def _find_closings(line: str, begin: int, closings: dict[str, list[int]]) -> Iterator[tuple[str, int]]:
    """Each mark that opens at `begin`, with the place where it closes."""
    for mark in MARKS:
        start = begin + len(mark)
        number = bisect_right(closings[mark], start)
        if line.startswith(mark, begin) and line[start : start + 1].strip() and number < len(closings[mark]):
            yield mark, closings[mark][number]


def anchor(text: str) -> str:
    """A heading, or the anchor that a site made from it, without everything that sites treat differently."""
    return slug(text).replace("-", "")


def _is_title(lines: list[str], headings: list[_Heading]) -> bool:
    """Whether the first heading is the title of the file: at its top, and the only one of level 1."""
    is_first = bool(headings) and headings[0].level == 1 and not "".join(lines[: headings[0].line]).strip()
    return is_first and all(heading.level > 1 for heading in headings[1:])


def _find_headings(lines: list[str]) -> Iterator[_Heading]:
    """Every heading outside code."""
    bar = ""
    for number, line in enumerate(lines):
        fence = FENCE.match(line)
        if bar:
            closes = fence and fence["bar"].startswith(bar) and line.strip() == fence["bar"]
            bar = "" if closes else bar
        elif fence:
            bar = fence["bar"]
        elif hashes := HASHES.fullmatch(line):
            if title := _strip_closing_hashes(hashes["title"].strip()):
                yield _Heading(number, number + 1, len(hashes["hashes"]), title)
        elif number and UNDERLINE.fullmatch(line) and _is_underlined(lines, number - 1):
            level = 1 if "=" in line else 2
            yield _Heading(number - 1, number + 1, level, lines[number - 1].strip())


def _strip_closing_hashes(title: str) -> str:
    """A heading without the `#` signs that may close it."""
    bare = title.rstrip("#")
    return bare.rstrip() if not bare or bare[-1] == " " else title


def _is_underlined(lines: list[str], number: int) -> bool:
    """Whether a line can be a heading that the next line underlines: a paragraph of its own, and not a table."""
    alone = number == 0 or not lines[number - 1].strip()
    return alone and "|" not in lines[number] and UNDERLINED.fullmatch(lines[number]) is not None


def _split_sections(lines: list[str], begin: int, headings: list[_Heading]) -> dict[str, MarkdownSection]:
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
        number, title = _split_number(plain_line(top.title) or top.title.strip())
        name = _make_unique(slug(title) or "section", sections, numbers)
        text = _join_lines(lines[top.after : end]) or title
        links = tuple(link["address"] for link in LINK.finditer(top.title))
        anchors = _collect_anchors(name, text, headings, top.line, end)
        sections[name] = MarkdownSection(title, number, text, anchors, links)
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


def _shift_headings(lines: list[str], headings: list[_Heading], level: int) -> list[str]:
    """The lines with the levels of their headings made relative to that of the sections."""
    lines = list(lines)
    for heading in headings:
        lines[heading.line : heading.after] = [""] * (heading.after - heading.line)
        lines[heading.line] = f"{'#' * min(6, max(1, heading.level - level + LEVEL))} {heading.title}"
    return lines


def _join_lines(lines: list[str]) -> str:
    """The lines as a text, without trailing spaces except the two that break a line."""
    kept = [line.rstrip() + ("  " if line.strip() and line.endswith("  ") else "") for line in lines]
    return "\n".join(kept).strip("\n").rstrip()


def _collect_anchors(name: str, text: str, headings: list[_Heading], begin: int, end: int) -> tuple[str, ...]:
    line = attrgetter("line")
    first, last = (bisect_left(headings, edge, key=line) for edge in (begin, end))
    inside = [heading.title for heading in headings[first:last]]
    return tuple(anchor(one) for one in (name, *inside, *TARGET.findall(text)))
