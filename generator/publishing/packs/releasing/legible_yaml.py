"""Writes data as YAML that people can compare: keys in their order, long texts as lines, the same from every run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.wording import TRUTHS, scalar

NEWLINE = "\n"
KEY = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_.-]+)*")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SHORT = 100  # characters of a list that is written on one line
ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def write_yaml(data: dict[str, Any]) -> str:
    """The data as YAML. It has texts, numbers, truths, and lists and mappings of these."""
    return "".join(f"{line}\n" for line in _write_mapping(data, ""))


def write_page(data: dict[str, Any]) -> str:
    """A page: its `text` below the rest."""
    front = {key: value for key, value in data.items() if key != "text"}
    return f"---\n{write_yaml(front)}---\n{data['text']}"


def _write_mapping(data: dict[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        name = key if KEY.fullmatch(key) and (key == "on" or key.lower() not in TRUTHS) else _write_text(key)
        yield from _write_value(f"{indent}{name}:", value, f"{indent}  ")


def _write_value(lead: str, value: Any, indent: str) -> Iterator[str]:
    """The lines of a value behind its key or dash."""
    if isinstance(value, dict) and value:
        yield lead
        yield from _write_mapping(value, indent)
    elif isinstance(value, list) and value:
        line = f"{lead} [{', '.join(map(_write_scalar, value))}]" if not any(map(_is_long, value)) else ""
        if line and len(line) <= SHORT:
            yield line
        else:
            yield lead
            for item in value:
                yield from _write_item(item, indent)
    elif isinstance(value, str) and _is_block(value):
        yield f"{lead} {'|' if value.endswith(NEWLINE) else '|-'}"
        yield from (f"{indent}{line}" if line else "" for line in value.removesuffix(NEWLINE).split(NEWLINE))
    else:
        yield f"{lead} {_write_scalar(value)}"


def _write_item(item: Any, indent: str) -> Iterator[str]:
    """An item of a list: the first line of a mapping is on the line of the dash."""
    if isinstance(item, dict) and item:
        first, *rest = _write_mapping(item, f"{indent}  ")
        yield f"{indent}- {first.lstrip(' ')}"
        yield from rest
    else:
        yield from _write_value(f"{indent}-", item, f"{indent}  ")


def _is_long(value: Any) -> bool:
    return isinstance(value, dict | list) or (isinstance(value, str) and len(value) > SHORT)


def _is_block(value: str) -> bool:
    """Whether a text can be written as lines: YAML would take spaces from some, and lines from the end."""
    lines = value.removesuffix(NEWLINE).split(NEWLINE)
    is_whole = bool(lines[0]) and not lines[0].startswith((" ", "\t")) and bool(lines[-1])
    return NEWLINE in value and is_whole and all(line.isprintable() and line == line.rstrip() for line in lines)


def _write_scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value if DAY.fullmatch(value) else _write_text(value)
    if isinstance(value, dict | list):
        return "{}" if isinstance(value, dict) else "[]"
    return str(value)


def _write_text(value: str) -> str:
    """A text on one line; without quotes where it is plainly a word or a sentence."""
    if value.isascii() and (plain := scalar(value)) == value:
        return plain
    return f'"{"".join(map(_escape, value))}"'


def _escape(sign: str) -> str:
    return ESCAPES.get(sign) or (sign if sign.isprintable() else f"\\U{ord(sign):08x}")
