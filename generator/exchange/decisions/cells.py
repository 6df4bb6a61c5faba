"""Reads the cells of a column of rules: lists and ranges too that people wrote their own way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from generator.documents.values import NAMES, read_value
from generator.exchange.decisions.grid import GridInput
from generator.exchange.decisions.limits import read_limits
from generator.exchange.legible import legible, one_line

TAKING = re.compile(rf"(.+) \[({'|'.join(NAMES)}|several)(?: ([^\]]+))?\]")
ANYTHING = {"*", "any", "any value", "beliebig", "egal", "cualquiera", "n'importe", "qualquer", "qualsiasi"}
JOINT = re.compile(r"\s*[,;/、]\s*|\s+(?:or|and|oder|und|o|y|ou|et)\s+")
AMOUNT = r"(-?[0-9]{1,3}(?:,[0-9]{3})+|-?[0-9]+(?:\.[0-9]+)?)"
BETWEEN = re.compile(rf"{AMOUNT}\s*(?:-|–|—|to|bis)\s*{AMOUNT}")
BEYOND = re.compile(rf"{AMOUNT}\s*(?:\+|or more|and more|and over|and above)")
ONE_SIDE = re.compile(
    rf"(≥|≤|>=|<=|=>|=<|>|<|at least|at most|up to|under|below|less than|over|above|more than)\s*{AMOUNT}"
)
SIGNS = {
    "≥": ">=", "=>": ">=", "at least": ">=", "≤": "<=", "=<": "<=", "at most": "<=", "up to": "<=", "under": "<",
    "below": "<", "less than": "<", "over": ">", "above": ">", "more than": ">",
}  # fmt: skip


class ColumnCells(NamedTuple):
    """A column: what it asks, the values of each cell (none for any), and what was read in another way."""

    asked: GridInput
    cells: list[list[str]]
    notes: list[tuple[str, str]]


def read_column(head: str, texts: Sequence[str]) -> ColumnCells:
    """The values of the cells of a column."""
    cells = [_list_lines(text) for text in texts]
    notes: list[tuple[str, str]] = []
    if said := list(dict.fromkeys(cell[0] for cell in cells if len(cell) == 1 and cell[0].casefold() in ANYTHING)):
        notes.append(("a word for any value, now an empty condition", f"{head}: {', '.join(said)}"))
        cells = [[] if cell and cell[0] in said and len(cell) == 1 else cell for cell in cells]
    if (asked := find_input(head, cells)).takes:
        return ColumnCells(asked, cells, notes)
    words = {word for cell in cells for word in cell}
    spelled = {word: _spell_range(word) for word in words}
    if all(spelled.values()) and any(read_limits(one, "number") for one in spelled.values()):
        takes = "count" if all(_is_whole(one) for one in spelled.values()) else "number"
        shown = next(word for word in sorted(words) if read_limits(spelled[word], "number"))
        notes.append((f"ranges written their own way, such as {shown}, now {spelled[shown]}", head))
        return ColumnCells(GridInput(head, takes), [[spelled[word] for word in cell] for cell in cells], notes)
    return ColumnCells(asked, [_split_list(cell, words, head, notes) for cell in cells], notes)


def find_input(head: str, cells: Sequence[Sequence[str]]) -> GridInput:
    """What a column asks: its head may say what it takes, or its cells may be ranges of numbers."""
    if found := TAKING.fullmatch(head):
        return GridInput(found[1], found[2], found[3] or "")
    words = {word for cell in cells for word in cell}
    ranges = {word for word in words if read_limits(word, "number")}
    is_number = ranges and all(read_value("number", word) for word in words - ranges)
    return GridInput(head, "number" if is_number else "")


def _list_lines(cell: str) -> list[str]:
    """The values of a cell, each in a line; none if it is for any."""
    return list(dict.fromkeys(line for line in map(one_line, legible(cell).split("\n")) if line))


def _split_list(cell: list[str], words: set[str], head: str, notes: list[tuple[str, str]]) -> list[str]:
    """The values of a cell, where one that lists other values of the column is these."""
    values: list[str] = []
    for word in cell:
        parts = [part for part in JOINT.split(word) if part]
        is_list = len(parts) > 1 and all(part in words for part in parts)
        if is_list and ("values in one line, taken apart", f"{head}: {word}") not in notes:
            notes.append(("values in one line, taken apart", f"{head}: {word}"))
        values += parts if is_list else [word]
    return list(dict.fromkeys(values))


def _spell_range(word: str) -> str:
    """A range or number as a table writes it; empty if it is none."""
    plain = word.casefold()
    if (both := BETWEEN.fullmatch(plain)) and float(_strip(both[1])) < float(_strip(both[2])):
        return f"[{_strip(both[1])}..{_strip(both[2])}]"
    if beyond := BEYOND.fullmatch(plain):
        return f">= {_strip(beyond[1])}"
    if side := ONE_SIDE.fullmatch(plain):
        return f"{SIGNS.get(side[1], side[1])} {_strip(side[2])}"
    number = _strip(plain)
    return number if read_value("number", number) else ""


def _strip(number: str) -> str:
    return number.replace(",", "")


def _is_whole(range_: str) -> bool:
    return not re.search(r"-\d|\d\.\d", range_)
