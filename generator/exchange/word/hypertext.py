"""Turns the HTML that mammoth makes of a Word file into Markdown, with lists and headings from its markers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from generator.exchange import Unmapped
from generator.exchange.procedures.naming import field_of, key_of
from generator.exchange.word.inline import (
    RAISED,
    Words,
    escape_words,
    plain_spaces,
    raise_words,
    write_words,
)
from generator.exchange.word.layout import is_form, is_frame, read_cell_words
from generator.exchange.word.markers import MARKER, Marker, read_marker
from generator.exchange.word.typed import WordBlock, take_typed

NOTE = "note-"
UNFIT = "unfit:"
OURS = ("_GoBack", "_Hlk")


class Written(NamedTuple):
    """The Markdown of a file, and the paragraph that each of its lines comes from."""

    text: str
    paragraphs: list[int]


class Writer:
    """Writes the Markdown of one file; `unmapped` says what had no place. `labels` has the label of each footnote."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._paragraph = 0
        self._inside = 0
        self.unmapped: list[Unmapped] = []

    def write(self, body: Element) -> Written:
        """The whole text."""
        blocks = list(self._list_blocks(body))
        has_headings = any(one.marker.role == "heading" for one in blocks)
        lines: list[str] = []
        paragraphs: list[int] = []
        has_title = any(one.marker.role == "title" for one in blocks)
        tops = [one.marker.level for one in blocks if one.marker.role == "heading"]
        shift = 1 - min(tops, default=1) + (has_title or tops.count(min(tops, default=1)) > 1)
        stack: list[tuple[int, int, bool]] = []  # the levels of the lists that are open: level, columns, is ordered
        before: Marker | None = None
        for block in take_typed(blocks, has_headings, self._note_at):
            marker = block.marker
            if marker.role == "title":
                made, stack = [f"# {_join_line(block.lines)}"], []
            elif marker.role == "heading":
                level = min(6, max(1, marker.level + shift))
                made, stack = [f"{'#' * level} {self._number_heading(marker)}{_join_line(block.lines)}"], []
            elif marker.role in ("item", "bullet"):
                made = self._write_item(block, stack, before)
            elif marker.role == "within" and stack:
                while len(stack) > 1 and stack[-1][0] > marker.level:
                    stack.pop()
                made = _shift_lines(block.lines.split("\n"), stack[-1][1])
            else:
                made, stack = block.lines.split("\n"), []
            is_tight = (
                before is not None
                and marker.role in ("item", "bullet")
                and before.role in ("item", "bullet")
                and lines
                and "\n" not in block.lines
            )
            if lines and not is_tight:
                lines.append("")
                paragraphs.append(marker.paragraph)
            lines += made
            paragraphs += [marker.paragraph] * len(made)
            before = marker
        return Written("\n".join(lines) + "\n", paragraphs)

    def _note_at(self, paragraph: int, what: str, detail: str) -> None:
        self._paragraph = paragraph
        self._note(what, detail)

    def _note(self, what: str, detail: str) -> None:
        self.unmapped.append(Unmapped(what, self._path, f"paragraph {self._paragraph}: {detail}"))

    def _number_heading(self, marker: Marker) -> str:
        dot = "." * marker.label.isdecimal()  # or Markdown would not take it for a number
        return f"{escape_words(marker.label)}{dot} " if marker.label else ""

    def _write_item(self, block: WordBlock, stack: list[tuple[int, int, bool]], before: Marker | None) -> list[str]:
        """An item with its sign; `stack` has the lists that are open then."""
        marker = block.marker
        is_ordered = marker.role == "item"
        while stack and stack[-1][0] >= marker.level:
            stack.pop()
        columns = stack[-1][1] if stack else 0
        sign = f"{marker.number}." if is_ordered else "-"
        if is_ordered and marker.label and re.sub(r"\D", "", marker.label) != str(marker.number):
            self._paragraph = marker.paragraph
            self._note("a number that Markdown does not write so, now plain", f"{marker.label} is {sign}")
        stack.append((marker.level, columns + len(sign) + 1, is_ordered))
        first, *rest = block.lines.split("\n")
        return [f"{' ' * columns}{sign} {first}".rstrip(), *_shift_lines(rest, columns + len(sign) + 1)]

    def _list_blocks(self, body: Element) -> Iterator[WordBlock]:
        for element in body:
            if element.tag == "p":
                marker = read_marker("".join(element.itertext())) or Marker(self._paragraph)
                self._paragraph = marker.paragraph
                if lines := self._write_paragraph(element, marker):
                    yield WordBlock(marker, lines)
            elif element.tag == "table":
                yield from self._list_table(element)
            elif element.tag in ("ol", "dl"):  # mammoth makes one of footnotes alone
                yield from self._list_notes(element)
            else:
                yield from self._list_blocks(element)

    def _list_notes(self, element: Element) -> Iterator[WordBlock]:
        for item in element:
            label = (item.get("id") or "").replace("footnote-", "").replace("endnote-", "e")
            texts = [self._write_paragraph(one, Marker(0)) for one in item if one.tag == "p"]
            words = "\n\n".join(filter(None, texts)).split("\n")
            yield WordBlock(
                Marker(self._paragraph), "\n".join([f"[^{label}]: {words[0]}", *_shift_lines(words[1:], 4)])
            )

    def _write_paragraph(self, element: Element, marker: Marker) -> str:
        is_heading = marker.role in ("heading", "title")
        return write_words(list(self._list_words(element, Words(""))), has_marks=not is_heading)

    def _list_words(self, element: Element, form: Words) -> Iterator[Words]:
        yield form._replace(text=plain_spaces(MARKER.sub("", element.text or "")))
        for one in element:
            yield from self._convert_inline(one, form)
            yield form._replace(text=plain_spaces(MARKER.sub("", one.tail or "")))

    def _convert_inline(self, element: Element, form: Words) -> Iterator[Words]:
        name, address = element.tag, element.get("href", "")
        if name == "br":
            yield form._replace(text="\n")
        elif name == "img":
            yield from self._convert_picture(element, form)
        elif name == "input":
            yield form._replace(text="☑" if element.get("checked") else "☐")
        elif name == "a" and address.startswith(("#footnote-ref-", "#endnote-ref-")):
            return  # the arrow back
        elif name == "a" and address.startswith(("#footnote-", "#endnote-")):
            label = address[1:].replace("footnote-", "").replace("endnote-", "e")
            yield Words(f"[^{label}]", is_done=True)
        elif name == "a":
            if (anchor := element.get("id")) and not anchor.startswith(OURS):
                yield Words(f'<a id="{escape_name(anchor)}"></a>', is_done=True)
            yield from self._list_words(element, form._replace(link=address) if address else form)
        elif name in ("strong", "em", "s"):
            inner = form._replace(
                is_bold=form.is_bold or name == "strong",
                is_italic=form.is_italic or name == "em",
                is_struck=form.is_struck or name == "s",
            )
            yield from self._list_words(element, inner)
        elif name in RAISED:
            for one in self._list_words(element, form):
                yield one if one.is_done else one._replace(text=raise_words(one.text, name))
        else:
            yield from self._list_words(element, form)

    def _convert_picture(self, element: Element, form: Words) -> Iterator[Words]:
        source, words = element.get("src", ""), " ".join(plain_spaces(element.get("alt", "")).split())
        if source.startswith(UNFIT):
            why = source.removeprefix(UNFIT)
            self._note(why, words or "without a description")
            yield form._replace(text=words)
        else:
            label = escape_words(words).replace("[", "\\[").replace("]", "\\]").replace("\\\\[", "\\[")
            yield Words(f"![{label}](<{source}>)", is_done=True)

    def _list_table(self, element: Element) -> Iterator[WordBlock]:
        rows = [row for row in element.iter("tr") if self._is_own(element, row)]
        cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
        first = read_marker("".join(element.itertext())) or Marker(self._paragraph)
        self._paragraph = first.paragraph
        if is_frame(cells) or is_form(cells):
            yield from self._list_form(cells)
            return
        grid = self._lay_grid(cells)
        if not grid:
            return
        width = max(map(len, grid))
        lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in grid]
        lines.insert(1, "|" + " --- |" * width)
        yield WordBlock(Marker(first.paragraph, "table"), "\n".join(lines))

    def _list_form(self, cells: list[list[Element]]) -> Iterator[WordBlock]:
        """The blocks of a table that only lays out a page: what it says of the file first, then part by part."""
        parts = [(read_cell_words(row[0]), row) for row in cells]
        about = [(words, row) for words, row in parts if len(row) == 2 and key_of(words) and not field_of(words)]
        for words, row in about:
            value = self._write_cell(row[1])
            marker = read_marker("".join(row[0].itertext())) or Marker(self._paragraph)
            if key_of(words) == "title":
                yield WordBlock(marker._replace(role="title"), value)
            else:
                yield WordBlock(marker._replace(role="plain"), f"{words.rstrip(' :')}: {value}")
        for words, row in parts:
            if (words, row) in about:
                continue
            marker = read_marker("".join(row[0].itertext())) or Marker(self._paragraph)
            if words and (len(row) == 2 or field_of(words)):
                self._paragraph = marker.paragraph
                self._note("a cell that names a part, now a heading", words[:60])
                yield WordBlock(marker._replace(role="heading", level=2), words)
                row = row[1:]
            for cell in row:
                yield from self._list_blocks(cell)

    def _is_own(self, table: Element, row: Element) -> bool:
        return not any(row in list(inner.iter("tr")) for inner in table.iter("table") if inner is not table)

    def _lay_grid(self, rows: list[list[Element]]) -> list[list[str]]:
        """The cells of a table as a grid: a merged cell has its words in the first place that it takes."""
        grid: list[list[str]] = []
        below: dict[int, int] = {}  # for how many more rows a column is taken by a cell above
        for row in rows:
            made: list[str] = []
            for cell in row:
                while below.get(len(made)):
                    below[len(made)] -= 1
                    made.append("")
                across, down = int(cell.get("colspan", "1")), int(cell.get("rowspan", "1"))
                at = len(made)
                made.append(self._write_cell(cell))
                made += [""] * (across - 1)
                if across > 1 or down > 1:
                    self._note("merged cells of a table, their words now in the first of them", made[at][:60])
                for column in range(at, at + across):
                    below[column] = down - 1
            while below.get(len(made)):
                below[len(made)] -= 1
                made.append("")
            if any(made):
                grid.append(made)
        return grid

    def _write_cell(self, cell: Element) -> str:
        if any(cell.iter("table")):
            self._note(
                "a table in a cell, now its words", " ".join(MARKER.sub("", "".join(cell.itertext())).split())[:60]
            )
        texts = []
        for block in self._list_cell_blocks(cell):
            sign = ""
            if block.marker.role == "item":
                sign = f"{block.marker.label or f'{block.marker.number}.'} "
            elif block.marker.role == "bullet":
                sign = "• "
            texts.append(sign + block.lines.replace("\n", "<br>"))
        return re.sub(r"(?<!\\)\|", r"\|", "<br>".join(texts))

    def _list_cell_blocks(self, cell: Element) -> Iterator[WordBlock]:
        for element in cell:
            if element.tag == "p":
                marker = read_marker("".join(element.itertext())) or Marker(self._paragraph)
                if lines := self._write_paragraph(element, Marker(marker.paragraph)):
                    yield WordBlock(marker, lines)
            else:
                yield from self._list_cell_blocks(element)


def _join_line(text: str) -> str:
    return " ".join(text.split())


def _shift_lines(lines: list[str], columns: int) -> list[str]:
    return [f"{' ' * columns}{line}".rstrip() for line in lines]


def escape_name(name: str) -> str:
    """The name of a bookmark as it may be in an attribute."""
    return re.sub(r"[\"<>&\s]", "-", name)
