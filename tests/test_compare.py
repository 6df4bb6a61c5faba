"""What a change of a decision does: the answers that end elsewhere, and no others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import combinations, product
from pathlib import Path

import pytest
from conftest import Lay, Play
from hypothesis import given
from hypothesis import strategies as st
from knowledge import TABLE, TREE, put, write
from repository import commit
from test_table import HARM
from test_walk import HEAD, VALUES, a_tree

from generator.decisions.choice import Choice
from generator.decisions.comparison import Comparison
from generator.decisions.endings import Apart, Endless
from generator.decisions.graph import Graph
from generator.decisions.refinement import TooFar, refine
from generator.documents.structure import structure
from generator.documents.types.decision_tree import DecisionTable, DecisionTree, Question
from generator.files.source import read

PLACE = "decision_trees/account-takeover.yaml"


@st.composite
def trees(draw: st.DrawFn) -> DecisionTree:
    """A tree of up to four questions in some order, with two or three answers and three outcomes."""
    names = draw(st.permutations(["q0", "q1", "q2", "q3"]))[: draw(st.integers(1, 4))]
    names = ["q0", *(name for name in names if name != "q0")]
    questions = {}
    for place, name in enumerate(names):
        answers = draw(st.lists(st.sampled_from("xyz"), min_size=1, max_size=3, unique=True))
        questions[name] = {answer: draw(st.sampled_from([*names[place + 1 :], "a", "b", "c"])) for answer in answers}
    return a_tree(questions, ["a", "b", "c"])


def end(graph: Graph, facts: dict[str, str], stands: dict[str, Mapping[str, str]]) -> str:
    """Where answers lead; one that is not offered is given as the one that stands for it."""
    at = graph.start
    while at in graph.questions:
        at = graph.turns[at].get(stands.get(at, {}).get(facts[at], facts[at]), "")
    return at


@given(trees(), trees())
def test_answers_are_told_just_where_both_end_elsewhere(one: DecisionTree, other: DecisionTree) -> None:
    """Every way to answer all questions is tried with both: each that ends elsewhere is told once, and no other."""
    old, new = Graph(one), Graph(other)
    comparison = Comparison(old, new)
    partings = list(comparison.partings())
    assert Counter((p.old, p.new) for p in partings) == Counter(comparison.counts)
    asked = {**one.questions, **other.questions}
    offered = [comparison.answers.get(name) or [*_answers(one, name), *_answers(other, name)] for name in asked]
    stood, stands = ({name: both[side] for name, both in comparison.standing.items()} for side in (0, 1))
    for answers in product(*offered):
        facts = dict(zip(asked, answers, strict=True))
        told = [p for p in partings if all(facts[turn.question] == turn.answer for turn in p.way)]
        ends = end(old, facts, stood), end(new, facts, stands)
        assert len(told) == (ends[0] != ends[1])
        assert all((p.old, p.new) == ends for p in told)
    assert Counter(Apart(p.old, p.new, p.at) for p in partings) == Counter(dict(comparison.apart))
    for ends in comparison.counts:
        assert comparison.example(ends) in [p.way for p in partings if (p.old, p.new) == ends]


def _answers(tree: DecisionTree, name: str) -> dict[str, None]:
    return dict.fromkeys(tree.questions[name].answers) if name in tree.questions else {}


@given(trees())
def test_what_has_not_changed_is_not_told(tree: DecisionTree) -> None:
    assert Comparison(Graph(tree), Graph(tree)).counts == {}


def test_a_question_with_another_id_is_the_same_question() -> None:
    old = a_tree({"q0": {"x": "q1", "y": "a"}, "q1": {"x": "a", "y": "b"}}, ["a", "b"])
    asked = {"q0": {"ask": "q0", "answers": {"x": {"label": "x", "go": "two"}, "y": {"label": "y", "go": "a"}}}}
    asked["two"] = {"ask": "Q1", "answers": {"x": {"label": "x", "go": "b"}, "y": {"label": "y", "go": "b"}}}
    new = DecisionTree.model_validate(old.model_dump(exclude_none=True) | {"questions": asked})
    (parting,) = Comparison(Graph(old), Graph(new)).partings()
    assert [tuple(turn) for turn in parting.way] == [("q0", "x"), ("q1", "x")]
    assert (parting.old, parting.new) == ("a", "b")


def a_long_tree(last: str) -> Graph:
    """40 questions with three answers each: 3 to the 40th paths."""
    names = [f"q{n}" for n in range(40)]
    questions = {name: dict.fromkeys("xyz", to) for name, to in zip(names, [*names[1:], "a"], strict=True)}
    questions["q39"] = {"x": "a", "y": "b", "z": last}
    return Graph(a_tree(questions, ["a", "b", "c"]))


def test_millions_of_paths_are_counted_and_not_walked() -> None:
    comparison = Comparison(a_long_tree("b"), a_long_tree("c"))
    assert comparison.counts == {("b", "c"): 3**39}
    assert len(comparison.example(("b", "c"))) == 40


def test_a_circle_and_too_many_differences_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    circle = Graph(a_tree({"q0": {"x": "q1", "y": "a"}, "q1": {"x": "q0", "y": "b"}}, ["a", "b"]))
    with pytest.raises(Endless):
        Comparison(circle, circle)
    monkeypatch.setattr("generator.decisions.comparison.MOST_STATES", 10)
    with pytest.raises(TooFar):
        Comparison(Graph(a_tree({"q0": {"x": "a"}}, ["a"])), a_long_tree("c"))


def committed(root: Path, changes: dict[str, str | bytes | None]) -> Path:
    commit(root, "before")
    return write(root, changes)


def told_of(play: Play, root: Path, *words: str) -> list[str]:
    """The report on the paths, in lines without their indentation."""
    result = play(root, "diff", "HEAD", "--no-check", *words)
    assert result.exit_code == 0, result.output
    return [line.strip() for line in result.output.splitlines()]


def test_the_command_tells_the_answers_that_end_elsewhere(lay: Lay, play: Play) -> None:
    root = lay({"decision_trees/harm.yaml": HARM})
    tree = TREE.replace('"yes": {label: "Yes", go: lock}', '"yes": {label: "Yes", go: leave}')
    table = HARM.replace(
        "{when: {harm: some, reach: many}, then: act}", "{when: {harm: some, reach: many}, then: leave}"
    )
    committed(root, {PLACE: tree.replace('"1.0"', '"1.1"'), "decision_trees/harm.yaml": table})
    told = told_of(play, root)
    assert told[0] == "2 decisions end elsewhere, on 2 paths"
    assert "Is it a takeover? `account-takeover` 1.0 → 1.1" in told
    for path in ("`lock` → `leave`", "`act` → `leave`"):
        assert f"1 path: {path}" in told, told
    assert any("“" in line and "” · " in line for line in told), told  # questions with their answers


def test_new_gone_renamed_and_unchanged_decisions_are_told(lay: Lay, play: Play) -> None:
    root = lay({"decision_trees/harm.yaml": HARM})
    renamed = TREE.replace("id: account-takeover", "id: takeover\nformerly: [account-takeover]")
    committed(root, {PLACE: None, "decision_trees/takeover.yaml": renamed})
    put(root, {"decision_trees/harm.yaml": None, "decision_trees/severity.yaml": TABLE.replace(
        "id: account-takeover", "id: severity")})  # fmt: skip
    told = told_of(play, root)
    assert any(line.endswith("`severity` 1.0, new") for line in told), told
    assert any(line.endswith("`harm` 1.0, removed") for line in told), told
    for name in ("takeover", "account-takeover"):
        told = told_of(play, root, "--only", name)
        assert "Is it a takeover? `takeover` 1.0, which was `account-takeover`" in told
        assert not any("elsewhere" in line for line in told)
    wrong = play(root, "diff", "HEAD", "--only", "takover")
    assert wrong.exit_code == 2
    assert "did you mean `takeover`?" in wrong.output


@pytest.mark.parametrize("broken", [HARM.replace("rows:", "row:"), "a: [b"], ids=["a part is wrong", "no YAML"])
def test_what_has_mistakes_of_form_is_neither_new_nor_gone(broken: str, lay: Lay, play: Play) -> None:
    root = lay({"decision_trees/harm.yaml": HARM})
    committed(root, {"decision_trees/harm.yaml": broken})
    told = " ".join(told_of(play, root))
    assert "`decision_trees/harm.yaml` cannot be compared, because in the files here it has mistakes" in told
    assert "`harm`" not in told
    assert "harm has format errors: fix them first" in play(root, "walk", "harm").output
    committed(root, {"decision_trees/harm.yaml": HARM})
    told = " ".join(told_of(play, root, "--only", "harm"))
    assert "`decision_trees/harm.yaml` cannot be compared, because in HEAD" in told


def test_of_two_decisions_with_one_id_the_one_that_the_file_names_counts(lay: Lay, play: Play) -> None:
    root = lay({"decision_trees/other.yaml": TREE.replace("go: leave", "go: lock")})
    assert "Nothing to do" in play(root, "walk", "account-takeover", "otherwise").output
    committed(root, {PLACE: TREE.replace("go: leave", "go: lock")})
    assert "1 path: `leave` → `lock`" in told_of(play, root)


def test_a_table_that_leads_in_too_many_ways_is_said_to(lay: Lay, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    root = lay({"decision_trees/harm.yaml": HARM})
    committed(root, {"decision_trees/harm.yaml": HARM.replace("label: Many", "label: Very many")})
    monkeypatch.setattr("generator.decisions.diagram.MOST_STATES", 1)
    assert "The paths cannot be compared: the old version has too many paths." in told_of(play, root)


def test_a_very_deep_tree_is_judged_walked_and_compared(lay: Lay, play: Play) -> None:
    """2,000 questions in a row are a bad tree, which is said in a few lines and never by a traceback."""
    questions = "".join(
        f"  q{n}: {{ask: Question {n}?, answers: {{a: {{label: A, go: {to}}}, b: {{label: B, go: leave}}}}}}\n"
        for n, to in ((n, f"q{n + 1}" if n < 1_999 else "lock") for n in range(2_000))
    )
    head, rest = TREE.split("start: ")
    deep = f"{head}start: q0\nquestions:\n{questions}outcomes:{rest.split('outcomes:')[1].split('cases:')[0]}"
    deep += "cases:\n  - {id: first, scenario: S., answers: [b], outcome: leave, why: W.}\n"
    root = lay({PLACE: deep})
    judged = play(root, "check")
    assert judged.exception is None, judged.exception
    assert "takes 2000 questions" in judged.output
    paths = play(root, "walk", "account-takeover", "--paths").output
    assert paths.endswith("2,001 paths to 2 outcomes; paths are listed only up to 1,000.\n")
    committed(root, {PLACE: deep.replace("go: lock", "go: leave")})
    told = " ".join(told_of(play, root))
    assert "1 of 2,001 paths ends elsewhere" in told
    assert "Question 0? “A” · Question 1? “A” · Question 2? “A”" in told


def a_question(takes: str, answers: dict[str, dict[str, object]], unit: str | None = None) -> Graph:
    """A tree that asks one question, each of whose answers leads to the outcome of its name."""
    asked = {"ask": "How much?", "takes": takes, "unit": unit}
    offered = {name: {"label": name, "go": f"to-{name}", **one} for name, one in answers.items()}
    ends = {f"to-{name}": {"decision": name} for name in (*"abcd", "none")}
    data = HEAD | {"start": "q", "questions": {"q": asked | {"answers": offered}}, "outcomes": ends}
    return Graph(DecisionTree.model_validate(data))


def ranges(takes: str, *thresholds: str, unit: str | None = None, names: str = "abcd") -> Graph:
    """Answers `a`, `b` and so on, one below each threshold and one from the last on."""
    ends = zip(names, ("", *thresholds), (*thresholds, ""), strict=False)
    answers = {name: {k: v for k, v in (("from", low), ("below", high)) if v} for name, low, high in ends}
    return a_question(takes, answers, unit)  # type: ignore[arg-type]


USD = {"unit": "USD"}
REFINED: list[tuple[str, Graph, Graph, list[tuple[str, str, str]]]] = [
    ("nothing", ranges("amount", "100", **USD), ranges("amount", "100.00", **USD), []),
    (
        "a threshold that was moved",
        ranges("amount", "100", **USD),
        ranges("amount", "250", **USD),
        [("100 to less than 250 USD", "to-b", "to-a")],
    ),
    (
        "a range that was split",
        ranges("duration", "14d"),
        ranges("duration", "14d", "1mo"),
        [("1 month or more", "to-b", "to-c")],
    ),
    (
        "a threshold that belongs to the other range",
        a_question("count", {"a": {"up_to": "2"}, "b": {"from": "3"}}),
        a_question("count", {"a": {"below": "2"}, "b": {"from": "2"}}),
        [("exactly 2", "to-a", "to-b")],
    ),
    (
        "the ids alone",
        ranges("number", "5"),
        ranges("number", "5", names="ba"),
        [("less than 5", "to-a", "to-b"), ("5 or more", "to-b", "to-a")],
    ),
    (
        "a range that can be chosen by hand alone",
        ranges("number", "5"),
        a_question("number", {"a": {"below": "5"}, "b": {"from": "5"}, "c": {}}),
        [("c", "", "to-c")],
    ),
    (
        "the currency, so that it is asked anew",
        ranges("amount", "100", unit="USD"),
        ranges("amount", "100", unit="EUR"),
        [("a, a", "to-a", "to-a"), ("a, b", "to-a", "to-b"), ("b, a", "to-b", "to-a")][1:],
    ),
    (
        "the order of several answers",
        a_question("several", {"a": {}, "b": {}, "none": {}}),
        a_question("several", {"b": {}, "a": {}, "none": {}}),
        [("a+b", "to-a", "to-b")],
    ),
    (
        "a rule for two answers together",
        a_question("several", {"a": {}, "b": {}, "none": {}}),
        a_question("several", {"c": {"all_of": ["a", "b"]}, "a": {}, "b": {}, "none": {}}),
        [("a+b", "to-a", "to-c")],
    ),
    (
        "something more that can be ticked",
        a_question("several", {"a": {}, "none": {}}),
        a_question("several", {"a": {}, "d": {}, "none": {}}),
        [("d", "to-none", "to-d")],
    ),
]


@pytest.mark.parametrize(("what", "old", "new", "expected"), REFINED, ids=[one[0] for one in REFINED])
def test_what_can_be_given_is_compared_and_not_the_names_of_answers(
    what: str, old: Graph, new: Graph, expected: list[tuple[str, str, str]]
) -> None:
    found = [(", ".join(turn.answer for turn in p.way), p.old, p.new) for p in Comparison(old, new).partings()]
    assert found == expected, what


def test_a_threshold_that_was_moved_is_told_in_the_terminal(lay: Lay, play: Play) -> None:
    base = lay({PLACE: VALUES})
    commit(base, "first")
    write_to = base / PLACE
    write_to.write_text(VALUES.replace("below: 100,", "below: 250,").replace("from: 100,", "from: 250,"))
    told = " ".join(told_of(play, base))
    assert "2 of " in told
    assert "2 paths: `lock` → `leave`" in told
    assert "100 to less than 250 USD" in told


THRESHOLDS = st.lists(st.integers(0, 6).map(str), min_size=1, max_size=3, unique=True).map(sorted)


@given(THRESHOLDS, THRESHOLDS, st.permutations("abcd"))
def test_every_value_that_ends_elsewhere_is_told_and_no_other(
    before: list[str], after: list[str], names: list[str]
) -> None:
    old, new = ranges("number", *before), ranges("number", *after, names="".join(names))
    ends = set()
    for text in ["-1", *map(str, range(8)), *(f"{n}.5" for n in range(8))]:
        ends.add((old.turns["q"][old.read("q", text)], new.turns["q"][new.read("q", text)]))
    partings = list(Comparison(old, new).partings())
    assert {(p.old, p.new) for p in partings} == {pair for pair in ends if pair[0] != pair[1]}
    assert len({p.way for p in partings}) == len(partings)


RULES = st.permutations(["a", "b", "c", "ab", "bc"]).map(
    lambda order: {name: ({"all_of": [*name]} if name[1:] else {}) for name in order[:4]} | {"none": {}}
)


@given(RULES, RULES)
def test_all_that_can_be_ticked_is_told_where_it_ends_elsewhere_and_nothing_else(
    before: dict[str, dict[str, object]], after: dict[str, dict[str, object]]
) -> None:
    old, new = (Choice(a_choice(rules)) for rules in (before, after))
    every = [ticked for size in range(4) for ticked in combinations("abc", size)]
    pairs = {(old.decide(ticked), new.decide(ticked)) for ticked in every}
    pieces = refine(old, new)
    assert pieces is not None
    assert set(pieces.values()) <= pairs
    assert {pair for pair in pairs if pair[0] != pair[1]} <= set(pieces.values())


def a_choice(rules: dict[str, dict[str, object]]) -> Question:
    answers = {name: {"label": name, "go": "end", **rule} for name, rule in rules.items()}
    return Question.model_validate({"ask": "What?", "takes": "several", "answers": answers})


YES_NO = {"yes": ("Yes", "a"), "no": ("No or cannot tell", "b")}
# What became of the answers of a question, by id with their labels and targets: how many paths end elsewhere, and how
# many only have another name for an answer.
REGROUPED = [
    ("nothing", YES_NO, YES_NO, (0, 0)),
    ("another id", YES_NO, {"yes": ("Yes", "a"), "nope": ("No or cannot tell", "b")}, (0, 1)),
    ("another id and label", YES_NO, {"yes": ("Yes", "a"), "nope": ("Never", "b")}, (0, 1)),
    ("another id, label and target", YES_NO, {"yes": ("Yes", "a"), "nope": ("Never", "c")}, (1, 0)),
    ("a split", YES_NO, {"yes": ("Yes", "a"), "no": ("No", "b"), "doubt": ("Cannot tell", "b")}, (0, 1)),
    ("a split that decides", YES_NO, {"yes": ("Yes", "a"), "no": ("No", "b"), "doubt": ("Cannot tell", "c")}, (1, 0)),
    ("a join", {"yes": ("Yes", "a"), "no": ("No", "b"), "doubt": ("Cannot tell", "b")}, YES_NO, (0, 1)),
    ("a join that decides", {"yes": ("Yes", "a"), "no": ("No", "b"), "doubt": ("Cannot tell", "a")}, YES_NO, (1, 0)),
    (
        "a new answer beside `otherwise`",
        {"yes": ("Yes", "a"), "otherwise": ("Anything else", "b")},
        {"yes": ("Yes", "a"), "child": ("A minor", "c"), "otherwise": ("Anything else", "b")},
        (1, 0),
    ),
    (
        "an answer that is gone beside `otherwise`",
        {"yes": ("Yes", "a"), "child": ("A minor", "b"), "otherwise": ("Anything else", "b")},
        {"yes": ("Yes", "a"), "otherwise": ("Anything else", "b")},
        (0, 1),
    ),
    ("a new answer that nothing stood for", {"yes": ("Yes", "a")}, YES_NO, (1, 0)),
]


def offering(answers: dict[str, tuple[str, str]], ends: dict[str, str]) -> Graph:
    asked = {"ask": "Is it so?", "answers": {name: {"label": label, "go": to} for name, (label, to) in answers.items()}}
    outcomes = {name: {"decision": words} for name, words in ends.items()}
    return Graph(DecisionTree.model_validate(HEAD | {"start": "q", "questions": {"q": asked}, "outcomes": outcomes}))


ENDS = {"a": "Do A", "b": "Do B", "c": "Do C"}


@pytest.mark.parametrize(("what", "old", "new", "expected"), REGROUPED, ids=[one[0] for one in REGROUPED])
def test_an_answer_by_another_name_is_no_other_decision(
    what: str, old: dict[str, tuple[str, str]], new: dict[str, tuple[str, str]], expected: tuple[int, int]
) -> None:
    comparison = Comparison(offering(old, ENDS), offering(new, ENDS))
    assert (comparison.total, comparison.renamed) == expected, (what, comparison.standing)


def test_an_outcome_by_another_id_is_no_other_decision() -> None:
    new = {name: (label, {"a": "x"}.get(to, to)) for name, (label, to) in YES_NO.items()}
    assert Comparison(offering(YES_NO, ENDS), offering(new, {"x": "do A", "b": "Do B", "c": "Do C"})).total == 0
    assert Comparison(offering(YES_NO, ENDS), offering(new, {"x": "Do X", "b": "Do B", "c": "Do C"})).total == 1


def a_table(text: str) -> DecisionTable:
    (document,) = structure([read(PLACE, text.encode())[0]]).documents
    assert isinstance(document.body, DecisionTable)
    return document.body


def test_a_value_of_a_table_that_was_split_is_followed() -> None:
    old = TABLE.replace("few: {label: A few}", "few: {label: A few or some}")
    new = old.replace("few: {label: A few or some}", "few: {label: A few}, some: {label: Some}")
    new = new.replace("reach: [few, many]}", "reach: [few, some, many]}")
    here = new.replace("[one, few]}, then: later", "[one, few, some]}, then: later")
    there = new.replace("outcomes:", "  - {when: {harm: low, reach: some}, then: now}\noutcomes:")
    graphs = [Graph(a_table(text)) for text in (old, here, there)]
    same, other = Comparison(graphs[0], graphs[1]), Comparison(graphs[0], graphs[2])
    assert (same.total, other.total) == (0, 1)
    assert same.renamed > 0
    assert dict(other.counts) == {("later", "now"): 1}
