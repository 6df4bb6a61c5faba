"""Reads prose as GitHub reads Markdown (CommonMark with tables, task lists, strike-through and footnotes).

Checks, pages, search, exports and imports all read the pieces of this one reader, so that what is checked is what is
shown. The grammar is that of pulldown-cmark, whose time is proportional to the length of a text. What is added to it:
references (`[[id]]`), bare addresses, and the HTML that GitHub shows as structure.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from pyromark import Markdown, Options

from generator.documents.text.addresses import split_addresses
from generator.documents.text.inline_html import Nesting, split_html
from generator.documents.text.pieces import Piece

GRAMMAR = Markdown(
    options=Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_GFM
)
# `words` may go on in the next line, but not in the next paragraph.
REFERENCE = re.compile(
    r"\\.|(?P<reference>\[\[(?P<target>(?=[^\[\]|\n]*[^\s\[\]|])[^\[\]|\n]+)"
    r"(?:\|(?P<words>(?=[^\[\]]*[^\s\[\]])(?:[^\[\]\n]|\n(?![ \t]*\n))+))?\]\](?!\())",
    re.DOTALL,
)
# While the grammar reads a text, a reference is a word of the same length: it may be in a table, `|` and all.
FIRST, REST = "\x02", "\x03"
MARKERS = str.maketrans({FIRST: "\ufffd", REST: "\ufffd"})
MASK = re.compile(f"{FIRST}{REST}*")
NOTE = re.compile(r"\[[^\[\]\n^][^\[\]\n]*\]:[ \t]*(?:#(?=[ \t])|<>)[^\n]*")
ROUNDS = 5  # in which notes are looked for: without one, what follows may be another
CRAMPED = re.compile(r"(#{2,6})(?=[^\W\d_])")
RUN = re.compile("[\0-\x7f]+|[\x80-\u07ff]+|[\u0800-\uffff]+|[\U00010000-\U0010ffff]+")  # of one length in UTF-8
ALIGNS = {"None": "", "Left": "left", "Center": "center", "Right": "right"}
NAMES = {
    "Paragraph": "p", "Item": "li", "TableHead": "thead", "TableRow": "tr", "TableCell": "td",
    "Emphasis": "em", "Strong": "strong", "Strikethrough": "del",
}  # fmt: skip
LEAVES = {  # the kind and the name of what stands in elements
    "Text": ("text", ""), "Code": ("code", ""), "Html": ("html", "block"), "InlineHtml": ("html", ""),
    "SoftBreak": ("soft", ""), "HardBreak": ("break", ""), "Rule": ("rule", ""), "FootnoteReference": ("mark", ""),
    "TaskListMarker": ("task", ""),
}  # fmt: skip


@lru_cache(maxsize=1_000)  # questions about neighbouring outcomes quote the same section hundreds of times
def read_prose(text: str) -> tuple[Piece, ...]:
    """The pieces of a text, in order; starts and ends are balanced."""
    return tuple(_read(text)[1])


def _read(text: str) -> tuple[_Reading, list[Piece]]:
    notes: list[tuple[int, int]] = []
    reading = _Reading(text)
    pieces = list(reading.pieces())
    for _ in range(ROUNDS):
        more = _find_notes(pieces, reading.text) if "]:" in text else []
        if not more:
            break
        notes += more
        reading = _Reading(text, notes)
        pieces = list(reading.pieces())
    return reading, pieces + [Piece("hidden", "", text[start:end], start, end) for start, end in notes]


class Definition(NamedTuple):
    """A link definition, `[label]: address "title"`, and the indexes where it begins and ends."""

    address: str
    title: str
    start: int
    end: int


def definitions(text: str) -> dict[str, Definition]:
    """The link definitions of a text by label; only the first of those with one label."""
    reading, _ = _read(text)
    found = GRAMMAR.reference_definitions(reading.masked).items()
    return {
        label: Definition(
            one["dest"],
            str(one["title"] or ""),
            reading.index(one["span"]["start"]),
            reading.index(one["span"]["end"]),
        )
        for label, one in found
    }


class _Reading:
    """One text while it is read; `masked` has the same length as `text`."""

    def __init__(self, text: str, unseen: Iterable[tuple[int, int]] = ()) -> None:
        for start, end in unseen:
            text = text[:start] + " " * (end - start) + text[end:]
        self.text = text
        self.matches = [match for match in REFERENCE.finditer(text) if match["reference"]] if "[[" in text else []
        self.masked = self._mask(text.translate(MARKERS))
        self._starts = [match.start() for match in self.matches]
        self._indexes = None if self.masked.isascii() else _index_bytes(self.masked)

    def _mask(self, text: str) -> str:
        kept, at = [], 0
        for match in self.matches:
            start, end = match.span()
            kept += [text[at:start], FIRST, REST * (end - start - 1)]
            at = end
        return "".join([*kept, text[at:]])

    def index(self, byte: int) -> int:
        """The index of the character that begins at a byte."""
        return byte if self._indexes is None else self._indexes[byte]

    def pieces(self) -> Iterator[Piece]:
        """The pieces of the text, with starts and ends that are balanced."""
        return _recognise(self._complete(_balance(_split_lines(_join_neighbours(self._translate())))))

    def _translate(self) -> Iterator[Piece]:
        """The pieces of the grammar under our names."""
        opened: list[str] = []
        rows, indexes = Rows(), self._indexes
        for what, span in GRAMMAR.events_with_range(self.masked):
            start, end = span["start"], span["end"]
            if indexes is not None:
                start, end = indexes[start], indexes[end]
            kind, value = (what, None) if isinstance(what, str) else next(iter(what.items()))
            if value == "HtmlBlock":
                continue  # its tags say where elements begin and end, often in another block
            if kind == "Start":
                name, attributes = _name_element(value)
                opened.append(name)
                yield from rows.start(Piece("start", name, attributes, start, end))
            elif kind == "End":
                yield from rows.end(Piece("end", opened.pop(), None, start, end))
            else:
                yield Piece(*LEAVES[kind], value, start, end)

    def _complete(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """Finds references and bare addresses in text, and shows what is in code as it is written."""
        opened: Counter[str] = Counter()
        for piece in pieces:
            if piece.kind in ("start", "end"):
                opened[piece.name] += 1 if piece.kind == "start" else -1
            if piece.kind != "text" or opened["pre"] or opened["code"]:
                yield piece._replace(value=self._restore(piece.value, piece)) if self.matches else piece
            elif opened["a"] or opened["img"] or piece.name == "html":
                yield from self._split_references(piece)
            else:
                for part in self._split_references(piece):
                    yield from self._split_addresses(part) if part.kind == "text" else (part,)

    def _split_references(self, piece: Piece) -> Iterator[Piece]:
        """The text without the references in it, and these."""
        at, value = 0, piece.value
        if FIRST not in value:
            if value:
                yield piece
            return
        number = bisect_left(self._starts, piece.start)
        for mask in MASK.finditer(value):
            if mask.start() > at:
                yield _cut(piece, at, mask.start())
            match = self.matches[number]
            number += 1
            yield Piece("reference", "", match, *match.span())
            at = mask.end()
        if at < len(value):
            yield _cut(piece, at, len(value))

    def _split_addresses(self, piece: Piece) -> Iterator[Piece]:
        """The text in which bare addresses are links."""
        before = self.text[piece.start - 1 : piece.start]
        for words, address, at in split_addresses(piece.value, before):
            part = _cut(piece, at, at + len(words))
            if not address:
                yield part
                continue
            yield part._replace(kind="start", name="a", value={"address": address, "title": "", "kind": "bare"})
            yield part
            yield part._replace(kind="end", name="a", value=None)

    def _restore(self, value: Any, piece: Piece) -> Any:
        """The value with what is no reference there as it is written: in code, addresses and comments."""
        if isinstance(value, dict):
            return {key: self._restore(one, piece) for key, one in value.items()}
        if not isinstance(value, str) or FIRST not in value:
            return value
        found = iter(self.matches[bisect_left(self._starts, piece.start) :])
        return MASK.sub(lambda mask: match[0] if (match := next(found, None)) else mask[0], value)


def _cut(piece: Piece, at: int, until: int) -> Piece:
    """A part of some text; where it begins and ends is exact unless there are escapes before it."""
    start = min(piece.end, piece.start + at)
    end = piece.end if until == len(piece.value) else min(piece.end, piece.start + until)
    return piece._replace(value=piece.value[at:until], start=start, end=end)


class Rows:
    """Makes of a table what it is in HTML: a head with a row of `th`, and a body."""

    def __init__(self) -> None:
        self._aligns: list[str] = []
        self._column = 0
        self._is_head = self._has_body = False

    def start(self, piece: Piece) -> Iterator[Piece]:
        if piece.name == "table":
            self._aligns, self._has_body = piece.value["aligns"], False
        if piece.name in ("thead", "tr"):
            self._column, self._is_head = 0, piece.name == "thead"
        if piece.name == "tr" and not self._has_body:
            self._has_body = True
            yield piece._replace(name="tbody", end=piece.start)
        if piece.name == "td":
            align = self._aligns[self._column] if self._column < len(self._aligns) else ""
            self._column += 1
            piece = piece._replace(name=self._choose_cell(), value={"align": align})
        yield piece
        if piece.name == "thead":
            yield piece._replace(name="tr")

    def end(self, piece: Piece) -> Iterator[Piece]:
        if piece.name == "thead":
            yield piece._replace(name="tr")
        if piece.name == "table" and self._has_body:
            yield piece._replace(name="tbody")
        yield piece._replace(name=self._choose_cell()) if piece.name == "td" else piece

    def _choose_cell(self) -> str:
        return "th" if self._is_head else "td"


def _index_bytes(text: str) -> list[int]:
    """The index of the character for each byte of the text in UTF-8, and for its end."""
    indexes: list[int] = []
    for run in RUN.finditer(text):
        start, end = run.span()
        size = len(run[0].encode("utf-8", "surrogatepass")) // (end - start)
        indexes += range(start, end) if size == 1 else [at for at in range(start, end) for _ in range(size)]
    return [*indexes, len(text)]


def _name_element(value: Any) -> tuple[str, dict[str, Any]]:
    """The name and the attributes of an element that starts."""
    kind: str
    inner: Any
    kind, inner = (value, None) if isinstance(value, str) else next(iter(value.items()))
    if kind in NAMES:
        return NAMES[kind], {}
    if kind == "Heading":
        return inner["level"].lower(), {}
    if kind == "List":
        return ("ul", {}) if inner is None else ("ol", {"start": inner})
    if kind == "CodeBlock":
        info = inner["Fenced"] if isinstance(inner, dict) else ""
        return "pre", {"language": info.split()[0] if info.split() else "", "fenced": isinstance(inner, dict)}
    if kind == "BlockQuote":
        return ("alert", {"kind": inner.lower()}) if inner else ("blockquote", {})
    if kind == "FootnoteDefinition":
        return "note", {"label": inner}
    if kind == "Table":
        return "table", {"aligns": [ALIGNS[one] for one in inner]}
    name = "a" if kind == "Link" else "img"
    address = ("mailto:" if inner["link_type"] == "Email" else "") + inner["dest_url"]
    return name, {"address": address, "title": inner["title"], "kind": inner["link_type"].lower(), "label": inner["id"]}


def _join_neighbours(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Joins words, and lines of HTML, that follow each other: an address has a text for each of its signs."""
    for kind, some in groupby(pieces, key=itemgetter(0, 1)):
        if kind == ("text", ""):
            first, *more = some
            yield (
                first._replace(value="".join([first.value, *(one.value for one in more)]), end=more[-1].end)
                if (more)
                else first
            )
        elif kind == ("html", "block"):
            lines = list(some)
            yield lines[0]._replace(value=lines, end=lines[-1].end)
        elif kind == ("html", ""):
            yield from (one._replace(value=[one]) for one in some)
        else:
            yield from some


