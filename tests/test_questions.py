"""Questions from logic: what is asked about a golden case, that one option is right, and that other systems read it."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import knowledge
import pytest
from conftest import Lay, Play
from knowledge import LIBRARY_DAY, STARTER, TABLE, VOCABULARY, check

from generator.documents.target import Target
from generator.documents.types.pack import PackFormat
from generator.library.packing import packs
from generator.publishing.packs.formats import pack_formats
from generator.publishing.training.bank import WORD, Bank, _is_alike
from generator.publishing.training.course.course import make_course
from generator.publishing.training.course.pool import Pool, choose_pool
from generator.publishing.training.course.practice import choose_practice
from generator.publishing.training.formats import question_formats
from generator.publishing.training.limits import are_opposite
from generator.publishing.training.question import QuizOption, QuizQuestion, QuizRead, feedback
from generator.publishing.training.situation import Situation, situations

TREE = (
    knowledge.TREE[: knowledge.TREE.index("start:")]
    + """\
start: danger
questions:
  danger:
    ask: Is somebody in danger?
    answers:
      "yes": {label: "Yes", go: page}
      otherwise: {label: "No, or I cannot tell", go: lost}
  lost:
    ask: Did the member lose access?
    answers:
      "yes": {label: "Yes", go: money}
      otherwise: {label: Anything else, go: leave}
  money:
    ask: How much went out?
    takes: amount
    unit: USD
    answers:
      much: {label: 100 or more, from: 100, go: lock-and-tell}
      little: {label: Less, below: 100, go: lock}
