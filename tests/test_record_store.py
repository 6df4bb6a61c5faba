"""The record store of the tests: what it must refuse of cmi5, or no course proves anything by being taken."""

from __future__ import annotations

from copy import deepcopy
from http import HTTPStatus
from typing import Any

import pytest
from lms.record_store import CMI5, MARK, MOVE_ON, SESSION, UNIT, VERBS, RecordStore

IDS = "00000000-0000-4000-8000-{:012}"


def said(store: RecordStore, verb: str, number: int, **result: Any) -> dict[str, Any]:
    """A statement as it should be."""
    is_judged = verb in ("completed", "passed", "failed")
    extensions: dict[str, Any] = {SESSION: str(store.sessions)}
    if verb in ("passed", "failed"):
        extensions[MARK] = 0.8
    statement = {
        "id": IDS.format(number),
        "actor": store.actor,
        "verb": {"id": VERBS + verb},
        "object": {"id": UNIT},
        "timestamp": "2026-11-30T12:00:00.000Z",
        "context": {
            "registration": "c0ffee00-0000-4000-8000-000000000001",
            "contextActivities": {
                "grouping": [{"id": "urn:uuid:unit"}],
                "category": [{"id": CMI5}, *([{"id": MOVE_ON}] if is_judged else [])],
            },
            "extensions": extensions,
        },
    }
    return statement | ({"result": result} if result else {})


def told(store: RecordStore) -> list[dict[str, Any]]:
    """All that a session may say."""
    spent = {"duration": "PT5M"}
    score = {"scaled": 0.9, "raw": 90, "min": 0, "max": 100}
    answer = said(store, "answered", 1)
    answer["object"] = {"id": f"{UNIT}/question/q1"}
    answer["context"]["contextActivities"].pop("category")
    return [
        said(store, "initialized", 0),
        answer,
        said(store, "completed", 2, completion=True, **spent),
        said(store, "passed", 3, success=True, score=score, **spent),
        said(store, "terminated", 4, **spent),
    ]


@pytest.fixture
def store() -> RecordStore:
    made = RecordStore(origin="https://lms.example")
    made.launch("unit")
    return made


def test_what_is_right_is_recorded(store: RecordStore) -> None:
    assert [store.record(one) for one in told(store)] == [HTTPStatus.NO_CONTENT] * 5
    assert store.refused == []


SPOILED = {
    "an id that is no UUID": (0, ("id",), "1"),
    "another learner": (0, ("actor",), {"name": "x"}),
    "a time that is not UTC": (0, ("timestamp",), "2026-11-30T12:00:00+01:00"),
    "another session": (0, ("context", "extensions", SESSION), "9"),
    "another registration": (0, ("context", "registration"), "x"),
    "without the template": (0, ("context", "contextActivities", "grouping"), []),
    "without the category": (0, ("context", "contextActivities", "category"), []),
    "an answer in place of the beginning": (0, ("verb", "id"), f"{VERBS}answered"),
    "an answer as a statement of cmi5": (1, ("context", "contextActivities", "category"), [{"id": CMI5}]),
    "completed without moveOn": (2, ("context", "contextActivities", "category"), [{"id": CMI5}]),
    "completed with a score": (2, ("result", "score"), {"scaled": 1}),
    "a duration of SCORM 1.2": (2, ("result", "duration"), "00:05:00"),
    "passed below the mark": (3, ("result", "score", "scaled"), 0.7),
    "passed without the mark": (3, ("context", "extensions", MARK), None),
    "a score of 90": (3, ("result", "score", "scaled"), 90),
    "failed above the mark": (3, ("verb", "id"), f"{VERBS}failed"),
    "terminated without a duration": (4, ("result",), {}),
}


@pytest.mark.parametrize("what", SPOILED)
def test_what_is_wrong_is_refused(what: str, store: RecordStore) -> None:
    place, keys, value = SPOILED[what]
    statements = told(store)
    spoiled: Any = deepcopy(statements[place])
    inner = spoiled
    for key in keys[:-1]:
        inner = inner[key]
    inner[keys[-1]] = value
    for one in statements[:place]:
        store.record(one)
    assert store.record(spoiled) == HTTPStatus.FORBIDDEN
    assert store.refused


@pytest.mark.parametrize("again", [0, 2, 3, 1])
def test_nothing_is_said_again_or_after_the_end(again: int, store: RecordStore) -> None:
    statements = told(store)
    for one in statements[:4]:
        store.record(one)
    other = {**statements[again], "id": IDS.format(99)}
    if again != 1:  # a question may be answered again, until the end
        assert store.record(other) == HTTPStatus.FORBIDDEN
    store.record(statements[4])
    assert store.record({**other, "id": IDS.format(98)}) == HTTPStatus.FORBIDDEN


def test_a_pass_stays_in_another_session(store: RecordStore) -> None:
    for one in told(store):
        store.record(one)
    store.launch("unit")
    store.record(said(store, "initialized", 10))
    score = {"scaled": 0.4, "raw": 40, "min": 0, "max": 100}
    for verb, result in {
        "completed": {"completion": True},
        "passed": {"success": True, "score": {**score, "scaled": 0.9}},
        "failed": {"success": False, "score": score},
    }.items():
        assert store.record(said(store, verb, 11, duration="PT1S", **result)) == HTTPStatus.FORBIDDEN, verb


def test_nothing_is_judged_where_nothing_counts(store: RecordStore) -> None:
    store.mode = "Review"
    first, _, completed, *_ = told(store)
    store.record(first)
    assert store.record(completed) == HTTPStatus.FORBIDDEN
