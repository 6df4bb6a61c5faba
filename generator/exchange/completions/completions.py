"""Reads the completions of courses from a table: who, which course and version, when, and whether it was passed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from generator.exchange.completions.columns import ExportedLine, read_rows
from generator.exchange.completions.written_days import Order, close, read_day, settle_order
from generator.exchange.legible import one_line

PASSED = {"passed", "pass", "success", "successful", "succeeded", "bestanden", "aprobado"}
DONE = {"completed", "complete", "done", "finished", "yes", "true", "1", "y", "abgeschlossen", "completado", ""}
NUMBER = r"(\d{1,6}(?:[.,]\d{1,6})?)"
SCORE = re.compile(rf"{NUMBER}\s*(?:%|(?:/|of|out of|von|de)\s*{NUMBER})?", re.IGNORECASE)


class Completion(NamedTuple):
    """One line: `key` tells people apart, `day` is None where none can be read, `written` has it as it was written.

    `state` is `passed`, `done` (completed, and nobody says with what success) or `failed`; `score` is in percent.
    """

    line: int
    key: str
    person: str
    team: str
    course: str
    version: str
    day: date | None
    written: str
    state: str
    score: float | None


def read_completions(text: str, file: str, order: Order | None = None) -> list[Completion]:
    """The completions in a table. Raises UnfitInput, also where a day can be read in two ways and `order` says none."""
    rows = read_rows(text, file)
    days = [(row.line, read_day(row.cells.get("date", ""))) for row in rows]
    settled = order or settle_order(days, file)
    are_shares = _are_shares(row.cells.get("score", "") for row in rows)
    return [_make_completion(row, close(one, settled), are_shares) for row, (_, one) in zip(rows, days, strict=True)]


def _make_completion(row: ExportedLine, day: date | None, are_shares: bool) -> Completion:
    cells = {role: one_line(cell) for role, cell in row.cells.items()}
    parts = [cells.get("first", ""), cells.get("last", "")]
    name = cells.get("name") or " ".join(filter(None, parts))
    email = cells.get("email", "")
    return Completion(
        row.line,
        (email or name).casefold(),
        name or email,
        cells.get("team", ""),
        cells.get("pack", ""),
        cells.get("version", ""),
        day,
        cells.get("date", ""),
        _read_state(cells.get("status", "")),
        _read_score(cells.get("score", ""), are_shares),
    )


def _read_state(text: str) -> str:
    word = text.casefold().strip(" .")
    return "passed" if word in PASSED else "done" if word in DONE else "failed"


def _are_shares(scores: Iterable[str]) -> bool:
    """Whether scores are written as parts of one: 0.85 in every line, and never more than 1."""
    plain = [one.replace(",", ".") for one in scores if one]
    numbers = [float(one) for one in plain if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", one)]
    return len(numbers) == len(plain) > 0 and max(numbers) <= 1 and any(0 < one < 1 for one in numbers)


def _read_score(text: str, are_shares: bool) -> float | None:
    found = SCORE.fullmatch(text.strip())
    if not found:
        return None
    value, most = (float(one.replace(",", ".")) if one else None for one in found.groups())
    if value is None or most == 0:
        return None
    return value * 100 / most if most else value * 100 if are_shares else value
