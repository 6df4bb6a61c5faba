"""Decisions for spreadsheets and drawings: every word of a table or tree, and nothing that runs."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from conftest import Lay, Play

TABLE = """\
id: refund
title: Refund {or} not
version: "1.0"
status: draft
owner: support
audience: internal
summary: Decides about refunds.
inputs:
  amount:
    ask: How much?
    takes: amount
    unit: EUR
    values:
      small: {below: 50}
      middle: {label: Some, from: 50, up_to: 500}
      large: {above: 500}
  why:
    ask: "=Why?"
    help: Read the letter.
    values:
      broken: {label: "@Broken"}
      late: {label: '-"Late", too'}
      other: {label: Other}
hit: first
rows:
  - {when: {amount: small}, then: pay, note: "+Small sums."}
  - {when: {amount: middle, why: [broken, late]}, then: pay}
  - {then: ask}
outcomes:
  pay: {decision: "Pay <back>", text: At once.}
  ask: {decision: "1. Ask #1"}
history:
  - {version: "1.0", on: 2026-11-20, note: First.}
"""
PLACE = "decision_trees/refund.yaml"


def test_a_table_is_a_sheet_without_a_formula(lay: Lay, play: Play) -> None:
    root = lay({PLACE: TABLE})
    told = play(root, "export", "decision", "refund")
    assert told.exit_code == 0, told.output
    assert told.output.startswith("has no place in CSV: `help` of inputs, `text` of outcomes\n")
    text = (root / "dist/refund.csv").read_bytes().decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["How much? [amount EUR]", "'=Why?", "Outcome of the first row that fits", "Note"],
        ["< 50", '\'@Broken\n-"Late", too\nOther', "Pay <back>", "'+Small sums."],
        ["Some: [50..500]", '\'@Broken\n-"Late", too', "Pay <back>", ""],
        ["< 50\nSome: [50..500]\n> 500", "", "1. Ask #1", ""],
    ]


def test_a_flowchart_has_every_question_answer_and_outcome_as_typed(lay: Lay, play: Play) -> None:
    root = lay({PLACE: TABLE})
    assert play(root, "export", "decision", "refund", "--format", "mermaid").exit_code == 0
    assert (root / "dist/refund.mmd").read_text(encoding="utf-8") == (
        "%% Refund or not\n"
        "flowchart TD\n"
        '  amount{"How much?"}\n'
        '  why{"=Why?"}\n'
        '  pay(["Pay #lt;back#gt;"])\n'
        '  ask(["1#46; Ask #35;1"])\n'
        '  amount -->|"Less than 50 EUR"| pay\n'
        '  amount -->|"Some"| why\n'
        '  amount -->|"More than 500 EUR"| ask\n'
        '  why -->|"@Broken"| pay\n'
        '  why -->|"-#quot;Late#quot;, too"| pay\n'
        '  why -->|"Other"| ask\n'
    )


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["account-takeover", "--format", "csv"], "is a tree, and has no rows: use --format mermaid"),
        (["restore-account"], "is no decision"),
        (["refund", "--audience", "vendor"], "no document has the id refund"),
        (["refunds"], "refund"),
    ],
)
def test_what_cannot_be_written_is_one_line(words: list[str], part: str, lay: Lay, play: Play) -> None:
    root = lay({PLACE: TABLE})
    told = play(root, "export", "decision", *words)
    assert told.exit_code in (1, 2)
    assert part in told.output
    assert not (root / "dist").exists()


def test_a_file_that_differs_stays_unless_it_may_go(lay: Lay, play: Play, tmp_path: Path) -> None:
    root, place = lay({}), tmp_path / "tree.mmd"
    words = ("export", "decision", "account-takeover", "--output", str(place))
    assert play(root, *words).exit_code == 0
    assert play(root, *words).exit_code == 0, "the same bytes are no change"
    place.write_text("mine", encoding="utf-8")
    told = play(root, *words)
    assert told.exit_code == 1
    assert "differs" in told.output
    assert place.read_text(encoding="utf-8") == "mine"
    assert play(root, *words, "--replace").exit_code == 0
    assert place.read_text(encoding="utf-8").startswith("%% ")
