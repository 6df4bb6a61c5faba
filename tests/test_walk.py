"""Decision trees in the terminal, and the graph below them."""

from __future__ import annotations

import pytest
from conftest import Lay, Play
from hypothesis import given
from hypothesis import strategies as st
from knowledge import POLICY, TREE

from generator.decisions.graph import Graph
from generator.documents.types.decision_tree import DecisionTree

HEAD = {"id": "t", "title": "T", "version": "1.0", "status": "draft", "owner": "support", "summary": "S."}


def a_tree(questions: dict[str, dict[str, str]], outcomes: list[str]) -> DecisionTree:
    asked = {
        name: {"ask": name, "answers": {answer: {"label": answer, "go": to} for answer, to in answers.items()}}
        for name, answers in questions.items()
    }
    decided = {name: {"decision": name} for name in outcomes}
    return DecisionTree.model_validate(HEAD | {"start": "q0", "questions": asked, "outcomes": decided})


@st.composite
def trees(draw: st.DrawFn, may_go_back: bool = False) -> DecisionTree:
    """A tree of up to six questions and three outcomes, some of which nothing may reach."""
    size = draw(st.integers(1, 6))
    questions = {}
    for n in range(size):
        first = 0 if may_go_back else n + 1
        targets = [*(f"q{m}" for m in range(first, size)), "a", "b", "c"]
        answers = draw(st.lists(st.sampled_from(targets), min_size=1, max_size=3))
        questions[f"q{n}"] = {f"x{number}": to for number, to in enumerate(answers)}
    return a_tree(questions, ["a", "b", "c"])


@given(trees())
def test_paths_are_counted_as_if_they_were_walked(tree: DecisionTree) -> None:
    graph = Graph(tree)
    walked: dict[str, int] = {}
    for _, outcome in graph.paths():
        walked[outcome] = walked.get(outcome, 0) + 1
    assert graph.counts == walked
    assert len(graph.longest) == max(len(way) for way, _ in graph.paths())
    assert graph.circle == ()


@given(trees(may_go_back=True))
def test_reaching_and_leaving_agree_with_walking(tree: DecisionTree) -> None:
    graph = Graph(tree)
    for name, way in graph.ways.items():
        at = "q0"
        for turn in way:
            assert turn.question == at
            at = tree.questions[at].answers[turn.answer].go
        assert at == name
    reached, edge = {"q0"}, ["q0"]
    while edge:
        new = {one.go for one in tree.questions[edge.pop()].answers.values()} - reached
        reached |= new
        edge += [name for name in new if name in tree.questions]
    assert reached == set(graph.ways)
    for name in tree.questions:
        assert (name in graph.leading_out) == bool({"a", "b", "c"} & set(graph.ways_from(name)))
    comes_back = any(
        name in graph.ways_from(to) for name in reached & set(tree.questions) for to in graph.turns[name].values()
    )
    assert bool(graph.circle) == comes_back
    if graph.circle:
        ends = [tree.questions[turn.question].answers[turn.answer].go for turn in graph.circle]
        assert ends == [*(turn.question for turn in graph.circle[1:]), graph.circle[0].question]


@pytest.mark.parametrize("answers", [["yes"], ["1"]])
def test_a_walk_ends_with_the_decision_and_a_note(answers: list[str], lay: Lay, play: Play) -> None:
    told = play(lay({}), "walk", "account-takeover", *answers)
    assert told.exit_code == 0
    for part in (
        "Lock the account\n",
        "Action    account-lock",
        "Do        restore-account#answer",
        "Say       account-restored",
        "Ground    Account integrity §1 Ownership (v3.0)\n",
        "Is it a takeover? (account-takeover v1.0)\n- Did the member lose access? Yes\n",
        "Decision: Lock the account (lock)\nAction: Account locked\n",
        "Action: Account locked\nGround: Account integrity §1 Ownership (v3.0)\nTime: 2",
    ):
        assert part in told.output, told.output


def test_an_open_question_is_printed(lay: Lay, play: Play) -> None:
    told = play(lay({}), "walk", "account-takeover")
    assert told.output == "\nDid the member lose access?\n  1  yes        Yes\n  2  otherwise  Anything else\n"


def test_what_explains_a_value_of_a_table_is_printed_below_it(lay: Lay, play: Play) -> None:
    inputs = """inputs:
  signal:
    ask: Did the member lose access?
    values:
      "yes": {label: "Yes", help: "Since today.\\n\\nOr since yesterday."}
      otherwise: {label: Anything else}
rows: [{when: {signal: "yes"}, then: lock}, {when: {signal: otherwise}, then: leave}]
"""
    table = TREE[: TREE.index("start:")] + inputs + TREE[TREE.index("outcomes:") :]
    told = play(lay({"decision_trees/account-takeover.yaml": table}), "walk", "account-takeover")
    help_ = "                Since today.\n\n                Or since yesterday.\n"
    assert told.output == f"\nDid the member lose access?\n  1  yes        Yes\n{help_}  2  otherwise  Anything else\n"