def _split_lines(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Splits HTML into its tags and the words between them."""
    for piece in pieces:
        yield from split_html(piece.value) if piece.kind == "html" else (piece,)


def _balance(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Closes HTML elements where their container ends, and drops ends without a start."""
    nesting = Nesting()
    for piece in pieces:
        yield from nesting.take(piece)
    yield from nesting.close_all()


def _find_notes(pieces: Iterable[Piece], text: str) -> list[tuple[int, int]]:
    """Where paragraphs begin with notes to oneself that are no definitions: `[//]: # (see (a))`, `[note]: <> words`.

    Many readers hide them, and so did whoever wrote them.
    """
    found = []
    for piece in pieces:
        at = piece.start
        while (
            piece.kind == "start" and piece.name == "p" and text.startswith("[", at) and (note := NOTE.match(text, at))
        ):
            found.append(note.span())
            at = note.end() + 1
    return found


def _recognise(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Makes a heading of a paragraph such as `##No space`: whoever wrote it meant one, and many readers see one."""
    paragraph: list[Piece] = []
    for piece in pieces:
        if piece.kind == "start" and piece.name == "p":
            paragraph = [piece]
        elif not paragraph:
            yield piece
        else:
            paragraph.append(piece)
            if piece.kind == "end" and piece.name == "p":
                yield from _make_heading(paragraph)
                paragraph = []


def _make_heading(paragraph: list[Piece]) -> list[Piece]:
    first = paragraph[1] if len(paragraph) > 2 else None
    signs = CRAMPED.match(first.value) if first and first.kind == "text" else None
    if first is None or signs is None or any(piece.kind in ("soft", "break") for piece in paragraph):
        return paragraph
    name, skipped = f"h{len(signs[1])}", len(signs[1])
    words = first._replace(value=first.value[skipped:], start=first.start + skipped)
    return [paragraph[0]._replace(name=name), words, *paragraph[2:-1], paragraph[-1]._replace(name=name)]
