"""Conditions of answers: the range of values that an answer is for, or the choices that must all be ticked."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import ConfigDict, Field

from generator.documents.fields import Identifier, Shape
from generator.documents.values import word_value

LOWS = ("from", "above", "after")
HIGHS = ("up_to", "below", "before")
THRESHOLDS = (*LOWS, *HIGHS)

WORDS = {
    "from": "{} or more",
    "above": "more than {}",
    "after": "after {}",
    "up_to": "up to {}",
    "below": "less than {}",
    "before": "before {}",
}

Threshold = Annotated[
    str,
    Field(
        min_length=1,
        max_length=40,
        examples=["100", "14d", "2026-12-31", "today-1mo"],
        json_schema_extra={"type": ["string", "number"]},
    ),
]


def _release_label(schema: dict[str, Any]) -> None:
    """An answer with a condition may leave out its label."""
    if "label" in schema.get("required", ()):
        schema["required"] = [key for key in schema["required"] if key != "label"]
        schema["if"] = {"not": {"anyOf": [{"required": [key]} for key in (*THRESHOLDS, "all_of")]}}
        schema["then"] = {"required": ["label"]}


class Condition(Shape):
    """When an answer is the right one.

    To a question that takes a value, it is the range: `from` and `up_to` include their threshold, `above` and `below`
    (of dates `after` and `before`) do not. Of several answers, `all_of` names those that must all be ticked.
    """

    model_config = ConfigDict(json_schema_extra=_release_label)

    from_: Threshold | None = Field(None, alias="from")
    """The answer is for this value and above. Example: `"100"`"""
    above: Threshold | None = None
    """The answer is for values above this one. Example: `"100"`"""
    after: Threshold | None = None
    """The answer is for days after this one. Example: `2026-12-31`"""
    up_to: Threshold | None = None
    """The answer is for this value and below. Example: `"100"`"""
    below: Threshold | None = None
    """The answer is for values below this one. Example: `"100"`"""
    before: Threshold | None = None
    """The answer is for days before this one. Example: `today-14d`"""
    all_of: list[Identifier] = []
    """The answers that must all be ticked, for a question that takes several. Example: `[minor, threat]`"""

    @property
    def thresholds(self) -> dict[str, str]:
        """The thresholds as they are written, by their keys."""
        values = (self.from_, self.above, self.after, self.up_to, self.below, self.before)
        found = zip(("from", "above", "after", "up_to", "below", "before"), values, strict=True)
        return {key: value.strip() for key, value in found if value is not None}


def label_conditions(asked: Any, offers: str) -> Any:
    """The data of a question, with a label for each answer that has a condition and no label."""
    offered = asked.get(offers) if isinstance(asked, dict) else None
    if not isinstance(offered, dict):
        return asked
    takes, unit = str(asked.get("takes") or ""), str(asked.get("unit") or "")
    labels = {name: _derive_label(answer, offered, takes, unit) for name, answer in offered.items()}
    derived = {name: offered[name] | {"label": label} for name, label in labels.items() if label}
    return asked | {offers: offered | derived} if derived else asked


def _derive_label(answer: Any, offered: dict[str, Any], takes: str, unit: str) -> str:
    """The label of an answer that has a condition and no label, else empty."""
    if not isinstance(answer, dict) or "label" in answer:
        return ""
    needs = answer.get("all_of")
    if isinstance(needs, list):
        return " and ".join(_find_label(offered, str(name)) for name in needs)
    label = word_range(takes, unit, {key: str(answer[key]) for key in THRESHOLDS if answer.get(key)})
    return label[:1].upper() + label[1:]


def _find_label(offered: dict[str, Any], name: str) -> str:
    answer = offered.get(name)
    return str(answer["label"]) if isinstance(answer, dict) and answer.get("label") else name


def word_range(takes: str, unit: str, thresholds: dict[str, str]) -> str:
    """A range in words: 100 to less than 1,000 USD."""
    low = next((key for key in LOWS if key in thresholds), "")
    high = next((key for key in HIGHS if key in thresholds), "")
    values = {key: word_value(takes, thresholds[key], unit) for key in (low, high) if key}
    if low and high:
        values[low] = word_value(takes, thresholds[low])
        upper = values[high] if high == "up_to" and low == "from" else WORDS[high].format(values[high])
        return f"{values[low]} to {upper}" if low == "from" else f"{WORDS[low].format(values[low])}, {upper}"
    if low == "from" and takes == "date":
        return f"{values[low]} or later"
    return WORDS[low or high].format(*values.values()) if values else ""