@pytest.mark.parametrize("read", ["3.0", "3.1"])
def test_a_section_has_one_number_whichever_version_its_reader_had(read: str, lay: Lay, play: Play) -> None:
    """3.1 only said it in other words, so two decisions that cite 3.0 and 3.1 rest on the same text."""
    tree = TREE.replace("account-integrity#ownership@3.0", f"account-integrity#ownership@{read}")
    told = play(lay({"decision_trees/account-takeover.yaml": tree}), "walk", "account-takeover", "yes").output
    assert "Ground    Account integrity §1 Ownership (v3.0)\n" in told


def test_a_ground_that_has_moved_on_says_so(lay: Lay, play: Play) -> None:
    policy = "content/policies/account-integrity.yaml"
    newer = POLICY.replace(
        "history:\n",
        'history:\n  - {version: "3.2", effective: 2026-11-01, changes: [{section: ownership, kind: tightened}]}\n',
    )
    told = play(lay({policy: newer}), "walk", "account-takeover", "yes").output
    assert "  Ground    Account integrity §1 Ownership (v3.0)  changed since: tightened in 3.2\n" in told
    assert "Ground: Account integrity §1 Ownership (v3.0), changed since: tightened in 3.2\n" in told


def test_a_ground_that_another_policy_replaces_says_so(lay: Lay, play: Play) -> None:
    old = POLICY.replace("status: active", "status: active\nsuperseded_by: identity")
    new = POLICY.replace("id: account-integrity", "id: identity").replace('"3.1"', '"4.0"').replace("-09-01", "-11-01")
    files = {"content/policies/account-integrity.yaml": old, "content/policies/identity.yaml": new}
    told = play(lay(files), "walk", "account-takeover", "yes").output
    assert "Ground: Account integrity §1 Ownership (v3.0), changed since: superseded\n" in told


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (["account-takover"], 2, "did you mean `account-takeover`?"),
        (["restore-account"], 2, "no decision tree is called restore-account"),
        (["account-takeover", "yse"], 2, "did you mean `yes`?"),
        (["account-takeover", "3"], 2, "`signal` has no answer 3"),
        (["account-takeover", "yes", "no"], 2, "`lock` is already the decision: leave out no"),
    ],
)
def test_wrong_calls(words: list[str], code: int, part: str, lay: Lay, play: Play) -> None:
    result = play(lay({}), "walk", *words)
    assert (result.exit_code, part in result.output) == (code, True), result.output


def test_a_tree_that_cannot_be_walked_is_refused(lay: Lay, play: Play) -> None:
    path = "decision_trees/account-takeover.yaml"
    result = play(lay({path: TREE.replace("go: leave", "go: leaf")}), "walk", "account-takeover")
    assert (result.exit_code, "answers that lead nowhere" in result.output) == (1, True)
    result = play(lay({path: TREE.replace("go: leave", "go: signal")}), "walk", "account-takeover", "--paths")
    assert (result.exit_code, "the paths never end: `signal` otherwise" in result.output) == (1, True)


def test_paths_are_listed_or_counted(lay: Lay, play: Play) -> None:
    told = play(lay({}), "walk", "account-takeover", "--paths").output
    assert told == "`signal` yes -> lock\n`signal` otherwise -> leave\n2 paths to 2 outcomes.\n"
    rows = "".join(
        f"  q{n}: {{ask: Q {n}?, answers: {{a: {{label: A, go: {to}}}, b: {{label: B, go: {to}}}}}}}\n"
        for n, to in ((n, f"q{n + 1}" if n < 39 else "end") for n in range(40))
    )
    head = "".join(f"{key}: {value!r}\n" for key, value in (HEAD | {"id": "wide"}).items())
    wide = f"{head}start: q0\nquestions:\n{rows}outcomes:\n  end: {{decision: End}}\n"
    told = play(lay({"decision_trees/wide.yaml": wide}), "walk", "wide", "--paths").output
    assert told.startswith("end: 1,099,511,627,776 paths\n")


def test_whoever_mistypes_at_the_prompt_is_asked_again(lay: Lay, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda stream: True, raising=False)
    told = play(lay({}), "walk", "account-takeover", typed="yse\n7\n 1 \n")
    assert told.exit_code == 0, told.output
    assert "did you mean `yes`?" in told.output
    assert "`signal` has no answer 7" in told.output
    assert "Decision: Lock the account (lock)" in told.output


