"""Replaces the links in Markdown that cannot stay as they are.

Text that only looks like one of our references is escaped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.documents.text.prose import survey, words_of
from generator.documents.text.reader import definitions, read_prose

REFERENCE = re.compile(r"&(?=#?\w+;)")  # of HTML, such as `&copy;`
ROUNDS = 5  # a link that is replaced can make another of what is around it


class WrittenLink(NamedTuple):
    """A link or picture as a text has it, perhaps within a link; its words are Markdown, or HTML where `is_html`."""

    words: str
    address: str
    title: str = ""
    is_picture: bool = False
    is_html: bool = False
    is_within: bool = False

    def spell(self) -> str:
        """The link as text. What was HTML stays HTML: in a block of it, Markdown would be shown as it is typed."""
        if not self.is_html:
            title = f' "{_escape_title(self.title)}"' if self.title else ""
            return f"{'!' * self.is_picture}[{self.words}]({REFERENCE.sub('&amp;', self.address)}{title})"
        title = f' title="{_escape_attribute(self.title)}"' if self.title else ""
        address = html.escape(self.address)
        if self.is_picture:
            words = f' alt="{_escape_attribute(html.unescape(self.words))}"' if self.words else ""
            return f'<img src="{address}"{words}{title}>'
        return f'<a href="{address}"{title}>{self.words}</a>'


CanStay = Callable[[WrittenLink], bool]
Write = Callable[[WrittenLink], str | WrittenLink]


class _Span(NamedTuple):
    """A link or picture that must go; without a link, what is a reference or nearly one.

    The words of the link are those from `words_start` to before `words_end`, unless it has some already. The definition
    of a link that must go has none at all: `words_start` is -1.
    """

    start: int
    end: int
    words_start: int = 0
    words_end: int = 0
    link: WrittenLink | None = None


def rewrite(text: str, can_stay: CanStay, write: Write) -> str:
    """Replaces each link or picture whose address cannot stay by what `write` makes of it: words, or another link.

    Behind words follows the title of the link in brackets: a pointer would have shown it.
    """
    if "[" not in text and "<" not in text:
        return text  # as many sections of a policy
    written: set[str] = set()

    def replace(link: WrittenLink) -> str:
        made = write(link)
        if isinstance(made, str):
            return made + (f" ({link.title})" if link.title else "")
        written.add(made.address)
        return made.spell()

    spans = [*_find_references(text), *_find_links(text, can_stay)]
    text = _replace(text, spans, replace)
    for _ in range(ROUNDS if spans or "[[" in text or "]]" in text else 0):
        wrong = [*_find_near_references(text), *_find_links(text, lambda one: one.address in written or can_stay(one))]
        if not wrong:
            break
        text = _replace(text, wrong, replace)
    return text


def show_as_text(words: str, address: str) -> str:
    """A link as text; the address is in code, so that nothing in it is read as Markdown."""
    return f"{words} (`{address.replace('`', '%60')}`)".lstrip()


def write_reference(name: str, words: str) -> str:
    """A reference to a document, with words that are Markdown; behind them, where it cannot hold them."""
    label = words_of(words)
    if any(sign in label for sign in "[]|") or "![" in words or "<img" in words:
        return f"{words} ([[{name}]])"
    return f"[[{name}|{label}]]" if label else f"[[{name}]]"


def _find_references(text: str) -> Iterator[_Span]:
    if "[[" in text:
        yield from (_Span(piece.start, piece.end) for piece in read_prose(text) if piece.kind == "reference")


def _find_near_references(text: str) -> Iterator[_Span]:
    """What `check` would take for a reference that somebody wrote wrongly."""
    odd = (one for one in survey(text).oddities if one.kind == "reference")
    yield from (_Span(one.start, one.start + len(one.found)) for one in odd)


def _find_links(text: str, can_stay: CanStay) -> Iterator[_Span]:
    if "]:" in text:
        for one in definitions(text).values():
            link = WrittenLink("", one.address)
            if one.address not in ("", "#") and not can_stay(link):
                yield _Span(one.start, one.end, -1, -1, link)
    opened: list[tuple[int, int]] = []
    pieces = read_prose(text)
    for place, piece in enumerate(pieces):
        if piece.name not in ("a", "img") or piece.kind not in ("start", "end"):
            continue
        if piece.kind == "start":
            opened.append((place, piece.start))
            continue
        first = pieces[opened.pop()[0]]
        shown, kind = first.value, first.value["kind"]
        end, is_picture = max(first.end, piece.end), piece.name == "img"
        link = WrittenLink("", shown["address"], shown["title"], is_picture, kind == "html", bool(opened))
        if kind == "bare" or can_stay(link):
            continue
        if kind == "collapsed" and text.startswith("[]", end):
            end += 2  # the grammar leaves them out
        last = pieces[place - 1]
        if kind == "html":
            link = link._replace(words=html.escape(last.value) if is_picture and last is not first else "")
            yield _Span(first.start, end, min(first.end, piece.start), piece.start, link)
        else:
            begin = first.start + (2 if is_picture else 1)
            until = max(begin, last.end) if last is not first else begin
            yield _Span(first.start, end, begin, min(until, end), link)


def _escape_title(title: str) -> str:
    """A title as it may be in quotes, also in a cell of a table."""
    return _escape_attribute(title.replace("\\", "\\\\"))


def _escape_attribute(words: str) -> str:
    return html.escape(" ".join(words.split())).replace("|", "&#124;")


def _replace(text: str, spans: list[_Span], write: Callable[[WrittenLink], str]) -> str:
    """The text with its spans replaced, and those within them."""
    waiting = sorted(spans, key=lambda span: (-span.start, span.end))

    def convert(begin: int, end: int) -> str:
        kept, at = [], begin
        while waiting and waiting[-1].start < end:
            span = waiting.pop()
            if span.start < at or span.end > end:
                continue
            kept.append(text[at : span.start])
            if span.words_start < 0:
                pass
            elif span.link is None:
                kept.append("\\" + text[span.start : span.end])
            else:
                words = convert(span.words_start, span.words_end)
                kept.append(write(span.link._replace(words=span.link.words or words)))
            at = span.end
        return "".join([*kept, text[at:end]])

    return convert(0, len(text))
