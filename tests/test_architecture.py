"""The house has one way through it: imports point downstream, rooms are named for what they hold."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "generator"
MODULES = sorted(PACKAGE.rglob("*.py"))

# From the mouth to the source: a room may use its own and what stands below it.
STREAM = [
    {"__main__"},
    {"cli"},
    {"commands"},
    {"scaffold", "progress", "outputs", "reports"},
    {"publish"},
    {"pipeline"},
    {"checks"},
    {"packing", "structure"},
    {"library"},
    {"walk"},
    {"documents", "tree"},
    {"source", "prose", "template", "nearest"},
    {"findings"},
]
DEPTH = {room: depth for depth, rooms in enumerate(STREAM) for room in rooms}
WRITERS = {"publish", "outputs.pack", "outputs.site", "commands.new"}
WRITES = {"write_text", "write_bytes", "unlink", "rmtree", "rename", "removedirs"}


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def _imports(path: Path) -> Iterator[str]:
    """What a module imports of the project while it is loaded; types only and late imports do not count."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "generator":
            inner = node.module.removeprefix("generator").lstrip(".")
            yield from ([inner] if inner else [alias.name for alias in node.names])


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_imports_point_downstream(path: Path) -> None:
    room = _name(path).split(".")[0]
    if not room:
        return
    for other in _imports(path):
        target = other.split(".")[0]
        assert target == room or DEPTH[target] >= DEPTH[room], (
            f"generator.{_name(path)} imports generator.{other}, which stands above it"
        )


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_rooms_say_what_they_hold(path: Path) -> None:
    assert path.stem not in {"utils", "helpers", "manager", "base", "common"}
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring, f"{_name(path)} has no docstring: say what comes in and what goes out"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_only_the_writers_write(path: Path) -> None:
    if _name(path) in WRITERS:
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            assert node.attr not in WRITES, f"{_name(path)} calls .{node.attr}(): writing is for publish.py"
