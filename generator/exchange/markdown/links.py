"""Replaces the links in Markdown that cannot stay as they are.

Text that only looks like one of our references is escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.documents.text.prose import survey
from generator.documents.text.reader import definitions, read_prose

ROUNDS = 5  # a link that is replaced can make another of what is around it

CanStay = Callable[[str], bool]
Write = Callable[[str, str], str]


class _Span(NamedTuple):
    """A link or picture that must go; without an address, what is a reference or nearly one.

    The definition of a link that must go has no words either: `words_start` is -1.
    """

    start: int
    end: int
    words_start: int = 0
    words_end: int = 0
    address: str | None = None
    title: str = ""


def rewrite(text: str, can_stay: CanStay, write: Write) -> str:
    """Replaces each link or picture whose address cannot stay by `write(words, address)`.

    The words are Markdown, and empty for a link without any. The title of a link follows in brackets: a pointer would
    have shown it.
    """
    if "[" not in text and "<" not in text:
        return text  # as many sections of a policy
    spans = [*_find_references(text), *_find_links(text, can_stay)]
    text = _replace(text, spans, write)
    for _ in range(ROUNDS if spans or "[[" in text or "]]" in text else 0):
        wrong = [*_find_near_references(text), *_find_links(text, can_stay)]
        if not wrong:
            break
        text = _replace(text, wrong, write)
    return text


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
            if one.address not in ("", "#") and not can_stay(one.address):
                yield _Span(one.start, one.end, -1, -1, one.address)
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
        if kind == "bare" or can_stay(shown["address"]):
            continue
        end = max(first.end, piece.end)
        if kind == "html":
            yield _Span(first.start, end, min(first.end, piece.start), piece.start, shown["address"], shown["title"])
        else:
            begin = first.start + (2 if piece.name == "img" else 1)
            last = pieces[place - 1]
            until = max(begin, last.end) if last is not first else begin
            yield _Span(first.start, end, begin, min(until, end), shown["address"], shown["title"])


def _replace(text: str, spans: list[_Span], write: Write) -> str:
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
            elif span.address is None:
                kept.append("\\" + text[span.start : span.end])
            else:
                words = convert(span.words_start, span.words_end)
                kept.append(write(words, span.address) + (f" ({span.title})" if span.title else ""))
            at = span.end
        return "".join([*kept, text[at:end]])

    return convert(0, len(text))
