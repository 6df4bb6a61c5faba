"""Says what is wrong with a value, in words for its author: a message and the edit that fixes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic_core import ErrorDetails


class WrongValue(ValueError):
    """A value that a validator refuses: the message continues a sentence that begins with the value."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(f"{message}: {hint}")
        self.message, self.hint = message, hint


def explain(detail: ErrorDetails) -> tuple[str, str]:
    """What pydantic reports of a value, as a message that continues a sentence beginning with its name, and a hint."""
    kind, context, value = detail["type"], detail.get("ctx", {}), detail["input"]
    what = _describe_value(value)
    if kind == "value_error" and isinstance(error := context["error"], WrongValue):
        return f"{what} {error.message}", error.hint
    if kind == "literal_error":
        expected = str(context["expected"]).replace("'", "`")
        return f"is {what}", f"use one of {expected}"
    if kind in SAYINGS:
        return SAYINGS[kind](what, context)
    return f"is {what}: {detail['msg'].lower()}", "correct the value"


PATTERNS = {
    r"^[0-9]{1,9}\.[0-9]{1,9}(\.[0-9]{1,9})?$": "write a version such as 2.1, each number at most nine digits long",
    r"^[1-9][0-9]{0,5}(m|h|d|w|mo|bd)$": "write a time such as 15m, 4h, 3d, 2w, 1mo or 10bd (business days)",
    r"^[^\r\n]+\n?$": "write it on one line",
    r"^[a-z][a-z0-9_]*$": "use lower-case letters, digits and underscores, a letter first",
    r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$": "use letters, digits and single hyphens",
}
SAYINGS: dict[str, Callable[[str, dict[str, Any]], tuple[str, str]]] = {
    "string_type": lambda what, _: (
        f"is {what} where a text belongs",
        "write one text here, in quotes if need be",
    ),
    "no_value": lambda what, _: ("has no value", "write one, such as `internal`, or remove the key"),
    "list_type": lambda what, _: (
        f"is {what} where a list belongs",
        "write `[one, two]`, or a line with `- ` for each",
    ),
    "dict_type": lambda what, _: (f"is {what} where a mapping belongs", "write `key: value` lines below it"),
    "model_type": lambda what, _: (f"is {what} where a mapping belongs", "write `key: value` lines below it"),
    "int_parsing": lambda what, _: (f"is {what} where a whole number belongs", "write digits only"),
    "int_type": lambda what, _: (f"is {what} where a whole number belongs", "write digits only"),
    "int_parsing_size": lambda what, _: (f"is {what}, which is too long for a number", "write a smaller number"),
    "bool_parsing": lambda what, _: (f"is {what} where yes or no belongs", "write `true` or `false`"),
    "bool_type": lambda what, _: (f"is {what} where yes or no belongs", "write `true` or `false`"),
    "date_type": lambda what, _: (f"is {what} where a date belongs", "write it as 2026-12-31"),
    "too_short": lambda what, context: (
        f"needs at least {context['min_length']} entry",
        "add one, or remove the key",
    ),
    "string_too_short": lambda what, _: ("is empty", "write the text, or remove the key"),
    "greater_than": lambda what, context: (f"is {what}, and must be above {context['gt']}", "write a larger number"),
    "greater_than_equal": lambda what, context: (
        f"is {what}, below {context['ge']}",
        f"use {context['ge']} or more",
    ),
    "less_than_equal": lambda what, context: (
        f"is {what}, above {context['le']}",
        f"use {context['le']} or less",
    ),
    "string_pattern_mismatch": lambda what, context: (
        f"is {what}, which has the wrong form",
        PATTERNS.get(context["pattern"], f"it must match {context['pattern']}"),
    ),
}


def _describe_value(value: Any) -> str:
    if isinstance(value, str):
        return f"`{value}`" if len(value) <= 40 and "\n" not in value else "a text"
    if value is None:
        return "nothing"
    return "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else f"`{value}`"
