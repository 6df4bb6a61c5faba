"""Reads decision tables of DMN files, as modelers of all versions write them; what has no place is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any, NamedTuple

from generator.exchange import UnfitInput, Unmapped
from generator.exchange.decisions.cells import find_input
from generator.exchange.decisions.feel import TAKES, FeelTest, read_test
from generator.exchange.decisions.grid import Grid, GridInput, GridRow
from generator.exchange.decisions.limits import read_limits
from generator.exchange.decisions.sheet_shape import ACTIONS, OUTCOMES, join_notes
from generator.exchange.legible import legible, one_line

MISSING = "DMN files need the extra `dmn`: pip install 'defusedxml>=0.7,<1'"
ROOT = re.compile(r"\{(https?://www\.omg\.org/spec/DMN/[0-9]{8}/(?:MODEL/|dmn\.xsd))\}definitions")
HITS = {"UNIQUE": False, "ANY": False, "FIRST": True, "PRIORITY": True}
SEVERAL = ("COLLECT", "RULE ORDER", "OUTPUT ORDER")
LAYOUT = ("DMNDI", "extensionElements", "association")
REST = "Anything else"


class DmnTable(NamedTuple):
    """A decision of a DMN file: its id, its name and its grid."""

    id: str
    name: str
    grid: Grid


def read_dmn(raw: bytes, file: str) -> tuple[list[DmnTable], list[Unmapped]]:
    """The tables of a DMN file, and what has no place. Raises UnfitInput, which names the rule and the input."""
    try:
        parser: Any = import_module("defusedxml.ElementTree")
    except ImportError:
        raise UnfitInput(f"{file} cannot be read: {MISSING}") from None
    try:
        root = parser.fromstring(raw)
    except (SyntaxError, ValueError, LookupError, RecursionError) as error:
        raise UnfitInput(f"{file} is no XML that can be read ({type(error).__name__}): save it anew") from None
    found = ROOT.fullmatch(str(root.tag))
    if not found:
        raise UnfitInput(f"{file} is no DMN: save it as DMN 1.3 in your modeler")
    reading = _Reading(found[1], file)
    tables = [table for child in root for table in reading.read(child)]
    if not tables:
        raise UnfitInput(f"{file} has no decision table")
    return tables, [*reading.list_inputs(), *reading.unmapped]


class _Reading:
    """The tables of one file while they are being read."""

    def __init__(self, space: str, file: str) -> None:
        self._space, self._file = f"{{{space}}}", file
        self._inputs: list[str] = []  # the data that the file names
        self._asked: set[str] = set()  # what its tables ask
        self.unmapped: list[Unmapped] = []

    def read(self, element: Any) -> Iterator[DmnTable]:
        """The table of a part of the file, if it has one."""
        kind = str(element.tag).rpartition("}")[2]
        table = element.find(f"{self._space}decisionTable") if kind == "decision" else None
        name = one_line(element.get("name") or self._find_text(element, "") or element.get("id") or kind)
        if kind == "inputData":
            self._inputs.append(name)
        elif table is None and kind not in LAYOUT:
            self._leave(f"`{kind}` without a decision table, left out", name)
        for one in ("description", "question", "allowedAnswers"):
            if words := one_line(element.findtext(f"{self._space}{one}") or ""):
                self._leave(f"`{one}` of {name}, left out", words)
        if table is not None:
            yield DmnTable(element.get("id") or name, name, self._read_grid(table, f"{self._file}, {name}"))

    def list_inputs(self) -> Iterator[Unmapped]:
        """The data that no table asks."""
        for name in self._inputs:
            if name.casefold() not in self._asked:
                yield Unmapped("`inputData` that no table asks, left out", self._file, name)

    def _leave(self, what: str, detail: str) -> None:
        self.unmapped.append(Unmapped(what, self._file, detail))

    def _read_grid(self, table: Any, where: str) -> Grid:
        hit = table.get("hitPolicy", "UNIQUE")
        if hit in SEVERAL:
            raise UnfitInput(f"{where} has the hit policy {hit}, with several outcomes: use UNIQUE, ANY or FIRST")
        if hit not in HITS:
            raise UnfitInput(f"{where} has the hit policy {hit}: use UNIQUE, ANY or FIRST")
        asked = table.findall(f"{self._space}input")
        heads = [one_line(one.get("label") or self._find_text(one, "inputExpression")) for one in asked]
        if not heads or not all(heads):
            raise UnfitInput(f"{where} has no inputs, or one without a label")
        self._asked.update(one.casefold() for one in heads)
        self._asked.update(self._find_text(one, "inputExpression").casefold() for one in asked)
        takes = [TAKES.get(self._find_type(one), "") for one in asked]
        outputs = table.findall(f"{self._space}output")
        if not outputs:
            raise UnfitInput(f"{where} has no output: a decision has one outcome")
        ends = [one_line(one.get("label") or one.get("name") or "") for one in outputs]
        for end in ends[1:]:
            self._leave("an output beside the first, put into the notes", end or "without a name")
        if ends[0] and ends[0].lower() not in OUTCOMES | ACTIONS:
            self._leave("the name of the output, left out", ends[0])
        tests: list[list[FeelTest]] = []
        rows: list[GridRow] = []
        for number, rule in enumerate(table.findall(f"{self._space}rule"), 1):
            tests.append(self._read_tests(rule, heads, takes, f"{where}, rule {number}"))
            rows.append(self._read_end(rule, ends, number, f"{where}, rule {number}"))
        if not rows:
            raise UnfitInput(f"{where} has no rules")
        known = [self._list_known(one, kind, f"{where}, values of {head}")
                 for one, kind, head in zip(asked, takes, heads, strict=True)]  # fmt: skip
        for side, words in enumerate(known):
            self._fill_column(rows, [test[side] for test in tests], words, heads[side])
        if hit == "PRIORITY":
            rows = self._sort_rows(rows, outputs[0], where)
        is_first = self._add_default(rows, outputs, len(heads), where) or HITS[hit]
        inputs = [_choose_input(head, rows, side, takes[side], known[side]) for side, head in enumerate(heads)]
        return Grid(inputs, rows, is_first)

    def _read_tests(self, rule: Any, heads: list[str], takes: list[str], where: str) -> list[FeelTest]:
        entries = rule.findall(f"{self._space}inputEntry")
        if len(entries) != len(heads):
            raise UnfitInput(f"{where} has {len(entries)} inputs, and the table has {len(heads)}: fill its cells")
        return [
            read_test(self._find_text(entry, ""), kind, f"{where}, input {head}")
            for entry, head, kind in zip(entries, heads, takes, strict=True)
        ]

    def _read_end(self, rule: Any, ends: list[str], number: int, where: str) -> GridRow:
        """A row without its cells: its outcome and its notes."""
        entries = rule.findall(f"{self._space}outputEntry")
        if len(entries) != len(ends):
            raise UnfitInput(f"{where} has {len(entries)} outputs, and the table has {len(ends)}: fill its cells")
        words = [read_test(self._find_text(entry, ""), "", f"{where}, its output").words for entry in entries]
        if len(words[0]) != 1 or not words[0][0]:
            raise UnfitInput(f"{where} has no outcome, or several: write one")
        beside = [f"{end}: {', '.join(some)}" if end else ", ".join(some)
                  for end, some in zip(ends[1:], words[1:], strict=True) if some]  # fmt: skip
        said = [one_line(self._find_text(one, "")) for one in rule.findall(f"{self._space}annotationEntry")]
        notes = [*beside, one_line(rule.findtext(f"{self._space}description") or ""), *said]
        return GridRow([], words[0][0], join_notes(dict.fromkeys(notes)), f"rule {number}")

    def _fill_column(self, rows: list[GridRow], tests: list[FeelTest], known: list[str], head: str) -> None:
        """Adds the cells of a column; what fits all but some values fits the others that the column knows."""
        words = list(dict.fromkeys([*known, *(word for test in tests for word in test.words)]))
        if not known and any(test.is_all_but for test in tests):
            self._leave(f"`not(...)` without a list of all values, for which a value `{REST}` stands", head)
            words.append(REST)
        for row, test in zip(rows, tests, strict=True):
            row.cells.append([word for word in words if word not in test.words] if test.is_all_but else test.words)

    def _list_known(self, asked: Any, takes: str, where: str) -> list[str]:
        """The words that answer an input, if the file lists them; ranges say only what numbers it may have."""
        words = read_test(self._find_text(asked, "inputValues"), takes, where).words
        return [] if any(read_limits(word, takes or "number") for word in words) else words

    def _sort_rows(self, rows: list[GridRow], output: Any, where: str) -> list[GridRow]:
        """The rows of a table in which the outcome that comes first in a list wins."""
        order = read_test(self._find_text(output, "outputValues"), "", f"{where}, values of its output").words
        if missing := next((row.then for row in rows if row.then not in order), None):
            raise UnfitInput(f"{where} has the hit policy PRIORITY, and its list of outputs lacks {missing}: add it")
        self._leave(
            "the hit policy PRIORITY, now an order of rows of which the first that fits counts", ", ".join(order)
        )
        return sorted(rows, key=lambda row: order.index(row.then))

    def _add_default(self, rows: list[GridRow], outputs: list[Any], width: int, where: str) -> bool:
        """Adds a default output as a last row for all that no other fits; returns whether there is one."""
        texts = [self._find_text(one, "defaultOutputEntry") for one in outputs]
        if not texts[0]:
            return False
        words = read_test(texts[0], "", f"{where}, its default output").words
        if len(words) != 1:
            raise UnfitInput(f"{where} has a default output that is no text: write it as a last rule, with FIRST")
        self._leave("a default output, now a last row of which the first that fits counts", words[0])
        rows.append(GridRow([[] for _ in range(width)], words[0], "", "default"))
        return True

    def _find_type(self, asked: Any) -> str:
        """What type of values an input takes; DMN 1.1 and 1.2 may give it a prefix."""
        expression = asked.find(f"{self._space}inputExpression")
        return "" if expression is None else str(expression.get("typeRef") or "").rpartition(":")[2]

    def _find_text(self, parent: Any, name: str) -> str:
        """The text of a child; without a name, that of the element itself."""
        found = parent.find(f"{self._space}{name}") if name else parent
        return "" if found is None else legible(found.findtext(f"{self._space}text") or "").strip()


def _choose_input(head: str, rows: list[GridRow], side: int, takes: str, known: list[str]) -> GridInput:
    words = {word for row in rows for word in row.cells[side]}
    if takes and any(read_limits(word, takes) for word in words):
        return GridInput(head, takes)
    asked = find_input(head, [row.cells[side] for row in rows])
    return asked if asked.takes and asked.takes != "several" else asked._replace(known=tuple(known))
