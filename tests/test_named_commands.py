"""Each command line that a guide, a page, a hint or a message names can be typed: no author meets one that is gone."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
import pytest
from knowledge import STARTER

from generator.commands import Commands

ROOT = STARTER
TEXTS = [
    *(ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "docs/invariants.md")),
    *sorted((ROOT / "content").rglob("*.md")),
    ROOT / "content/vocabulary.yaml",
    ROOT / ".pre-commit-hooks.yaml",
    *sorted((ROOT / "generator").rglob("*.j2")),
    *sorted((ROOT / "generator/publishing/assets").glob("*.js")),
]
GONE = ROOT / "generator/commands/compare.py"  # which names itself
SOURCES = sorted(path for path in (ROOT / "generator").rglob("*.py") if path != GONE)
# Between backticks, or as the page writes code; else from the word to what ends a command in a sentence.
MARKED = re.compile(r"(?:`|<code>)(?:\.venv/bin/)?playbook ([^`<\n]+(?:\n[^`<\n]+)?)(?:`|</code>)")
BARE = re.compile(r"(?<![\w`/.-])(?<!\ba )(?<!<!-- )(?:\.venv/bin/)?playbook ((?:[a-z]|-[a-z])[^`\n()<>;|&]*)")
ENDS = re.compile(r"\s+#.*|[.,:](?:\s.*)?$|\s+[&|;>].*|\s{2,}\S.*|'?$", re.DOTALL)
HOLES = re.compile(r"<<.*?>>|\{\{.*?\}\}|<%.*?%>|\{\w+\}")
# What follows the name of the program where a sentence speaks of it.
PROSE = {
    *("a", "after", "anew", "and", "builds", "by", "command", "compared", "could", "finds", "for", "has", "in", "is"),
    *("itself", "of", "or", "stops", "to", "version", "with"),
}
SHELL = {"sh", "bash", "console", "shell"}


class Line(NamedTuple):
    """A command line as it is named, where, and whether it is marked as code, so that it may name a command alone."""

    place: str
    words: str
    is_marked: bool


def lines_of(text: str, place: str) -> Iterator[Line]:
    """The command lines in a text: between backticks, and without them where somebody is to copy them."""
    text = HOLES.sub("X", text)
    for found in MARKED.finditer(text):
        words = " ".join(found[1].split())
        yield Line(place, words, True)
    for found in BARE.finditer(MARKED.sub(" ", text)):
        words = ENDS.sub("", found[1]).strip()
        if words.split()[:1] and words.split()[0] not in PROSE:
            yield Line(place, words, False)


def strings_of(path: Path) -> Iterator[str]:
    """The texts of a module, with X for what is filled in; not its docstring's samples of YAML."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(one.value) if isinstance(one, ast.Constant) else "X" for one in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner:
            yield node.value


def named() -> list[Line]:
    found = []
    for path in TEXTS:
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(ROOT).as_posix()
        if path.suffix == ".md" or path.name.endswith(".md.j2"):
            fences = re.findall(r"^ *```(\w*)\n(.*?)^ *```", text, re.DOTALL | re.MULTILINE)
            found += [line for kind, block in fences if kind in SHELL for line in lines_of(block, name)]
            text = re.sub(r"^ *```.*?^ *```", "", text, flags=re.DOTALL | re.MULTILINE)
            found += [line for line in lines_of(text, name) if line.is_marked]
        else:
            found += lines_of(text, name)
    for path in SOURCES:
        name = path.relative_to(ROOT).as_posix()
        found += [line for text in strings_of(path) if "playbook " in text for line in lines_of(text, name)]
    return list(dict.fromkeys(found))


def wrong_with(line: Line) -> str:
    """Why a command line cannot be typed; empty if it can."""
    words = re.sub(r"\\\|[A-Z]+|\.\.\.|…|\"\$@\"|::.*", " ", line.words)
    words = re.sub(r"\[(--?[a-z-]+[^\]]*|[A-Z#]+)\]", r"\1", words)
    try:
        tokens = shlex.split(words)
    except ValueError as error:
        return str(error)
    found: click.Command = Commands(name="playbook", params=[click.Option(["--version"], is_flag=True)])
    context = click.Context(found)
    while isinstance(found, click.Group) and tokens:
        name = tokens.pop(0)
        if name == "X" or name.startswith("--"):
            return "" if name == "X" else wrong_words(found, context, [name])
        below = found.get_command(context, name)
        if below is None or below.hidden:
            return f"there is no command {name}"
        found, context = below, click.Context(below, parent=context, info_name=name)
    if isinstance(found, click.Group):
        return "" if line.is_marked else "a command of commands needs one"
    if line.is_marked and not tokens:
        return ""
    return wrong_words(found, context, tokens)


def wrong_words(command: click.Command, context: click.Context, tokens: list[str]) -> str:
    if "--help" in tokens:
        return ""
    try:
        given, left, _ = command.make_parser(context).parse_args(list(tokens))
    except click.UsageError as error:
        return error.format_message()
    if left:
        return f"{left} is too much"
    for parameter in command.params:
        value = given.get(parameter.name or "")
        is_there = isinstance(value, (str, bool, int)) or (isinstance(value, (list, tuple)) and any(value))
        if parameter.required and not is_there:
            return f"{parameter.name} is missing"
        if isinstance(parameter.type, click.Choice) and isinstance(value, str):
            choices = [str(one) for one in parameter.type.choices]
            if value not in choices and not value.isupper():
                return f"{value} is none of {', '.join(choices)}"
    return ""


LINES = named()


def test_the_command_lines_are_found() -> None:
    """A test that looks at nothing finds nothing: hints, guides, the page of a check, the file that `init` writes."""
    places = {line.place for line in LINES}
    for place in (
        "README.md",
        "content/pages/for-authors.md",
        "generator/wording.py",
        "generator/exchange/founding/texts/for-authors.md.j2",
        "generator/exchange/founding/texts/check.yml.j2",
        "generator/publishing/pages/templates/check.md.j2",
        "generator/commands/pack/release.py",
    ):
        assert place in places, place
    assert len(LINES) > 150


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("compare --since HEAD", "there is no command compare"),
        ("review restore-account", "by is missing"),
        ("check --sinse HEAD", "No such option"),
        ("new sop", "name is missing"),
        ("diff HEAD --format xml", "xml is none of"),
        ("forecast 2027-01-01", "too much"),
    ],
)
def test_one_that_cannot_be_typed_is_known(words: str, why: str) -> None:
    assert why in wrong_with(Line("here", words, True))


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.place}: {line.words}"[:90])
def test_each_can_be_typed(line: Line) -> None:
    why = wrong_with(line)
    assert not why, f"{line.place}: `playbook {line.words}`: {why}"