outcomes:
  page: {decision: Page now, escalate: legal}
  lock-and-tell:
    decision: Lock the account and tell the bank
    action: account-lock
    macro: account-restored
    escalate: support
    cites: [account-integrity#ownership@3.0]
  lock: {decision: Lock the account, action: account-lock, cites: [account-integrity#ownership@3.0]}
  leave: {decision: Nothing to do}
cases:
  - {id: at-the-edge, scenario: A member cannot log in and 100 dollars are gone., answers: [otherwise, "yes", "100"],
     outcome: lock-and-tell, why: It is 100., critical: true}
  - {id: below-it, scenario: A member cannot log in and 99 dollars are gone., answers: [otherwise, "yes", "99"],
     outcome: lock, why: It is below 100.}
  - {id: curious, scenario: Somebody asks how to log out of a telephone., answers: [otherwise, otherwise],
     outcome: leave, why: Access is there.}
  - {id: threat, scenario: He will come tonight., answers: ["yes"], outcome: page, why: It is tonight.}
"""
)
FILES = {
    "decision_trees/account-takeover.yaml": TREE,
    "content/vocabulary.yaml": VOCABULARY.replace("legal: {name: Legal}", "legal: {name: Legal, audience: vendor}"),
}


def _bank(root: Path) -> Bank:
    view = check(root).library.for_audience("vendor")
    return Bank(view, view.documents)


def _situations(root: Path) -> dict[str, Situation]:
    view = check(root).library.for_audience("vendor")
    return {here.case.id: here for one in view.decisions for here in situations(view, *one)}


NEAR = {
    "at-the-edge": [("lock", "money", "little", 0), ("leave", "lost", "otherwise", 0), ("page", "danger", "yes", 0)],
    "curious": [("page", "danger", "yes", 0), ("lock-and-tell", "lost", "yes", 1), ("lock", "lost", "yes", 1)],
    "threat": [
        ("leave", "danger", "otherwise", 1), ("lock-and-tell", "danger", "otherwise", 2),
        ("lock", "danger", "otherwise", 2),
    ],
}  # fmt: skip


@pytest.mark.parametrize("case", NEAR)
def test_the_nearest_outcomes_come_first(case: str, lay: Lay) -> None:
    here = _situations(lay(FILES))[case]
    assert [(one.outcome, one.turn.question, one.turn.answer, one.further) for one in here.near] == NEAR[case]


ASKED = {
    "at-the-edge.outcome": """\
A member cannot log in and 100 dollars are gone.
What do you decide?
+ Lock the account and tell the bank: It is 100.
- Lock the account: That needs “Less” to “How much went out?”. Here it is “100 or more”.
- Nothing to do: That needs “Anything else” to “Did the member lose access?”. Here it is “Yes”.
- Page now: That needs “Yes” to “Is somebody in danger?”. Here it is “No, or I cannot tell”.""",
    "curious.outcome": """\
Somebody asks how to log out of a telephone.
What do you decide?
+ Nothing to do: Access is there.
- Page now: That needs “Yes” to “Is somebody in danger?”. Here it is “No, or I cannot tell”.
- Lock the account and tell the bank: That needs “Yes” to “Did the member lose access?”, and more answers after it. \
Here it is “Anything else”.
- Lock the account: That needs “Yes” to “Did the member lose access?”, and more answers after it. \
Here it is “Anything else”.""",
    "at-the-edge.next_question": """\
A member cannot log in and 100 dollars are gone. / Known so far: Is somebody in danger? No, or I cannot tell
What do you find out next?
+ Did the member lose access?: After “No, or I cannot tell”, this is what decides how it goes on.
- How much went out?: That is asked later, if at all.""",
    "at-the-edge.letter": """\
A member cannot log in and 100 dollars are gone.
Which letter do you send?
+ Account restored: Tells the member that the account is theirs again.
- No letter from here: Somebody has to hear of it. “Account restored”: Tells the member that the account is theirs \
again.""",
    "at-the-edge.escalation": """\
A member cannot log in and 100 dollars are gone.
To whom do you escalate?
+ Support: “Lock the account and tell the bank” goes to them.
- To nobody: it stays with you: That is for “Lock the account”.
- Legal: That is for “Page now”.""",
}  # fmt: skip


def _tell(question: QuizQuestion) -> str:
    options = [
        f"{sign} {one.text}: {one.why}" for sign, one in [("+", question.right), *[("-", w) for w in question.wrong]]
    ]
    return "\n".join([question.scenario.replace("\n\n", " / "), question.ask, *options])


@pytest.mark.parametrize("name", ASKED)
def test_a_question_is_asked_about_a_case(name: str, lay: Lay) -> None:
    found = {question.id.removeprefix("account-takeover."): question for question in _bank(lay(FILES)).questions}
    assert _tell(found[name]) == ASKED[name]


RULES = """\
when: Use it when [[restore-account]] is done.
not_when:
  - The account is still locked. Send [[account-locked]].
"""
LOCKED = (
    knowledge.MACRO.replace("id: account-restored", "id: account-locked")
    .replace("title: Account restored", "title: Account locked")
    .replace("theirs again", "safe")
)
LETTERS = FILES | {
    "macros/account-restored.yaml": knowledge.MACRO.replace("text: |", f"{RULES}text: |", 1),
    "macros/account-locked.yaml": LOCKED,
    "decision_trees/account-takeover.yaml": TREE.replace(
        "lock: {decision: Lock the account,", "lock: {decision: Lock the account, macro: account-locked,"
    ),
}
CHOSEN = {
    "the letter's own rule parts it from its neighbour": ("", "", "below-it", """\
+ Account locked: Tells the member that the account is safe.
- Account restored: It is not for this: The account is still locked. Send “Account locked”. That needs \
“100 or more” to “How much went out?”. Here it is “Less”.
- No letter from here: Somebody has to hear of it. “Account locked”: Tells the member that the account is safe."""),
    "a letter's use is told with the names of what it refers to": ("", "", "at-the-edge", """\
+ Account restored: Use it when “Restore a taken-over account” is done.
- Account locked: It has another use: Tells the member that the account is safe. That needs “Less” to \
“How much went out?”. Here it is “100 or more”.
- No letter from here: Somebody has to hear of it. “Account restored”: Tells the member that the account is theirs \
again."""),
    "a case has a letter of its own": ("outcome: lock,", "outcome: lock, letter: account-restored,", "below-it", """\
+ Account restored: Use it when “Restore a taken-over account” is done.
- Account locked: It is below 100. It has another use: Tells the member that the account is safe.
- No letter from here: Somebody has to hear of it. “Account restored”: Tells the member that the account is theirs \
again."""),
    "nobody is written to": ("outcome: lock,", "outcome: lock, no_letter: true,", "below-it", """\
+ No letter from here: It is below 100.
- Account locked: It is below 100. It has another use: Tells the member that the account is safe.
- Account restored: It has another use: Use it when “Restore a taken-over account” is done. That needs “100 or more” \
to “How much went out?”. Here it is “Less”."""),
    "the text of the outcome names the other letter": (
        "lock: {decision: Lock the account,",
        "lock: {decision: Lock the account, text: 'The bank gets [[account-restored]].',",
        "below-it",
        """\
+ Account locked: Tells the member that the account is safe.
- No letter from here: Somebody has to hear of it. “Account locked”: Tells the member that the account is safe.""",
    ),
    "another decision says which letter follows": (
        "lock: {decision: Lock the account,",
        "lock: {decision: Lock the account, text: 'Walk [[account-takeover]] again.',",
        "below-it",
        "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", CHOSEN)
def test_a_letter_is_asked_for_with_what_parts_it_from_its_neighbours(what: str, lay: Lay) -> None:
    old, new, case, expected = CHOSEN[what]
    tree = LETTERS["decision_trees/account-takeover.yaml"]
    assert old in tree
    files = LETTERS | {"decision_trees/account-takeover.yaml": tree.replace(old, new, 1) if old else tree}
    found = [_tell(one) for one in _bank(lay(files)).questions if one.id == f"account-takeover.{case}.letter"]
    assert "".join(found).partition("?\n")[2] == expected


def test_a_decision_that_passes_the_case_on_without_naming_a_team_is_not_asked_to_whom(lay: Lay) -> None:
    """“Page the on-call of the queue's team” is no case that stays with the analyst."""
    tree = TREE.replace("decision: Nothing to do}", "decision: Page the on-call of the queue's team}")
    found = {question.id for question in _bank(lay(FILES | {"decision_trees/account-takeover.yaml": tree})).questions}
    assert "account-takeover.curious.outcome" in found
    assert "account-takeover.curious.escalation" not in found


def test_what_a_reader_may_not_see_is_in_no_question(lay: Lay) -> None:
    questions = _bank(lay(FILES | {"content/vocabulary.yaml": VOCABULARY})).questions
    assert questions
    assert "Legal" not in "".join(map(_tell, questions)), "vendors do not know this team here"


def test_a_case_note_has_one_line_that_is_wrong_or_none(lay: Lay) -> None:
    """The note is read again: each answer and the decision against those of the case."""
    situation_of = _situations(lay(FILES))
    notes = [one for one in _bank(lay(FILES)).questions if one.kind == "case_note"]
    assert len({one.right.text.split(" ")[0] for one in notes}) > 1, "different lines are wrong in different notes"
    for one in notes:
        here = situation_of[_name_case(one)]
        lines = one.scenario.split("\n- ")[1:]
        amiss = [
            said
            for said, turn in zip(lines, here.way, strict=False)
            if said != f"{here.ask(turn.question)} {here.label(turn)}"
        ]
        amiss += ["The decision"] if lines[-1] != f"Decision: {here.outcome.decision}" else []
        assert len(amiss) <= 1
        assert one.right.text.startswith("None") is (not amiss)


def _name_case(question: QuizQuestion) -> str:
    return question.id.split(".")[1]


def test_a_table_is_asked_about_too(lay: Lay) -> None:
    found = [
        one for one in _bank(lay({"decision_trees/account-takeover.yaml": TABLE})).questions if one.kind == "outcome"
    ]
    assert {(one.right.text, one.wrong[0].text) for one in found} == {
        ("Act now", "Act today"), ("Act today", "Act now"), ("Act this week", "Act today"),
    }  # fmt: skip


# What a case says more, and whether it reads like the one at the edge of the limit.
ALIKE = {
    "the same side": ('103 dollars are gone., answers: [otherwise, "yes", "103"]', "lock-and-tell", True),
    "the other side": ('97 dollars are gone., answers: [otherwise, "yes", "97"]', "lock", False),
}


@pytest.mark.parametrize("what", ALIKE)
def test_cases_that_read_alike_are_one_group_unless_a_limit_is_between(what: str, lay: Lay) -> None:
    """Whoever has just answered for 100 dollars has answered for 103, and not for 97."""
    words, outcome, is_one = ALIKE[what]
    case = f"  - {{id: more, scenario: A member cannot log in and {words}, outcome: {outcome}, why: It is so.}}\n"
    tree = {"decision_trees/account-takeover.yaml": TREE + case}
    groups = {_name_case(one): one.group for one in _bank(lay(FILES | tree)).questions}
    assert groups["at-the-edge"] != groups["below-it"]
    assert (groups["at-the-edge"] == groups["more"]) == is_one
    assert (groups["below-it"] == groups["more"]) == (not is_one)
    assert len(set(groups.values())) == 4


def test_a_pool_knows_both_sides_of_a_limit(lay: Lay) -> None:
    pool = choose_pool(_bank(lay(FILES)).questions)
    [[pair]] = pool.limits
    asked = [pool.groups[number][0] for number in pair]
    assert {_name_case(one) for one in asked} == {"at-the-edge", "below-it"}
    assert {one.kind for one in asked} == {"outcome"}


def test_a_limit_at_which_nothing_is_decided_is_none_of_a_pool(lay: Lay) -> None:
    tree = TREE.replace("below: 100, go: lock}", "below: 100, go: lock-and-tell}").replace(
        "lock, why", "lock-and-tell, why"
    )
    assert choose_pool(_bank(lay(FILES | {"decision_trees/account-takeover.yaml": tree})).questions).limits == ()


def test_the_only_case_on_one_side_of_a_limit_is_not_practised(lay: Lay) -> None:
    """What is practised is not asked; of two with one outcome it would be the first."""
    late = "  - {id: late, scenario: He shouts., answers: [otherwise, otherwise], outcome: leave, why: He is in.}\n"
    more = '  - {id: more, scenario: Gold is gone., answers: [otherwise, "yes", "500"], outcome: leave, why: Ask.}\n'
    tree = TREE.replace("from: 100, go: lock-and-tell", "from: 100, go: leave").replace(
        "lock-and-tell, why", "leave, why"
    )
    base = lay(FILES | {"decision_trees/account-takeover.yaml": tree + late})
    assert [one.case.id for one in _practise(base)] == ["curious"]
    base = lay(FILES | {"decision_trees/account-takeover.yaml": tree + late + more})
    assert [one.case.id for one in _practise(base)] == ["at-the-edge"]


def _practise(base: Path) -> tuple[Situation, ...]:
    view = check(base).library.for_audience("vendor")
    return choose_practice(view, view.documents)["account-takeover"]


@pytest.mark.parametrize(("locale", "is_asked"), [("es", False), ("en-GB", True)])
def test_no_question_is_half_in_another_language(locale: str, is_asked: bool, lay: Lay) -> None:
    """A policy may be in another language than the decision: its sections are to be read, and no options."""
    policy = knowledge.POLICY.replace("effective: 2026-09-01\n", f"effective: 2026-09-01\nlocale: {locale}\n", 1)
    more = '  - {id: leaving, number: "2", title: Leaving, revised: "3.0", text: Anybody may log out.}\n'
    tree = TREE.replace("decision: Nothing to do}", "decision: Nothing to do, cites: [account-integrity#leaving]}")
    files = {
        "content/policies/account-integrity.yaml": policy.replace("history:\n", f"{more}history:\n", 1),
        "decision_trees/account-takeover.yaml": tree,
    }
    questions = _bank(lay(FILES | files)).questions
    assert any(one.kind == "section" for one in questions) == is_asked
    section = "Account integrity, 1 "
    assert any(read.name.startswith(section) for one in questions for read in one.reads)
    told = [option.text for one in questions for option in (one.right, *one.wrong)]
    assert any(text.startswith(section) for text in told) == is_asked


def test_what_stands_below_a_scenario_makes_no_cases_alike(lay: Lay) -> None:
    """The notes of two cases of one decision have most words in common, whatever happened in them."""
    groups = {_name_case(one): one.group for one in _bank(lay(FILES)).questions}
    assert groups["curious"] != groups["at-the-edge"] != groups["threat"]
    words = " ".join(f"whoever{number}" for number in range(40))
    longer = TREE.replace("ask: Is somebody in danger?", f"ask: Is {words} in danger?")
    again = _bank(lay(FILES | {"decision_trees/account-takeover.yaml": longer})).questions
    assert {_name_case(one): one.group for one in again} == groups


def test_a_decision_without_cases_is_named(lay: Lay) -> None:
    bank = _bank(lay({"decision_trees/account-takeover.yaml": TREE[: TREE.index("cases:")]}))
    assert (bank.questions, [one.id for one in bank.silent]) == ([], ["account-takeover"])


@pytest.fixture(scope="module")
def banks() -> dict[str, Bank]:
    """The questions of each pack of the starter library."""
    library = check(STARTER, LIBRARY_DAY).library
    return {one.document.id: Bank(one.view, one.contents.documents) for one in packs(library)}


def test_every_pack_of_the_starter_library_can_ask_all_kinds(banks: dict[str, Bank]) -> None:
    for name, bank in banks.items():
        kinds = Counter(question.kind for question in bank.questions)
        assert len(kinds) == 6, name
        assert min(kinds.values()) > 100, name
        assert bank.silent == [], name


def test_one_option_is_right_and_the_others_differ(banks: dict[str, Bank]) -> None:
    for question in (one for bank in banks.values() for one in bank.questions):
        texts = [option.text.casefold() for option in (question.right, *question.wrong)]
        assert len(texts) == len(set(texts)) >= 2, question.id
        assert all(option.why.strip() for option in (question.right, *question.wrong)), question.id


def test_a_module_has_both_sides_of_each_limit_and_no_two_that_read_alike() -> None:
    """Each limit that a pack of the starter library can ask about on both sides, where the decision is taught."""
    library = check(STARTER, LIBRARY_DAY).library
    found = set()
    for one in packs(library):
        view = one.view.only(one.contents.ids)
        taught = [document for document in view.documents if document.id in one.contents.taught]
        practised = choose_practice(view, taught)
        questions = Bank(
            view, taught, {f"{name}.{here.case.id}" for name, some in practised.items() for here in some}
        ).questions
        outcomes = [question for question in questions if question.kind == "outcome"]
        near = {
            (question.topic, side.limit, side.is_above)
            for question in outcomes
            for side in question.sides
            if side.is_near
        }
        wanted = {(topic, limit) for topic, limit, is_above in near if is_above and (topic, limit, False) in near}
        pools = [module.pool for module in make_course(view, one.pack, one.contents, questions, practised).modules]
        held = {_name_limit(pool, pairs[0]) for pool in pools for pairs in pool.limits}
        assert held == {limit for _, limit in wanted}, one.document.id
        found |= held
        for pool in pools:
            for first, other in combinations([group[0] for group in pool.groups], 2):
                assert first.group != other.group
                words = [
                    frozenset(WORD.findall(each.scenario.partition("\n\n")[0].casefold())) for each in (first, other)
                ]
                is_alike = _is_alike(*words) and first.kind == other.kind == "outcome"
                assert not is_alike or are_opposite(first.sides, other.sides), (first.id, other.id)
    assert len(found) == 5


def _name_limit(pool: Pool, pair: tuple[int, int]) -> str:
    """The limit that is between the two groups, each of which asks what is decided on its side."""
    one, other = (pool.groups[number][0] for number in pair)
    assert one.right.text != other.right.text
    [limit] = {side.limit for side in one.sides if side.is_near} & {
        side.limit for side in other.sides if side.is_near and are_opposite([side], one.sides)
    }
    return limit


def test_a_section_is_explained_by_its_own_words(banks: dict[str, Bank]) -> None:
    sections = [one for bank in banks.values() for one in bank.questions if one.kind == "section"]
    assert sections
    for question in sections:
        for option in (question.right, *question.wrong):
            assert re.match(r"It says: “.{10,330}” That carries “.+”\.", option.why), question.id


# other systems


class Read(NamedTuple):
    """A question as another system has read it."""

    name: str
    asked: str
    right: tuple[str, str]
    wrong: set[tuple[str, str]]


NASTY = "a~b=c#d{e}f:g\\h <i> & \"j\" 'k' [html] // $CATEGORY: x %50% ü 日本 -> \u2028 !"
QUESTIONS = [
    QuizQuestion(
        id="tree-one.a-case.outcome", kind="outcome", group="g", topic="tree-one", scenario=f"{NASTY}\n\n- one\n- two",
        ask=f"What of {NASTY}?", right=QuizOption(f"= {NASTY}", f"# {NASTY}"),
        wrong=(QuizOption(f"~ {NASTY}", f"{NASTY} {NASTY}"), QuizOption("@SUM(1)", "->")),
        path=((NASTY, NASTY),), reads=(QuizRead(NASTY, Target.of("x")),), is_critical=True, home="x",
    ),
    QuizQuestion(
        id="2nd-tree.b.letter", kind="letter", group="h", topic="2nd-tree", scenario="// no comment", ask="::x:: {T}",
        right=QuizOption("TRUE", "yes"), wrong=(QuizOption("FALSE", "no"),), path=(),
        reads=(QuizRead("R", Target.of("x")),), is_critical=False, home="x",
    ),
]  # fmt: skip


def _wanted(question: QuizQuestion) -> Read:
    options = [(option.text, option.why) for option in (question.right, *question.wrong)]
    return Read(question.id, f"{question.scenario}\n\n{question.ask}", options[0], set(options[1:]))


def _read_gift(content: bytes) -> Iterator[Read]:
    """As https://docs.moodle.org/en/GIFT_format has it: blank lines between questions, a backslash before its signs."""
    for block in re.split(r"\n[ \t]*\n", content.decode()):
        lines = [line for line in block.split("\n") if line.strip() and not line.startswith("//")]
        if not lines or lines[0].startswith("$CATEGORY:"):
            continue
        text = "\n".join(lines)
        found = re.fullmatch(r"::((?:\\.|[^:\\])+)::\[plain\]((?:\\.|[^{\\])*)\{((?:\\.|[^}\\])*)\}", text, re.DOTALL)
        assert found, text
        body = re.split(r"(?<!\\)####", found[3])[0]
        options = re.findall(r"([=~])((?:\\.|[^=~#\\])*)#((?:\\.|[^=~#\\])*)", body)
        told = [(sign, (_plain(text), _plain(why))) for sign, text, why in options]
        [right] = [option for sign, option in told if sign == "="]
        yield Read(_plain(found[1]), _plain(found[2]), right, {option for sign, option in told if sign == "~"})


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text, flags=re.DOTALL).strip()


def _read_moodle(content: bytes) -> Iterator[Read]:
    for item in ElementTree.fromstring(content).findall("question[@type='multichoice']"):
        options = [
            (one.get("fraction"), (_strip(one.findtext("text")), _strip(one.findtext("feedback/text"))))
            for one in item.findall("answer")
        ]
        assert (item.findtext("single"), item.findtext("shuffleanswers")) == ("true", "true")
        [right] = [option for fraction, option in options if fraction == "100"]
        wrong = {option for fraction, option in options if fraction == "0"}
        yield Read(item.findtext("name/text") or "", _strip(item.findtext("questiontext/text")), right, wrong)


def _strip(markup: str | None) -> str:
    """HTML in paragraphs and lines as plain text, by a reader of XML."""
    paragraphs = ElementTree.fromstring(f"<d>{(markup or '').replace('<br>', '<br/>')}</d>").findall("p")
    told = ["".join([one.text or "", *("\n" + (line.tail or "") for line in one)]) for one in paragraphs]
    return "\n\n".join(told)


Q = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
CP = "{http://www.imsglobal.org/xsd/imscp_v1p1}"


def _read_qti(content: dict[str, bytes]) -> Iterator[Read]:
    manifest = ElementTree.fromstring(content["imsmanifest.xml"])
    places = [one.get("href") or "" for one in manifest.iter(f"{CP}resource")]
    assert {*places, "imsmanifest.xml"} == content.keys()
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", one.get("identifier") or "") for one in manifest.iter(f"{CP}resource"))
    for place in places:
        item = ElementTree.fromstring(content[place])
        right = item.findtext(f"{Q}responseDeclaration/{Q}correctResponse/{Q}value")
        choice = item.find(f"{Q}itemBody/{Q}choiceInteraction")
        assert choice is not None
        options = {
            one.get("identifier"): (one.text or "", (one.findtext(f"{Q}feedbackInline") or "").removeprefix(" "))
            for one in choice.findall(f"{Q}simpleChoice")
        }
        told = ["".join([p.text or "", *("\n" + (br.tail or "") for br in p)]) for p in item.iter(f"{Q}p")]
        asked = "\n\n".join([*told, choice.findtext(f"{Q}prompt") or ""])
        wrong = {option for name, option in options.items() if name != right}
        yield Read(item.get("title") or "", asked, options[right], wrong)


def _read_table(content: bytes) -> Iterator[Read]:
    for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        wrong = {(_arm(row[f"wrong {n}"]), _arm(row[f"why not {n}"])) for n in (1, 2, 3) if row[f"wrong {n}"]}
        asked = f"{_arm(row['scenario'])}\n\n{_arm(row['question'])}"
        yield Read(row["id"], asked, (_arm(row["right"]), _arm(row["why"])), wrong)


def _arm(cell: str) -> str:
    assert not cell.startswith(("=", "+", "-", "@")), "a spreadsheet would run it"
    return cell.removeprefix("'")


READERS: dict[str, Any] = {
    "gift": _read_gift, "moodle": _read_moodle, "qti": _read_qti, "spreadsheet": _read_table,
}  # fmt: skip


@pytest.mark.parametrize("name", READERS)
def test_another_system_reads_what_is_asked(name: str) -> None:
    read = list(READERS[name](question_formats()[name].write("A/B: {c} <d>", QUESTIONS)))
    assert read == [_wanted(one) for one in QUESTIONS]


@pytest.mark.parametrize("name", READERS)
def test_another_system_reads_what_the_starter_library_asks(name: str, banks: dict[str, Bank]) -> None:
    questions = banks["kestrel-privacy-first-line"].questions
    read = list(READERS[name](question_formats()[name].write("Title", questions)))
    assert read == [_wanted(one) for one in questions]


def test_the_feedback_has_the_way_and_what_to_read() -> None:
    told = feedback(QUESTIONS[0])
    assert told == f"The way to the decision:\n{NASTY} {NASTY}\n\nRead again: {NASTY}"


# in a pack


def test_each_format_of_questions_is_one_of_a_pack() -> None:
    chosen = {name for name, some in pack_formats().items() if not some[0].is_always}
    assert chosen == {*PackFormat.__args__}


def test_a_pack_has_the_formats_that_are_wanted(lay: Lay, play: Play) -> None:
    base = lay(FILES)
    shutil.copy(STARTER / "mkdocs.yml", base)
    wanted = [word for name in READERS for word in ("--format", name)]
    result = play(base, "pack", "build", "acme-accounts", *wanted)
    assert result.exit_code == 0, result.output
    assert "4 documents for vendor readers and 14 questions in " in result.output
    place = base / "dist/acme-accounts-1.0"
    files = {one.file for one in question_formats().values()} | {
        form.file for some in pack_formats().values() for form in some if form.is_always
    }
    assert {path.name for path in place.iterdir()} == files | {"pack.json", "SHA256SUMS"}
    with zipfile.ZipFile(place / "questions.qti.zip") as archive:
        read = list(_read_qti({name: archive.read(name) for name in archive.namelist()}))
    assert len(read) == 14
    assert (
        subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=place, check=False, capture_output=True).returncode == 0
    )


def test_a_decision_without_cases_is_told_while_a_pack_is_built(lay: Lay, play: Play) -> None:
    base = lay(FILES | {"decision_trees/account-takeover.yaml": TREE[: TREE.index("cases:")]})
    shutil.copy(STARTER / "mkdocs.yml", base)
    result = play(base, "pack", "build", "acme-accounts", "--format", "gift")
    told = "Warning: decision_trees/account-takeover.yaml has no golden case, so nothing is asked about it"
    assert (result.exit_code, told in result.output) == (0, True), result.output


def test_a_pack_with_an_unknown_format_is_told_which_there_are(lay: Lay, play: Play) -> None:
    result = play(lay({}), "pack", "build", "acme-accounts", "--format", "scorm")
    assert result.exit_code == 2
    assert "gift" in result.output
