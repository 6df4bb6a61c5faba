"""Finds what the columns of a table of completions hold, whatever the learning system calls them."""

from __future__ import annotations

import csv
import io
import re
from typing import NamedTuple

from generator.exchange import UnfitInput

ROLES = {
    "email": "email emailaddress mail useremail learneremail",
    "name": """
        learner user username name fullname student studentname learnername employee employeename participant
        person login userid learnerid displayname nutzer benutzer benutzername teilnehmer usuario nombre
    """,
    "first": "firstname givenname forename vorname",
    "last": "lastname surname familyname nachname apellido apellidos",
    "pack": """
        pack packid course coursename coursetitle courseid courseidnumber courseshortname training trainingname
        activity activityname title contentname curriculum kurs kursname curso
    """,
    "version": "version packversion courseversion contentversion release revision",
    "date": """
        completed completedon completedat completiondate completiontime completeddate datecompleted timecompleted
        date finished finishedon finisheddate datefinished passedon enddate datum abgeschlossen abgeschlossenam fecha
        fechadefinalizacion
    """,
    "score": "score grade finalgrade finalscore percent percentage points scorepercent punkte ergebnisinprozent nota",
    "status": """
        status completionstatus successstatus lessonstatus state result outcome passed success passfail ergebnis estado
    """,
    "team": "team group groups department site location cohort unit abteilung gruppe equipo grupo",
}
KNOWN = {name: role for role, names in ROLES.items() for name in names.split()}
ID = "id"  # of the course where no other column names it, and of the person nowhere
SIGNS = re.compile(r"[\W_]+")
ZONES = ("utc", "gmt", "percent", "local")
SEPARATORS = ",;\t|"
LONGEST = 1_000_000  # characters of a cell
MOST = 200_000  # lines


class ExportedLine(NamedTuple):
    """One line of the table: its number in the file, from 1, and its cells by role."""

    line: int
    cells: dict[str, str]


def read_rows(text: str, file: str, has_days: bool = True) -> list[ExportedLine]:
    """The lines of a table with what each of their columns holds; all have days if it `has_days`. Raises UnfitInput."""
    csv.field_size_limit(LONGEST)
    lines = text.lstrip("\ufeff")
    separator = _find_separator(lines)
    if lines.lower().startswith("sep=") and len(lines) > 4:  # what spreadsheets write above the header
        separator, lines = lines[4], lines.partition("\n")[2]
    try:
        table = csv.reader(io.StringIO(lines, newline=""), delimiter=separator, strict=True)
        header = next((row for row in table if any(cell.strip() for cell in row)), [])
        roles = _name_roles(header, file, has_days)
        rows = []
        for row in table:
            cells = {role: cell.strip() for role, cell in zip(roles, row, strict=False) if role}
            if any(cells.values()):
                rows.append(ExportedLine(table.line_num, cells))
            if len(rows) > MOST:
                raise UnfitInput(f"{file} has more than {MOST:,} lines: export fewer days at a time")
    except csv.Error as error:
        raise UnfitInput(f"{file} is not a table that can be read: {error}") from None
    if not rows:
        raise UnfitInput(f"{file} has no completions: export them again, with a line for each")
    return rows


def _find_separator(text: str) -> str:
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=header.count)


def _name_roles(header: list[str], file: str, has_days: bool) -> list[str]:
    """The role of each column; empty for those that say nothing here. Raises UnfitInput."""
    names = [SIGNS.sub("", cell.casefold()) for cell in header]
    roles = [_find_role(name) for name in names]
    if "pack" not in roles and ID in names:
        roles[names.index(ID)] = "pack"
    seen = set[str]()
    for place, role in enumerate(roles):
        roles[place] = "" if role in seen else role
        seen.add(role)
    shown = ", ".join(f"`{cell.strip()}`" for cell in header[:12]) or "none"
    if not seen & {"email", "name", "first", "last"}:
        raise UnfitInput(f"{file} has no column that says who was trained, such as `Learner` or `E-mail`, only {shown}")
    if has_days and "date" not in seen:
        raise UnfitInput(f"{file} has no column with the day, such as `Completed` or `Date`, only {shown}")
    return roles


def _find_role(name: str) -> str:
    """The role of a column by its name; what follows a known name in brackets, as a zone or a unit, does not count."""
    names = (name, *(name.removesuffix(end) for end in ZONES))
    return next((KNOWN[one] for one in names if one in KNOWN), "")
