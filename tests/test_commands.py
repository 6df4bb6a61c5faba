"""The commands, as somebody at a terminal meets them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import Lay, Play
from knowledge import AS_OF

from generator.checks import checks
from generator.cli import main
from generator.documents import kinds

BROKEN = {
    "content/pages/broken.md": "---\ntitle: Broken\nowner: support\nsummary: S.\n---\n\nSee [[nowhere-at-all]].\n"
}


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_a_scaffold_passes_the_check(kind: str, base: Path, play: Play) -> None:
    written = play(base, "new", kind, "brand-new")
    assert written.exit_code == 0, written.output
    assert json.loads(play(base, "check", "--format", "json").output)["findings"] == []
    before = {path: path.read_bytes() for path in base.rglob("*") if path.is_file()}
    again = play(base, "new", kind, "brand-new")
    assert (again.exit_code, "is taken" in again.output) == (2, True)
    assert {path: path.read_bytes() for path in base.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("name", ["Upper", "a/b", "../up", "naïve", "con", "x" * 99, "a--b"])
def test_a_bad_id_is_refused(name: str, base: Path, play: Play) -> None:
    assert play(base, "new", "sop", name).exit_code == 2


@pytest.mark.parametrize("code", sorted(checks()))
def test_every_check_explains_itself(code: str) -> None:
    told = CliRunner().invoke(main, ["explain", code])
    assert told.exit_code == 0
    assert all(word in told.output for word in (code, "Bad:", "Good:"))


@pytest.mark.parametrize("kind", [*sorted(kinds()), "vocabulary"])
def test_a_schema_names_every_key(kind: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(CliRunner().invoke(main, ["schema", kind]).output)
    jsonschema.Draft202012Validator.check_schema(schema)
    if kind in kinds():
        assert set(schema["properties"]) == set(kinds()[kind].model.model_fields)


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (["check", "--select", "broken-referense"], 2, "did you mean `broken-reference`?"),
        (["check", "--select", "orphan"], 0, "nothing to mend"),
        (["check", "--ignore", "broken-reference"], 0, "nothing to mend"),
        (["check"], 1, "no document has the id `nowhere-at-all`"),
        (["build", "--audience", "vendors", "--allow-errors"], 2, "no audience is called vendors"),
        (["pack", "build", "acme-acounts"], 1, "nowhere-at-all"),
    ],
)
def test_exit_codes_and_hints(words: list[str], code: int, part: str, lay: Lay) -> None:
    base = lay(BROKEN)
    at = 2 if words[0] == "pack" else 1
    result = CliRunner().invoke(main, [*words[:at], "--root", str(base), "--as-of", AS_OF, *words[at:]])
    assert (result.exit_code, part in result.output) == (code, True), result.output


def test_without_a_knowledge_base_one_line_says_so(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "generator", "check"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert run.stderr.strip().splitlines()[-1].startswith("Error: there is no content/vocabulary.yaml")


def _with_theme(base: Path) -> Path:
    (base / "mkdocs.yml").write_bytes((Path(__file__).parents[1] / "mkdocs.yml").read_bytes())
    return base


def test_a_build_with_errors_leaves_the_last_good_site(lay: Lay, play: Play) -> None:
    base = _with_theme(lay({}))
    assert play(base, "build").exit_code == 0
    good = (base / "site/index.html").read_bytes()
    for path, text in BROKEN.items():
        (base / path).write_text(text, encoding="utf-8")
    refused = play(base, "build")
    assert refused.exit_code == 1
    assert "nowhere-at-all" in refused.output
    assert (base / "site/index.html").read_bytes() == good
    assert not (base / "site/pages/broken").exists()
    assert play(base, "build", "--allow-errors").exit_code == 0
    shown = (base / "site/pages/broken/index.html").read_text(encoding="utf-8")
    assert "no document has the id" in shown


def test_a_killed_build_leaves_the_last_good_site(lay: Lay, play: Play) -> None:
    base = _with_theme(lay({}))
    assert play(base, "build").exit_code == 0
    before = {path: path.read_bytes() for path in (base / "site").rglob("*") if path.is_file()}
    command = [sys.executable, "-m", "generator", "build", "--root", str(base), "--as-of", AS_OF]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 30
    while not list(base.glob(".playbook/build-*/html/*")) and running.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    os.kill(running.pid, signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL, "the build was over before it could be killed"
    assert {path: path.read_bytes() for path in (base / "site").rglob("*") if path.is_file()} == before
    assert play(base, "build").exit_code == 0
    assert not (base / ".playbook").exists()
