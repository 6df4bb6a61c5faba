"""Decision tables in DMN 1.3 and later, in both directions; of FEEL, strings, lists, ranges of numbers and `-`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from generator.documents.values import NUMBERS, read_value
from generator.exchange import UnfitInput, Unmapped
from generator.exchange.decisions.grid import Grid, GridInput, GridRow, list_all
from generator.exchange.decisions.limits import read_limits
from generator.exchange.decisions.sheet import find_input, write_head
from generator.exchange.legible import legible, one_line

MISSING = "DMN files need the extra `dmn`: pip install 'defusedxml>=0.7,<1'"
SPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"
SPACES = (SPACE, "https://www.omg.org/spec/DMN/20211108/MODEL/", "https://www.omg.org/spec/DMN/20230324/MODEL/")
HITS = {"UNIQUE": False, "ANY": False, "FIRST": True}
TEST = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[\[(\]][^\[\]()"]*[\])\[]|[^,"]+?)\s*(?:,|$)')
NAMED_RANGE = re.compile(r".+: (?=[\[(\]<>])")


class DmnTable(NamedTuple):
    """A decision of a DMN file: its id, its name and its grid."""

    id: str
    name: str
    grid: Grid


def write_dmn(name: str, title: str, grid: Grid) -> bytes:
    """A table as DMN 1.3."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<definitions xmlns="{SPACE}" id="definitions_{name}" name={quoteattr(title)} namespace="urn:{name}">',
        f'  <decision id="{name}" name={quoteattr(title)}>',
        f'    <decisionTable id="table_{name}" hitPolicy="{"FIRST" if grid.is_first else "UNIQUE"}">',
    ]
    for side, one in enumerate(grid.inputs):
        kind = "number" if one.takes in NUMBERS else "string"
        lines += [
            f'      <input id="input_{side + 1}" label={quoteattr(write_head(one))}>',
            f'        <inputExpression typeRef="{kind}"><text>input_{side + 1}</text></inputExpression>',
        ]
        if kind == "string":
            known = dict.fromkeys(word for row in grid.rows for word in row.cells[side])
            known = next((dict.fromkeys(row.cells[side]) for row in grid.rows if {*row.cells[side]} == {*known}), known)
            lines.append(f"        <inputValues><text>{_write_test([*known], one)}</text></inputValues>")
        lines.append("      </input>")
    lines += [
        '      <output id="output_1" label="Outcome" name="outcome" typeRef="string"/>',
        '      <annotation name="Note"/>',
    ]
    for number, row in enumerate(grid.rows, 1):
        lines.append(f'      <rule id="rule_{number}">')
        for cell, one in zip(row.cells, grid.inputs, strict=True):
            lines.append(f"        <inputEntry><text>{_write_test(cell, one)}</text></inputEntry>")
        lines.append(f"        <outputEntry><text>{_write_test([row.then], GridInput(''))}</text></outputEntry>")
        lines.append(f"        <annotationEntry><text>{escape(row.note)}</text></annotationEntry>")
        lines.append("      </rule>")
    lines += ["    </decisionTable>", "  </decision>", "</definitions>", ""]
    return "\n".join(lines).encode()


def has_named_ranges(grid: Grid) -> bool:
    """Whether ranges have labels, which DMN has no place for."""
    words = (word for row in grid.rows for cell, one in zip(row.cells, grid.inputs, strict=True)
             if one.takes in NUMBERS for word in cell)  # fmt: skip
    return any(map(NAMED_RANGE.match, words))


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
    space = next((one for one in SPACES if root.tag == f"{{{one}}}definitions"), "")
    if not space:
        raise UnfitInput(f"{file} is not DMN 1.3 or later: save it as such")
    tables, unmapped = [], []
    for child in root:
        kind = str(child.tag).rpartition("}")[2]
        name = one_line(child.get("name") or child.get("id") or kind)
        table = child.find(f"{{{space}}}decisionTable") if kind == "decision" else None
        if table is None:
            unmapped.append(Unmapped(f"`{kind}` without a decision table, left out", file, name))
            continue
        for words in child.iter(f"{{{space}}}description"):
            unmapped.append(Unmapped("a description, left out", file, one_line(words.text or "")))
        tables.append(DmnTable(child.get("id") or name, name, _read_grid(table, space, f"{file}, {name}")))
    if not tables:
        raise UnfitInput(f"{file} has no decision table")
    return tables, unmapped


