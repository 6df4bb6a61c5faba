"""Decision tables in DMN: both ways, and FEEL that has no place is named with its cell."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from itertools import islice, product
from pathlib import Path
from typing import Any

import pytest
import yaml
from browser.conftest import ROOT, TOOLS, missing
from conftest import Lay, Play
from knowledge import STARTER
from lxml import etree
from test_export_decisions import PLACE, TABLE

from generator.documents.structure import structure
from generator.documents.types.decision_tree import DecisionTable
from generator.exchange.decisions.dmn_writing import write_dmn
from generator.exchange.decisions.grid import grid_of
from generator.files.source import read

MADE = "decision_trees/rules.yaml"
DMN = """\
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="d" name="D" namespace="urn:d">
  <inputData id="i" name="Days"/>
  <decision id="late" name="Late parcels"><decisionTable hitPolicy="UNIQUE">
    <input label="Days"><inputExpression typeRef="number"><text>days</text></inputExpression></input>
    <input label="Kind"><inputExpression><text>kind</text></inputExpression>
      <inputValues><text>"Gift","Book","Other"</text></inputValues></input>
    <output name="then"/>
    <rule><inputEntry><text>&lt; 5</text></inputEntry><inputEntry><text>-</text></inputEntry>
      <outputEntry><text>"Wait"</text></outputEntry><annotationEntry><text>Why.</text></annotationEntry></rule>
    <rule><inputEntry><text>[5..10], &gt; 10</text></inputEntry><inputEntry><text>"Gift", "Book"</text></inputEntry>
      <outputEntry><text>"Pay"</text></outputEntry></rule>
    <rule><inputEntry><text>&gt;= 5</text></inputEntry><inputEntry><text>"Other"</text></inputEntry>
      <outputEntry><text>"Ask"</text></outputEntry></rule>
  </decisionTable></decision>
