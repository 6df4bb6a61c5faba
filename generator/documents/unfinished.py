"""Finds what authors mean to replace before anybody relies on a text: notes to themselves, and what a scaffold says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

from pydantic import BaseModel

from generator.documents import Kind, kinds
from generator.documents.text.hidden import hidden
from generator.documents.text.reader import read_prose
from generator.files.scan import scan
from generator.files.source import read
from generator.findings import Keys

NOTES = r"TODO|FIXME|TBD|TBC|XXX"
NOTE = re.compile(rf"\b(?:{NOTES}X*)\b|\b[Ll]orem [Ii]psum\b")
SIGN = re.compile(r"([\\.?+*()\[\]{}|^$])")
HEADING = re.compile(r"^#+ +")
# What scaffolds say and many documents say too: it may stay.
USUAL = {
    "Also referred to",
    "Anything else",
    "First draft.",
    "Low or none",
    "Member's name",
    "Nothing to do",
    "Stop and escalate.",
    "Thank you for writing to us.",
    "The case does not fit the steps.",
    "The queue's procedures",
}


class Unfinished(NamedTuple):
    """A stretch of a text that is to be replaced, and whether it is a scaffold's."""

    keys: Keys
    text: str
    found: str
    start: int
    is_scaffold: bool


@cache
def scaffold_words() -> frozenset[str]:
    """The lines of all scaffolds that tell an author what to write there."""
    lines = (line for kind in kinds().values() for form in kind.scaffolds.values() for line in _list_lines(kind, form))
    return frozenset(line for line in lines if " " in line and "{" not in line) - USUAL


def _list_lines(kind: Kind, form: str) -> Iterator[str]:
    text = form.replace("{header}", "").replace("{history}", "").format_map(defaultdict(lambda: "x"))
    source, _ = read(f"x{kind.suffix}", text.encode())
    for _, words in _list_texts(source.data, ()):
        yield from (HEADING.sub("", line) for line in words.splitlines())


@cache
def _scanner() -> Callable[[str], bool]:
    sentences = "|".join(SIGN.sub(r"\\\1", words) for words in sorted(scaffold_words()))
    return scan(rf"{NOTES}|[Ll]orem [Ii]psum|{sentences}")


def may_be_unfinished(text: str) -> bool:
    """Whether the text of a file has anything to look at; nearly none has."""
    return _scanner()(text)


def find_unfinished(body: BaseModel) -> Iterator[Unfinished]:
    """Every stretch of a document's texts that is to be replaced; not in code, and not in what no reader sees."""
    for keys, text in _list_texts(body.model_dump(), ()):
        for note in NOTE.finditer(_blank_out_code(text)) if NOTE.search(text) else ():
            yield Unfinished(keys, text, note[0], note.start(), False)
        at = 0
        for line in text.splitlines(keepends=True):
            words = HEADING.sub("", line.strip())
            if words in scaffold_words():
                yield Unfinished(keys, text, words, at + line.index(words), True)
            at += len(line)


def _blank_out_code(text: str) -> str:
    """The text with spaces for code and for what no reader sees, so that indexes stay the same."""
    pieces = read_prose(text)
    apart = [(piece.start, piece.end) for piece in pieces if piece.kind == "code" or piece.name == "pre"]
    apart += [(one.start, one.end) for one in hidden(text, pieces)]
    kept, at = [], 0
    for start, end in sorted(apart):
        kept += [text[at:start], " " * (end - max(at, start))]
        at = max(at, end)
    return "".join([*kept, text[at:]])


def _list_texts(value: Any, keys: Keys) -> Iterator[tuple[Keys, str]]:
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _list_texts(inner, (*keys, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _list_texts(inner, (*keys, number))
