"""FEEL, the language of DMN, as far as a table has a place for it: texts, lists, ranges, dates, `not` and `-`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
OUR_SPAN = re.compile(r"([+-]?)([0-9]+)(m|h|d|w|mo)")
LIMIT = re.compile(r"today(?:[+-][0-9a-z]+)?|[0-9][0-9a-z-]*")
TODAY = re.compile(r"today\(\)(?:\s*([+-])\s*(?=[0-9]))?")
KINDS = {"number": "number", "date": "date", "dayTimeDuration": "duration"}
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


def write_test(cell: list[str], kind: str) -> str:
    """Values as a unary test on a type of FEEL: ranges without the name that they may have, texts in quotes."""
    tests = []
    for word in cell:
        quoted = word.replace("\\", "\\\\").replace('"', '\\"')
        tests.append(_spell_range(word, KINDS.get(kind, "")) or f'"{quoted}"')
    return ", ".join(tests) or "-"


def find_kind(asked: GridInput, words: Iterable[str]) -> str:
    """The type of FEEL of a column; texts where FEEL cannot say its ranges, as with business days."""
    if asked.takes in NUMBERS:
        return "number"
    kind = next((kind for kind, takes in KINDS.items() if takes == asked.takes), "string")
    return kind if kind == "string" or all(_spell_range(word, asked.takes) for word in words) else "string"


def _spell_range(word: str, takes: str) -> str:
    """A range as FEEL has it; empty if it is none, or cannot be said in it."""
    plain = NAMED_RANGE.sub("", word)
    if not takes or not read_limits(plain, takes):
        return ""
    if takes in NUMBERS:
        return plain
    spelled = LIMIT.sub(lambda found: _spell_value(found[0], takes), plain)
    return "" if "?" in spelled else spelled


def _spell_value(text: str, takes: str) -> str:
    """A day or a length of time as FEEL has it; with a question mark if it cannot be said."""
    if takes == "date" and not text.startswith("today"):
        return f'date("{text}")'
    found = OUR_SPAN.fullmatch(text.removeprefix("today"))
    if found is None or (found[3] == "mo" and takes != "date"):
        return "today()" if text == "today" else "?"
    length = {"m": "PT{}M", "h": "PT{}H", "d": "P{}D", "w": "P{}W", "mo": "P{}M"}[found[3]]
    number = int(found[2]) * (7 if found[3] == "w" else 1)
    span = f'duration("{length.replace("W", "D").format(number)}")'
    return f"today() {found[1]} {span}" if takes == "date" else span


def name_variable(name: str) -> str:
    """An id as the name of a variable, in which a hyphen would subtract."""
    plain = name.replace("-", "_")
    return f"_{plain}" if plain[:1].isdigit() else f"{plain}_" if plain in RESERVED else plain


def _split_test(text: str, takes: str, where: str) -> Iterator[str]:
    plain = OF_INPUT.sub("", text)
    if takes == "date":
        plain = DAY.sub(lambda found: found[1] or found[2], plain)
    if takes in ("date", "duration"):
        plain = SPAN.sub(lambda found: _shorten_span(found[1] or found[2]), plain)
        plain = TODAY.sub(lambda found: f"today{found[1] or ''}", plain)
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
