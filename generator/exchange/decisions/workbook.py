"""Reads the cells of spreadsheets as texts: CSV with its delimiter, and each sheet of an Excel file."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime, time
from decimal import Decimal
from importlib import import_module
from typing import Any, NamedTuple

from generator.exchange import UnfitInput, Unmapped
from generator.exchange.decisions.book_parts import BookParts, SheetPart, open_book
from generator.exchange.spreadsheet import FORMULA

EXCEL = (".xlsx", ".xlsm")
TEXTS = (".csv", ".tsv")
MISSING = "Excel files need the extra `excel`: pip install 'python-calamine>=0.3,<1'"
DASHES = ("-", "–", "—")
TOP = 20  # lines of a file that tell its delimiter
DELIMITERS = ",;\t|"
TELLS_DELIMITER = re.compile(r"\Asep=(.)\r?\n")


class SheetCells(NamedTuple):
    """The cells of a sheet as texts, row by row, each row with the name of its place; `name` is empty for CSV."""

    name: str
    rows: list[tuple[str, list[str]]]


def read_csv(text: str, file: str) -> SheetCells:
    """The cells of a CSV file, whose first lines tell its delimiter: comma, semicolon, tab, bar. Raises UnfitInput."""
    told = TELLS_DELIMITER.match(text)
    text = text[told.end() :] if told else text
    delimiter = told[1] if told else _find_delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = []
    first = 2 if told else 1
    line = first
    try:
        for row in reader:
            rows.append((f"line {line}", [_strip_apostrophe(cell) for cell in row]))
            line = reader.line_num + first
    except csv.Error as error:
        raise UnfitInput(f"{file}, line {line}, cannot be read as CSV ({error}): fix its quotes") from None
    return SheetCells("", rows)


def read_excel(raw: bytes, file: str) -> tuple[list[SheetCells], list[Unmapped]]:
    """The sheets of an Excel file that can be seen and hold anything, and what was left out. Raises UnfitInput."""
    try:
        calamine: Any = import_module("python_calamine")
    except ImportError:
        raise UnfitInput(f"{file} cannot be read: {MISSING}") from None
    parts = open_book(raw, file)
    _require_values(parts, file)
    sheets, unmapped = [], []
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
        for one in book.sheets_metadata:
            if one.typ != calamine.SheetTypeEnum.WorkSheet or one.visible != calamine.SheetVisibleEnum.Visible:
                unmapped.append(Unmapped("a sheet that is hidden or holds no cells, left out", file, one.name))
                continue
            sheet = book.get_sheet_by_name(one.name)
            part = parts.sheets.get(one.name, SheetPart(b""))
            shares = part.find_shares(parts.styles)
            cells = [
                [_word_cell(value, name_cell(at, side) in shares) for side, value in enumerate(row)]
                for at, row in enumerate(sheet.to_python(skip_empty_area=False))
            ]
            unmapped += [Unmapped(what, file, f"{one.name}, {detail}") for what, detail in part.list_unseen()]
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
                _fill_merged(cells, top, left, bottom, right)
                place = f"{one.name}, {name_cell(top, left)}"
                unmapped.append(Unmapped("merged cells, of which each has the text of all", file, place))
            if any(map(any, cells)):
                sheets.append(SheetCells(one.name, [(f"row {number}", row) for number, row in enumerate(cells, 1)]))
            else:
                unmapped.append(Unmapped("a sheet that is empty, left out", file, one.name))
    except (calamine.CalamineError, ValueError, OSError) as error:
        reason = str(error).splitlines() or ["damaged"]
        raise UnfitInput(f"{file} cannot be read ({reason[0]}): open it in Excel and save it anew") from None
    return sheets, unmapped


def _find_delimiter(text: str) -> str:
    """The sign that parts the first lines into most cells, and each into as many."""

    def count_cells(sign: str) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
        try:
            widths = [len(row) for row, _ in zip(reader, range(TOP), strict=False) if any(row)]
        except csv.Error:
            widths = []
        return min(widths, default=0), max(widths, default=0)

    return max(DELIMITERS, key=count_cells)


def name_cell(row: int, column: int) -> str:
    """The name of a cell, as `B3`; both numbers begin with 0."""
    return f"{name_column(column)}{row + 1}"


def name_column(column: int) -> str:
    """The letters of a column; the first is 0."""
    return (name_column(column // 26 - 1) if column >= 26 else "") + chr(ord("A") + column % 26)


def _strip_apostrophe(cell: str) -> str:
    """A cell without the apostrophe that keeps spreadsheets from running it; a dash alone stands for nothing."""
    if cell.strip() in DASHES:
        return ""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def _word_cell(value: Any, is_share: bool = False) -> str:
    """A value as it is shown: whole numbers without a fraction, a share as `25%`, days as 2026-12-31, truth as TRUE."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        number = Decimal(f"{value:.15g}") * (100 if is_share else 1)  # as many digits as Excel keeps
        return f"{number.normalize():f}{'%' * is_share}"
    if isinstance(value, datetime):
        return (
            value.date().isoformat()
            if value.time() == time()
            else value.strftime("%Y-%m-%d %H:%M:%S").removesuffix(":00")
        )
    if isinstance(value, time):
        return value.isoformat().removesuffix(":00")
    return value.isoformat() if isinstance(value, date) else _strip_apostrophe(str(value))


def _fill_merged(cells: list[list[str]], top: int, left: int, bottom: int, right: int) -> None:
    if top < len(cells) and left < len(cells[top]):
        for row in cells[top : bottom + 1]:
            row[left : right + 1] = [cells[top][left]] * len(row[left : right + 1])


def _require_values(parts: BookParts, file: str) -> None:
    """Raises UnfitInput for what would look like an empty cell: an error, or a formula that was never computed."""
    for name, part in parts.sheets.items():
        for place, why in part.find_faults():
            raise UnfitInput(f"{file}, cell {place} of {name}, {why}")