</definitions>
""".replace("&gt;= 5", "[5..10], &gt; 10")


def bring(play: Play, root: Path, content: str | bytes, *words: str, name: str = "rules.dmn") -> Any:
    file = root.parent / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return play(root, "import", "decision-table", str(file), *words)


def test_a_table_becomes_a_decision(lay: Lay, play: Play) -> None:
    root = lay({})
    told = bring(play, root, DMN)
    assert told.exit_code == 0, told.output
    assert "left out" not in told.output, "the table asks for the data that the file names"
    assert f"1 table with 3 rows in {MADE}; 1 file written" in told.output
    made = yaml.safe_load((root / MADE).read_text(encoding="utf-8"))
    assert made["title"] == "Late parcels"
    assert made["inputs"]["days"]["takes"] == "number"
    assert list(made["inputs"]["days"]["values"].values()) == [
        {"below": "5"},
        {"from": "5", "up_to": "10"},
        {"above": "10"},
    ]
    assert list(made["inputs"]["kind"]["values"]) == ["gift", "book", "other"]
    assert made["rows"][0] == {"when": {"days": "less-than-5"}, "then": "wait", "note": "Why."}
    assert made["rows"][1]["when"]["kind"] == ["gift", "book"]
    found = play(root, "check")
    assert found.exit_code == 0, found.output
    assert "0 files written" in bring(play, root, DMN).output


def test_what_export_writes_comes_back_the_same(lay: Lay, play: Play) -> None:
    root = lay({PLACE: TABLE.replace("label: Some, ", "")})
    for form in ("csv", "dmn"):
        assert play(root, "export", "decision", "refund", "--format", form).exit_code == 0
    told = bring(play, root, (root / "dist/refund.dmn").read_bytes(), "--id", "again")
    assert told.exit_code == 0, told.output
    assert play(root, "export", "decision", "again").exit_code == 0
    assert (root / "dist/again.csv").read_bytes() == (root / "dist/refund.csv").read_bytes()


def test_what_dmn_has_no_place_for_is_told(lay: Lay, play: Play) -> None:
    root = lay({PLACE: TABLE})
    told = play(root, "export", "decision", "refund", "--format", "dmn")
    assert told.output.startswith("has no place in DMN: `help` of inputs, `text` of outcomes, `label` of ranges\n")


@pytest.mark.parametrize(
    ("changes", "said", "rows"),
    [
        ({"20230324/MODEL/": "20151101/dmn.xsd"}, "", [None, ["gift", "book"], "other"]),
        ({"20230324": "20180521"}, "", [None, ["gift", "book"], "other"]),
        ({'"Gift", "Book"': 'not("Other")'}, "", [None, ["gift", "book"], "other"]),
        ({'"Gift", "Book"': 'not("Other")', '<inputValues><text>"Gift","Book","Other"</text></inputValues>': ""},
         "for which a value `Anything else` stands: Kind", [None, "anything-else", "other"]),
        ({'<output name="then"/>': '<output><outputValues><text>"Ask","Pay","Wait"</text></outputValues></output>',
          "UNIQUE": "PRIORITY"}, "the hit policy PRIORITY, now an order of rows", ["other", ["gift", "book"], None]),
        ({'<output name="then"/>': '<output><defaultOutputEntry><text>"Call"</text></defaultOutputEntry></output>'},
         "a default output, now a last row", [None, ["gift", "book"], "other", None]),
        ({"<rule><inputEntry><text>&lt; 5": "<rule><description>Why.</description><inputEntry><text>&lt; 5"}, "",
         [None, ["gift", "book"], "other"]),
        ({"&lt; 5": "? &lt; 5"}, "", [None, ["gift", "book"], "other"]),
        ({'<inputData id="i" name="Days"/>': '<inputData id="i" name="Weather"/><knowledgeSource name="Rules"/>'},
         "`knowledgeSource` without a decision table, left out: Rules", [None, ["gift", "book"], "other"]),
    ],
)  # fmt: skip
def test_what_modelers_write(changes: dict[str, str], said: str, rows: list[Any], lay: Lay, play: Play) -> None:
    root, text = lay({}), DMN
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new, 1)
    told = bring(play, root, text)
    assert told.exit_code == 0, told.output
    assert said in told.output
    made = yaml.safe_load((root / MADE).read_text(encoding="utf-8"))
    assert [row["when"].get("kind") for row in made["rows"]] == rows
    assert made["hit"] == ("first" if "last row" in said or "PRIORITY" in said else "unique")
    assert [row.get("note") for row in made["rows"] if row["then"] == "wait"] == ["Why."], (
        "said twice, it is there once"
    )
    assert play(root, "check").exit_code == 0


def test_a_value_that_no_row_has_is_not_forgotten(lay: Lay, play: Play) -> None:
    """A row for all the others would fit everything without it."""
    root = lay({})
    bring(play, root, DMN.replace('"Gift","Book","Other"', '"Gift","Book","Other","Letter"'))
    made = yaml.safe_load((root / MADE).read_text(encoding="utf-8"))
    assert list(made["inputs"]["kind"]["values"]) == ["gift", "book", "other", "letter"]
    assert "uncovered-combination" in play(root, "check").output


def test_dates_times_and_a_second_output(lay: Lay, play: Play) -> None:
    root = lay({})
    text = (
        DMN.replace('typeRef="number"', 'typeRef="date"').replace("&lt; 5", '&lt; date("2026-02-01")')
        .replace("[5..10], &gt; 10", '&gt;= @"2026-02-01"')
        .replace('<output name="then"/>', '<output/><output name="SLA"/>')
        .replace("</outputEntry>", '</outputEntry><outputEntry><text>"4 h"</text></outputEntry>')
    )  # fmt: skip
    told = bring(play, root, text)
    assert "an output beside the first, put into the notes: SLA" in told.output, told.output
    made = yaml.safe_load((root / MADE).read_text(encoding="utf-8"))
    assert made["inputs"]["days"]["takes"] == "date"
    assert [str(one) for value in made["inputs"]["days"]["values"].values() for one in value.values()] == [
        "2026-02-01"
    ] * 2
    assert made["rows"][0]["note"] == "SLA: 4 h; Why."


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("&lt; 5", "not(5)", "rule 1, input Days: `not(5)` is FEEL that has no place"),
        ("&lt; 5", "? &gt; days", "rule 1, input Days: "),
        ('"Pay"', "sum(1, 2)", "rule 2, its output: "),
        ("UNIQUE", "COLLECT", "has the hit policy COLLECT"),
        ('<output name="then"/>', "", "has no output"),
        ('<output name="then"/>', '<output name="a"/><output name="b"/>', "rule 1 has 1 outputs, and the table has 2"),
        ("www.omg.org/spec/DMN", "example.org", "is no DMN"),
        ("</definitions>", "", "is no XML that can be read"),
        (
            "<definitions ",
            '<!DOCTYPE a [<!ENTITY b "c">]><definitions ',
            "is no XML that can be read (EntitiesForbidden)",
        ),
    ],
)
def test_what_is_not_held_is_named_and_nothing_is_written(old: str, new: str, part: str, lay: Lay, play: Play) -> None:
    root = lay({})
    told = bring(play, root, DMN.replace(old, new, 1))
    assert told.exit_code == 1, told.output
    assert part in told.output
    assert len(told.output.strip().splitlines()) == 1
    assert not (root / MADE).exists()


def test_without_the_extra_it_says_what_to_install(lay: Lay, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "defusedxml.ElementTree", None)
    assert "pip install 'defusedxml" in bring(play, lay({}), DMN).output


# Other programs' readers: the schema of the standard, dmn-moddle, an engine for FEEL


DECIDED = ("enforcement-ladder", "handover-pile", "severity-routing")
MOST_WAYS = 4  # of a case in which several inputs may have any value


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of the starter library as DMN, and one with an id that begins with a digit."""
    folder = tmp_path_factory.mktemp("dmn")
    for name in DECIDED:
        grid = grid_of(read_table(name))
        (folder / f"{name}.dmn").write_bytes(write_dmn(name, 'How "it" is < decided & why', grid))
    (folder / "2nd-look.dmn").write_bytes(write_dmn("2nd-look", "Second look", grid_of(read_table(DECIDED[0]))))
    return folder


