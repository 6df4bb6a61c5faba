"""Flowcharts as decision trees: what a drawing becomes, what is named, what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Lay, Play
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from knowledge import edit
from test_export_decisions import PLACE, TABLE

MADE = "decision_trees/lost-parcel.yaml"
CHART = """\
flowchart TD
  A{Is it late?} -->|Yes| B{"How many #quot;days#quot;<br>late?"}
  A -- No, not yet --> C([Wait])
  B -->|"Up to 3"| C
  B == More ==> D[Refund]
"""


def bring(play: Play, root: Path, content: str, *words: str, name: str = "lost parcel.mmd") -> Any:
    file = root.parent / name
    file.write_text(content, encoding="utf-8")
    return play(root, "import", "tree", str(file), *words)


def made_at(root: Path, place: str = MADE) -> Any:
    return yaml.safe_load((root / place).read_text(encoding="utf-8"))


def test_a_flowchart_becomes_a_tree(lay: Lay, play: Play) -> None:
    root = lay({})
    told = bring(play, root, CHART)
    assert told.exit_code == 0, told.output
    assert told.output == f"1 tree with 2 questions in {MADE}; 1 file written. Next: playbook check\n"
    made = made_at(root)
    assert made["title"] == "Lost parcel"
    assert made["start"] == "is-it-late"
    assert made["questions"] == {
        "is-it-late": {
            "ask": "Is it late?",
            "answers": {
                "yes": {"label": "Yes", "go": "how-many-days-late"},
                "no-not-yet": {"label": "No, not yet", "go": "wait"},
            },
        },
        "how-many-days-late": {
            "ask": 'How many "days" late?',
            "answers": {"up-to-3": {"label": "Up to 3", "go": "wait"}, "more": {"label": "More", "go": "refund"}},
        },
    }
    assert made["outcomes"] == {"wait": {"decision": "Wait"}, "refund": {"decision": "Refund"}}
    found = play(root, "check")
    assert found.exit_code == 0, found.output
    assert "1 warning in 1 of" in found.output, "it has no golden case, and nothing else is wrong with it"


@pytest.mark.parametrize("name", ["account-takeover", "refund"])
def test_what_export_writes_comes_back_the_same(name: str, lay: Lay, play: Play) -> None:
    root = lay({PLACE: TABLE})
    assert play(root, "export", "decision", name, "--format", "mermaid").exit_code == 0
    chart = (root / f"dist/{name}.mmd").read_text(encoding="utf-8")
    assert bring(play, root, chart, "--id", "again").exit_code == 0
    if name == "account-takeover":  # the drawing lacks what the words demand
        place = "decision_trees/again.yaml"
        edit(root, place, "decision: Lock the account\n", "decision: Lock the account\n    sop: restore-account\n")
    found = play(root, "check")
    assert found.exit_code == 0, found.output
    assert play(root, "export", "decision", "again", "--format", "mermaid").exit_code == 0
    assert (root / "dist/again.mmd").read_text(encoding="utf-8") == chart


@pytest.mark.parametrize(
    "shape",
    ["[{}]", "({})", "([{}])", "[[{}]]", "[({})]", "(({}))", "((({})))", ">{}]", "{{{}}}", "{{{{{}}}}}", "[/{}/]",
     "[\\{}\\]", '@{{ shape: diam, label: "{}" }}'],
)  # fmt: skip
def test_every_shape_has_its_words(shape: str, lay: Lay, play: Play) -> None:
    root = lay({})
    for words in ("Late or lost", '"Late (or) [lost]?"'):
        if "@" in shape and '"' in words:
            continue
        chart = f"graph LR;A{shape.format(words)} -->|Yes| B{shape.format('Wait')};A-->|No|C"
        told = bring(play, root, chart, name="shape.mmd")
        assert told.exit_code == 0, told.output
        made = made_at(root, "decision_trees/shape.yaml")
        assert [one["ask"] for one in made["questions"].values()] == [words.strip('"')]
        assert [one["decision"] for one in made["outcomes"].values()] == ["Wait", "C"]
        (root / "decision_trees/shape.yaml").unlink()


ARROWS = ["-->", "---", "--->", "-.->", "-..->", "==>", "--x", "--o"]


@pytest.mark.parametrize("arrow", ARROWS)
def test_every_arrow_leads_on(arrow: str, lay: Lay, play: Play) -> None:
    root = lay({})
    told = bring(play, root, f"flowchart TD\n  late {arrow}|Yes| wait & pay\n  late{arrow}|No| ask\n")
    assert told.exit_code == 0, told.output
    answers = made_at(root)["questions"]["late"]["answers"]
    assert [one["go"] for one in answers.values()] == ["wait", "pay", "ask"]


def test_what_has_no_place_is_named_with_its_line(lay: Lay, play: Play) -> None:
    root = lay({})
    chart = """\
