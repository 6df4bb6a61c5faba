"""Values and ticks that are given to a question: the terminal and the page read them alike, and proofs are true."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.decisions.choice import Choice
from generator.decisions.flaws import flaws
from generator.decisions.measure import Measure
from generator.decisions.ranges import Uncertain
from generator.documents.types.decision_tree import Question
from generator.documents.values import bounds, read_value, settle, word_value

TABLE = json.loads((Path(__file__).parent / "scripts/values.json").read_text(encoding="utf-8"))
TODAY = date.fromisoformat(TABLE["today"])


def a_question(takes: str, conditions: dict[str, Any]) -> Question:
    unit = {"unit": "USD"} if takes == "amount" else {}
    answers = {name: {"label": name, "go": "end", **one} for name, one in conditions.items()}
    return Question.model_validate({"ask": "How much?", "takes": takes, **unit, "answers": answers})


@pytest.mark.parametrize(("takes", "text", "unit", "words"), TABLE["words"])
def test_a_value_reads_as_on_the_page(takes: str, text: str, unit: str, words: str) -> None:
    assert word_value(takes, text, unit) == words


@pytest.mark.parametrize(("takes", "conditions", "expected"), TABLE["found"])
def test_a_value_leads_where_it_does_on_the_page(
    takes: str, conditions: dict[str, Any], expected: dict[str, str]
) -> None:
    question = a_question(takes, conditions)
    assert flaws(question) == []
    measure = Measure(question).settled(TODAY)
    for text, answer in expected.items():
        if answer.startswith("?"):
            with pytest.raises(Uncertain):
                measure.find(text)
        else:
            assert measure.find(text) == answer, text


@pytest.mark.parametrize(("needs", "expected"), TABLE["ticked"])
def test_ticks_lead_where_they_do_on_the_page(needs: list[Any], expected: dict[str, str]) -> None:
    choice = Choice(a_question("several", {name: {"all_of": need} if need[1:] else {} for name, need in needs}))
    assert [[name, sorted(need)] for name, need in choice.needs.items()] == needs
    for text, answer in expected.items():
        assert choice.find(text) == answer, text


@st.composite
def ranges(draw: st.DrawFn) -> tuple[str, dict[str, dict[str, str]]]:
    """A few ranges with small thresholds, so that many meet, share values or leave some out."""
    takes = draw(st.sampled_from(["count", "number", "amount", "date"]))
    lows, highs = (
        (("from", "after"), ("up_to", "before")) if takes == "date" else (("from", "above"), ("up_to", "below"))
    )
    found: dict[str, dict[str, str]] = {}
    for number in range(draw(st.integers(1, 4))):
        given = {}
        if low := draw(st.sampled_from(["", *lows])):
            given[low] = _threshold(takes, draw(st.integers(0, 4)))
        if high := draw(st.sampled_from(["", *highs])):
            given[high] = _threshold(takes, draw(st.integers(0, 4)))
        found[f"x{'abcd'[number]}"] = given or {"from": _threshold(takes, 0)}
    return takes, found


def _threshold(takes: str, number: int) -> str:
    return f"2026-01-0{number + 2}" if takes == "date" else str(number)


@given(ranges())
def test_ranges_without_flaws_have_one_answer_for_each_value(told: tuple[str, dict[str, dict[str, str]]]) -> None:
    """Every value near the thresholds is looked up in every range by itself."""
    takes, conditions = told
    question = a_question(takes, conditions)
    found = flaws(question)
    halves = ["0", "0.5", "1", "1.5", "2", "2.5", "3", "3.5", "4", "4.5", "5"]
    texts = (
        [f"2026-01-0{n}" for n in range(1, 9)] if takes == "date" else [*halves, *(["-1"] if takes == "number" else [])]
    )
    values = [text for text in texts if read_value(takes, text)]
    hits = {text: [name for name, one in conditions.items() if _is_in(takes, text, one)] for text in values}
    empty = [name for name in conditions if not any(name in names for names in hits.values())]
    if not found:
        assert all(len(names) == 1 for names in hits.values()), hits
        assert {text: Measure(question).find(text) for text in values} == {
            text: names[0] for text, names in hits.items()
        }
    codes = {flaw.code for flaw in found}
    assert not empty or "broken-condition" in codes
    if "broken-condition" not in codes:
        assert ("uncovered-value" in codes) == any(not names for names in hits.values())
        assert ("overlapping-ranges" in codes) == any(len(names) > 1 for names in hits.values())


def _is_in(takes: str, text: str, condition: dict[str, str]) -> bool:
    value = read_value(takes, text)
    assert value
    tests = {
        "from": lambda limit: value.low >= limit,
        "above": lambda limit: value.low > limit,
        "after": lambda limit: value.low > limit,
        "up_to": lambda limit: value.low <= limit,
        "below": lambda limit: value.low < limit,
        "before": lambda limit: value.low < limit,
    }
    limits = {key: read_value(takes, limit) for key, limit in condition.items()}
    return all(tests[key](limit.low) for key, limit in limits.items() if limit)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(1, 1200), st.sampled_from("+-"))
def test_a_number_of_months_is_as_long_as_it_is_said_to_be(today: date, number: int, sign: str) -> None:
    least, most = bounds(number)
    assert least <= abs((date.fromisoformat(settle(f"today{sign}{number}mo", today)) - today).days) <= most


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_ranges_that_count_from_today_have_one_answer_on_every_day(today: date, back: int) -> None:
    conditions = {"old": {"before": "today-1mo"}, "recent": {"from": "today-1mo", "before": "today-2w"}}
    question = a_question("date", {**conditions, "new": {"from": "today-2w"}})
    assert flaws(question) == []
    measure = Measure(question).settled(today)
    assert measure.find(date.fromordinal(today.toordinal() - back).isoformat()) == (
        "new" if back <= 14 else "old" if back > 31 else measure.find(settle(f"today-{back}d", today))
    )
    assert measure.find(settle("today-1mo", today)) == "recent"
