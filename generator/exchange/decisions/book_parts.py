"""What the parts of an Excel file say that its cells do not: faults, percents, comments, hidden rows, text boxes."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple

from generator.exchange import UnfitInput
from generator.exchange.legible import one_line

MOST_BYTES = 64 * 1024 * 1024
TAG = rb"<(?:\w+:)?"
CELL = re.compile(TAG + rb"c\b([^>]*)(?<!/)>(.*?)</(?:\w+:)?c>", re.DOTALL)
PLACE = re.compile(rb'\br="([A-Z]+[0-9]+)"')
STYLE = re.compile(rb'\bs="([0-9]+)"')
HOLDS_VALUE = re.compile(TAG + rb"(?:v|t)\b[^>]*>[^<]")
HIDDEN_ROW = re.compile(TAG + rb'row\b(?=[^>]*\shidden="(?:1|true)")[^>]*\sr="([0-9]+)"')
HIDDEN_COLUMN = re.compile(TAG + rb'col\b(?=[^>]*\shidden="(?:1|true)")[^>]*>')
SPAN = re.compile(rb'\b(min|max)="([0-9]+)"')
SHEET = re.compile(TAG + rb"sheet\b[^>]*>")
RELATION = re.compile(TAG + rb"Relationship\b[^>]*>")
ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
FORMAT = re.compile(TAG + rb"numFmt\b[^>]*>")
FORMATS = re.compile(TAG + rb"cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
USED = re.compile(TAG + rb"xf\b[^>]*>")
COMMENT = re.compile(TAG + rb'comment\b[^>]*\bref="([A-Z0-9]+)"[^>]*>(.*?)</(?:\w+:)?comment>', re.DOTALL)
WORDS = re.compile(TAG + rb"t\b[^>]*(?<!/)>([^<]*)<")
THREADED = re.compile(r"^\[Threaded comment\].*?Comment:", re.DOTALL)
PERCENTS = {b"9", b"10"}  # the formats of Excel's own


class SheetPart(NamedTuple):
    """The XML of a sheet, its comments by cell, and the words of its text boxes."""

    xml: bytes
    comments: Mapping[str, str] = {}
    boxes: tuple[str, ...] = ()

    def find_faults(self) -> Iterator[tuple[str, str]]:
        """The cells that would look empty, each with the reason."""
        for head, body in CELL.findall(self.xml):
            found = PLACE.search(head)
            place = found[1].decode() if found else "?"
            if b't="e"' in head:
                yield place, "is an error: fix it in Excel"
            elif re.search(TAG + rb"f\b", body) and not HOLDS_VALUE.search(body) and b't="str"' not in head:
                yield place, "is a formula without a value: open the file in Excel and save it"

    def find_shares(self, styles: set[int]) -> set[str]:
        """The cells that show a number in percent."""
        heads = (head for head, _ in CELL.findall(self.xml)) if styles else ()
        found = ((PLACE.search(head), STYLE.search(head)) for head in heads)
        return {place[1].decode() for place, style in found if place and style and int(style[1]) in styles}

    def list_unseen(self) -> Iterator[tuple[str, str]]:
        """What is left out, or imported though Excel does not show it."""
        for place, words in self.comments.items():
            yield "a comment, left out", f"{place}: {words}"
        for words in self.boxes:
            yield "a text box, left out", words
        if rows := [row.decode() for row in HIDDEN_ROW.findall(self.xml)]:
            yield "hidden rows, imported like the others", ", ".join(rows[:20])
        spans = [dict(SPAN.findall(one)) for one in HIDDEN_COLUMN.findall(self.xml)]
        if places := [f"{one[b'min'].decode()} to {one[b'max'].decode()}" for one in spans if len(one) == 2]:
            yield "hidden columns, imported like the others", ", ".join(places[:20])


class BookParts(NamedTuple):
    """The sheets of an Excel file by name, and the styles of cells that show percents."""

    sheets: dict[str, SheetPart]
    styles: set[int]


def open_book(raw: bytes, file: str) -> BookParts:
    """The parts of an Excel file. Raises UnfitInput if it is none, or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if sum(one.file_size for one in archive.infolist()) > MOST_BYTES:
                raise UnfitInput(f"{file} is larger than {MOST_BYTES // 1024 // 1024} MiB unpacked: split it")
            parts = {name: archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        raise UnfitInput(f"{file} is no Excel file, or is damaged: open it in Excel and save it as .xlsx") from None
    book = "xl/workbook.xml"
    places = {one.get(b"Id"): one.get(b"Target", b"") for one in _list_relations(parts, book)}
    sheets: dict[str, SheetPart] = {}
    for element in SHEET.findall(parts.get(book, b"")):
        named = dict(ATTRIBUTE.findall(element))
        place = places.get(next((value for key, value in named.items() if key.endswith(b":id")), b""), b"")
        part = _locate(book, place)
        sheets[_read(named.get(b"name", b""))] = SheetPart(
            parts.get(part, b""), dict(_list_comments(parts, part)), tuple(_list_boxes(parts, part))
        )
    return BookParts(sheets, set(_find_percents(parts.get("xl/styles.xml", b""))))


def _list_relations(parts: Mapping[str, bytes], base: str) -> Iterator[dict[bytes, bytes]]:
    folder, name = posixpath.split(base)
    for element in RELATION.findall(parts.get(f"{folder}/_rels/{name}.rels", b"")):
        yield dict(ATTRIBUTE.findall(element))


def _locate(base: str, target: bytes) -> str:
    words = _read(target)
    return words.lstrip("/") if words.startswith("/") else posixpath.normpath(f"{posixpath.dirname(base)}/{words}")


def _list_comments(parts: Mapping[str, bytes], sheet: str) -> Iterator[tuple[str, str]]:
    for relation in _list_relations(parts, sheet):
        if relation.get(b"Type", b"").endswith(b"/comments"):
            for place, body in COMMENT.findall(parts.get(_locate(sheet, relation.get(b"Target", b"")), b"")):
                words = "".join(map(_read, WORDS.findall(body)))
                yield place.decode(), one_line(THREADED.sub("", words))


def _list_boxes(parts: Mapping[str, bytes], sheet: str) -> Iterator[str]:
    for relation in _list_relations(parts, sheet):
        if relation.get(b"Type", b"").endswith(b"/drawing"):
            drawing = parts.get(_locate(sheet, relation.get(b"Target", b"")), b"")
            if words := one_line(" ".join(map(_read, WORDS.findall(drawing)))):
                yield words


def _find_percents(styles: bytes) -> Iterator[int]:
    """The numbers of the styles that show percents."""
    own = (dict(ATTRIBUTE.findall(one)) for one in FORMAT.findall(styles))
    formats = PERCENTS | {one.get(b"numFmtId", b"") for one in own if b"%" in one.get(b"formatCode", b"")}
    used = FORMATS.search(styles)
    for number, one in enumerate(USED.findall(used[0]) if used else []):
        if dict(ATTRIBUTE.findall(one)).get(b"numFmtId") in formats:
            yield number


def _read(text: bytes) -> str:
    return unescape(text.decode("utf-8", "replace"))
