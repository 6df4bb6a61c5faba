"""Finds the table in a sheet: the row of heads below titles, the outcome among the columns, and what is beside it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from generator.exchange.legible import one_line

OUTCOME, NOTE = "Outcome", "Note"
FIRST = "Outcome of the first row that fits"
OUTCOMES = {
    OUTCOME.lower(), FIRST.lower(), "decision", "result", "then", "ergebnis", "entscheidung", "dann", "resultado",
    "decisión", "entonces", "résultat", "décision", "alors", "decisão", "esito", "decisione", "結果", "判定", "决定",
}  # fmt: skip
ACTIONS = {
    "action", "actions", "disposition", "enforcement", "resolution", "response", "verdict", "what to do", "maßnahme",
    "acción", "mesure", "ação", "azione", "対応",
}  # fmt: skip
NOTES = {
    NOTE.lower(), "notes", "comment", "comments", "remark", "remarks", "annotation", "annotations", "bemerkung",
    "bemerkungen", "kommentar", "anmerkung", "anmerkungen", "hinweis", "hinweise", "nota", "notas", "comentario",
    "comentarios", "commentaire", "commentaires", "remarque", "remarques", "observação", "备注", "備考",
}  # fmt: skip
NUMBERING = {"#", "no", "no.", "nr", "nr.", "№", "id", "row", "rule", "rule #", "rule id", "rule no.", "regel", "regla"}
NUMBERED = re.compile(r"[A-Za-z]{0,4}[ ._-]?[0-9]{1,4}[.)]?")
MOST_ABOVE = 12  # rows above the heads
SENTENCE = 30  # characters that no value of a rule has

PlacedRow = tuple[str, list[str]]


class SheetShape(NamedTuple):
    """The rows of a sheet by what they are, each with its place: words above, the heads, rules, words below."""

    above: list[PlacedRow]
    heads: PlacedRow
    rules: list[PlacedRow]
    below: list[PlacedRow]


def find_shape(rows: Sequence[PlacedRow], after_gap: Collection[str]) -> SheetShape:
    """The shape of the rows of a sheet, none of which is empty; there are two at least.

    `after_gap` has the places of those that come after an empty row.
    """
    at = _find_heads(rows)
    outcome = find_outcome([one_line(cell) for cell in rows[at][1]])
    end = last = len(rows)
    while last > at + 2 and _is_remark(rows[last - 1][1], outcome):
        last -= 1
        if rows[last][0] in after_gap or len(list_texts(rows[last][1])[0]) > SENTENCE:
            end = last
    return SheetShape([*rows[:at]], rows[at], [*rows[at + 1 : end]], [*rows[end:]])


def find_outcome(heads: Sequence[str]) -> int | None:
    """The column of the outcome: the last that is called so, then one of actions, or else the last without notes."""
    for names in (OUTCOMES, ACTIONS):
        if sides := [side for side, head in enumerate(heads) if head.lower() in names]:
            return sides[-1]
    sides = [side for side, head in enumerate(heads) if head and head.lower() not in NOTES]
    return sides[-1] if sides else None


def is_numbering(head: str, cells: Sequence[str]) -> bool:
    """Whether a column just numbers the rows."""
    return head.lower() in NUMBERING and len({*cells}) == len(cells) and all(map(NUMBERED.fullmatch, cells))


def measure_row(row: Sequence[str]) -> int:
    """How far a row reaches that may end with empty cells."""
    return max((side for side, cell in enumerate(row, 1) if cell.strip()), default=0)


def list_texts(row: Sequence[str]) -> list[str]:
    """The texts of a row, each once."""
    return list(dict.fromkeys(words for cell in row if (words := one_line(cell))))


def _find_heads(rows: Sequence[PlacedRow]) -> int:
    """Which row has the heads: the first that is no title, or the first that names an outcome and heads all columns."""
    first = 0
    while first < len(rows) - 2 and len(list_texts(rows[first][1])) == 1 < measure_row(rows[first + 1][1]):
        first += 1
    while first < len(rows) - 2 and len(list_texts(rows[first][1])) == 1 < len(list_texts(rows[first + 1][1])):
        first += 1
    for at in range(first, min(first + MOST_ABOVE, len(rows) - 1)):
        if _names_outcome(rows[at][1]) and _has_all_heads(rows[at][1], rows[at + 1 :]):
            return at
    return first


def _names_outcome(row: Sequence[str]) -> bool:
    """Whether a row names an outcome, and no two columns the same, as merged cells above the heads do."""
    filled = [words.lower() for cell in row if (words := one_line(cell))]
    return len({*filled}) == len(filled) > 1 and any(word in OUTCOMES | ACTIONS for word in filled)


def _has_all_heads(heads: Sequence[str], rows: Sequence[PlacedRow]) -> bool:
    """Whether each column that has words below has a head."""
    named = {side for side, cell in enumerate(heads) if cell.strip()}
    return all(side in named for _, row in rows for side, cell in enumerate(row) if cell.strip())


def _is_remark(row: Sequence[str], outcome: int | None) -> bool:
    """Whether a row below a table has just one text and no outcome, as a legend has, or a sentence in merged cells."""
    filled = [side for side, cell in enumerate(row) if cell.strip()]
    words = list_texts(row)
    is_alone = len(filled) == 1 and filled != [outcome]
    return len(words) == 1 and (is_alone or (len(filled) > 1 and len(words[0]) > SENTENCE))


def join_notes(notes: Iterable[str]) -> str:
    """The notes of a row as one."""
    joined = ""
    for note in filter(None, notes):
        joined += (("" if joined[-1] in ".!?;" else ";") + " " if joined else "") + note
    return joined
