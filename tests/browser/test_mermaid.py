"""Flowcharts that we export, as Mermaid itself draws them: each node and arrow, with its words as they are."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from knowledge import STARTER

from browser.conftest import ROOT, missing
from generator.documents.structure import structure
from generator.documents.types.decision_tree import DecisionTree
from generator.exchange.decisions.charting import Chart
from generator.exchange.decisions.drawing import DrawnChart
from generator.exchange.decisions.flowchart import flowchart
from generator.files.source import read

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("another browser")]

MERMAID = ROOT / ".cache/node/drawings/package/dist/mermaid.min.js"
DRAW = """async (chart) => {
  const { svg } = await mermaid.render("chart", chart);
  document.body.innerHTML = svg;
  const list = (selector) => [...document.querySelectorAll(selector)].map((one) => one.textContent);
  const said = list(".edgeLabels .edgeLabel > .label, .edgeLabels .edgeLabel foreignObject");
  return { nodes: list("g.node"), said, arrows: document.querySelectorAll("path.flowchart-link").length };
}"""
HOSTILE = [
    'Is it "so"?', "a [b] {c} (d)", "🎉 & <b>bold</b>", "end", "x --> y", "`code` and **bold** _it_", "#35; &amp; &lt;",
    "1. first", "- dash", "+ plus", "* star", "graph TD", "subgraph a", "50 % | pipe", "C:\\path\\n new", "a<br>b",
    "$$x^2$$", "%% comment", "<script>alert(1)</script>", "https://example.org/a_b*c#d", "日本語 と العربية",
    "click me", "fa:fa-car car", "style a fill:#f9f", "classDef a:#b;c", "@{ shape: x }", ":::red", "~~struck~~",
    "1) first", "# heading", "> quote", "&nbsp;", "a;b;c", "{{double}}", "***", "___", "[link](http://x.y)", "__init__",
    "*a*b", '"', "#", "\\", ";", "$x$", "1.", "[ ] task",
]  # fmt: skip


@pytest.fixture(scope="module")
def sheet(browser: Any) -> Any:
    """An empty page with Mermaid."""
    if not MERMAID.exists():
        missing("no Mermaid; run tests/scripts/get_tools.sh, which needs npm")
    page = browser.new_page()
    page.add_script_tag(path=MERMAID)
    page.evaluate("mermaid.initialize({ startOnLoad: false, maxTextSize: 500000, maxEdges: 5000 })")
    yield page
    page.close()


def read_tree(place: str, content: bytes) -> DecisionTree:
    source, unreadable = read(place, content)
    assert unreadable is None
    body = structure([source]).documents[0].body
    assert isinstance(body, DecisionTree)
    return body


def require_drawn(tree: DecisionTree, sheet: Any) -> None:
    """Fails unless each question, answer and outcome is drawn with its words, and read again from the drawing."""
    chart = flowchart(tree)
    drawn = sheet.evaluate(DRAW, chart)
    shown = sorted(" ".join(words.split()) for words in drawn["nodes"])
    assert shown == sorted(
        [*(one.ask for one in tree.questions.values()), *(one.decision for one in tree.outcomes.values())]
    )
    answers = [one.label for asked in tree.questions.values() for one in asked.answers.values()]
    assert drawn["arrows"] == len(answers)
    assert {*answers} <= {" ".join(words.split()) for words in drawn["said"]}
    again = Chart(DrawnChart(chart, "x.mmd"))
    assert sorted(again.nodes.values()) == shown


TREES = sorted(path for path in (STARTER / "decision_trees").glob("*.yaml") if b"\nquestions:" in path.read_bytes())


def test_trees_of_the_starter_library_are_drawn(sheet: Any) -> None:
    assert len(TREES) > 20, "every third of them is drawn"
    for path in TREES[::3]:
        require_drawn(read_tree(f"decision_trees/{path.name}", path.read_bytes()), sheet)


def test_words_are_shown_as_they_are(sheet: Any) -> None:
    last = len(HOSTILE) - 1
    document = {
        "id": "hostile", "title": "Words {of} %%{init}%% \"all\" kinds", "version": "1.0", "status": "draft",
        "owner": "support", "audience": "internal", "summary": "Words.", "start": "style-0",
        "questions": {
            f"style-{n}": {
                "ask": words,
                "answers": {
                    "a": {"label": words, "go": f"end-{n}"},
                    "b": {"label": "On", "go": f"style-{n + 1}" if n < last else "end-0"},
                },
            }
            for n, words in enumerate(HOSTILE)
        },
        "outcomes": {f"end-{n}": {"decision": words} for n, words in enumerate(HOSTILE)},
        "history": [{"version": "1.0", "on": "2026-01-01", "note": "New."}],
    }  # fmt: skip
    require_drawn(
        read_tree("decision_trees/hostile.yaml", yaml.safe_dump(document, allow_unicode=True).encode()), sheet
    )