def read_table(name: str) -> DecisionTable:
    place = f"decision_trees/{name}.yaml"
    source, _ = read(place, (STARTER / place).read_bytes())
    body = structure([source]).documents[0].body
    assert isinstance(body, DecisionTable)
    return body


def list_cases(table: DecisionTable) -> list[dict[str, Any]]:
    """The golden cases of a table in the words of its grid; an input with any value has each in turn."""
    words = [{key: one.label for key, one in asked.values.items()} for asked in table.inputs.values()]
    return [
        {"inputs": ways, "outcome": table.outcomes[case.outcome].decision}
        for case in table.cases
        for ways in islice(
            product(*([*some.values()] if key == "any" else [some[key]]
                      for key, some in zip(case.answers, words, strict=True))), MOST_WAYS
        )
    ]  # fmt: skip


def test_the_schema_of_the_standard_finds_nothing(exported: Path) -> None:
    schema = TOOLS / "dmn-moddle/resources/dmn/xsd/DMN13.xsd"
    if not schema.exists():
        missing("no dmn-moddle; run tests/scripts/get_tools.sh, which needs npm")
    rules = etree.XMLSchema(etree.parse(schema))
    for file in sorted(exported.iterdir()):
        assert rules.validate(etree.parse(file)), (file.name, rules.error_log)


