"""Reads prose as GitHub reads Markdown (CommonMark with tables, task lists, strike-through and footnotes).

Checks, pages, search, exports and imports all read the events of this one reader, so that what is checked is what is
shown. The grammar is that of pulldown-cmark, whose time is proportional to the length of a text. What is added to it:
references (`[[id]]`), bare addresses, and the HTML that GitHub shows as structure.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate, groupby
from typing import Any

from pyromark import Markdown, Options

from generator.documents.text.addresses import split_addresses
from generator.documents.text.events import Event
from generator.documents.text.inline_html import Nesting, split_html

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
    r"(?:\|(?P<words>(?=[^\[\]]*[^\s\[\]])(?:[^\[\]\n]|\n(?![ \t]*\n))+))?\]\])",
    re.DOTALL,
)
# While the grammar reads a text, a reference is a word of the same length: it may be in a table, `|` and all.
FIRST, REST = "\x02", "\x03"
MARKERS = str.maketrans({FIRST: "\ufffd", REST: "\ufffd"})
MASK = re.compile(f"{FIRST}{REST}*")
NOTE = re.compile(r"\[[^\[\]\n^][^\[\]\n]*\]:[ \t]*(?:#(?=[ \t])|<>)[^\n]*")
CRAMPED = re.compile(r"(#{2,6})(?=[^\W\d_])")
ALIGNS = {"None": "", "Left": "left", "Center": "center", "Right": "right"}
NAMES = {
    "Paragraph": "p", "Item": "li", "TableHead": "thead", "TableRow": "tr", "TableCell": "td",
    "Emphasis": "em", "Strong": "strong", "Strikethrough": "del",
}  # fmt: skip


def read(text: str) -> list[Event]:
    """The events of a text, in order. Starts and ends are balanced."""
    return list(_Reading(text).events())


def definitions(text: str) -> dict[str, tuple[str, int, int]]:
    """The link definitions of a text by label: the title of each, and where it starts and ends."""
    reading = _Reading(text)
    found = GRAMMAR.reference_definitions(reading.masked).items()
    return {
        label: (str(one["title"] or ""), reading.index(one["span"]["start"]), reading.index(one["span"]["end"]))
        for label, one in found
    }


class _Reading:
    """One text while it is read; `masked` has the same length as `text`."""

    def __init__(self, text: str) -> None:
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

    def events(self) -> Iterator[Event]:
        return _promote(_balance(self._read_addresses(self._convert(_merge(self._translate())))), self.text)

    def _translate(self) -> Iterator[Event]:
        """The events of the grammar under our names."""
        opened: list[str] = []
        rows = Rows()
        for what, span in GRAMMAR.events_with_range(self.masked):
            start, end = self.index(span["start"]), self.index(span["end"])
            kind, value = (what, None) if isinstance(what, str) else next(iter(what.items()))
            if value == "HtmlBlock":
                continue  # its tags say where elements begin and end, often in another block
            if kind == "Start":
                name, attributes = _name_element(value)
                opened.append(name)
                yield from rows.start(Event("start", name, attributes, start, end))
            elif kind == "End":
                yield from rows.end(Event("end", opened.pop(), None, start, end))
            else:
                yield Event(*_name_leaf(kind), value, start, end)

    def _convert(self, events: Iterable[Event]) -> Iterator[Event]:
        """Finds the references in text, splits HTML into its tags, and shows what is in code as it is written."""
        for event in events:
            if event.kind == "text":
                yield from self._split_text(event)
            elif event.kind == "html":
                yield from self._convert(split_html(event.value))
            else:
                yield event._replace(value=self._restore(event.value, event))

    def _split_text(self, event: Event) -> Iterator[Event]:
        """The text without the references in it, and these."""
        at, value = 0, event.value
        number = bisect_left(self._starts, event.start)
        for mask in MASK.finditer(value):
            if mask.start() > at:
                yield self._cut(event, at, mask.start())
            match = self.matches[number]
            number += 1
            yield Event("reference", "", match, *match.span())
            at = mask.end()
        if at < len(value):
            yield self._cut(event, at, len(value))

    def _cut(self, event: Event, at: int, until: int) -> Event:
        return Event(
            "text", "", event.value[at:until], min(event.end, event.start + at), min(event.end, event.start + until)
        )

    def _restore(self, value: Any, event: Event) -> Any:
        """The value with what is no reference there as it is written: in code, addresses and comments."""
        if isinstance(value, dict):
            return {key: self._restore(one, event) for key, one in value.items()}
        if not isinstance(value, str) or FIRST not in value:
            return value
        found = iter(self.matches[bisect_left(self._starts, event.start) :])
        return MASK.sub(lambda mask: match[0] if (match := next(found, None)) else mask[0], value)

    def _read_addresses(self, events: Iterable[Event]) -> Iterator[Event]:
        """Makes links of bare addresses in text."""
        linked = 0
        for event in events:
            if event.name in ("a", "img", "code", "pre") and event.kind in ("start", "end"):
                linked += 1 if event.kind == "start" else -1
            if event.kind != "text" or linked > 0:
                yield event
                continue
            before = self.text[event.start - 1 : event.start]
            for words, address, at in split_addresses(event.value, before):
                start, end = event.start + at, event.start + at + len(words)
                if address:
                    yield Event("start", "a", {"address": address, "title": "", "kind": "bare"}, start, end)
                yield Event("text", "", words, start, end)
                if address:
                    yield Event("end", "a", None, start, end)


class Rows:
    """Makes of a table what it is in HTML: a head with a row of `th`, and a body."""

    def __init__(self) -> None:
        self._aligns: list[str] = []
        self._column = 0
        self._is_head = self._has_body = False

    def start(self, event: Event) -> Iterator[Event]:
        if event.name == "table":
            self._aligns, self._has_body = event.value["aligns"], False
        if event.name in ("thead", "tr"):
            self._column, self._is_head = 0, event.name == "thead"
        if event.name == "tr" and not self._has_body:
            self._has_body = True
            yield event._replace(name="tbody", end=event.start)
        if event.name == "td":
            align = self._aligns[self._column] if self._column < len(self._aligns) else ""
            self._column += 1
            event = event._replace(name=self._choose_cell(), value={"align": align})
        yield event
        if event.name == "thead":
            yield event._replace(name="tr")

    def end(self, event: Event) -> Iterator[Event]:
        if event.name == "thead":
            yield event._replace(name="tr")
        if event.name == "table" and self._has_body:
            yield event._replace(name="tbody")
        yield event._replace(name=self._choose_cell()) if event.name == "td" else event

    def _choose_cell(self) -> str:
        return "th" if self._is_head else "td"


def _index_bytes(text: str) -> list[int]:
    """The index of the character for each byte of the text in UTF-8, and for its end."""
    data = text.encode("utf-8", "surrogatepass")
    return [count - 1 for count in accumulate((byte & 0xC0) != 0x80 for byte in data)] + [len(text)]


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


def _name_leaf(kind: str) -> tuple[str, str]:
    names = {
        "Text": "text", "Code": "code", "Html": "html", "InlineHtml": "html", "SoftBreak": "soft", "HardBreak": "break",
        "Rule": "rule", "FootnoteReference": "mark", "TaskListMarker": "task",
    }  # fmt: skip
    return names[kind], "block" if kind == "Html" else ""


def _merge(events: Iterable[Event]) -> Iterator[Event]:
    """Joins words, and lines of HTML, that follow each other: an address has a text for each of its signs."""
    for kind, some in groupby(events, key=lambda event: event[:2]):
        if kind == ("text", ""):
            words = list(some)
            yield words[0]._replace(value="".join(one.value for one in words), end=words[-1].end)
        elif kind == ("html", "block"):
            lines = list(some)
            yield lines[0]._replace(value=lines, end=lines[-1].end)
        elif kind == ("html", ""):
            yield from (one._replace(value=[one]) for one in some)
        else:
            yield from some


def _balance(events: Iterable[Event]) -> Iterator[Event]:
    """Closes HTML elements where their container ends, and drops ends without a start."""
    nesting = Nesting()
    for event in events:
        yield from nesting.take(event)
    yield from nesting.close_all()


def _promote(events: Iterable[Event], text: str) -> Iterator[Event]:
    """Takes two kinds of paragraphs for what whoever wrote them meant, and many readers see.

    `##No space` is a heading. `[//]: # (see (a))` and `[note]: <> words` are notes to oneself, which nobody sees.
    """
    paragraph: list[Event] = []
    for event in events:
        if event.kind == "start" and event.name == "p":
            paragraph = [event]
        elif not paragraph:
            yield event
        else:
            paragraph.append(event)
            if event.kind == "end" and event.name == "p":
                yield from _make_heading(_hide_notes(paragraph, text))
                paragraph = []


def _hide_notes(paragraph: list[Event], text: str) -> list[Event]:
    """A paragraph without the notes that it begins with."""
    unseen, at, rest = [], paragraph[0].start, paragraph[1:-1]
    while text.startswith("[", at) and (note := NOTE.match(text, at)):
        unseen.append(Event("hidden", "", note[0], *note.span()))
        at = note.end() + 1
        rest = rest[next((place for place, one in enumerate(rest) if one.start >= at), len(rest)) :]
    shown = [paragraph[0], *rest, paragraph[-1]] if rest else []
    return [*unseen, *shown] if unseen else paragraph


def _make_heading(paragraph: list[Event]) -> list[Event]:
    first = paragraph[1] if len(paragraph) > 2 else None
    signs = CRAMPED.match(first.value) if first and first.kind == "text" else None
    if first is None or signs is None or any(event.kind in ("soft", "break") for event in paragraph):
        return paragraph
    name, skipped = f"h{len(signs[1])}", len(signs[1])
    words = first._replace(value=first.value[skipped:], start=first.start + skipped)
    return [paragraph[0]._replace(name=name), words, *paragraph[2:-1], paragraph[-1]._replace(name=name)]
