"""The instructions of a step: what an author put on a line of its own is one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.documents.text.pieces import Piece
from generator.documents.text.reader import read_prose

SENTENCE = re.compile(r"[.!?:;。！？…][\"'”’»)\]*_`]*(?:\[\^[^\]\s]{1,40}\])*\s*$")


def end_of(pieces: Sequence[Piece], at: int) -> int:
    """The index behind the element that begins at an index."""
    depth = 0
    for place in range(at, len(pieces)):
        depth += (pieces[place].kind == "start") - (pieces[place].kind == "end")
        if depth == 0:
            return place + 1
    return len(pieces)


def lines_of(pieces: Sequence[Piece], at: int, end: int, text: str) -> list[tuple[int, int]]:
    """Where in a paragraph, given by its first piece and the index behind its last, each line begins and ends.

    A line is an instruction where each line but the last ends like a sentence; otherwise the author only broke the
    lines, and the paragraph is one.
    """
    lines, start, depth = [], at + 1, 0
    for place in range(at + 1, end - 1):
        piece = pieces[place]
        depth += (piece.kind == "start") - (piece.kind == "end")
        if piece.kind in ("soft", "break"):
            if depth or not SENTENCE.search(text[pieces[start].start : piece.start]):
                return [(at + 1, end - 1)]
            lines.append((start, place))
            start = place + 1
    return [*lines, (start, end - 1)]


def instructions(text: str) -> Iterator[tuple[int, str]]:
    """Where each paragraph, or each of its lines, begins in a text, and how it reads there."""
    pieces = read_prose(text)
    for at, piece in enumerate(pieces):
        if piece.kind == "start" and piece.name == "p":
            for start, end in lines_of(pieces, at, end_of(pieces, at), text):
                if start < end:
                    yield pieces[start].start, text[pieces[start].start : pieces[end - 1].end]
