"""The drawing of a decision: what is in it, that it can be read, and what a machine without Graphviz says."""

from __future__ import annotations

import html
import os
import re
import shutil
import sys
from collections import Counter
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
import yaml
from conftest import Lay, Play, output_of
from hypothesis import given
from hypothesis import strategies as st
from knowledge import TABLE, TREE
from test_walk import HEAD, trees

from generator.decisions.graph import Graph
from generator.documents.types.decision_tree import DecisionTable, DecisionTree
from generator.documents.wrong_values import VISIBLE
from generator.publishing.pages.drawing import MISSING, draw
from generator.publishing.pages.drawing.layout import is_there
from generator.publishing.pages.drawing.wrapping import cut, measure, wrap

ROOT = Path(__file__).parents[1]
PATH = "decision_trees/account-takeover.yaml"
PAGE = "site/decision_trees/account-takeover/index.html"
HOSTILE = [
    "</svg><script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "*not* `Markdown`",
    "a & b &amp; c",
    "]]>",
    "\x07 bell",
    '"',
]
graphviz = pytest.mark.skipif(not is_there() and not os.environ.get("CI"), reason="needs the extra `drawing`")


class Seen(NamedTuple):
    """A box of the drawing with the lines in it, in places of the sheet."""

    left: float
    top: float
    right: float
    bottom: float
    lines: list[float]


def read(drawing: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawing)


def said(element: ElementTree.Element) -> str:
    return "".join(element.itertext())


def letters(text: str) -> str:
    """What can be seen of a text."""
    return re.sub(r"[\s\x00-\x1f\ud800-\udfff\ufffe\uffff]", "", text)


def cards(drawing: str) -> list[Seen]:
    """The cards, each with the height of every line of text in it, shown outcomes included."""
    found = []
    sheet = read(drawing)
    ends = {one.attrib["id"]: one for one in sheet.iter("a") if "id" in one.attrib}
    for card in sheet.iterfind("svg/g/g"):
        x, y = map(int, re.findall(r"-?\d+", card.attrib["transform"]))
        rect = card.find("a/rect")
        assert rect is not None
        left, top = x + int(rect.get("x", 0)), y + int(rect.get("y", 0))
        right, bottom = left + int(rect.attrib["width"]), top + int(rect.attrib["height"])
        lines = [y + line for text in card.iter("text") if text.get("class") is None for line in lines_of(text)]
        for again in card.iter("use"):
            text = ends[again.attrib["href"][1:]].find("text")
            assert text is not None
            lines += [y + line + int(again.attrib["y"]) for line in lines_of(text)]
        found.append(Seen(left, top, right, bottom, sorted(lines)))
    return found


def lines_of(text: ElementTree.Element) -> list[float]:
    first = int(text.attrib["y"])
    return [first, *(first + 17.0 * number for number in range(1, len(text) + 1))]


def tree_of(text: str, size: int, last: str = "a") -> DecisionTree:
    """A chain of questions, all worded alike."""
    questions = {
        f"q{n}": {"ask": text, "answers": {"y": {"label": text, "go": f"q{n + 1}" if n + 1 < size else last}}}
        for n in range(size)
    }
    return DecisionTree.model_validate(
        HEAD | {"start": "q0", "questions": questions, "outcomes": {"a": {"decision": text}}}
    )


@graphviz
@given(trees(may_go_back=True))
def test_everything_of_a_tree_is_in_its_drawing_once(tree: DecisionTree) -> None:
    drawing = read(draw(Graph(tree)))
    nodes = [one.attrib["data-pb-node"] for one in drawing.iter("a")]
    assert Counter(nodes) == Counter([*tree.questions, *tree.outcomes])
    turns = [
        (one.attrib["data-pb-from"], answer)
        for one in drawing.iter("g")
        if "data-pb-from" in one.attrib
        for answer in one.attrib["data-pb-answer"].split(" ")
    ]
    assert Counter(turns) == Counter((name, answer) for name, q in tree.questions.items() for answer in q.answers)
    assert said(drawing).count("Start") == 1
    shown = {one.attrib["id"] for one in drawing.iter("a") if "id" in one.attrib}
    assert {one.attrib["href"].removeprefix("#") for one in drawing.iter("use")} <= shown | {"_sheet"}