PATH = "decision_trees/account-takeover.yaml"
ASKING = """start: amount
questions:
  amount:
    ask: How much is disputed?
    takes: amount
    unit: USD
    answers:
      small: {below: 100, go: leave}
      large: {from: 100, go: since}
      unknown: {label: Not known, go: leave}
  since:
    ask: Since when?
    takes: date
    answers:
      old: {before: today-1mo, go: leave}
      new: {from: today-1mo, go: signs}
  signs:
    ask: What applies?
    takes: several
    answers:
      both: {all_of: [minor, threat], go: lock}
      minor: {label: A minor, go: leave}
      threat: {label: A threat, go: degrees}
      none: {label: None of these, go: leave}
  degrees:
    ask: How cold was it?
    takes: number
    unit: °C
    answers:
      frost: {below: 0, go: lock}
      mild: {from: 0, below: 20.5, go: leave}
      warm: {from: 20.5, go: leave}
"""
VALUES = TREE[: TREE.index("start:")] + ASKING + TREE[TREE.index("outcomes:") : TREE.index("cases:")]
ENDS = [
    (["99.99"], "leave", "99.99 USD (Less than 100 USD)"),
    (["100", "2026-10-22"], "leave", "100 USD (100 USD or more)", "2026-10-22 (Before 1 month ago)"),
    (["1500", "2026-10-23", "4"], "leave", "1,500 USD (100 USD or more)", "2026-10-23 (1 month ago or later)"),
    (["100", "today-1mo", "2"], "leave", "2026-10-23 (1 month ago or later)", "A minor"),
    (["100", "today", "threat+minor"], "lock", "2026-11-23 (1 month ago or later)", "A minor, A threat"),
    (["large", "new", "2+3"], "lock", "100 USD or more", "1 month ago or later", "A minor, A threat"),
    (["large", "new", "threat", "-0.5"], "lock", "A threat", "-0.5 °C (Less than 0 °C)"),
    (["large", "new", "3", "20.5"], "leave", "20.5 °C (20.5 °C or more)"),
    (["unknown"], "leave", "Not known"),
    (["3"], "leave", "3 USD (Less than 100 USD)"),
]


@pytest.mark.parametrize("told", ENDS, ids=lambda told: " ".join(told[0]))
def test_values_and_several_answers_lead_to_a_decision_and_are_in_the_note(
    told: tuple[list[str], str, str], lay: Lay, play: Play
) -> None:
    given_, outcome, *notes = told
    result = play(lay({PATH: VALUES}), "walk", "account-takeover", *given_)
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert any(line.startswith("Decision: ") and line.endswith(f" ({outcome})") for line in lines), lines
    for note in notes:
        assert any(line.startswith("- ") and line.endswith(f"? {note}") for line in lines), (note, lines)


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (
            ["1,000"],
            "`amount` has no answer 1,000; answer with an amount in USD, such as 1250.50, or with one of small",
        ),
        (["-5"], "`amount` has no answer -5; answer with an amount in USD"),
        (["smal"], "did you mean `small`?"),
        (["100", "2026-02-30"], "`since` has no answer 2026-02-30; answer with a date, such as 2026-12-31"),
        (
            ["100", "today", "minor+none"],
            "tick some of minor, threat, with + between them; or answer with both or none",
        ),
        (["100", "today", "thraet"], "did you mean `threat`?"),
        (["--path"], "No such option '--path'"),
    ],
)
def test_a_value_that_has_no_answer_is_explained(words: list[str], part: str, lay: Lay, play: Play) -> None:
    result = play(lay({PATH: VALUES}), "walk", "account-takeover", *words)
    assert (result.exit_code, part in result.output) == (2, True), result.output


def test_a_question_that_takes_a_value_shows_ranges_without_numbers(lay: Lay, play: Play) -> None:
    told = play(lay({PATH: VALUES}), "walk", "account-takeover").output
    assert told == (
        "\nHow much is disputed?\nAnswer with an amount in USD, such as 1250.50.\n"
        "  -  small    Less than 100 USD\n  -  large    100 USD or more\n  -  unknown  Not known\n"
    )
    told = play(lay({PATH: VALUES}), "walk", "account-takeover", "100", "today").output
    assert "Answer with all that apply; the first that fits, in this order, decides. Write + between them.\n" in told
    assert "  2  minor   A minor\n" in told


@pytest.mark.parametrize(("typed", "label"), [("1", "Two or more"), ("2", "One"), ("10", "Ten"), ("3", "Ten")])
def test_a_number_is_the_place_of_an_answer_as_the_key_on_the_page_is(
    typed: str, label: str, lay: Lay, play: Play
) -> None:
    answers = """
      "2": {label: Two or more, go: lock}
      "1": {label: One, go: leave}
      "10": {label: Ten, go: leave}
"""
    start, end = TREE.index('\n      "yes"'), TREE.index("outcomes:")
    told = play(lay({PATH: TREE[:start] + answers + TREE[end:]}), "walk", "account-takeover", typed)
    assert f"? {label}\n" in told.output