---
title: Parcels
config: x
---
flowchart LR
  %% by Support
  classDef red fill:#f00
  subgraph first [First look]
    A{Late?}:::red --> B[Call]
  end
  B --> C[Wait]
  B --> D[Pay]
  click A "https://example.org" _blank
  style D fill:#fff
"""
    told = bring(play, root, chart)
    assert told.exit_code == 0, told.output
    assert told.output.splitlines()[1:] == [
        "lost parcel.mmd, line 3: a setting, left out: config: x",
        "lost parcel.mmd, line 6: a comment or setting, left out: by Support",
        "lost parcel.mmd, line 7: `classDef`, left out: red fill:#f00",
        "lost parcel.mmd, line 8: the frame of a subgraph, left out; its nodes are kept: first [First look]",
        "lost parcel.mmd, line 9: a class, left out: red",
        'lost parcel.mmd, line 13: `click`, left out: A "https://example.org" _blank',
        "lost parcel.mmd, line 14: `style`, left out: D fill:#fff",
        "lost parcel.mmd, line 9: an arrow without words, for which the answer says: Next",
        "lost parcel.mmd, line 11: an arrow without words, for which the answer says: Wait",
        "lost parcel.mmd, line 12: an arrow without words, for which the answer says: Pay",
    ]
    assert made_at(root)["title"] == "Parcels"


@pytest.mark.parametrize(
    ("chart", "asks", "outcomes"),
    [
        ('A{"Late?\n or lost"} -->|Yes| B["`**Pay** it`"]\nA -->|No| C[Wait]', ["Late? or lost"], ["Pay it", "Wait"]),
        ("A e1@-->|Yes| B\nA e2@==>|No| C\ne1@{ animate: true }", ["A"], ["B", "C"]),
        ('A@{ shape: diam\n  label: "Late?" } -->|Yes| B[Pay]@{ shape: rect }\nA -->|No| C', ["Late?"], ["Pay", "C"]),
        ("S((Start)) --> A{Late?} -->|Yes| B\nA -->|No| C", ["Late?"], ["B", "C"]),
        ("S{Lost?} --> A{Late?} -->|Yes| B\nA -->|No| C", ["Lost?", "Late?"], ["B", "C"]),
        ("A -->|Yes| B[fa:fa-ban <b>Close</b> it]\nA -->|No| C\nL[Red is urgent]", ["A"], ["Close it", "C"]),
        ("A -->|Yes| B\nA -->|No| C\naccDescr { What\n to do }", ["A"], ["B", "C"]),
    ],
)  # fmt: skip
def test_forms_of_mermaid(chart: str, asks: list[str], outcomes: list[str], lay: Lay, play: Play) -> None:
    root = lay({})
    told = bring(play, root, f"flowchart TD\n{chart}\n")
    assert told.exit_code == 0, told.output
    made = made_at(root)
    assert [one["ask"] for one in made["questions"].values()] == asks
    assert [one["decision"] for one in made["outcomes"].values()] == outcomes
    for words in ("Start", "Red is urgent"):
        assert (f"left out: {words}" in told.output) == (words in chart)


@pytest.mark.parametrize(
    ("chart", "part"),
    [
        ("", "is no Mermaid flowchart"),
        ("sequenceDiagram\n  A->>B: Hi\n", "line 1 is no Mermaid flowchart"),
        ("flowchart TD\n  A[One]\n", "has no arrows"),
        ("flowchart TD\n  A -->|x| B\n  B -->|y| A\n", "line 3: "),
        ("flowchart TD\n  S --> A\n  A -->|x| B\n  B -->|y| A\n", "is a circle"),
        ("flowchart TD\n  A --> B\n  C --> B\n", "begins in 2 places: A (line 2), C (line 3)"),
        ("flowchart TD\n  A --> B\n  B -> C\n", "line 3 cannot be read from `-> C` on"),
        ("flowchart TD\n  A --> \n", "line 2 cannot be read"),
        ("flowchart TD\n  A <--> B\n", "line 2: an arrow in both directions"),
        ("flowchart TD\n  A[One] --> B\n  A[Two] --> C\n", "line 3: A is 'One' and 'Two'"),
        ("flowchart TD\n  subgraph S\n  B\n  end\n  A --> S\n", "line 5: an arrow to or from the subgraph S"),
        ("```mermaid\nflowchart TD\nA-->B\n```\n```mermaid\nflowchart TD\nA-->B\n```\n", "has 2 flowcharts"),
    ],
)
def test_what_is_no_tree_is_refused_in_one_line(chart: str, part: str, lay: Lay, play: Play) -> None:
    root = lay({})
    told = bring(play, root, chart)
    assert told.exit_code == 1, told.output
    assert part in told.output
    assert len(told.output.strip().splitlines()) == 1
    assert not (root / MADE).exists()


def test_a_fence_in_a_markdown_file_is_read(lay: Lay, play: Play) -> None:
    root = lay({})
    told = bring(play, root, f"# Parcels\n\n```mermaid\n{CHART}  style A x\n```\n", name="lost parcel.md")
    assert told.exit_code == 0, told.output
    assert "lost parcel.md, line 9: `style`" in told.output
    (root / MADE).unlink()
    assert bring(play, root, f"::: mermaid\n{CHART}:::\n", name="lost parcel.md").exit_code == 0


def test_the_next_import_follows_the_drawing_until_somebody_edits(lay: Lay, play: Play) -> None:
    root = lay({})
    bring(play, root, CHART)
    edit(root, MADE, "ask: Is it late?\n", "ask: Is it late?\n    help: Look at the list.\n")
    assert "0 files written" in bring(play, root, CHART).output
    new = CHART.replace("Up to 3", "Up to 4")
    assert "1 file written" in bring(play, root, new).output
    made = made_at(root)
    assert made["questions"]["is-it-late"]["help"] == "Look at the list."
    assert "up-to-4" in made["questions"]["how-many-days-late"]["answers"]
    edit(root, MADE, "decision: Wait", "decision: Wait for a day")
    mine = (root / MADE).read_bytes()
    for _ in range(2):
        assert f"{MADE} stays as it is: somebody edited it" in bring(play, root, CHART).output
    assert (root / MADE).read_bytes() == mine
    assert "stays as it is" not in bring(play, root, CHART, "--take-theirs", "lost-parcel").output
    assert {one["decision"] for one in made_at(root)["outcomes"].values()} & {"Wait", "Wait for a day"} == {"Wait"}


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.lists(st.sampled_from([*'AB[](){}|<>"&;\n #', "--", "-->", "==", "-.", "@{", "%%", "end", "subgraph"])))
def test_no_file_makes_a_traceback(body: list[str], lay: Lay, play: Play) -> None:
    told = bring(play, lay({MADE: None}), "flowchart TD\n" + "".join(body))
    assert told.exit_code in (0, 1), told.output
