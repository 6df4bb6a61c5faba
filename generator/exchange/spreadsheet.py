"""Writes CSV for spreadsheets: in UTF-8 that they recognise, and no cell is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_sheet(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table with its heads. A cell that a spreadsheet would take for a formula begins with an apostrophe."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    for row in (heads, *rows):
        table.writerow(map(_disarm_cell, row))
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def _disarm_cell(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
