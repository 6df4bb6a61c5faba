"""Decision tables of spreadsheets: what a file becomes, what a second import keeps, what is refused."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Lay, Play
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from knowledge import edit
from test_export_decisions import PLACE, TABLE
from workbooks import DAY, Raw, workbook

HEADS = ["Harm", "Reach", "Outcome", "Note"]
ROWS = [["High", "", "Act", "Harm first."], ["Low", "Many", "Act", ""], ["Low", "Few", "Leave", ""]]
CSV = "Harm,Reach,Outcome,Note\nHigh,,Act,Harm first.\nLow,Many,Act,\nLow,Few,Leave,\n"
MADE = "decision_trees/case-rules.yaml"


def bring(play: Play, root: Path, content: str | bytes, *words: str, name: str = "case rules.csv") -> Any:
    file = root.parent / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return play(root, "import", "decision-table", str(file), *words)


def made_at(root: Path, place: str = MADE) -> Any:
    return yaml.safe_load((root / place).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("case rules.csv", CSV),
        ("case rules.csv", "\ufeff" + CSV.replace(",", ";").replace("\n", "\r\n")),
        ("case rules.tsv", CSV.replace(",", "\t")),
        ("case rules.csv", CSV.replace("High,,", "High,-,")),
        ("case rules.xlsx", workbook({"Sheet1": [HEADS, *ROWS]})),
    ],
    ids=["comma", "semicolon", "tab", "dash", "excel"],
)
def test_a_sheet_becomes_a_decision(name: str, content: str | bytes, lay: Lay, play: Play) -> None:
    root = lay({})
    told = bring(play, root, content, name=name)
    assert told.exit_code == 0, told.output
    assert told.output == f"1 table with 3 rows in {MADE}; 1 file written. Next: playbook check\n"
    made = made_at(root)
    assert made["title"] == "Case rules"
    assert made["inputs"]["harm"] == {"ask": "Harm", "values": {"high": {"label": "High"}, "low": {"label": "Low"}}}
    assert made["hit"] == "unique"
    assert made["rows"] == [
        {"when": {"harm": "high"}, "then": "act", "note": "Harm first."},
        {"when": {"harm": "low", "reach": "many"}, "then": "act"},
        {"when": {"harm": "low", "reach": "few"}, "then": "leave"},
    ]
    found = play(root, "check")
    assert found.exit_code == 0, found.output
    assert "1 warning in 1 of" in found.output, "it has no golden case, and nothing else is wrong with it"


def test_what_export_writes_comes_back_the_same(lay: Lay, play: Play) -> None:
    root = lay({PLACE: TABLE})
    assert play(root, "export", "decision", "refund").exit_code == 0
    sheet = (root / "dist/refund.csv").read_bytes()
    told = bring(play, root, sheet, "--id", "again", name="refund.csv")
    assert told.exit_code == 0, told.output
    ours, again = yaml.safe_load(TABLE), made_at(root, "decision_trees/again.yaml")
    assert play(root, "check").exit_code == 0
    assert again["hit"] == ours["hit"]
    for old, new in zip(ours["inputs"].values(), again["inputs"].values(), strict=True):
        old.pop("help", None)
        assert new | {"values": None} == old | {"values": None}
        values = [{key: str(word) for key, word in one.items()} for one in old["values"].values()]
        assert list(new["values"].values()) == values
    assert [one["decision"] for one in again["outcomes"].values()] == ["Pay <back>", "1. Ask #1"]
    assert [len(row.get("when", ())) for row in again["rows"]] == [1, 2, 0]
    assert play(root, "export", "decision", "again").exit_code == 0
    assert (root / "dist/again.csv").read_bytes() == sheet


def test_an_excel_file_says_all_that_it_is(lay: Lay, play: Play) -> None:
    root = lay({})
    book = workbook(
        {
            "Refunds": [
                ["Rules for refunds"],
                ["Since", "Sum", "Seen", "Outcome", "Owner", "Note"],
                [Raw(f"<c {{at}} {DAY}><v>46357</v></c>"), "< 50", True, "Pay", "Support", ""],
                ["", Raw("<c {at}><f>25*2</f><v>50</v></c>"), "", "Ask", "", "Ask a lead."],
                [],
                ["Later", "> 50", False, "Refuse"],
            ],
            "Nothing": [],
            "Old": [["a", "b"], ["1", "2"]],
            "Cases": [HEADS, *ROWS],
        },
        merged={"Refunds": ["A3:A4"]},
        hidden=["Old"],
    )
    told = bring(play, root, book, name="rules.xlsx")
    assert told.exit_code == 0, told.output
    assert told.output == (
        "2 tables with 6 rows in decision_trees/refunds.yaml, decision_trees/cases.yaml; 2 files written."
        " Next: playbook check\n"
        "rules.xlsx: merged cells, of which each has the text of all: Refunds, A3\n"
        "rules.xlsx: a sheet that is empty, left out: Nothing\n"
        "rules.xlsx: a sheet that is hidden or holds no cells, left out: Old\n"
        "rules.xlsx, sheet Refunds: empty rows, left out: 1\n"
        "rules.xlsx, sheet Refunds: a column after the outcome, put into the notes: Owner\n"
    )
    made = made_at(root, "decision_trees/refunds.yaml")
    assert made["title"] == "Rules for refunds"
    assert [str(value["label"]) for value in made["inputs"]["since"]["values"].values()] == ["2026-12-01", "Later"]
    assert made["inputs"]["sum"]["takes"] == "number"
    assert list(made["inputs"]["sum"]["values"].values()) == [
        {"below": "50"},
        {"from": "50", "up_to": "50"},
        {"above": "50"},
    ]
    assert [value["label"] for value in made["inputs"]["seen"]["values"].values()] == ["TRUE", "FALSE"]
    assert made["rows"][0]["note"] == "Owner: Support"
    assert str(made["rows"][1]["when"]["since"]) == "2026-12-01", "the merged cell is for both rows"
    assert made["rows"][1]["when"]["sum"] == "50-to-50", "the value of the formula"
    assert "0 files written" in bring(play, root, book, name="rules.xlsx").output
    told = bring(play, root, book, "--sheet", "Cases", name="others.xlsx")
    assert told.exit_code == 1, "the id is taken"
    assert "decision_trees/cases.yaml already exists and was not imported from others.xlsx, sheet Cases" in told.output


def test_the_next_import_follows_the_source_until_somebody_edits(lay: Lay, play: Play) -> None:
    root = lay({})
    bring(play, root, CSV)
    edit(root, MADE, "decision: Act\n", "decision: Act\n    sop: restore-account\n")
    edit(root, MADE, "title: Case rules\n", "title: What to do\n")
    new = CSV.replace("Low,Many,Act,", "Low,Many,Leave,").replace("Few", "Nobody")
    told = bring(play, root, new)
    assert told.output.endswith("1 file written. Next: playbook check\n"), told.output
    made = made_at(root)
    assert made["title"] == "What to do"
    assert made["outcomes"]["act"] == {"decision": "Act", "sop": "restore-account"}
    assert [row["then"] for row in made["rows"]] == ["act", "leave", "leave"]
    assert list(made["inputs"]["reach"]["values"]) == ["many", "nobody"]
    edit(root, MADE, "ask: Harm\n", "ask: How bad is it?\n")
    mine = (root / MADE).read_bytes()
    assert "0 files written" in bring(play, root, new).output
    for _ in range(2):
        told = bring(play, root, CSV)
        assert f"{MADE} stays as it is: somebody edited it, and case rules.csv has changed since" in told.output
        assert "    from what is here to the source: [-How bad is it?-] {+Harm+} - High" in told.output
        assert "--keep-ours case-rules keeps what is here, --take-theirs case-rules takes" in told.output
    assert (root / MADE).read_bytes() == mine
    assert bring(play, root, CSV, "--keep-ours", "case-rule").exit_code == 2
    assert "stays as it is" not in bring(play, root, CSV, "--keep-ours", "case-rules").output
    assert "0 files written" in bring(play, root, CSV).output
    assert made_at(root)["inputs"]["harm"]["ask"] == "How bad is it?"
    assert "stays as it is" in bring(play, root, new).output
    assert "1 file written" in bring(play, root, new, "--take-theirs", "case-rules").output
    made = made_at(root)
    assert (made["inputs"]["harm"]["ask"], made["outcomes"]["act"]["sop"]) == ("Harm", "restore-account")
    assert "0 files written" in bring(play, root, new).output


def test_comments_are_not_lost(lay: Lay, play: Play) -> None:
    root = lay({})
    bring(play, root, CSV)
    edit(root, MADE, "hit: unique\n", "# agreed with Legal\nhit: unique\n")
    mine = (root / MADE).read_bytes()
    assert "has comments of its own" in bring(play, root, CSV.replace("Few", "Nobody")).output
    assert (root / MADE).read_bytes() == mine


def test_rows_that_disagree_are_read_from_the_top(lay: Lay, play: Play) -> None:
    root = lay({})
    told = bring(play, root, "Harm,Outcome\nHigh,Act\nLow,Leave\n,Ask\n")
    assert "rows that disagree: the first that fits counts" in told.output
    assert made_at(root)["hit"] == "first"


def test_ranges_that_overlap_are_cut(lay: Lay, play: Play) -> None:
    root = lay({})
    told = bring(play, root, "Days,Outcome\n< 5,A\n<= 10,B\n> 10,C\n")
    assert "ranges that overlap, cut so that each value has one answer: Days" in told.output
    made = made_at(root)
    values = made["inputs"]["days"]["values"]
    assert list(values.values()) == [{"below": "5"}, {"from": "5", "up_to": "10"}, {"above": "10"}]
    assert [row["when"]["days"] for row in made["rows"]][:2] == ["less-than-5", [*values][:2]]
    assert made["hit"] == "first"
    found = play(root, "check")
    assert found.exit_code == 0, found.output


def test_a_dash_that_was_disarmed_is_a_word(lay: Lay, play: Play) -> None:
    root = lay({})
    bring(play, root, "Harm,Outcome\n'-,Act\n-,Leave\n'=1+1,Act\n")
    made = made_at(root)
    assert [value["label"] for value in made["inputs"]["harm"]["values"].values()] == ["-", "=1+1"]
    assert "when" not in made["rows"][1] or not made["rows"][1]["when"]


@pytest.mark.parametrize(
    ("text", "asks", "outcomes", "said"),
    [
        ("sep=;\r\nHarm;Outcome\r\nHigh;Act\r\nLow;Leave\r\n", ["Harm"], ["Act", "Leave"], ""),
        ("Harm|Outcome\nHigh|Act\nLow|Leave\n", ["Harm"], ["Act", "Leave"], ""),
        ("Harm, so far;Outcome\nHigh;Act\nLow;Leave\n", ["Harm, so far"], ["Act", "Leave"], ""),
        ("Höhe;Ergebnis;Bemerkung\nHigh;Act;a\nLow;Leave;b\n", ["Höhe"], ["Act", "Leave"], ""),
        ("#,Harm,Action,SLA\n1,High,Act,4h\n2,Low,Leave,5d\n", ["Harm"], ["Act", "Leave"], "numbers the rows, left"),
        ("Rules,\nHarm,Outcome\nHigh,Act\nLow,Leave\n", ["Harm"], ["Act", "Leave"], ""),
        ("By Kim,in May\n\nHarm,Outcome\nHigh,Act\nLow,Leave\n", ["Harm"], ["Act", "Leave"],
         "a row above the heads, left out: line 1: By Kim, in May"),
        ("Harm,Outcome\nHigh,Act\nLow,Leave\n\nLow = no harm,\n", ["Harm"], ["Act", "Leave"],
         "a row below the table, left out: line 5: Low = no harm"),
        ("Harm,Outcome\nHigh,Act\n\n,Leave\n", ["Harm"], ["Act", "Leave"], "empty rows, left out: 1"),
        ("Harm,What now\nHigh,Act\nLow,Leave\n", ["Harm"], ["Act", "Leave"], "is taken for the outcome: What now"),
        ("Harm,Outcome\nHigh,Act\nany,Leave\n", ["Harm"], ["Act", "Leave"], "a word for any value"),
    ],
)  # fmt: skip
def test_sheets_as_people_keep_them(
    text: str, asks: list[str], outcomes: list[str], said: str, lay: Lay, play: Play
) -> None:
    root = lay({})
    told = bring(play, root, text)
    assert told.exit_code == 0, told.output
    assert said in told.output
    made = made_at(root)
    assert [one["ask"] for one in made["inputs"].values()] == asks
    assert [one["decision"] for one in made["outcomes"].values()] == outcomes
    assert len(made["rows"]) == 2


@pytest.mark.parametrize(
    ("cells", "takes", "values"),
    [
        (["0-12", "13–17", "18+"], "count", [("0", "12"), ("13", "17"), ("18", None)]),
        (["up to 1,000", "> 1,000"], "count", [(None, "1000"), (None, None)]),
        (["≥ 0.5", "< 0.5"], "number", [("0.5", None), (None, None)]),
        (["1-2", "2024-01", "x"], None, [(None, None)] * 3),
        (["5", "6"], None, [(None, None)] * 2),
        (["2-1", "3+"], None, [(None, None)] * 2),
    ],
)
def test_ranges_that_people_write_their_own_way(
    cells: list[str], takes: str | None, values: list[tuple[str | None, str | None]], lay: Lay, play: Play
) -> None:
    root = lay({})
    rows = "".join(f'"{cell}",Do {n}\n' for n, cell in enumerate(cells))
    told = bring(play, root, f"How many,Outcome\n{rows}")
    asked = made_at(root)["inputs"]["how-many"]
    assert asked.get("takes") == takes
    assert [(one.get("from"), one.get("up_to")) for one in asked["values"].values()] == values
    assert ("ranges written their own way" in told.output) == bool(takes)


def test_lists_in_one_line_are_taken_apart_where_their_parts_are_values(lay: Lay, play: Play) -> None:
    root = lay({})
    told = bring(play, root, 'Kind,Outcome\n"Spam, scam",Act\nSpam,Ask\nscam,Ask\n"Rude, if new",Leave\n')
    assert "values in one line, taken apart: Kind: Spam, scam" in told.output
    made = made_at(root)
    assert made["rows"][0]["when"]["kind"] == ["spam", "scam"]
    assert made["rows"][3]["when"]["kind"] == "rude-if-new"


def test_utf_16_is_read_where_it_says_so(lay: Lay, play: Play) -> None:
    root = lay({})
    assert bring(play, root, CSV.replace(",", "\t").replace("Act", "Löschen").encode("utf-16")).exit_code == 0
    assert [one["decision"] for one in made_at(root)["outcomes"].values()] == ["Löschen", "Leave"]
    told = bring(play, root, CSV.encode("utf-16-le"))
    assert (told.exit_code, "save it in Excel as “CSV UTF-8”" in told.output) == (1, True)


def a_cell(xml: str) -> bytes:
    return workbook({"S": [["Harm", "Outcome"], ["High", Raw(xml)]]})


@pytest.mark.parametrize(
    ("name", "content", "part"),
    [
        ("a.csv", "", "it needs a row of heads"),
        ("a.csv", "Harm,Outcome\n", "it needs a row of heads"),
        ("a.csv", "Outcome,Note\nx,y\n", "it needs columns of inputs"),
        ("a.csv", "Harm,Outcome\nHigh,\n", "a.csv, line 2 has no outcome in column B"),
        ("a.csv", 'Harm,Outcome\n"a\nb",Act\nHigh,\n', "a.csv, line 4 has no outcome"),
        ("a.csv", "Harm,Outcome\nHigh,Act,more\n", "a.csv, line 2: column C has no head"),
        ("a.csv", 'Harm,Outcome\n"High,Act\n', "line 2, cannot be read as CSV"),
        ("a.csv", b"Harm,Outcome\nH\xf6h,Act\n", "is not UTF-8"),
        ("a.xlsx", b"Harm,Outcome\n", "is no Excel file, or is damaged"),
        ("a.xls", b"x", "save it as .xlsx or .csv"),
        ("a.xlsx", workbook({"S": []}), "has no sheet that can be seen"),
        ("a.xlsx", a_cell("<c {at}><f>B9</f><v></v></c>"), "cell B2 of S, is a formula without a value"),
        ("a.xlsx", a_cell("<c {at}><f>B9</f></c>"), "cell B2 of S, is a formula without a value"),
        ("a.xlsx", a_cell('<c {at} t="e"><v>#REF!</v></c>'), "cell B2 of S, is an error"),
        ("a.xlsx", workbook({"Bad": [["A", "B"]]}), "a.xlsx, sheet Bad is no decision table"),
    ],
)
def test_what_is_no_table_is_refused_in_one_line(
    name: str, content: str | bytes, part: str, lay: Lay, play: Play
) -> None:
    root = lay({})
    before = sorted(root.rglob("*"))
    told = bring(play, root, content, name=name)
    assert told.exit_code == 1
    assert part in told.output
    assert len(told.output.strip().splitlines()) == 1
    assert sorted(root.rglob("*")) == before


def test_without_the_extra_it_says_what_to_install(lay: Lay, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    told = bring(play, lay({}), workbook({"S": [HEADS, *ROWS]}), name="a.xlsx")
    assert told.exit_code == 1
    assert "pip install 'python-calamine" in told.output


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(st.text(max_size=6), max_size=4), max_size=4), good=st.booleans())
def test_no_file_makes_a_traceback(rows: list[list[str]], good: bool, lay: Lay, play: Play) -> None:
    lines = [",".join(row) for row in rows]
    text = "\n".join(["Harm,Reach,Outcome", *lines] if good else lines)
    told = bring(play, lay({MADE: None}), text.encode("utf-8", "replace"))
    assert told.exit_code in (0, 1), told.output
