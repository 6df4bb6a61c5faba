"""Decision tables: what the checks say of the rows is what walking every combination says."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import pytest
import yaml
from conftest import Lay, Play, output_of
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from knowledge import TREE

from generator.decisions.graph import Graph
from generator.decisions.hitting_set import TooWide
from generator.decisions.table import Cells
from generator.documents.types.decision_tree import DecisionTable

HEAD = {"id": "t", "title": "T", "version": "1.0", "status": "draft", "owner": "support", "summary": "S."}
VALUES = ("u", "v", "w")
Combination = tuple[str, ...]


def a_table(inputs: dict[str, list[str]], rows: list[tuple[dict[str, list[str]], str]], hit: str) -> DecisionTable:
    asked = {n: {"ask": f"{n}?", "values": {v: {"label": v} for v in values}} for n, values in inputs.items()}
    said = [{"when": when, "then": then} for when, then in rows]
    outcomes = {name: {"decision": name} for name in "abc"}
    return DecisionTable.model_validate(HEAD | {"inputs": asked, "hit": hit, "rows": said, "outcomes": outcomes})


@st.composite
def tables(draw: st.DrawFn) -> DecisionTable:
    """A table of up to four inputs with up to three values, and up to seven rows that say what they like."""
    inputs = {f"i{n}": list(VALUES[: draw(st.integers(1, 3))]) for n in range(draw(st.integers(1, 4)))}

    def row() -> tuple[dict[str, list[str]], str]:
        named = [name for name in inputs if draw(st.booleans())]
        when = {
            name: draw(st.lists(st.sampled_from([*inputs[name], "any"]), min_size=1, unique=True)) for name in named
        }
        return when, draw(st.sampled_from("abc"))

    return a_table(inputs, [row() for _ in range(draw(st.integers(1, 7)))], draw(st.sampled_from(["unique", "first"])))


def combinations(table: DecisionTable) -> list[Combination]:
    return list(product(*(one.values for one in table.inputs.values())))


def fitting(table: DecisionTable, one: Combination) -> list[int]:
    """The rows that fit a combination, found by looking at every row."""
    said = dict(zip(table.inputs, one, strict=True))
    return [
        number
        for number, row in enumerate(table.rows)
        if all("any" in wanted or said[name] in wanted for name, wanted in row.when.items())
    ]


def held(cells: Cells, box: tuple[int, ...]) -> set[Combination]:
    when = cells.when(box)
    return set(product(*(when.get(name, list(one.values)) for name, one in cells.table.inputs.items())))


@given(tables())
def test_what_no_row_fits_is_found_whole_and_once(table: DecisionTable) -> None:
    cells = Cells(table)
    missing = {one for one in combinations(table) if not fitting(table, one)}
    boxes = [held(cells, box) for box in cells.left(cells.full, cells.all_rows)]
    assert set().union(*boxes) == missing
    assert sum(map(len, boxes)) == len(missing)
    found = cells.escaping(cells.full, cells.all_rows)
    assert (found is not None) == bool(missing)
    if found:
        wide = held(cells, cells.widened(found))
        assert held(cells, found) <= wide <= missing


@given(tables())
def test_rows_that_share_a_combination_are_found(table: DecisionTable) -> None:
    cells = Cells(table)
    together = {(r, s) for one in combinations(table) for r in fitting(table, one) for s in fitting(table, one)}
    for row, box in enumerate(cells.rows):
        met = {other for other in range(len(table.rows)) if cells.meeting(box) >> other & 1}
        assert met == {s for r, s in together if r == row}
        for other in met:
            both = held(cells, cells.shared(row, other))
            assert both == {one for one in combinations(table) if {row, other} <= {*fitting(table, one)}}


@given(tables())
def test_a_row_that_never_comes_first_is_covered_by_those_before_it(table: DecisionTable) -> None:
    cells = Cells(table)
    firsts = {rows[0] for one in combinations(table) if (rows := fitting(table, one))}
    for row, box in enumerate(cells.rows):
        assert (cells.escaping(box, (1 << row) - 1) is None) == (row not in firsts)


def disagree(table: DecisionTable) -> bool:
    ends = ({table.rows[row].then for row in fitting(table, one)} for one in combinations(table))
    return table.hit == "unique" and any(len(some) > 1 for some in ends)


@given(tables())
def test_a_table_that_is_asked_decides_as_its_rows_do(table: DecisionTable) -> None:
    """The questions leave out what makes no difference; whoever answers them ends where the first row says."""
    graph = Graph(table)
    if disagree(table):
        assert not graph.is_whole, "nobody can tell what such a table decides"
        return
    firsts = {rows[0] for one in combinations(table) if (rows := fitting(table, one))}
    assert graph.unused == [row for number, row in enumerate(table.rows) if number not in firsts]
    for one in combinations(table):
        rows = fitting(table, one)
        at, asked = graph.start, []
        for number, turn in graph.given(one):
            assert turn.answer == one[number]
            asked.append(graph.asks[turn.question])
            at = graph.questions[turn.question].answers[turn.answer].go
        assert asked == sorted(set(asked)), "each input is asked once, in the order of the file"
        assert at == (table.rows[rows[0]].then if rows else "")
    for question in graph.questions.values():
        assert len({answer.go for answer in question.answers.values()}) > 1, "a question that makes no difference"


@given(tables())
def test_a_way_through_a_table_makes_a_golden_case(table: DecisionTable) -> None:
    graph = Graph(table)
    for name, way in graph.ways.items():
        if name in graph.outcomes:
            case = graph.case(way)
            assert len(case) == len(table.inputs)
            assert [turn for _, turn in graph.given(case)] == list(way)
            assert {case[number] for number in range(len(case))} - {"any"} == {turn.answer for turn in way}


INPUTS = {f"i{n}": ["a", "b", "c", "d"] for n in range(20)}


def striped(last: bool) -> list[tuple[dict[str, list[str]], str]]:
    """200 rows over 20 inputs of 4 values: a million million combinations, of which the last row alone fits some."""
    names = list(INPUTS)
    rows: list[tuple[dict[str, list[str]], str]] = []
    open_: dict[str, list[str]] = {}
    for number in range(199):
        name = names[number % 20]
        value = "abc"[number // 20 % 3]
        other = names[(number * 7 + 3) % 20]
        rows.append((open_ | {name: [value], other: ["a", "b"]}, "ab"[number % 2]))
    return rows + ([({}, "c")] if last else [])


@pytest.mark.parametrize("last", [True, False], ids=["whole", "with a hole"])
def test_twenty_inputs_and_two_hundred_rows_are_judged_without_counting_them_out(last: bool) -> None:
    table = a_table(INPUTS, striped(last), "first")
    cells = Cells(table)
    found = cells.escaping(cells.full, cells.all_rows)
    assert (found is None) == last
    if found:
        assert not fitting(table, tuple(next(iter(held_one)) for held_one in _sides(cells, found)))


def _sides(cells: Cells, box: tuple[int, ...]) -> list[list[str]]:
    when = cells.when(box)
    return [when.get(name, list(one.values)) for name, one in cells.table.inputs.items()]


def test_rows_that_are_too_entangled_are_said_to_be(monkeypatch: pytest.MonkeyPatch, lay: Lay, play: Play) -> None:
    """Whoever gives up says so: a table that nobody could judge is not called sound."""
    monkeypatch.setattr("generator.decisions.table.MOST_STEPS", 1)
    told = play(lay({"decision_trees/harm.yaml": HARM}), "check")
    assert told.exit_code == 1
    assert "overlap in too many ways to check whether they fit every combination" in " ".join(told.output.split())
    with pytest.raises(TooWide):
        list(Cells(a_table(INPUTS, striped(False), "first")).left((15,) * 20, (1 << 199) - 1))


HARM = """\
id: harm
title: How severe is it?
version: "1.0"
status: draft
owner: support
audience: vendor
queue: accounts
summary: Gives a severity.
inputs:
  harm:
    ask: What harm can it do?
    help: Count the likely harm.
    values: {none: {label: None at all}, some: {label: "Some | more"}, grave: {label: "<b>Grave</b>"}}
  reach: {ask: "How many saw it?", values: {few: {label: Few}, many: {label: Many}}}