@pytest.mark.parametrize("name", DECIDED)
def test_an_engine_decides_every_golden_case_as_we_do(name: str, exported: Path) -> None:
    cases = list_cases(read_table(name))
    assert len(cases) >= len(read_table(name).cases) > 10
    assert decide(exported / f"{name}.dmn", cases) == []


def test_an_engine_decides_on_numbers(lay: Lay, play: Play) -> None:
    root = lay({PLACE: TABLE})
    play(root, "export", "decision", "refund", "--format", "dmn")
    amounts = {49.99: "Pay <back>", 50: "Pay <back>", 500: "Pay <back>", 500.01: "1. Ask #1"}
    late = '-"Late", too'
    cases = [{"inputs": [amount, late], "outcome": outcome} for amount, outcome in amounts.items()]
    cases.append({"inputs": [100, "Other"], "outcome": "1. Ask #1"})
    assert decide(root / "dist/refund.dmn", cases) == []
    assert decide(root / "dist/refund.dmn", [cases[0] | {"outcome": "Nothing"}]) != []


TIMED = """\
id: late
title: How late it is
version: "1.0"
status: draft
owner: support
audience: internal
summary: Decides by days.
inputs:
  sent:
    ask: Sent when?
    takes: date
    values: {old: {before: 2026-02-01}, new: {from: 2026-02-01, before: 2026-03-01}, newest: {from: 2026-03-01}}
  took:
    ask: How long did it take?
    takes: duration
    values: {short: {below: 4h}, middle: {from: 4h, up_to: 2w}, long: {above: 2w}}
  left:
    ask: How much is left?
    takes: duration
    values: {some: {below: 5bd}, much: {from: 5bd}}
hit: first
rows:
  - {when: {sent: old}, then: close}
  - {when: {took: [short, middle], left: some}, then: wait}
  - {when: {sent: newest, took: long}, then: ask}
  - {then: close}
outcomes: {close: {decision: Close}, wait: {decision: Wait}, ask: {decision: Ask}}
history:
  - {version: "1.0", on: 2026-11-20, note: First.}
"""


def test_days_and_times_go_out_as_such(lay: Lay, play: Play) -> None:
    root = lay({"decision_trees/late.yaml": TIMED})
    told = play(root, "export", "decision", "late", "--format", "dmn")
    assert "has no place in DMN: ranges of business days or months, now texts: How much is left?\n" in told.output
    cases = [
        {"inputs": [sent, took, left], "outcome": outcome}
        for sent, took, left, outcome in [
            ("2026-01-31", "PT1H", "< 5bd", "Close"),
            ("2026-02-01", "PT3H", "< 5bd", "Wait"),
            ("2026-03-01", "P14DT1M", "< 5bd", "Ask"),
            ("2026-03-01", "P14D", "< 5bd", "Wait"),
            ("2026-03-01", "P14D", ">= 5bd", "Close"),
            ("2026-03-02", "P15D", ">= 5bd", "Ask"),
        ]
    ]
    assert decide(root / "dist/late.dmn", cases) == []
    assert bring(play, root, (root / "dist/late.dmn").read_bytes(), "--id", "again", name="late.dmn").exit_code == 0
    again = yaml.safe_load((root / "decision_trees/again.yaml").read_text(encoding="utf-8"))
    assert [one.get("takes") for one in again["inputs"].values()] == ["date", "duration", "duration"]


def decide(file: Path, cases: list[dict[str, Any]]) -> list[str]:
    """What an engine of somebody else's decides otherwise."""
    if shutil.which("node") is None or not (TOOLS / "feelin").exists():
        missing("no Node.js, or no feelin; run tests/scripts/get_tools.sh, which needs npm")
    script = ROOT / ".cache/node/decide.mjs"  # beside the packages, where Node.js looks for them
    script.write_bytes((ROOT / "tests/scripts/decide.mjs").read_bytes())
    given = json.dumps({"file": str(file), "cases": cases})
    done = subprocess.run(["node", script], input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    wrong: list[str] = json.loads(done.stdout)
    return wrong
