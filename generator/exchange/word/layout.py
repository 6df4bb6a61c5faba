"""Tells tables that only lay out a page from those that hold data."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from generator.exchange.procedures.naming import STEPS, field_of
from generator.exchange.word.markers import MARKER

LONGEST = 60  # characters of a cell that names a part


def is_frame(rows: list[list[Element]]) -> bool:
    """Whether a table has one column, and so is a frame around words."""
    return all(len(row) == 1 and row[0].get("colspan", "1") == "1" for row in rows)


def is_form(rows: list[list[Element]]) -> bool:
    """Whether the cells of a first column of two name parts of a procedure, which are beside or below them."""
    widths = [sum(int(cell.get("colspan", "1")) for cell in row) for row in rows]
    if (
        not rows
        or max(widths) != 2
        or min(widths) != 2
        or any(cell.get("rowspan", "1") != "1" for row in rows for cell in row)
    ):
        return False
    labels = [read_cell_words(row[0]) for row in rows]
    fields = [field_of(words) for words in labels]
    is_short = all(len(words) <= LONGEST for words, row in zip(labels, rows, strict=True) if len(row) == 2)
    return is_short and (STEPS in fields or sum(map(bool, fields)) > 1)


def read_cell_words(cell: Element) -> str:
    """The words of a cell in one line."""
    return " ".join(MARKER.sub("", "".join(cell.itertext())).split())
