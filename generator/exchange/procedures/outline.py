"""Splits a procedure into its parts, down to the second level of headings below its title, in the order of the file."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.documents.text.reader import definitions, read_prose
from generator.exchange.markdown.headings import read_headings
from generator.exchange.markdown.sections import NUMBERED, OPENING, TARGET, anchor, split

RULES = re.compile(r"\A(?:\s*(?:-{3,}|\*{3,}|_{3,})[ \t]*(?:\n|\Z))+|(?:\n[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*)+\Z")
SUBLEVEL = 3  # of the headings within a section
TARGETS = re.compile(r"<a id=\"[^\"]*\"></a>")


class ProcedurePart(NamedTuple):
    """A part of a procedure: its heading (empty before the first one), its text, and the anchors that lead to it.

    `depth` is 1 for a section and 2 for a part of one; `number` is what the heading began with.
    """

    heading: str
    text: str
    depth: int
    number: str
    anchors: tuple[str, ...]


class ProcedureOutline(NamedTuple):
    """A procedure: front matter as it is written, the title, its parts, and what other parts may refer to.

    `asides` has the footnotes and link definitions by the words in brackets that refer to them; `links` are addresses
    of links in headings, which become plain words.
    """

    front: str
    title: str | None
    blocks: list[ProcedurePart]
    asides: dict[str, str]
    links: list[str]


def read_outline(text: str) -> ProcedureOutline:
    """The parts of a Markdown text."""
    shown, asides = _take_asides(text)
    file = split(shown)
    blocks: list[ProcedurePart] = []
    links: list[str] = []
    for name, section in file.sections.items():
        heading = "" if name == OPENING and section.number is None else section.title
        links += section.links
        inner, headings = read_headings(section.text if section.text != section.title else "")
        lines = inner.split("\n")
        starts = [one for one in headings if one.level <= SUBLEVEL]
        ends = [*(one.line for one in starts), len(lines)]
        own = _join_lines(lines[: ends[0]])
        number = section.number or ""
        blocks.append(ProcedurePart(heading, own, 1, number, _find_anchors(heading, f"{number} {heading}", own)))
        for one, end in zip(starts, ends[1:], strict=True):
            links += one.links
            below = _join_lines(lines[one.after : end])
            match = NUMBERED.fullmatch(one.title)
            number, title = (match[1] or match[3], match[2] or match[4]) if match else ("", one.title)
            blocks.append(
                ProcedurePart(title, below, 2, number, _find_anchors(title, one.title, below, lines[one.line]))
            )
    return ProcedureOutline(file.front, file.heading, blocks, asides, links)


def add_asides(text: str, asides: dict[str, str]) -> str:
    """The text with the footnotes and definitions that it refers to below it."""
    small = text.casefold()
    used = dict.fromkeys(words for sign, words in asides.items() if sign in small)
    for sign, words in asides.items():  # a note may refer to another
        if words not in used and any(sign in one.casefold() for one in used):
            used[words] = None
    return "\n\n".join([text, *used]) if used else text


def drop_targets(text: str) -> str:
    """The text without the places of bookmarks."""
    return TARGETS.sub("", text)


def _join_lines(lines: list[str]) -> str:
    """The lines as a text, without the rules that separate it from what is around it."""
    text = "\n".join(lines).strip("\n").rstrip()
    while shorter := RULES.sub("", text).strip("\n").rstrip():
        if shorter == text:
            break
        text = shorter
    return shorter


def _find_anchors(title: str, whole: str, *texts: str) -> tuple[str, ...]:
    """The anchors of a heading without and with its number, and those that are in some texts."""
    found = [one for text in texts for one in TARGET.findall(text)]
    return tuple(anchor(one) for one in (title, whole.strip(), *found) if one)


def _take_asides(text: str) -> tuple[str, dict[str, str]]:
    """The text without its footnotes and link definitions, on as many lines, and these."""
    if "]:" not in text:
        return text, {}
    spans: list[tuple[int, int, str]] = []
    depth = 0
    for piece in read_prose(text):
        if piece.kind == "start" and piece.name == "note" and depth == 0:
            spans.append((piece.start, piece.end, f"[^{piece.value['label']}]"))
        depth += (piece.kind == "start") - (piece.kind == "end")
    inside = [(start, end) for start, end, _ in spans]
    for label, one in definitions(text).items():
        if not any(start <= one.start < end for start, end in inside):
            spans.append((one.start, one.end, f"[{label}]"))
    asides: dict[str, str] = {}
    for start, end, sign in sorted(spans, reverse=True):
        asides[sign.casefold()] = text[start:end].strip()
        text = text[:start] + "\n" * text.count("\n", start, end) + text[end:]
    return text, dict(reversed(asides.items()))
