"""Follows the recipes of CONTRIBUTING.md to the letter, in a copy of the project.

A recipe is a section that begins with `## Add a`. Each of its blocks of code is the content of the file that its
step names first, or a change to it; its last step names the tests to run.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
SECTION = re.compile(r"^## (?P<name>Add an? .+)\n(?P<text>(?:.*\n)*?)(?=^## |\Z)", re.MULTILINE)
BLOCK = re.compile(
    r"(?P<before>(?:.*\n)*?)^(?P<indent> *)```(?P<language>[a-z]+)\n(?P<code>(?:.*\n)*?)(?P=indent)```$", re.MULTILINE
)
STEP = re.compile(r"^\d\. ", re.MULTILINE)
PLACE = re.compile(r"`((?:generator|tests)/[\w./-]+\.\w+)`")
TESTS = re.compile(r"Run `\.venv/bin/python -m (pytest [^`]+)`")
NO_PLUGINS = ("-p", "no:cacheprovider", "-p", "no:xdist")


class Block(NamedTuple):
    """A file to write, or the change to one: lines that begin with `+` are new, those with a space are there."""

    place: str
    language: str
    code: str


class Recipe(NamedTuple):
    """The blocks of a recipe, and the tests that it says to run."""

    blocks: list[Block]
    tests: list[str]

    def follow(self, copy: Path, only: str = "") -> list[str]:
        """Writes its files, or those whose place begins with a word; gives the Python files among them."""
        chosen = [block for block in self.blocks if block.place.startswith(only)]
        for block in chosen:
            place = copy / block.place
            place.parent.mkdir(parents=True, exist_ok=True)
            text = changed(place, block.code) if block.language == "diff" else block.code
            place.write_text(text, encoding="utf-8")
        return [block.place for block in chosen if block.place.endswith(".py")]


def changed(place: Path, diff: str) -> str:
    """The text of a file with a change made to it."""
    lines = [line if line.strip() else " " for line in diff.splitlines()]
    old = "".join(f"{line[1:]}\n" for line in lines if line[0] == " ")
    new = "".join(f"{line[1:]}\n" for line in lines)
    text = place.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{place} has {text.count(old)} times the lines that the recipe shows:\n{old}"
    return text.replace(old, new)


def read_recipes() -> dict[str, Recipe]:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    found = {}
    for section in SECTION.finditer(page):
        blocks = [
            Block(PLACE.findall(STEP.split(block["before"])[-1])[0], block["language"], textwrap.dedent(block["code"]))
            for block in BLOCK.finditer(section["text"])
        ]
        if blocks:
            found[section["name"]] = Recipe(blocks, TESTS.findall(section["text"])[-1].split())
    return found


RECIPES = read_recipes()
# How many files a contributor touches.
FILES = {"Add a check": 2, "Add a field": 2, "Add a type of document": 3, "Add a report": 2, "Add an import": 2}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package and its tests, in a folder of their own."""
    for name in ("generator", "tests"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "browser"))
    for name in ("pyproject.toml", "mkdocs.yml"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    surroundings = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    surroundings |= {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    call = [sys.executable, "-m", *words]
    return subprocess.run(call, cwd=folder, env=surroundings, capture_output=True, text=True, timeout=240, check=False)


def test_each_recipe_touches_few_files() -> None:
    assert {name: len({block.place for block in one.blocks}) for name, one in RECIPES.items()} == FILES


@pytest.mark.parametrize("name", RECIPES)
def test_the_recipe_works(name: str, copy: Path) -> None:
    recipe = RECIPES[name]
    written = recipe.follow(copy)
    tested = run(copy, *recipe.tests[:1], *NO_PLUGINS, *recipe.tests[1:])
    assert tested.returncode == 0, tested.stdout
    assert re.search(r"[1-9]\d* passed", tested.stdout), tested.stdout
    for words in (("ruff", "check"), ("ruff", "format", "--check")):
        style = run(copy, *words, *written)
        assert style.returncode == 0, style.stdout


@pytest.mark.parametrize("name", [name for name, one in RECIPES.items() if one.blocks[-1].place.startswith("tests/")])
def test_without_its_code_the_tests_fail(name: str, copy: Path) -> None:
    recipe = RECIPES[name]
    recipe.follow(copy, "tests/")
    tested = run(copy, *recipe.tests[:1], *NO_PLUGINS, *recipe.tests[1:])
    assert tested.returncode != 0, "the tests of the recipe pass although nothing was built"


def test_a_new_field_is_known_and_shown(copy: Path) -> None:
    """What the recipe for a field says follows by itself: the schema has it, and the page shows it."""
    RECIPES["Add a field"].follow(copy)
    schema = run(copy, "generator", "schema", "sop")
    assert '"tools"' in schema.stdout
    scenario = copy / "tests/types/sop.yaml"
    text = scenario.read_text(encoding="utf-8").replace("shows:\n", "with: {tools: [The **case** desk]}\nshows:\n")
    shown = '  - "Escalate when"'
    assert shown in text
    scenario.write_text(text.replace(shown, f"  - Tools ¶ The case desk\n{shown}"), encoding="utf-8")
    tested = run(copy, "pytest", *NO_PLUGINS, "tests/test_types.py", "-k", "sop")
    assert tested.returncode == 0, tested.stdout


def test_all_recipes_together_pass_what_knows_every_type(copy: Path) -> None:
    """What each recipe does not run itself: the house rules, every line as typed, coverage, the commands."""
    for recipe in RECIPES.values():
        recipe.follow(copy)
    files = [f"tests/{name}.py" for name in ("test_architecture", "test_as_typed", "test_health", "test_cli")]
    tested = run(copy, "pytest", *NO_PLUGINS, "-q", *files, "-k", "not numbered and not newcomer")
    assert tested.returncode == 0, tested.stdout


def test_a_new_type_can_be_begun(copy: Path) -> None:
    """`playbook new` writes its scaffold, which passes `check`; navigation and lists have it in its place."""
    RECIPES["Add a type of document"].follow(copy, "generator/")
    begun = run(copy, "pytest", *NO_PLUGINS, "tests/test_cli.py", "-k", "drill")
    assert begun.returncode == 0, begun.stdout
    kinds = run(copy, "generator", "schema", "drill")
    assert '"exercise"' in kinds.stdout, kinds.stderr