def _read_grid(table: Any, space: str, where: str) -> Grid:
    hit = table.get("hitPolicy", "UNIQUE")
    if hit not in HITS:
        raise UnfitInput(f"{where} has the hit policy {hit}: use UNIQUE, ANY or FIRST")
    outputs = table.findall(f"{{{space}}}output")
    if len(outputs) != 1:
        raise UnfitInput(f"{where} has {len(outputs)} outputs: a decision has one outcome")
    if table.find(f".//{{{space}}}defaultOutputEntry") is not None:
        raise UnfitInput(f"{where} has a default output: write it as a last rule, with the hit policy FIRST")
    asked = table.findall(f"{{{space}}}input")
    heads = [one_line(one.get("label") or _find_text(one, space, "inputExpression")) for one in asked]
    if not heads or not all(heads):
        raise UnfitInput(f"{where} has no inputs, or one without a label")
    rows = []
    for number, rule in enumerate(table.findall(f"{{{space}}}rule"), 1):
        entries = rule.findall(f"{{{space}}}inputEntry")
        ends = rule.findall(f"{{{space}}}outputEntry")
        if len(entries) != len(heads) or len(ends) != 1:
            raise UnfitInput(
                f"{where}, rule {number} has {len(entries)} inputs and {len(ends)} outputs: fill its cells"
            )
        cells = [
            _read_test(_take_text(entry, space), f"{where}, rule {number}, input {head}")
            for entry, head in zip(entries, heads, strict=True)
        ]
        then = _read_test(_take_text(ends[0], space), f"{where}, rule {number}, its output")
        if len(then) != 1:
            raise UnfitInput(f"{where}, rule {number} has no outcome, or several: write one")
        notes = (one_line(_take_text(one, space)) for one in rule.findall(f"{{{space}}}annotationEntry"))
        rows.append(GridRow(cells, then[0], " ".join(filter(None, notes)), f"rule {number}"))
    if not rows:
        raise UnfitInput(f"{where} has no rules")
    inputs = [find_input(head, ["\n".join(row.cells[side]) for row in rows]) for side, head in enumerate(heads)]
    for side, one in enumerate(asked):
        if known := _read_test(_find_text(one, space, "inputValues"), f"{where}, values of {heads[side]}"):
            list_all(rows, side, known)
    return Grid(inputs, rows, HITS[hit])


def _find_text(parent: Any, space: str, name: str) -> str:
    found = parent.find(f"{{{space}}}{name}")
    return "" if found is None else _take_text(found, space)


def _take_text(entry: Any, space: str) -> str:
    return legible(entry.findtext(f"{{{space}}}text") or "").strip()


def _read_test(text: str, where: str) -> list[str]:
    """The values of a unary test; none if it is for any. Raises UnfitInput."""
    return list(dict.fromkeys(_split_test(text, where))) if text not in ("", "-") else []


def _split_test(text: str, where: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        found = TEST.match(text, at)
        word = found[1] if found else ""
        if word.startswith('"'):
            yield one_line(re.sub(r"\\(.)", r"\1", word[1:-1]))
        elif word in ("true", "false") or read_value("number", word) or read_limits(word, "number"):
            yield word
        else:
            raise UnfitInput(
                f"{where}: `{one_line(text)[:60]}` is FEEL that has no place: use texts or ranges of numbers"
            )
        at = found.end() if found else len(text)


def _write_test(cell: list[str], asked: GridInput) -> str:
    """Values as a unary test: ranges of numbers as they are, without the name that they may have; texts in quotes."""
    tests = []
    for word in cell:
        plain = NAMED_RANGE.sub("", word)
        is_range = asked.takes in NUMBERS and read_limits(plain, asked.takes)
        quoted = word.replace("\\", "\\\\").replace('"', '\\"')
        tests.append(plain if is_range else f'"{quoted}"')
    return escape(", ".join(tests)) or "-"
