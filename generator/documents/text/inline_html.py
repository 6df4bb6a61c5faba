"""Turns the HTML in prose into pieces: what GitHub shows as structure becomes structure, all other tags are text.

Nothing of an author's HTML is handed on but the names of a few elements, the addresses of links and pictures, and how
many cells a cell spans. So nothing in it can run, load or style anything.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, takewhile
from typing import NamedTuple

from generator.documents.text.pieces import Piece

PIECE = re.compile(
    r"""
      (?P<hidden> <!--(?:-?>|.*?(?:-->|\Z)) | <\?.*?(?:\?>|\Z) | <!\[CDATA\[.*?(?:\]\]>|\Z) | <![A-Za-z][^>]*(?:>|\Z) )
    | < (?P<close>/)? (?P<name>[A-Za-z][A-Za-z0-9-]*) (?P<attributes>(?:[\s/](?:"[^"]*"|'[^']*'|[^"'<>])*)?) >
    """,
    re.VERBOSE | re.DOTALL,
)
ATTRIBUTE = re.compile(r"""([A-Za-z_:][\w:.-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
SPAN = re.compile(r"[1-9][0-9]{0,2}")
SAME = {"b": "strong", "i": "em", "s": "del", "strike": "del", "tt": "code", "center": "div"}
INLINE = {
    "a", "strong", "em", "del", "code", "ins", "sup", "sub", "kbd", "samp", "var", "q", "small", "mark", "abbr", "cite",
    "dfn", "u", "span",
}  # fmt: skip
BLOCK = {
    "p", "div", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "details", "summary", "table", "caption",
    "thead", "tbody", "tfoot", "tr", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip
VOID = {"br": "break", "hr": "rule", "img": "img", "wbr": "", "col": "", "colgroup": ""}
WITHIN = {
    "li": ("ul", "ol"), "dt": ("dl",), "dd": ("dl",), "summary": ("details",), "caption": ("table",),
    "thead": ("table",), "tbody": ("table",), "tfoot": ("table",), "tr": ("table", "thead", "tbody", "tfoot"),
    "td": ("tr",), "th": ("tr",),
}  # fmt: skip
# Elements that end where another begins: `<li>one<li>two`.
ENDED_BY = {
    "li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "td": {"td", "th"}, "th": {"td", "th"},
    "tr": {"td", "th", "tr"}, "tbody": {"td", "th", "tr", "thead", "tbody"}, "tfoot": {"td", "th", "tr", "tbody"},
}  # fmt: skip
# Elements that have no words of their own: a line break between two of their parts is not one.
BARE = {"ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr"}


class HtmlLines:
    """Lines of HTML as one text; they may have marks of a list or quote between them in what they are from."""

    def __init__(self, pieces: list[Piece]) -> None:
        self.text = "".join(piece.value for piece in pieces)
        self._events = pieces
        self._begins = list(accumulate((len(piece.value) for piece in pieces), initial=0))[:-1]

    def index(self, at: int, is_end: bool = False) -> int:
        """The index of a character of `text` in what the lines are from."""
        line = max(0, bisect_right(self._begins, at - is_end) - 1)
        piece = self._events[line]
        return min(piece.end, piece.start + at - self._begins[line])


def split_html(pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces of some lines of HTML: tags, words between them, and comments."""
    lines = HtmlLines(pieces)
    text, at = lines.text, 0
    for match in PIECE.finditer(text):
        if match.start() > at:
            yield _make_words(lines, at, match.start())
        at = match.end()
        place = (lines.index(match.start()), lines.index(at, is_end=True))
        if match["hidden"]:
            yield Piece("hidden", "", match[0], *place)
        else:
            yield _make_tag(match, *place)
    if at < len(text):
        yield _make_words(lines, at, len(text))


def _make_words(lines: HtmlLines, begin: int, end: int) -> Piece:
    words = html.unescape(lines.text[begin:end])
    return Piece("text", "html", words, lines.index(begin), lines.index(end, is_end=True))


def _make_tag(match: re.Match[str], start: int, end: int) -> Piece:
    written = match["name"].lower()
    name = SAME.get(written, written)
    if name not in INLINE and name not in BLOCK and name not in VOID:
        return Piece("tag", "", match[0], start, end)
    if match["close"]:
        return Piece("close", name, match[0], start, end)
    found = ATTRIBUTE.findall(match["attributes"])
    given = {key.lower(): html.unescape(one or two or three) for key, one, two, three in found}
    return Piece("open", name, given | {"": match[0]}, start, end)


class _Opened(NamedTuple):
    name: str
    is_html: bool  # closed by a tag, or where the element around it ends
    is_shown: bool = True


class Nesting:
    """Makes balanced elements of the tags between other pieces."""

    def __init__(self) -> None:
        self._opened: list[_Opened] = []

    def take(self, piece: Piece) -> Iterable[Piece]:
        """The balanced pieces for the next piece."""
        kind = piece.kind
        if kind == "open":
            return list(self._open(piece))
        if kind == "close":
            return list(self._close_tag(piece))
        if kind == "start":
            return list(self._start(piece))
        if kind == "end":
            return list(self._end(piece))
        if kind == "rule":
            return [*self._end_paragraph(piece), piece]
        if kind in ("hidden", "anchor"):
            return [piece]
        if self._is_bare() and (kind in ("soft", "break") or (kind == "text" and not piece.value.strip())):
            return []
        return [*self._begin_paragraph(piece), piece]

    def close_all(self) -> list[Piece]:
        """The ends of what is still open."""
        ends = []
        while self._opened:
            ends += self._close_last(Piece("end", "", None, 0, 0))
        return ends

    def _is_bare(self) -> bool:
        return not self._opened or self._opened[-1].name in BARE

    def _is_paragraph(self) -> bool:
        return bool(self._opened) and self._opened[-1].name == "p" and self._opened[-1].is_html

    def _begin_paragraph(self, piece: Piece) -> list[Piece]:
        """A paragraph for words that are in none: those between two blocks of HTML."""
        if self._opened and self._opened[-1].is_shown:
            return []
        self._opened.append(_Opened("p", is_html=True))
        return [Piece("start", "p", {}, piece.start, piece.start)]

    def _end_paragraph(self, piece: Piece) -> list[Piece]:
        return self._close_last(piece) if self._is_paragraph() else []

    def _close_last(self, piece: Piece) -> list[Piece]:
        gone = self._opened.pop()
        return [Piece("end", gone.name, None, piece.start, piece.start)] if gone.is_shown else []

    def _is_in(self, name: str) -> bool:
        return any(one.name == name for one in self._opened)

    def _start(self, piece: Piece) -> Iterator[Piece]:
        if piece.name in INLINE or piece.name == "img":
            yield from self._begin_paragraph(piece)
        else:
            yield from self._end_paragraph(piece)
        self._opened.append(_Opened(piece.name, is_html=False))
        yield piece

    def _end(self, piece: Piece) -> Iterator[Piece]:
        while self._opened[-1].is_html:
            yield from self._close_last(piece)
        gone = self._opened.pop()
        if gone.is_shown:
            yield piece

    def _open(self, piece: Piece) -> Iterator[Piece]:
        name, given = piece.name, piece.value
        if name in VOID:
            yield from self._put(piece)
        elif name in BLOCK:
            yield from self._open_block(piece)
        elif name != "span":
            yield from self._open_inline(piece)
        anchor = given.get("id") or (given.get("name") if name == "a" else "")
        if anchor:
            yield Piece("anchor", "", anchor, piece.start, piece.end)

    def _put(self, piece: Piece) -> Iterator[Piece]:
        kind = VOID[piece.name]
        if kind == "rule":
            yield from self._end_paragraph(piece)
        if kind == "img":
            if not piece.value.get("src"):
                yield piece._replace(kind="tag", name="", value=piece.value[""])
                return
            yield from self._begin_paragraph(piece)
            shown = {"address": piece.value["src"], "title": piece.value.get("title", ""), "kind": "html"}
            yield piece._replace(kind="start", value=shown)
            if piece.value.get("alt"):
                yield piece._replace(kind="text", name="", value=piece.value["alt"])
            yield piece._replace(kind="end", value=None)
        elif kind:
            yield piece._replace(kind=kind, name="", value=None)

    def _open_inline(self, piece: Piece) -> Iterator[Piece]:
        attributes = {}
        if piece.name == "a":
            href = piece.value.get("href")
            if not href or self._is_in("a"):
                return
            attributes = {"address": href.strip(), "title": piece.value.get("title", ""), "kind": "html"}
        yield from self._begin_paragraph(piece)
        self._opened.append(_Opened(piece.name, is_html=True))
        yield piece._replace(kind="start", value=attributes)

    def _open_block(self, piece: Piece) -> Iterator[Piece]:
        name = piece.name
        ended = ENDED_BY.get(name, set())
        around = next((one.name for one in reversed(self._opened) if not (one.is_html and one.name in ended)), "")
        if name in WITHIN and around not in WITHIN[name]:
            yield piece._replace(kind="tag", name="", value=piece.value[""])
            return
        yield from self._leave_paragraph(piece)
        while self._opened and self._opened[-1].is_html and self._opened[-1].name in ended:
            yield from self._close_last(piece)
        self._opened.append(_Opened(name, is_html=True))
        yield piece._replace(kind="start", value=_select_attributes(name, piece.value))

    def _leave_paragraph(self, piece: Piece) -> Iterator[Piece]:
        """Ends the paragraph that a block begins in, as browsers do."""
        if not any(one.name == "p" for one in self._opened[-3:]):
            return
        while self._opened and self._opened[-1].is_html and self._opened[-1].name in INLINE:
            yield from self._close_last(piece)
        if self._is_paragraph():
            yield from self._close_last(piece)
        elif self._opened and self._opened[-1].name == "p" and self._opened[-1].is_shown:
            yield Piece("end", "p", None, piece.start, piece.start)
            self._opened[-1] = _Opened("p", is_html=False, is_shown=False)

    def _close_tag(self, piece: Piece) -> Iterator[Piece]:
        inside = list(takewhile(lambda one: one.is_html, reversed(self._opened)))
        if piece.name not in [one.name for one in inside]:
            return
        for one in inside:
            is_last = one.name == piece.name
            for ended in self._close_last(piece):
                yield ended._replace(end=piece.end) if is_last else ended
            if is_last:
                break


def _select_attributes(name: str, given: dict[str, str]) -> dict[str, object]:
    """What is kept of an element's attributes."""
    if name == "ol" and given.get("start", "").isdecimal():
        return {"start": int(given["start"])}
    if name in ("td", "th"):
        kept: dict[str, object] = {
            key: given[key] for key in ("colspan", "rowspan") if SPAN.fullmatch(given.get(key, ""))
        }
        align = given.get("align", "").lower()
        return kept | {"align": align if align in ("left", "center", "right") else ""}
    if name == "ol":
        return {"start": 1}
    if name == "pre":
        return {"language": "", "fenced": True}
    if name == "details":
        return {"open": "open" in given}
    return {"aligns": []} if name == "table" else {}
