"""The decision tables of SSVC, brought in: they are judged, drawn and walked, and what is said of them is true."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import output_of
from knowledge import check, write
from test_corpora import CORPORA

from generator.checks import disagreeing_rows, uncovered_combination
from generator.decisions.graph import Graph
from generator.documents.types.decision_tree import DecisionTable, Row
from generator.library.library import Library, link
from generator.publishing.pages.drawing import draw
from generator.publishing.pages.drawing.layout import is_there

FILES = sorted((CORPORA / "ssvc").rglob("decision_tables/**/*.json"))
NUMBER = re.compile(r"no row fits ([\d,]+)( or more)? of")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = write(tmp_path_factory.mktemp("ssvc") / "base")
    output_of(place, "import", "decision-table", *map(str, FILES))
    return place


@pytest.fixture(scope="module")
def library(root: Path) -> Library:
    return check(root).library


@pytest.fixture(scope="module")
def tables(library: Library) -> dict[str, DecisionTable]:
    return {document.id: table for document, table in library.each(DecisionTable)}


@cache
def sources() -> dict[str, dict[str, Any]]:
    return {found["name"]: found for found in (json.loads(file.read_text(encoding="utf-8")) for file in FILES)}


def test_all_are_brought_in_and_nothing_is_wrong_with_them(root: Path, tables: dict[str, DecisionTable]) -> None:
    assert len(FILES) == 16, "the corpora must be there where PLAYBOOK_CORPORA names them"
    assert len(tables) == 16
    found = [finding for finding in check(root).findings if finding.severity == "error"]
    assert not found
    for table in tables.values():
        source = sources()[table.title]
        assert table.version == source["version"]
        assert len(table.rows) == len(source["mapping"])
        assert [one.source for one in table.inputs.values()] == [
            p for p in source["decision_points"] if p != source["outcome"]
        ]


def test_every_entry_of_their_mapping_is_where_its_walk_ends(tables: dict[str, DecisionTable]) -> None:
    for table in tables.values():
        source = sources()[table.title]
        points = source["decision_points"]
        graph = Graph(table)
        for entry in source["mapping"]:
            labels = [
                next(v["name"] for v in points[p]["values"] if v["key"] == entry[p]) for p in points if p in entry
            ]
            *said, end = labels if source["outcome"] == list(points)[-1] else _outcome_last(source, entry)
            answers = [
                next(name for name, value in one.values.items() if value.label == label)
                for one, label in zip(table.inputs.values(), said, strict=True)
            ]
            at = graph.start
            for _, turn in graph.given(answers):
                at = graph.turns[turn.question][turn.answer]
            assert table.outcomes[at].decision == end


def _outcome_last(source: dict[str, Any], entry: dict[str, str]) -> Iterator[str]:
    points = source["decision_points"]
    for point in [*(p for p in points if p != source["outcome"]), source["outcome"]]:
        yield next(v["name"] for v in points[point]["values"] if v["key"] == entry[point])


def test_they_are_walked_in_the_terminal(root: Path, tables: dict[str, DecisionTable]) -> None:
    for name, table in tables.items():
        graph = Graph(table)
        paths = output_of(root, "walk", name, "--paths").splitlines()
        assert len(paths) == sum(graph.counts.values()) + 1
        way, end = next(graph.paths())
        assert table.outcomes[end].decision in output_of(root, "walk", name, *(turn.answer for turn in way))


def test_they_are_drawn(tables: dict[str, DecisionTable]) -> None:
    if not is_there():
        pytest.skip("no Graphviz: install the drawing extra")
    for name, table in tables.items():
        graph = Graph(table)
        assert len(graph.questions) + len(graph.outcomes) <= 150, f"{name} is more than a page can show"
        drawing = ElementTree.fromstring(draw(graph).replace("&nbsp;", " "))
        drawn = {element.get("data-pb-node") for element in drawing.iter()} - {None}
        assert set(graph.questions) <= drawn


def fitting(table: DecisionTable, said: dict[str, str]) -> list[int]:
    return [n for n, row in enumerate(table.rows) if all(said[name] in wanted for name, wanted in row.when.items())]


def by_hand(table: DecisionTable) -> tuple[int, set[tuple[int, int]]]:
    """How many combinations no row fits, and which rows disagree about one, by trying every combination."""
    missing, pairs = 0, set()
    for values in product(*(one.values for one in table.inputs.values())):
        rows = fitting(table, dict(zip(table.inputs, values, strict=True)))
        missing += not rows
        pairs |= {(r, s) for r in rows for s in rows if s < r and table.rows[r].then != table.rows[s].then}
    return missing, pairs


def by_checks(library: Library, name: str, table: DecisionTable) -> tuple[int, set[tuple[int, int]]]:
    """The same, as the findings tell it."""
    document = library.by_id[name]
    document = type(document)(document.kind, document.path, table)
    alone = link([document], library.vocabulary, library.today)
    missing = 0
    for fault in uncovered_combination.check(alone):
        told = NUMBER.search(fault.message)
        assert told, fault.message
        assert not told[2], "these can all be counted"
        missing = int(told[1].replace(",", ""))
    monkey = disagreeing_rows.SHOWN
    try:
        disagreeing_rows.SHOWN = 10**6
        pairs = {
            (max(rows), min(rows))
            for fault in disagreeing_rows.check(alone)
            for other in fault.related
            for rows in [(int(fault.spot.keys[1]), int(other.spot.keys[1]))]
        }
    finally:
        disagreeing_rows.SHOWN = monkey
    return missing, pairs


def test_gaps_and_overlaps_are_those_found_by_trying_every_combination(
    library: Library, tables: dict[str, DecisionTable]
) -> None:
    for name, table in tables.items():
        assert by_checks(library, name, table) == by_hand(table) == (0, set())


@pytest.mark.parametrize("seed", range(3))
def test_so_are_those_of_tables_that_somebody_spoilt(
    seed: int, library: Library, tables: dict[str, DecisionTable]
) -> None:
    """Rows are lost, conditions are widened or forgotten, outcomes are exchanged."""
    chance = random.Random(seed)
    for name, table in tables.items():
        spoilt = table.model_copy(update={"rows": list(_spoilt(table, chance))})
        found = by_checks(library, name, spoilt)
        assert found == by_hand(spoilt), name
        assert found != (0, set()), f"{name} was not spoilt: the test says nothing"


def _spoilt(table: DecisionTable, chance: random.Random) -> Iterator[Row]:
    for number, row in enumerate(table.rows):
        what = chance.random() if number else 0.95
        if what < 0.15 and number:
            continue
        if what < 0.25:
            name = chance.choice(list(row.when))
            values = list(table.inputs[name].values)
            yield row.model_copy(update={"when": row.when | {name: chance.sample(values, max(1, len(values) - 1))}})
        elif what < 0.3:
            name = chance.choice(list(row.when))
            yield row.model_copy(update={"when": {n: w for n, w in row.when.items() if n != name}})
        elif what < 0.35:
            yield row.model_copy(update={"then": chance.choice(list(table.outcomes))})
        elif what > 0.94:
            yield row
            yield row.model_copy(update={"then": next(name for name in table.outcomes if name != row.then)})
        else:
            yield row
