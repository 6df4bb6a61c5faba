"""Writes a decision table as DMN 1.3, with an input for each column so that an engine knows each variable."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from generator.exchange.decisions.feel import NAMED_RANGE, find_kind, name_variable, write_test
from generator.exchange.decisions.grid import Grid, GridInput, GridRow
from generator.exchange.decisions.sheet import write_head

SPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"
URN = "urn:playbook:"


def write_dmn(name: str, title: str, grid: Grid) -> bytes:
    """A table as DMN 1.3."""
    key = f"_{name}" if name[:1].isdigit() else name  # an XML id begins with a letter
    variables = [name_variable(one.name or f"input_{side}") for side, one in enumerate(grid.inputs, 1)]
    kinds = [find_kind(one, (word for row in grid.rows for word in row.cells[side]))
             for side, one in enumerate(grid.inputs)]  # fmt: skip
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<definitions xmlns="{SPACE}" id="definitions_{name}" name={quoteattr(title)} namespace="{URN}{name}">',
    ]
    for side, (variable, kind) in enumerate(zip(variables, kinds, strict=True), 1):
        lines += [
            f'  <inputData id="data_{side}" name="{variable}">',
            f'    <variable name="{variable}" typeRef="{kind}"/>',
            "  </inputData>",
        ]
    lines += [f'  <decision id="{key}" name={quoteattr(title)}>', '    <variable name="outcome" typeRef="string"/>']
    for side in range(1, len(variables) + 1):
        lines.append(f'    <informationRequirement><requiredInput href="#data_{side}"/></informationRequirement>')
    lines.append(f'    <decisionTable id="table_{name}" hitPolicy="{"FIRST" if grid.is_first else "UNIQUE"}">')
    for side, (one, variable, kind) in enumerate(zip(grid.inputs, variables, kinds, strict=True)):
        lines += _list_input(side, one, variable, kind, grid.rows)
    lines += [
        '      <output id="output_1" label="Outcome" name="outcome" typeRef="string"/>',
        '      <annotation name="Note"/>',
    ]
    for number, row in enumerate(grid.rows, 1):
        lines += _list_rule(number, row, kinds)
    lines += ["    </decisionTable>", "  </decision>", "</definitions>", ""]
    return "\n".join(lines).encode()


def list_unsaid(grid: Grid) -> Iterator[str]:
    """What of a table DMN has no place for: labels of ranges, and ranges that FEEL cannot say."""
    columns = [[word for row in grid.rows for word in row.cells[side]] for side in range(len(grid.inputs))]
    kinds = [find_kind(one, words) for one, words in zip(grid.inputs, columns, strict=True)]
    if any(
        NAMED_RANGE.match(word)
        for words, kind in zip(columns, kinds, strict=True)
        if kind != "string"
        for word in words
    ):
        yield "`label` of ranges"
    for one, kind in zip(grid.inputs, kinds, strict=True):
        if kind == "string" and one.takes not in ("", "several"):
            yield f"ranges of business days or months, now texts: {one.ask}"


def _list_input(side: int, one: GridInput, variable: str, kind: str, rows: list[GridRow]) -> Iterator[str]:
    yield f'      <input id="input_{side + 1}" label={quoteattr(write_head(one))}>'
    yield f'        <inputExpression typeRef="{kind}"><text>{variable}</text></inputExpression>'
    if kind == "string":
        known = dict.fromkeys(word for row in rows for word in row.cells[side])
        known = next((dict.fromkeys(row.cells[side]) for row in rows if {*row.cells[side]} == {*known}), known)
        yield f"        <inputValues><text>{escape(write_test([*known], kind))}</text></inputValues>"
    yield "      </input>"


def _list_rule(number: int, row: GridRow, kinds: list[str]) -> Iterator[str]:
    """A rule. Its note is there twice: engines keep it as an annotation, the editors of bpmn.io show a description."""
    yield f'      <rule id="rule_{number}">'
    if row.note:
        yield f"        <description>{escape(row.note)}</description>"
    for cell, kind in zip(row.cells, kinds, strict=True):
        yield f"        <inputEntry><text>{escape(write_test(cell, kind))}</text></inputEntry>"
    yield f"        <outputEntry><text>{escape(write_test([row.then], 'string'))}</text></outputEntry>"
    yield f"        <annotationEntry><text>{escape(row.note)}</text></annotationEntry>"
    yield "      </rule>"
