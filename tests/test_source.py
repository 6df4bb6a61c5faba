"""Bytes become text, data and places, and every value stays the text that stands in the file."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.files.signs import ODD
from generator.files.source import Source, read
from generator.findings import Spot

SCALARS = [
    "no",
    "yes",
    "on",
    "~",
    "null",
    "1.10",
    "1e3",
    "0x1F",
    "012",
    "2026-11-23",
    "12:30",
    ".inf",
    "=",
    "<<",
    "Größe",
]


def source(text: str | bytes, path: str = "sops/x.yaml") -> Source:
    found, finding = read(path, text if isinstance(text, bytes) else text.encode())
    assert finding is None, finding
    return found


def marked(text: str, *keys: str | int, found: str = "", nth: int = 0, key: bool = False) -> str:
    """The stretch of the file that a spot is about."""
    one = source(text)
    place = one.locate(Spot(one.path, keys, found, nth, key))
    lines = one.lines
    if place.line == place.end_line:
        return lines[place.line - 1][place.column - 1 : place.end_column - 1]
    between = lines[place.line : place.end_line - 1]
    return "\n".join(
        [lines[place.line - 1][place.column - 1 :], *between, lines[place.end_line - 1][: place.end_column - 1]]
    )


@pytest.mark.parametrize("value", SCALARS)
def test_every_scalar_is_its_text(value: str) -> None:
    assert source(f"a: {value}\nb: [{value}]\n{value}: c\n").data == {
        "a": value,
        "b": [value],
        value: "c",
    }


EMPTY = {"a:": None, "a: ''": "", 'a: ""': "", "a: |": "", "a: ~": "~", "a: null": "null"}


@pytest.mark.parametrize("text", EMPTY)
def test_what_is_empty(text: str) -> None:
    """No value is none; quotes with nothing in them are an empty text."""
    assert source(text).data == {"a": EMPTY[text]}


BLOCKS = {
    "a: |\n  one\n\n  two\n": "one\n\ntwo\n",
    "a: |-\n  one\n": "one",
    "a: |+\n  one\n\n": "one\n\n",
    "a: >\n  one\n  two\n\n  three\n": "one two\nthree\n",
    "a: one\n  two\n": "one two",
    'a: "one\n  two\\n\\u00e9"\n': "one two\né",
    "a: 'it''s'\n": "it's",
}


@pytest.mark.parametrize("text", BLOCKS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_texts_of_several_lines(text: str, newline: str) -> None:
    assert source(text.replace("\n", newline)).data == {"a": BLOCKS[text]}


PLACES = {
    "a value": (("a: one\nb: two\n", "b"), {}, "two"),
    "a key": (("a: one\nb: two\n", "b"), {"key": True}, "b"),
    "an entry of a list": (("a:\n  - one\n  - two\n", "a", 1), {}, "two"),
    "an entry of a list in brackets": (("a: [one, 'two']\n", "a", 1), {}, "'two'"),
    "deep inside": (("a: {b: [{c: d}]}\n", "a", "b", 0, "c"), {}, "d"),
    "the first line of a text": (("a: |\n  one\n  two\n", "a"), {}, "|"),
    "a word in a text": (("a: |\n  one\n  two\n", "a"), {"found": "two"}, "two"),
    "a word that stands there twice": (("a: x one x\n", "a"), {"found": "x", "nth": 1}, "x"),
    "words over two lines": (("a: >\n  one\n  two\n", "a"), {"found": "one two"}, "one\n  two"),
    "a word that is not there": (("a: 'caf\\u00e9'\n", "a"), {"found": "café"}, "'caf\\u00e9'"),
    "a key that is not there": (("a: {b: c}\n", "a", "x"), {}, "{b"),
    "the file itself": (("a: b\n",), {}, "a"),
}


@pytest.mark.parametrize("what", PLACES)
def test_the_place_of(what: str) -> None:
    where, how, expected = PLACES[what]
    assert marked(*where, **how) == expected  # type: ignore[arg-type]


def test_a_page_is_its_header_and_its_text() -> None:
    page = source("\ufeff---\r\ntitle: A page\r\n---\r\n\r\nOne.\r\nTwo.\r\n", "content/pages/x.md")
    assert page.data == {"title": "A page", "text": "\nOne.\nTwo.\n"}
    assert page.locate(Spot(page.path, ("title",)))[1:3] == (2, 8)
    assert page.locate(Spot(page.path, ("text",), "Two"))[1:3] == (6, 1)


def test_a_rule_in_a_page_does_not_end_its_header() -> None:
    page = source("---\ntitle: A page\n---\nOne.\n\n---\n\nTwo.\n", "content/pages/x.md")
    assert page.data is not None
    assert page.data["text"] == "One.\n\n---\n\nTwo.\n"


def test_a_key_that_stands_twice_keeps_its_first_value() -> None:
    found = source("a: 1\nb: {c: 2, c: 3}\na: 4\n")
    assert found.data == {"a": "1", "b": {"c": "2"}}
    assert [(duplicate.key, found.place(duplicate.start, duplicate.end).line) for duplicate in found.duplicates] == [
        ("c", 2),
        ("a", 3),
    ]


# What turns the direction of text, and what is no sign at all.
REFUSED = "".join(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xFDD0, 0xFDF0)]))
# What looks like a space and is none is refused at the edges of a text without quotes.
UNSPACED = "".join(filter(re.compile(f"[{ODD}]").match, map(chr, range(0x10000))))
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=f"\u2028\u2029\ufffe\uffff{REFUSED}{UNSPACED}"),
    max_size=30,
)
VALUES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS.filter(bool), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=400, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(TEXTS.filter(bool), VALUES, min_size=1, max_size=5), st.booleans(), st.booleans())
def test_what_was_written_is_what_is_read(data: dict[str, object], flow: bool, crlf: bool) -> None:
    text = yaml.safe_dump(data, default_flow_style=flow, allow_unicode=True, width=60)
    assert source(text.replace("\n", "\r\n") if crlf else text).data == data


@pytest.mark.parametrize("sign", UNSPACED)
def test_a_sign_like_a_space_is_kept_within_a_text(sign: str) -> None:
    text = f'a: one{sign}two\nb: "{sign}one"\nc: |\n  {sign}one{sign}\n'
    assert source(text).data == {"a": f"one{sign}two", "b": f"{sign}one", "c": f"{sign}one{sign}\n"}


@settings(max_examples=600, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(
    st.one_of(st.binary(max_size=60), st.text(max_size=60).map(str.encode)),
    st.sampled_from(["x.yaml", "content/pages/x.md"]),
)
def test_any_bytes_are_data_or_one_finding(raw: bytes, path: str) -> None:
    found, finding = read(path, raw)
    assert (found.data is None) == (finding is not None)
    if finding:
        assert 1 <= finding.place.line <= len(found.lines)
        assert finding.hint
