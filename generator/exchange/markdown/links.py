"""Replaces the links in Markdown that cannot stay as they are.

Text that only looks like one of our references is escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.documents.text.reader import read

ROUNDS = 5  # a link that is replaced can make another of what is around it

CanStay = Callable[[str], bool]
Write = Callable[[str, str], str]


class _Span(NamedTuple):
    """A link or picture that must go, or (without an address) what looks like a reference."""

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
    text = _replace(text, list(_find_spans(text, can_stay)), write)
    for _ in range(ROUNDS):
        links = [span for span in _find_spans(text, can_stay) if span.address is not None]
        if not links:
            break
        text = _replace(text, links, write)
    return text


def _find_spans(text: str, can_stay: CanStay) -> Iterator[_Span]:
    opened: list[tuple[int, int]] = []
    events = read(text)
    for place, event in enumerate(events):
        if event.kind == "reference":
            yield _Span(event.start, event.end)
        if event.name not in ("a", "img") or event.kind not in ("start", "end"):
            continue
        if event.kind == "start":
            opened.append((place, event.start))
            continue
        first = events[opened.pop()[0]]
        shown, kind = first.value, first.value["kind"]
        if kind == "bare" or can_stay(shown["address"]):
            continue
        end = max(first.end, event.end)
        if kind == "html":
            yield _Span(first.start, end, min(first.end, event.start), event.start, shown["address"], shown["title"])
        else:
            begin = first.start + (2 if event.name == "img" else 1)
            last = events[place - 1]
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
            if span.address is None:
                kept.append("\\" + text[span.start : span.end])
            else:
                words = convert(span.words_start, span.words_end)
                kept.append(write(words, span.address) + (f" ({span.title})" if span.title else ""))
            at = span.end
        return "".join([*kept, text[at:end]])

    return convert(0, len(text))