@graphviz
@given(trees(may_go_back=True))
def test_an_answer_shows_its_outcome_or_leads_to_its_question_by_an_arrow(tree: DecisionTree) -> None:
    drawing = read(draw(Graph(tree)))
    for row in drawing.iter("g"):
        if "data-pb-from" not in row.attrib:
            continue
        answer = row.attrib["data-pb-answer"].split(" ")[0]
        to = tree.questions[row.attrib["data-pb-from"]].answers[answer].go
        shown = [
            one.attrib["href"].removeprefix("#").removeprefix("_drawn-") for one in [*row.iter("a"), *row.iter("use")]
        ]
        assert shown == ([to] if to in tree.outcomes else [])
        assert (row.find("path") is None) == (to in tree.outcomes)


@graphviz
@given(trees(may_go_back=True))
def test_no_box_lies_on_another_and_no_line_of_text_on_another(tree: DecisionTree) -> None:
    found = cards(draw(Graph(tree)))
    for one, other in combinations(found, 2):
        apart = one.right <= other.left or other.right <= one.left or one.bottom <= other.top or other.bottom <= one.top
        assert apart, f"{one} and {other}"
    for card in found:
        assert all(below - above >= 17 for above, below in zip(card.lines, card.lines[1:], strict=False)), card
        assert card.lines[0] - card.top >= 13
        assert card.bottom - card.lines[-1] >= 4


@graphviz
@given(st.from_regex(r"\A[^\r\n]+\Z").filter(VISIBLE.search) | st.sampled_from(HOSTILE))
def test_texts_are_text_whatever_they_hold(text: str) -> None:
    title, *others = [said(one) for one in read(draw(Graph(tree_of(text, 1)))).iter("text")]
    assert (title, [letters(one) for one in others]) == ("Start", [letters(text)] * 3)


@graphviz
def test_the_same_decision_gives_the_same_bytes() -> None:
    assert draw(Graph(tree_of("Is it so?", 20))) == draw(Graph(tree_of("Is it so?", 20)))


@graphviz
@pytest.mark.parametrize(("size", "is_cut"), [(100, False), (101, True), (401, None)])
def test_long_texts_are_cut_only_where_there_are_very_many(size: int, is_cut: bool | None) -> None:
    drawing = draw(Graph(tree_of("A long question about who wrote to whom and when it was, and why " * 2, size)))
    assert (drawing == "") == (is_cut is None)
    assert ("…" in drawing) == bool(is_cut)


@graphviz
def test_a_table_that_asks_nothing_is_its_one_outcome() -> None:
    inputs = {"harm": {"ask": "How bad is it?", "values": {"low": {"label": "Low"}}}}
    table = HEAD | {"inputs": inputs, "rows": [{"then": "act"}], "outcomes": {"act": {"decision": "Act"}}}
    drawing = read(draw(Graph(DecisionTable.model_validate(table))))
    assert [one.attrib["data-pb-node"] for one in drawing.iter("a")] == ["act"]
    assert said(drawing) == "StartAct"


@graphviz
def test_answers_that_lead_nowhere_are_not_drawn() -> None:
    assert draw(Graph(tree_of("Is it so?", 2, last="gone"))) == ""


