"""The plain words of prose, without its markup: for the search, for comparisons, for systems without Markdown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from generator.documents.target import Target
from generator.documents.text.pieces import Piece
from generator.documents.text.prose import BLOCKS, spell, words_of
from generator.documents.text.reader import read_prose

# A text without any of these is only words and lines.
SIGNS = re.compile(r"[\\`*_{}\[\]<>&#~|=+!@:\t-]|^[ \t]*\d+[.)]|\n ", re.MULTILINE)

# Elements that change what their words say: a limit that is struck out, a power of ten, the cells of a table.
TELLING = {"del": "~~", "s": "~~", "strike": "~~", "sup": "^", "sub": "_", "td": "|", "th": "|"}
TYPOGRAPHIC = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\xad": None, "\u200b": None, "\ufeff": None})
BRACES = re.compile(r"(?<=\{\{)\s+|\s+(?=\}\})")


def plain_text(text: str, is_known: Callable[[str], object] = bool) -> str:
    """The words of prose on one line, as a reader sees them; of a reference to an unknown id, only its own words."""

    def name(target: Target) -> str:
        return target.id if is_known(target.id) else " "

    return " ".join((words_of(text, name) if SIGNS.search(text) else text).split())


def told(text: str, refer: Callable[[Target], str]) -> str:
    """What prose tells its reader, on one line: texts that differ in their form only are the same.

    It has the words, where references (`refer` names their target) and links lead, and signs for what is struck out.
    Line breaks, emphasis, lists, comments, and whether quotes are typographic make no difference.
    """
    return level("".join(_tell_each(text, refer))) if SIGNS.search(text) else level(text)


def level(text: str) -> str:
    """Text as typed, on one line, without what no reader notices: how it is wrapped, and the form of its quotes."""
    line = " ".join(unicodedata.normalize("NFC", text).translate(TYPOGRAPHIC).split())
    return BRACES.sub("", line) if "{{" in line else line


def _tell_each(text: str, refer: Callable[[Target], str]) -> Iterator[str]:
    for piece in read_prose(text):
        if piece.kind == "reference":
            yield f"{piece.value['words'] or ''} [[{refer(Target.parse(piece.value['target']))}]]"
        elif piece.kind == "task":
            yield "[x] " if piece.value else "[ ] "
        elif piece.kind in ("start", "end"):
            yield _tell_element(piece)
        else:
            yield spell(piece)


def _tell_element(piece: Piece) -> str:
    space = " " if piece.name in BLOCKS else ""
    if piece.kind == "start" and piece.name in ("a", "img"):
        return f"({piece.value['address']}) "
    return space + TELLING.get(piece.name, "") + space
