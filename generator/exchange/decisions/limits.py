"""Ranges of values as cells of a table have them: `< 5`, `>= 14d`, `[1..5]`, `Teen: [13..18)`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.documents.values import read_value

VALUE = r"-?[0-9][0-9a-z.-]*?|today(?:[+-][0-9a-z]+)?"
NAMED = re.compile(r"(?:(?P<name>.+?): )?(?P<range>[\[(\]<>].*)")
SIDE = re.compile(rf"(<=|>=|<|>)\s*({VALUE})")
BOTH = re.compile(rf"([\[(\]])\s*({VALUE})\s*\.\.\s*({VALUE})\s*([\[)\]])")
SIGNS = {"from": ">=", "above": ">", "after": ">", "up_to": "<=", "below": "<", "before": "<"}


def write_limits(thresholds: Mapping[str, str]) -> str:
    """The thresholds of an answer as one range; empty if it has none."""
    low = next(((key, text) for key, text in thresholds.items() if SIGNS[key][0] == ">"), None)
    high = next(((key, text) for key, text in thresholds.items() if SIGNS[key][0] == "<"), None)
    if low and high:
        return f"{'[' if low[0] == 'from' else '('}{low[1]}..{high[1]}{']' if high[0] == 'up_to' else ')'}"
    return " ".join(f"{SIGNS[one[0]]} {one[1]}" for one in (low, high) if one)


def read_limits(text: str, takes: str) -> tuple[str, dict[str, str]] | None:
    """The name and the thresholds of a range; None if the text is none, or not one of such values."""
    found = NAMED.fullmatch(text)
    if not found:
        return None
    beyond, under = ("after", "before") if takes == "date" else ("above", "below")
    limits: dict[str, str] = {}
    if side := SIDE.fullmatch(found["range"]):
        limits[{"<=": "up_to", ">=": "from", "<": under, ">": beyond}[side[1]]] = side[2]
    elif both := BOTH.fullmatch(found["range"]):
        limits["from" if both[1] == "[" else beyond] = both[2]
        limits["up_to" if both[4] == "]" else under] = both[3]
    is_sound = limits and all(read_value(takes, value) is not None for value in limits.values())
    return (found["name"] or "", limits) if is_sound else None