class Page(HTMLParser):
    """The ids of a page, and where its drawing and the list of it lead."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag in ("a", "use") and "#" in (known.get("href") or "").partition("#")[1]:
            self.targets.append((known["href"] or "").partition("#")[2])


def built(lay: Lay, play: Play, text: str, *options: str) -> str:
    root = lay({PATH: text})
    shutil.copy(ROOT / "mkdocs.yml", root)
    told = play(root, "build", *options)
    assert told.exit_code == 0, told.output
    return (root / PAGE).read_text(encoding="utf-8")


@graphviz
@pytest.mark.parametrize("text", [TREE, TABLE], ids=["tree", "table"])
def test_every_box_leads_to_a_part_of_the_page(text: str, lay: Lay, play: Play) -> None:
    html = built(lay, play, text, "--allow-errors")
    drawing = re.search(r'<div class="pb-drawing".*?</svg></div>', html)
    assert drawing, "the page has no drawing"
    assert html.index('id="_drawing"') < drawing.start() < html.index('id="_questions"')
    page, inside = Page(html), Page(drawing[0])
    assert not {*inside.targets} - {*page.ids}
    twice = [name for name, number in Counter(page.ids).items() if number > 1 and not name.startswith("__")]
    assert not [name for name in twice if name in inside.ids], f"ids that stand twice: {twice}"


@graphviz
def test_the_page_of_150_questions_stays_light(lay: Lay, play: Play) -> None:
    text = "What does the account's timeline show about who signed in?"
    asked = {
        f"question-{n}": {
            "ask": f"{text} ({n})",
            "answers": {
                f"answer-{m}": {"label": f"{text} ({m})", "go": f"question-{to}" if to < 150 else f"outcome-{to % 20}"}
                for m, to in enumerate([3 * n + 1, 3 * n + 2, 3 * n + 3])
            },
        }
        for n in range(150)
    }
    decided = {f"outcome-{n}": {"decision": f"{text} ({n})"} for n in range(20)}
    head = yaml.safe_load(TREE) | {"start": "question-0", "questions": asked, "outcomes": decided, "cases": []}
    html = built(lay, play, yaml.safe_dump(head), "--allow-errors")
    assert len(html.encode()) < 300_000
    assert html.count("data-pb-answer=") == sum(
        len({one["go"] for one in q["answers"].values()}) for q in asked.values()
    )
    contents = html.partition('data-md-type="toc"')[2].partition("</nav>")[0]
    assert ('href="#_questions"' in contents, 'href="#question-7"' in contents) == (True, False)


@graphviz
def test_the_drawing_of_a_table_stands_as_a_list_too(lay: Lay, play: Play) -> None:
    page = built(lay, play, TABLE.replace("Hardly", "Hardly &lt;b&gt; *x*"), "--allow-errors")
    listed = re.search(r'<details class="pb-asked">.*?</details>', page, re.DOTALL)
    assert listed
    assert not {*Page(listed[0]).targets} - {*Page(page).ids}
    words = html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", listed[0])))
    assert "How bad is it? Hardly &lt;b&gt; *x* → 2 Badly → 3 How many are hit? One → Act this week" in words


def test_a_machine_without_graphviz_says_so_once_and_builds(lay: Lay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    root = lay({})
    shutil.copy(ROOT / "mkdocs.yml", root)
    for words in (["build"], ["pack", "build", "acme-accounts"]):
        assert output_of(root, *words).count(MISSING) == 1
    html = (root / PAGE).read_text(encoding="utf-8")
    assert 'id="_drawing"' not in html
    assert 'id="_questions"' in html


@graphviz
def test_a_machine_with_graphviz_says_nothing_of_it(lay: Lay, play: Play) -> None:
    root = lay({})
    shutil.copy(ROOT / "mkdocs.yml", root)
    assert "Graphviz" not in play(root, "build").output


@given(st.text(max_size=120), st.integers(3, 20))
def test_lines_are_the_whole_text_and_none_is_too_long(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join(lines) == text
    assert all(measure(line.rstrip()) <= width for line in lines)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two three", ["one two ", "three"]),
        ("一二三四五六、七", ["一二三四五", "六、七"]),
        ("一二三四（五）六", ["一二三四", "（五）六"]),
        ("", [""]),
    ],
)
def test_lines_end_where_a_reader_expects_it(text: str, lines: list[str]) -> None:
    assert wrap(text, 5.5) == lines


def test_what_is_cut_ends_in_dots() -> None:
    assert cut(["one two ", "three four ", "five"], 2) == ["one two ", "three fo…"]
    assert cut(["one two ", "three"], 2) == ["one two ", "three"]
