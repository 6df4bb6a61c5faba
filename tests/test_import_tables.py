"""Decision tables of others: what comes in, what a second import keeps, and what is refused in one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Lay, Play
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from knowledge import edit, put

PLACE = "decision_trees/patch-priority.yaml"
CASES = """\
cases:
  - {id: quiet, scenario: Quiet., answers: [none, any-any], outcome: later, why: Nobody.}
  - {id: loud, scenario: Loud., answers: [active, 'yes'], outcome: exploitation, why: So.}
"""
OWN = '  - version: "1.1.0"\n    on: 2026-11-20\n    note: We explained a row.\n'


def a_value(key: str, name: str, definition: str = "") -> dict[str, Any]:
    return {"key": key, "name": name, "definition": definition}


def a_table() -> dict[str, Any]:
    """A table as its publisher writes it: two decision points, an outcome, a value that no entry leads to."""
    return {
        "namespace": "example",
        "key": "DT_PATCH",
        "version": "1.0.0",
        "name": "Patch priority",
        "definition": "When to patch.",
        "decision_points": {
            "example:EXP:1.1.0": {
                "key": "EXP",
                "version": "1.1.0",
                "name": "Exploitation",
                "definition": "Is it [[exploited]]?",
                "values": [a_value("N", "None", "Nobody does."), a_value("A", "Active"), a_value("A*", "Actíve")],
            },
            "other:EXP:1.0.0": {
                "key": "EXP",
                "version": "1.0.0",
                "name": "Exploitation",
                "values": [a_value("any", "Any"), a_value("Y", "Yes")],
            },
            "example:WHEN:1.0.0": {
                "key": "WHEN",
                "version": "1.0.0",
                "name": "When",
                "values": [a_value("L", "Later"), a_value("I", "Exploitation"), a_value("X", "Never")],
            },
        },
        "outcome": "example:WHEN:1.0.0",
        "mapping": [
            {"example:EXP:1.1.0": exp, "other:EXP:1.0.0": other, "example:WHEN:1.0.0": end}
            for exp, ends in (("N", "LL"), ("A", "LI"), ("A*", "II"))
            for other, end in zip(("any", "Y"), ends, strict=True)
        ],
    }


def bring(play: Play, root: Path, table: Any, *words: str) -> Any:
    file = root.parent / "a folder with spaces" / "table_1_0_0.json"
    put(file.parent, {file.name: table if isinstance(table, bytes) else json.dumps(table)})
    return play(root, "import", "decision-table", str(file), *words)


def test_a_table_becomes_a_decision(lay: Lay, play: Play) -> None:
    root = lay({})
    told = bring(play, root, a_table())
    assert told.exit_code == 0, told.output
    assert told.output == (
        "1 table with 6 rows; 1 file written. Next: playbook check\n"
        "no entry of example:DT_PATCH leads to the outcome Never, which is left out\n"
    )
    made = yaml.safe_load((root / PLACE).read_text(encoding="utf-8"))
    assert made["title"] == "Patch priority"
    assert made["version"] == "1.0.0"
    first, second = made["inputs"].values()
    assert list(made["inputs"]) == ["exploitation-exp", "exploitation-2"], "ids that would mean two things are apart"
    assert first["source"] == "example:EXP:1.1.0"
    assert [value["label"] for value in first["values"].values()] == ["None", "Active", "Actíve"]
    assert list(first["values"]) == ["none", "active", "active-a"]
    assert list(second["values"]) == ["any-any", "yes"], "any means every value, and cannot be one"
    assert list(made["outcomes"]) == ["later", "exploitation"]
    assert made["rows"][3] == {"when": {"exploitation-exp": "active", "exploitation-2": "yes"}, "then": "exploitation"}
    found = play(root, "check")
    assert found.exit_code == 0, found.output
    assert "no golden case tests the tree" in found.output
    assert play(root, "walk", "patch-priority", "active", "yes").exit_code == 0


def test_a_second_import_follows_the_source_and_keeps_what_people_wrote(lay: Lay, play: Play) -> None:
    root = lay({})
    bring(play, root, a_table())
    edit(root, PLACE, "ask: Exploitation (example:EXP:1.1.0)?", "ask: Does anybody use it by now?")
    edit(root, PLACE, "decision: Later\n", "decision: Later\n    sop: restore-account\n")
    edit(root, PLACE, "status: draft\n", f"status: active\n{CASES}")
    told = bring(play, root, a_table())
    assert told.output.startswith("1 table with 6 rows; 1 file written. Next: playbook check\n")
    changed = a_table() | {"version": "1.1.0", "name": "Patch priority", "definition": "When to patch it."}
    changed["mapping"][1]["example:WHEN:1.0.0"] = "I"
    told = bring(play, root, changed)
    assert told.exit_code == 0, told.output
    new = yaml.safe_load((root / PLACE).read_text(encoding="utf-8"))
    assert new["version"] == "1.1.0"
    assert [entry["version"] for entry in new["history"]] == ["1.1.0", "1.0.0"]
    assert new["summary"] == "When to patch it."
    assert new["rows"][1]["then"] == "exploitation"
    assert new["status"] == "active"
    assert new["inputs"]["exploitation-exp"]["ask"] == "Does anybody use it by now?"
    assert new["outcomes"]["later"] == {"decision": "Later", "sop": "restore-account"}
    assert [case["id"] for case in new["cases"]] == ["quiet", "loud"]
    before = (root / PLACE).read_bytes()
    assert "0 files written" in bring(play, root, changed).output
    assert (root / PLACE).read_bytes() == before


def test_importing_the_same_again_keeps_the_version_and_the_notes_of_people(lay: Lay, play: Play) -> None:
    root = lay({})
    bring(play, root, a_table())
    edit(root, PLACE, 'version: "1.0.0"', 'version: "1.1.0"')
    edit(root, PLACE, "history:\n", f"history:\n{OWN}")
    edit(root, PLACE, "then: later}", "then: later, note: We checked this.}")
    mine = (root / PLACE).read_bytes()
    assert "0 files written" in bring(play, root, a_table()).output
    assert (root / PLACE).read_bytes() == mine


def test_two_tables_of_one_name_do_not_become_one(lay: Lay, play: Play) -> None:
    root = lay({})
    other = root.parent / "other.json"
    other.write_text(json.dumps(a_table() | {"key": "DT_OTHER"}))
    result = bring(play, root, a_table(), str(other))
    assert result.exit_code == 1
    assert "example:DT_OTHER" in result.output
    assert "are both called 'Patch priority': rename one of them" in result.output
    assert not (root / PLACE).exists()


def test_names_that_no_id_may_have_become_others(lay: Lay, play: Play) -> None:
    table = a_table()
    point = table["decision_points"]["example:EXP:1.1.0"]
    point["name"], point["values"][0]["name"] = "Aux", "Con"
    root = lay({})
    assert bring(play, root, table).exit_code == 0
    told = play(root, "check")
    assert told.exit_code == 0, told.output


def broken(**changes: Any) -> dict[str, Any]:
    return a_table() | changes


TWICE = a_table()["decision_points"]
TWICE["other:EXP:1.0.0"]["values"].append(a_value("Y", "Yes again"))


@pytest.mark.parametrize(
    ("table", "part"),
    [
        (b"{\xff", "is not UTF-8"),
        (b"{", "is not a decision table: it is not JSON"),
        (b"[]", "is not a decision table: the file: "),
        (b"[" * 100_000, "is not a decision table"),
        (broken(decision_points=TWICE), "gives other:EXP:1.0.0 the value 'Y' 2 times"),
        (broken(mapping=[]), "mapping: "),
        (broken(version="new"), "version: "),
        (broken(name=" "), "name: "),
        (broken(outcome="example:ELSE:1.0.0"), "names the outcome 'example:ELSE:1.0.0', which is not one"),
        (broken(mapping=[{"example:EXP:1.1.0": "N"}]), "entry 1 of its mapping has no outcome"),
        (broken(mapping=[{"example:WHEN:1.0.0": "Z"}]), "gives example:WHEN:1.0.0 the value 'Z'"),
        (broken(mapping=[{"example:WHEN:1.0.0": "L", "x": "y"}]), "names 'x', which is not one of the decision points"),
    ],
)
def test_what_is_no_table_is_refused_in_one_line(table: Any, part: str, lay: Lay, play: Play) -> None:
    root = lay({})
    told = bring(play, root, table)
    assert told.exit_code == 1
    assert part in told.output
    assert len(told.output.strip().splitlines()) == 1
    assert not (root / PLACE).exists()


def test_what_stands_there_already_is_not_overwritten(lay: Lay, play: Play) -> None:
    root = lay({})
    bring(play, root, a_table())
    (root / PLACE).write_text("id: patch-priority\n", encoding="utf-8")
    told = bring(play, root, a_table())
    assert told.exit_code == 1
    assert "patch-priority.yaml already exists and was not imported from example:DT_PATCH" in told.output
    assert (root / PLACE).read_text(encoding="utf-8") == "id: patch-priority\n"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(key=st.sampled_from(sorted(a_table())), inner=st.booleans(), value=JSON)
def test_no_file_makes_a_traceback(key: str, inner: bool, value: Any, lay: Lay, play: Play) -> None:
    table = a_table()
    if inner and isinstance(table[key], dict):
        table[key][next(iter(table[key]))] = value
    else:
        table[key] = value
    told = bring(play, lay({PLACE: None}), table)
    assert told.exit_code in (0, 1), told.output
