"""Reads the list of all who should be trained."""

from __future__ import annotations

from generator.exchange import UnfitInput
from generator.exchange.completions.columns import read_rows
from generator.exchange.legible import one_line


def read_people(text: str, file: str) -> dict[str, tuple[str, str]]:
    """Each person's name and team, by what tells them apart in completions too. Raises UnfitInput."""
    found: dict[str, tuple[str, str]] = {}
    for row in read_rows(text, file, has_days=False):
        cells = {role: one_line(cell) for role, cell in row.cells.items()}
        name = cells.get("name") or " ".join(filter(None, (cells.get("first", ""), cells.get("last", ""))))
        key = (cells.get("email") or name).casefold()
        if key:
            found[key] = (name or cells.get("email", ""), cells.get("team", ""))
    if not found:
        raise UnfitInput(f"{file} names nobody")
    return found
