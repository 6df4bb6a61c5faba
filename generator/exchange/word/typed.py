"""Finds what people typed by hand: lists with their numbers and bullets, and headings in bold letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.exchange.procedures.naming import field_of
from generator.exchange.word.inline import escape_opening
from generator.exchange.word.markers import Marker

SURE_BULLET = re.compile(r"[•▪◦●○■‣⁃·]\s*|[-–—]\t\s*")
HYPHEN = re.compile(r"[-–—*]\s+(?=\S)")
NUMBER = re.compile(r"(\d{1,3})([.)])\s+")
LETTER = re.compile(r"[a-z]{1,3}[.)]\s")
PLAIN_ROLES = ("plain", "within", "bold")
AHEAD = 40  # blocks in which the next number of a list must be
DEEPEST = 9  # level of what goes on below whatever item is before it

Note = Callable[[int, str, str], None]  # paragraph, what, detail


class WordBlock(NamedTuple):
    """A block of a text: its Markdown without indentation, and what it is."""

    marker: Marker
    lines: str


def take_typed(blocks: list[WordBlock], has_headings: bool, note: Note) -> Iterator[WordBlock]:
    """The blocks: lists typed by hand are lists, and lines in bold letters headings where there are no others."""
    typed = 0  # the last number that was typed by hand, while its list may go on
    for place, block in enumerate(blocks):
        marker, lines = block
        if marker.role == "bold" and not has_headings and place + 1 < len(blocks) and not NUMBER.match(lines):
            words = lines.replace("**", "")
            note(marker.paragraph, "a line in bold letters, now a heading", words[:60])
            role = "title" if place == 0 and not field_of(words) else "heading"
            yield WordBlock(marker._replace(role=role, level=2), words)
            typed = 0
        elif marker.role not in PLAIN_ROLES:
            typed = 0 if marker.role in ("heading", "title") else typed
            yield block
        elif (match := NUMBER.match(lines)) and _is_next(blocks, place, match, typed):
            typed = int(match[1])
            if typed == 1:
                note(marker.paragraph, "a list typed by hand, now a list", lines[:60])
            yield WordBlock(marker._replace(role="item", number=typed, label=""), lines[match.end() :])
        elif (match := _find_bullet(blocks, place)) and lines[match.end() :].strip():
            yield WordBlock(marker._replace(role="bullet"), lines[match.end() :])
        else:
            escaped = lines if _is_done(block) else "\n".join(map(escape_opening, lines.split("\n")))
            is_within = typed and LETTER.match(lines)
            yield WordBlock(marker._replace(role="within", level=DEEPEST) if is_within else marker, escaped)


def _is_next(blocks: list[WordBlock], place: int, match: re.Match[str], typed: int) -> bool:
    """Whether a number typed by hand is the next of a list; the first of one needs a second, or a bracket."""
    number = int(match[1])
    if number != typed + 1 and number != 1:
        return False
    if number > 1 or match[2] == ")":
        return True
    for block in blocks[place + 1 : place + AHEAD]:
        if block.marker.role in ("heading", "title"):
            return False
        if (other := NUMBER.match(block.lines)) and int(other[1]) == 2:
            return True
    return False


def _find_bullet(blocks: list[WordBlock], place: int) -> re.Match[str] | None:
    """The sign of an item typed by hand; a hyphen is one if a neighbour begins with a sign too."""
    lines = blocks[place].lines
    beside = [blocks[at].lines for at in (place - 1, place + 1) if 0 <= at < len(blocks)]
    is_listed = any(SURE_BULLET.match(one) or HYPHEN.match(one) for one in beside)
    return SURE_BULLET.match(lines) or (HYPHEN.match(lines) if is_listed else None)


def _is_done(block: WordBlock) -> bool:
    return block.marker.role == "table" or block.lines.startswith(("[^", "![", "<a id="))
