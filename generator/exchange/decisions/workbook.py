"""Reads the cells of spreadsheets as texts: CSV with its delimiter, and each sheet of an Excel file."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from importlib import import_module
from typing import Any, NamedTuple

from generator.exchange import UnfitInput, Unmapped
from generator.exchange.spreadsheet import FORMULA

EXCEL = (".xlsx", ".xlsm")
TEXTS = (".csv", ".tsv")
MISSING = "Excel files need the extra `excel`: pip install 'python-calamine>=0.3,<1'"
MOST_BYTES = 64 * 1024 * 1024
CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)(?<!/)>(.*?)</(?:\w+:)?c>", re.DOTALL)
PLACE = re.compile(rb'\br="([A-Z]+[0-9]+)"')
HOLDS_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)\b[^>]*>[^<]")


class SheetCells(NamedTuple):
    """The cells of a sheet as texts, row by row, each row with the name of its place; `name` is empty for CSV."""

    name: str
    rows: list[tuple[str, list[str]]]


def read_csv(text: str, file: str) -> SheetCells:
    """The cells of a CSV file, whose heads tell the delimiter: comma, semicolon or tab. Raises UnfitInput."""
    widths = {sign: len(next(csv.reader(io.StringIO(text, newline=""), delimiter=sign), [])) for sign in ",;\t"}
    delimiter = max(widths, key=lambda sign: widths[sign])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = []
    line = 1
    try:
        for row in reader:
            rows.append((f"line {line}", [_strip_apostrophe(cell) for cell in row]))
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnfitInput(f"{file}, line {line}, cannot be read as CSV ({error}): fix its quotes") from None
    return SheetCells("", rows)


def read_excel(raw: bytes, file: str) -> tuple[list[SheetCells], list[Unmapped]]:
    """The sheets of an Excel file that can be seen and hold anything, and what was left out. Raises UnfitInput."""
    try:
        calamine: Any = import_module("python_calamine")
    except ImportError:
        raise UnfitInput(f"{file} cannot be read: {MISSING}") from None
    _require_values(raw, file)
    sheets, unmapped = [], []
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
        for one in book.sheets_metadata:
            if one.typ != calamine.SheetTypeEnum.WorkSheet or one.visible != calamine.SheetVisibleEnum.Visible:
                unmapped.append(Unmapped("a sheet that is hidden or holds no cells, left out", file, one.name))
                continue
            sheet = book.get_sheet_by_name(one.name)
            cells = [[_word_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
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


def name_cell(row: int, column: int) -> str:
    """The name of a cell, as `B3`; both numbers begin with 0."""
    return f"{name_column(column)}{row + 1}"


def name_column(column: int) -> str:
    """The letters of a column; the first is 0."""
    return (name_column(column // 26 - 1) if column >= 26 else "") + chr(ord("A") + column % 26)


def _strip_apostrophe(cell: str) -> str:
    """A cell without the apostrophe that keeps spreadsheets from running it; a dash alone stands for nothing."""
    if cell.strip() == "-":
        return ""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def _word_cell(value: Any) -> str:
    """A value as text: whole numbers without a fraction, days as 2026-12-31, truth as Excel shows it."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    return value.isoformat() if isinstance(value, date | time) else _strip_apostrophe(str(value))


def _fill_merged(cells: list[list[str]], top: int, left: int, bottom: int, right: int) -> None:
    if top < len(cells) and left < len(cells[top]):
        for row in cells[top : bottom + 1]:
            row[left : right + 1] = [cells[top][left]] * len(row[left : right + 1])


def _require_values(raw: bytes, file: str) -> None:
    """Raises UnfitInput for what would look like an empty cell: an error, or a formula that was never computed."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            if sum(one.file_size for one in parts.infolist()) > MOST_BYTES:
                raise UnfitInput(f"{file} is larger than {MOST_BYTES // 1024 // 1024} MiB unpacked: split it")
            for part in parts.namelist():
                if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                    for place, why in _find_faults(parts.read(part)):
                        raise UnfitInput(f"{file}, cell {place} of {part.rpartition('/')[2][:-4]}, {why}")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        raise UnfitInput(f"{file} is no Excel file, or is damaged: open it in Excel and save it as .xlsx") from None


def _find_faults(part: bytes) -> Iterator[tuple[str, str]]:
    for head, body in CELL.findall(part):
        found = PLACE.search(head)
        place = found[1].decode() if found else "?"
        if b't="e"' in head:
            yield place, "is an error: fix it in Excel"
        elif re.search(rb"<(?:\w+:)?f\b", body) and not HOLDS_VALUE.search(body) and b't="str"' not in head:
            yield place, "is a formula without a value: open the file in Excel and save it"
