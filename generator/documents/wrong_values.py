"""Explains to its author what is wrong with a value: a message, and the edit that fixes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pydantic_core import ErrorDetails

from generator.documents import meant
from generator.documents.hours import DAYS
from generator.documents.meant import oddity, suggest
from generator.files.signs import ODD, UNSEEN
from generator.findings import Advice
from generator.wording import fold, nearest

QUOTED = re.compile("'([^']*)'")
VISIBLE = re.compile(rf"[^\s{ODD}{UNSEEN}]")
LINE = rf"^[^\r\n]*{VISIBLE.pattern}[^\r\n]*\n?$"
VERSION = r"^[0-9]{1,9}\.[0-9]{1,9}(\.[0-9]{1,9})?$"
DURATION = r"^[1-9][0-9]{0,5}(m|h|d|w|mo|bd)$"
_DAY, _TIME = f"({'|'.join(DAYS)})", "([01][0-9]|2[0-3]):[0-5][0-9]"
OPENING = rf"^{_DAY}(-{_DAY})? {_TIME}-({_TIME}|24:00)$"

COUNTRY = r"^[A-Z]{2}$"
REGION = r"^[A-Z0-9]{1,3}$"
HOST = r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$"


class WrongValue(ValueError):
    """A value that a validator refuses: the message continues a sentence that begins with the value."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(f"{message}: {hint}")
        self.message, self.hint = message, hint


def explain(detail: ErrorDetails) -> tuple[str, str]:
    """Turns an error of pydantic's into a message, which continues a sentence that begins with the key, and a hint."""
    kind, context = detail["type"], detail.get("ctx", {})
    what = _describe_value(detail["input"])
    if kind == "value_error" and isinstance(error := context["error"], WrongValue):
        return _name_value(detail, error.message), _read_oddity(detail) or error.hint
    if kind == "string_pattern_mismatch":
        return _explain_format(detail, context["pattern"])
    if kind == "literal_error":
        hint = f"use one of {str(context['expected']).replace(chr(39), '`')}"
        value = _read_text(detail)
        near = nearest(value, QUOTED.findall(str(context["expected"])))
        return f"is {what}", Advice(hint, near, value, fold(near) == fold(value)) if near else hint
    if kind in SAYINGS:
        return SAYINGS[kind](what, context)
    return f"is {what}: {detail['msg'].lower()}", "correct the value"


def _read_text(detail: ErrorDetails) -> str:
    return detail["input"] if isinstance(detail["input"], str) else ""


def _read_oddity(detail: ErrorDetails) -> str:
    """What to do about signs in the value that cannot be meant; nothing if it has no others."""
    value = _read_text(detail)
    return oddity(value) if VISIBLE.search(value) else ""


def _explain_format(detail: ErrorDetails, pattern: str) -> tuple[str, str]:
    value = _read_text(detail)
    if not VISIBLE.search(value):
        return "is blank", "write the text"
    hint = PATTERNS.get(pattern, f"it must match {pattern}")
    edit = oddity(value) if pattern != LINE else ""
    return _name_value(detail, "has the wrong format"), edit or suggest(hint, value, MEANT.get(pattern))


PATTERNS = {
    VERSION: "write a version such as 2.1, each number at most nine digits long",
    DURATION: "write a time such as 15m, 4h, 3d, 2w, 1mo or 10bd (business days)",
    OPENING: "write days and hours such as `mon-fri 07:00-19:00`, or `mon-sun 00:00-24:00` for always",
    COUNTRY: "write the two letters of ISO 3166-1, such as DE",
    REGION: "write the letters of ISO 3166-2 after the hyphen, such as BE for DE-BE",
    HOST: "write a host such as help.example.org, in small letters, without `https://` and without a path",
    LINE: "write it on one line",
    r"^[a-z][a-z0-9_]*$": "use lower-case letters, digits and underscores, a letter first",
    r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$": "use letters, digits and single hyphens",
}
MEANT = {VERSION: meant.version, DURATION: meant.span}
SAYINGS: dict[str, Callable[[str, dict[str, Any]], tuple[str, str]]] = {
    "string_type": lambda what, _: (
        f"is {what}, but must be text",
        "write one text here, in quotes if it contains `: ` or begins with a sign such as `#`, `[` or `{`",
    ),
    "no_value": lambda what, _: ("has no value", "write one, such as `internal`, or remove the key"),
    "list_type": lambda what, _: (
        f"is {what}, but must be a list",
        "write `[one, two]`, or a line with `- ` for each entry",
    ),
    "dict_type": lambda what, _: (f"is {what}, but must have keys of its own", "write `key: value` lines below it"),
    "model_type": lambda what, _: (f"is {what}, but must have keys of its own", "write `key: value` lines below it"),
    "int_parsing": lambda what, _: (f"is {what}, but must be a whole number", "write digits only"),
    "int_type": lambda what, _: (f"is {what}, but must be a whole number", "write digits only"),
    "int_parsing_size": lambda what, _: (f"is {what}, which is too long for a number", "write a smaller number"),
    "bool_parsing": lambda what, _: (f"is {what}, but must be true or false", "write `true` or `false`"),
    "bool_type": lambda what, _: (f"is {what}, but must be true or false", "write `true` or `false`"),
    "date_type": lambda what, _: (f"is {what}, but must be a date", "write a date such as 2026-12-31"),
    "too_short": lambda what, context: (
        f"needs at least {context['min_length']} entry",
        "add one, or remove the key",
    ),
    "string_too_short": lambda what, _: ("is empty", "write the text, or remove the key"),
    "greater_than": lambda what, context: (f"is {what}, but must be above {context['gt']}", "write a larger number"),
    "greater_than_equal": lambda what, context: (
        f"is {what}, but must be at least {context['ge']}",
        f"use {context['ge']} or more",
    ),
    "less_than_equal": lambda what, context: (
        f"is {what}, but must be at most {context['le']}",
        f"use {context['le']} or less",
    ),
}


def _name_value(detail: ErrorDetails, message: str) -> str:
    """The message with the value in front, unless it is a key, which the sentence begins with, or too long to quote."""
    value = detail["input"]
    is_named = _is_short(value) and detail["loc"][-1] != "[key]"
    return f"is `{value}`, which {message}" if is_named else message


def _describe_value(value: Any) -> str:
    if isinstance(value, str):
        return f"`{value}`" if _is_short(value) else "a long text"
    if value is None:
        return "empty"
    return "a list" if isinstance(value, list) else "a group of keys" if isinstance(value, dict) else f"`{value}`"


def _is_short(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 40 and "\n" not in value