rows:
  - {when: {harm: none}, then: leave}
  - {when: {harm: some, reach: few}, then: leave, note: Sampled every week.}
  - {when: {harm: some, reach: many}, then: act}
  - {when: {harm: grave}, then: act}
outcomes:
  act: {decision: Act now}
  leave: {decision: Leave it}
cases:
  - {id: nothing, scenario: Nothing., answers: [none, few], outcome: leave, why: No harm.}
  - {id: seen, scenario: Seen., answers: [some, many], outcome: act, why: Seen by many.}
"""


def test_a_table_is_walked_like_a_tree(lay: Lay, play: Play) -> None:
    root = lay({"decision_trees/harm.yaml": HARM})
    assert play(root, "check").exit_code == 0
    told = play(root, "walk", "harm", "some", "2")
    assert told.exit_code == 0, told.output
    assert "Act now" in told.output
    assert "How many saw it? Many" in told.output
    short = play(root, "walk", "harm", "grave")
    assert "How many saw it?" not in short.output, "what makes no difference is not asked"
    paths = play(root, "walk", "harm", "--paths").output.splitlines()
    assert paths[0] == "`harm` none -> leave"
    assert paths[-1] == "4 paths to 2 outcomes."


def test_the_schema_knows_both_ways_to_write_a_decision(base: Path) -> None:
    schema = json.loads(output_of(None, "schema", "decision_tree", "--root", str(base)))
    validator = Draft202012Validator(schema)
    for text in (TREE, HARM):
        assert not list(validator.iter_errors(yaml.safe_load(text.replace("2026-", "day-"))))
    assert list(validator.iter_errors(yaml.safe_load(HARM.replace("rows:", "row:"))))


@pytest.mark.parametrize("last", ["  - {then: leave}\n", ""], ids=["whole", "with a hole"])
def test_a_table_of_very_many_inputs_makes_no_traceback(last: str, lay: Lay, play: Play) -> None:
    names = [f"i{n}" for n in range(1_200)]
    inputs = "".join(f"  {name}: {{ask: {name}?, values: {{a: {{label: A}}, b: {{label: B}}}}}}\n" for name in names)
    rows = "".join(f"  - {{when: {{{name}: a}}, then: act}}\n" for name in names) + last
    head, _, rest = HARM.partition("inputs:")
    wide = f"{head}inputs:\n{inputs}hit: first\nrows:\n{rows}outcomes:{rest.split('outcomes:')[1].split('cases:')[0]}"
    root = lay({"decision_trees/harm.yaml": wide})
    for words in (["check"], ["walk", "harm", "--paths"]):
        told = play(root, *words)
        assert isinstance(told.exception, SystemExit | None), told.exception
        assert told.exit_code in (0, 1)
