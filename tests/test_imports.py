"""Every import: what somebody has in another format, and the documents that it becomes.

tests/imports/NAME.yaml is one call of `playbook import NAME`:

what: what an author would notice, in a sentence
given: {path: text of the files in the other format}
call: the words after `playbook import NAME`; GIVEN is the folder with those files
prints: a part of what it prints
documents: {path: lines that the file has, in this order}
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import Lay, Play
from knowledge import put, scenario_of, snapshot

from generator.commands import command_names

HERE = Path(__file__).parent / "imports"
SCENARIOS: dict[str, dict[str, Any]] = {path.stem: scenario_of(path) for path in sorted(HERE.glob("*.yaml"))}


@pytest.mark.parametrize("name", command_names("generator.commands.import_"))
def test_every_import_has_a_scenario(name: str) -> None:
    assert name in SCENARIOS, f"write tests/imports/{name}.yaml: files in the other format, and what they become"


@pytest.mark.parametrize("name", SCENARIOS)
def test_scenario(name: str, lay: Lay, play: Play, tmp_path: Path) -> None:
    """The documents are as told and pass `check`; to import the same again changes nothing."""
    told, root, given = SCENARIOS[name], lay({}), tmp_path / "given"
    put(given, told["given"])
    words = [word.replace("GIVEN", str(given)) for word in told["call"]]

    result = play(root, "import", name, *words)
    assert result.exit_code == 0, result.output
    assert told["prints"] in result.output, told["what"]
    for path, lines in told["documents"].items():
        text, at = (root / path).read_text(encoding="utf-8"), 0
        for line in lines:
            at = text.find(f"{line}\n", at)
            assert at >= 0, f"{told['what']} {path} does not have the line {line!r}, or not in this order:\n{text}"
    checked = play(root, "check")
    assert checked.exit_code == 0, checked.output

    before = snapshot(root)
    again = play(root, "import", name, *words)
    assert again.exit_code == 0, again.output
    assert snapshot(root) == before, f"to import the same again changed something: {again.output}"
