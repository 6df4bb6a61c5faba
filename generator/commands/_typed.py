"""What arguments stand for, as people type them: a word in another spelling, a day written in another order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import click

from generator.documents.meant import days, suggest
from generator.wording import did_you_mean


class Spelled(click.Choice[str]):
    """One of some words: `decision-table` is `decision_table`, and whoever mistypes one is told which is near."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        known = {_reduce(str(one)): one for one in self.choices}
        if _reduce(str(value)) in known:
            return known[_reduce(str(value))]
        hint = did_you_mean(str(value), self.choices, f"use one of {_join(self.choices)}")
        self.fail(f"there is no `{value}`; {hint}", param, ctx)
        return None


class DayTyped(click.DateTime):
    """A day, at midnight. One that is written in another order is not guessed: the message says what to write."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, datetime):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d")
        except ValueError:
            hint = suggest("write a day such as 2026-12-31", value, days)
            self.fail(f"`{value}` is not a day as it is written here; {hint}", param, ctx)
            return None


def _reduce(word: str) -> str:
    return word.lower().replace("_", "-")


def _join(words: Iterable[object]) -> str:
    return ", ".join(str(word).replace("_", "-") for word in words)
