"""Follows the recipe "Add a check" of CONTRIBUTING.md to the letter, in a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>python|yaml)\n(?P<code>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL
)
CHECK = "generator/checks/shouting_title.py"
SCENARIO = "tests/checks/shouting-title/in-capitals.yaml"


def recipe() -> dict[str, str]:
    """The two files that the recipe tells a contributor to write."""
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = re.search(r"^## Add a check$.*?(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    assert section, "CONTRIBUTING.md has no heading `## Add a check`"
    blocks = {match["language"]: textwrap.dedent(match["code"]) for match in FENCE.finditer(section[0])}
    assert set(blocks) == {"python", "yaml"}, "`## Add a check` shows a check in ```python and a scenario in ```yaml"
    for path in (CHECK, SCENARIO):
        assert path in section[0], f"`## Add a check` does not say that a file goes to {path}"
    return {CHECK: blocks["python"], SCENARIO: blocks["yaml"]}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package and its scenarios, in a folder of their own."""
    unwanted = shutil.ignore_patterns("__pycache__", "assets")
    for name in ("generator", "tests"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=unwanted)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    surroundings = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    surroundings |= {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    call = [sys.executable, "-m", *words]
    return subprocess.run(call, cwd=folder, env=surroundings, capture_output=True, text=True, timeout=120, check=False)


def test_the_recipe_works(copy: Path) -> None:
    for path, text in recipe().items():
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        (copy / path).write_text(text, encoding="utf-8")
    pytest_run = run(
        copy, "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", "tests/test_checks.py", "-k", "shouting-title"
    )
    assert pytest_run.returncode == 0, pytest_run.stdout
    assert re.search(r"\b3 passed\b", pytest_run.stdout), pytest_run.stdout
    page = run(copy, "generator", "explain", "shouting-title")
    assert page.stdout.startswith("shouting-title (warning)\n\nA title is written in capitals only.")
    style = run(copy, "ruff", "check", CHECK)
    assert style.returncode == 0, style.stdout
    wellformed = run(copy, "ruff", "format", "--check", CHECK)
    assert wellformed.returncode == 0, wellformed.stdout


def test_without_its_check_the_scenario_fails(copy: Path) -> None:
    (copy / SCENARIO).parent.mkdir(parents=True)
    (copy / SCENARIO).write_text(recipe()[SCENARIO], encoding="utf-8")
    result = run(
        copy, "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", "tests/test_checks.py", "-k", "shouting-title"
    )
    assert result.returncode == 1
    assert "A title in capitals" in result.stdout, "a failure tells what the user would have noticed"
