"""FEEL, the language of DMN, as far as a table has a place for it: texts, lists, ranges, dates, `not` and `-`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.documents.values import NUMBERS, read_value
from generator.exchange import UnfitInput
from generator.exchange.decisions.grid import GridInput
from generator.exchange.decisions.limits import read_limits
from generator.exchange.legible import one_line

TEST = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[\[(\]][^\[\]()"]*[\])\[]|[^,"]+?)\s*(?:,|$)')
ALL_BUT = re.compile(r"not\s*\((.*)\)", re.DOTALL)
OF_INPUT = re.compile(r"^\?\s*(?=[<>])|(?<=,)\s*\?\s*(?=[<>])")
DAY = re.compile(r'(?<![\w"\\])(?:date\(\s*"([0-9-]+)"\s*\)|@"([0-9]{4}-[0-9]{2}-[0-9]{2})")')
SPAN = re.compile(r'(?<![\w"\\])(?:duration\(\s*"(P\w+)"\s*\)|@"(P\w+)")')
LENGTH = re.compile(r"P(?:([0-9]+)([DW])|([0-9]+)(M)|T([0-9]+)([HM]))")
UNITS = {"D": "d", "W": "w", "H": "h"}
NAMED_RANGE = re.compile(r".+: (?=[\[(\]<>])")
TAKES = {"date": "date", "days and time duration": "duration", "dayTimeDuration": "duration"}
# Words that a variable may not be called by.
RESERVED = {
    "and", "between", "date", "else", "every", "false", "for", "function", "if", "in", "instance", "not", "null", "of",
    "or", "return", "satisfies", "some", "then", "time", "true",
}  # fmt: skip


class FeelTest(NamedTuple):
    """What a cell asks: the values that fit, none for any; or, if `is_all_but`, all others."""

    words: list[str]
    is_all_but: bool = False


def read_test(text: str, takes: str, where: str) -> FeelTest:
    """The values of a unary test on a column that takes texts, numbers, dates or durations. Raises UnfitInput."""
    text = text.strip()
    if text in ("", "-"):
        return FeelTest([])
    if match := ALL_BUT.fullmatch(text):
        words = list(dict.fromkeys(_split_test(match[1].strip(), takes, where)))
        if any(word for word in words if read_limits(word, "number") or read_value("number", word)):
            raise _refuse(text, where)
        return FeelTest(words, is_all_but=True)
    return FeelTest(list(dict.fromkeys(_split_test(text, takes, where))))


def write_test(cell: list[str], asked: GridInput) -> str:
    """Values as a unary test: ranges of numbers as they are, without the name that they may have; texts in quotes."""
    tests = []
    for word in cell:
        plain = NAMED_RANGE.sub("", word)
        is_range = asked.takes in NUMBERS and read_limits(plain, asked.takes)
        quoted = word.replace("\\", "\\\\").replace('"', '\\"')
        tests.append(plain if is_range else f'"{quoted}"')
    return ", ".join(tests) or "-"


def name_variable(name: str) -> str:
    """An id as the name of a variable, in which a hyphen would subtract."""
    plain = name.replace("-", "_")
    return f"_{plain}" if plain[:1].isdigit() else f"{plain}_" if plain in RESERVED else plain


def _split_test(text: str, takes: str, where: str) -> Iterator[str]:
    plain = OF_INPUT.sub("", text)
    if takes == "date":
        plain = DAY.sub(lambda found: found[1] or found[2], plain)
    if takes == "duration":
        plain = SPAN.sub(lambda found: _shorten_span(found[1] or found[2]), plain)
    takes = takes or "number"
    at = 0
    while at < len(plain):
        found = TEST.match(plain, at)
        word = found[1] if found else ""
        if word.startswith('"'):
            yield one_line(re.sub(r"\\(.)", r"\1", word[1:-1]))
        elif word in ("true", "false") or read_value(takes, word) or read_limits(word, takes):
            yield word
        else:
            raise _refuse(text, where)
        at = found.end() if found else len(plain)


def _shorten_span(text: str) -> str:
    """`P14D` as `14d`; as it is if it has no such form."""
    match = LENGTH.fullmatch(text)
    if match is None:
        return text
    number, unit = next((n, u) for n, u in zip(match.groups()[::2], match.groups()[1::2], strict=True) if n)
    return f"{number}{UNITS[unit] if unit != 'M' else 'mo' if match[4] else 'm'}"


def _refuse(text: str, where: str) -> UnfitInput:
    return UnfitInput(f"{where}: `{one_line(text)[:60]}` is FEEL that has no place: use texts or ranges of numbers")
