"""Finds the Markdown that readers of a page do not see: comments, and what is defined with words but never used.

People write notes to each other in these. A page, a pack or an export that showed them would publish what was not meant
for anybody outside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.documents.text.pieces import Piece
from generator.documents.text.reader import definitions, read_prose

COMMENT, INSTRUCTION = "an HTML comment", "an HTML declaration"
DEFINED, NOTED = "a link definition that nothing uses", "a footnote that nothing refers to"
SIGNS = ("<!", "<?", "]:")


class Hidden(NamedTuple):
    """A stretch of a text that is not shown, and what it is."""

    what: str
    start: int
    end: int


def hidden(text: str, pieces: Sequence[Piece] | None = None) -> list[Hidden]:
    """The stretches of a text that are not shown, in order; `pieces` are those of the text, if it has been read."""
    if not any(sign in text for sign in SIGNS):
        return []
    found = _find_hidden(text, read_prose(text) if pieces is None else pieces)
    return sorted(found, key=lambda stretch: stretch.start)


def _find_hidden(text: str, pieces: Sequence[Piece]) -> Iterator[Hidden]:
    for piece in pieces:
        if piece.kind == "hidden":
            yield Hidden(_name_comment(piece.value), piece.start, piece.end)
    if "]:" not in text:
        return
    marked = {piece.value for piece in pieces if piece.kind == "mark"}
    for piece in pieces:
        if piece.kind == "start" and piece.name == "note" and piece.value["label"] not in marked:
            yield Hidden(NOTED, piece.start, piece.end)
    linked = [piece.value for piece in pieces if piece.kind == "start" and piece.name in ("a", "img")]
    used = {_normalise_label(value.get("label", "")) for value in linked}
    while unused := [
        (one.start, one.end)
        for label, one in definitions(text).items()
        if one.title and _normalise_label(label) not in used
    ]:
        for start, end in unused:
            yield Hidden(DEFINED, start, end)
            text = text[:start] + " " * (end - start) + text[end:]  # another of the same name was hidden by it


def _name_comment(text: str) -> str:
    return COMMENT if text.startswith("<!--") else DEFINED if text.startswith("[") else INSTRUCTION


def _normalise_label(label: str) -> str:
    return " ".join(label.split()).casefold()


def visible(text: str) -> str:
    """The text without what is not shown, and without the lines that contained nothing else."""
    stretches = hidden(text)
    if not stretches:
        return text
    kept, at = [], 0
    for stretch in stretches:
        start, end = _extend_to_lines(text, stretch, at)
        kept.append(text[at:start])
        at = max(at, end)
    return "".join([*kept, text[at:]])


def _extend_to_lines(text: str, stretch: Hidden, after: int) -> tuple[int, int]:
    """The start and end of a stretch, extended to whole lines if the rest of these is only spaces."""
    start, end = max(stretch.start, after), stretch.end
    while start > after and text[start - 1] in " \t":
        start -= 1
    while end < len(text) and text[end] in " \t":
        end += 1
    begins, ends = start == 0 or text[start - 1] == "\n", end == len(text) or text[end] == "\n"
    return (start, min(end + 1, len(text))) if begins and ends else (max(stretch.start, after), stretch.end)
