"""Finds the headings of a Markdown file that are in no list, quote or other element.

A file with a long history is read once for each version, and two versions in a row differ in a paragraph. So a text is
read in fragments, each from a heading after a blank line up to the next, and what was read before is not read again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from generator.documents.text.hidden import visible
from generator.documents.text.pieces import Piece
from generator.documents.text.prose import HEADINGS, spell
from generator.documents.text.reader import read_prose

HEADING = re.compile(r"#{1,6}[ \t]")
# Without any of the first anywhere, and of the second below its first line, a fragment has no heading below that line
# and leaves nothing open.
OPENER = re.compile(r"<|```|~~~|\]:")
INNER = re.compile(r"^ {0,3}(?:#|[=-]+ *$)", re.MULTILINE)
PROBE = "\n\n# end\n"
REMEMBERED, SHORT = 2_000, 20_000  # fragments, and characters of the longest of them


class FileHeading(NamedTuple):
    """A heading on the lines from `line` to before `after`: as it is written, as it is read, and what it links to."""

    line: int
    after: int
    level: int
    written: str
    title: str
    links: tuple[str, ...]


class Fragment(NamedTuple):
    """A stretch of text without what readers do not see, its headings, and whether everything in it is closed."""

    text: str
    headings: tuple[FileHeading, ...]
    is_closed: bool


def read_headings(text: str) -> tuple[str, list[FileHeading]]:
    """The text without what readers do not see, and its headings."""
    shown: list[str] = []
    headings: list[FileHeading] = []
    line = 0
    for fragment in _split_fragments(text):
        shown.append(fragment.text)
        headings += [one._replace(line=one.line + line, after=one.after + line) for one in fragment.headings]
        line += fragment.text.count("\n")
    return "".join(shown), headings


def _split_fragments(text: str) -> Iterator[Fragment]:
    """The text as fragments that mean the same alone; a text with definitions (`[label]: address`) is one fragment.

    A fragment that leaves code, a comment or an element open is read with those below it, with twice as many each time.
    """
    borders = [0, *(_find_borders(text) if "]:" not in text else ()), len(text)]
    last, at, size = len(borders) - 1, 0, 1
    while at < last:
        until = min(at + size, last)
        stretch = text[borders[at] : borders[until]]
        fragment = (_recall_fragment if len(stretch) <= SHORT else _read_fragment)(stretch)
        if fragment.is_closed or until == last:
            yield fragment
            at, size = until, 1
        else:
            size *= 2


def _find_borders(text: str) -> Iterator[int]:
    """Where a heading after a blank line begins, which ends every list, quote and paragraph before it.

    Searches for a plain string: a pattern takes ten times as long, and this is done for each version of each file.
    """
    at = text.find("\n\n#")
    while at >= 0:
        if HEADING.match(text, at + 2):
            yield at + 2
        at = text.find("\n\n#", at + 2)


def _read_fragment(text: str) -> Fragment:
    """Reads a fragment with one more heading below it: unless that is found, something in it is still open."""
    below = text.find("\n") + 1 if HEADING.match(text) else 0
    if not OPENER.search(text) and not INNER.search(text, below):
        return Fragment(text, tuple(_find_headings(text.partition("\n")[0])), True)
    shown = visible(text + PROBE)
    headings = list(_find_headings(shown))
    if shown.endswith(PROBE) and headings and headings[-1].after == shown.count("\n"):
        return Fragment(shown.removesuffix(PROBE), tuple(headings[:-1]), True)
    shown = visible(text)
    return Fragment(shown, tuple(_find_headings(shown)), False)


_recall_fragment = lru_cache(REMEMBERED)(_read_fragment)


def _find_headings(text: str) -> Iterator[FileHeading]:
    """Every heading that is in no list and no quote."""
    depth, inside, line, at = 0, list[Piece](), 0, 0
    for piece in read_prose(text):
        depth += (piece.kind == "start") - (piece.kind == "end")
        if piece.name in HEADINGS and piece.kind == "start" and depth == 1:
            inside = [piece]
        elif piece.name in HEADINGS and piece.kind == "end" and depth == 0 and inside:
            line += text.count("\n", at, inside[0].start)
            at = inside[0].start
            if heading := _make_heading(text, inside, line):
                yield heading
            inside = []
        elif inside:
            inside.append(piece)


def _make_heading(text: str, pieces: list[Piece], line: int) -> FileHeading | None:
    """The heading of some pieces without the last; None if it has no words."""
    first, rest = pieces[0], pieces[1:]
    title = " ".join("".join(map(spell, rest)).split())
    if not title:
        return None
    written = " ".join(text[min(one.start for one in rest) : max(one.end for one in rest)].split())
    links = tuple(one.value["address"] for one in rest if one.kind == "start" and one.name in ("a", "img"))
    lines = text[first.start : first.end].rstrip("\n").count("\n") + 1
    return FileHeading(line, line + lines, int(first.name[1]), written, title, links)
