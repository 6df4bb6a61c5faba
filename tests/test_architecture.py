"""The house rules that a reader relies on: imports point one way, names are nouns, one place writes."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "generator"
MODULES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted(Path(__file__).parent.rglob("*.py"))

# From the command line down to the files. A module may import from its own row and from those below it.
LAYERS = """
cli
commands
publishing
reports
analysis
pipeline exchange
checks
library
decisions
documents
files
findings wording workers
""".strip().splitlines()
LOOSE = {"cli", "pipeline", "findings", "wording", "workers"}

# What is in these folders is found by being there: adding one touches one file, so that none knows another. A module
# whose name begins with an underscore is what they share.
FOUND = (
    "checks",
    "commands",
    "documents.types",
    "reports.findings",
    "publishing.training.asking",
    "publishing.packs.formats",
    "publishing.training.formats",
)
WRITERS = {
    "commands/serve.py",
    "publishing/engines/mkdocs.py",
    "publishing/packs/archive.py",
    "publishing/packs/build.py",
}
BAD_NAMES = {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc", "tools"}


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> set[str]:
    """The modules of this package that a module imports, as `documents.policy`."""
    found = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "generator":
            inside = (node.module or "").removeprefix("generator").lstrip(".")
            for alias in node.names:
                deeper = f"{inside}.{alias.name}".lstrip(".")
                is_module = (PACKAGE / deeper.replace(".", "/")).with_suffix(".py").exists()
                is_package = (PACKAGE / deeper.replace(".", "/") / "__init__.py").exists()
                found.add(deeper if is_module or is_package else inside)
        elif isinstance(node, ast.Import):
            found |= {alias.name.removeprefix("generator.") for alias in node.names if "generator." in alias.name}
    return found - {""}


def layer(module: str) -> int:
    room = module.split(".")[0]
    rows = [number for number, row in enumerate(LAYERS) if room in row.split()]
    assert rows, f"generator/{room} is in no row of LAYERS: say where it belongs"
    return rows[0]


SOURCES = [path for path in MODULES if name_of(path) not in ("", "__init__", "__main__")]


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_imports_point_one_way(path: Path) -> None:
    me = name_of(path)
    upstream = sorted(other for other in imported(path) if layer(other) < layer(me))
    assert not upstream, f"generator.{me} imports {', '.join(upstream)}, which goes against the stream"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_what_is_found_by_being_there_is_known_to_no_other(path: Path) -> None:
    folder = next((one for one in FOUND if name_of(path).startswith(f"{one}.")), None)
    if folder is not None:
        mine = name_of(path).removeprefix(f"{folder}.").split(".")[0]
        others = {other.removeprefix(f"{folder}.") for other in imported(path) if other.startswith(f"{folder}.")}
        known = {room for other in others if not (room := other.split(".")[0]).startswith("_")} - {mine}
        assert not known, f"{name_of(path)} knows {', '.join(sorted(known))}: adding one should touch one file"


def test_a_newcomer_finds_the_room_from_the_tree_alone() -> None:
    """Ten folders at most, each of which says in its first line what it holds, and few modules beside them."""
    folders = sorted(path.parent for path in PACKAGE.glob("*/__init__.py"))
    assert len(folders) <= 10, [path.name for path in folders]
    assert [path.name for path in folders if not ast.get_docstring(parsed(path / "__init__.py"))] == []
    loose = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__", "__main__"}
    assert loose == LOOSE, "put it into the folder that its change belongs to"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_says_in_a_sentence_what_it_is(path: Path) -> None:
    text = ast.get_docstring(parsed(path))
    if path.name == "__init__.py" and not path.read_text(encoding="utf-8").strip():
        return
    assert text, f"{path.name} has no docstring"
    assert re.match(r"[A-Z`].*?[.:?]\s?", text, re.DOTALL), (
        f"the docstring of {path.name} does not begin with a sentence"
    )


@pytest.mark.parametrize("path", [*MODULES, *sorted(Path(__file__).parent.glob("*.py"))], ids=lambda path: path.name)
def test_no_module_is_a_drawer(path: Path) -> None:
    assert path.stem not in BAD_NAMES, f"{path.name}: name it for what it does"


def writes(path: Path) -> list[int]:
    """The lines in which a module opens, makes, moves or removes files."""
    found = []
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            modes = [a.value for a in [*node.args, *(k.value for k in node.keywords)] if isinstance(a, ast.Constant)]
            opens = name in ("open", "fdopen", "ZipFile") and any(
                isinstance(mode, str) and re.fullmatch(r"[rwaxbt+]+", mode) and set(mode) & set("wax+")
                for mode in modes
            )
            if opens or name in MAKERS:
                found.append(node.lineno)
    return found


MAKERS = {
    "write_text", "write_bytes", "mkdir", "makedirs", "unlink", "rmdir", "rmtree", "rename", "touch", "symlink_to",
    "copytree", "copyfile", "copy2",
}  # fmt: skip


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_writer_writes(path: Path) -> None:
    place = path.relative_to(PACKAGE).as_posix()
    if place in WRITERS or place.startswith("files/writer/"):
        return
    assert not writes(path), f"generator/{place} writes files, lines {writes(path)}: that is the task of files/writer"


def test_checks_leave_the_day_to_the_runner() -> None:
    """A forecast asks a check once for all days; what is over by the library's day may be left out."""
    asking = [p.stem for p in MODULES if p.parent.name == "checks" and ".today" in p.read_text(encoding="utf-8")]
    assert sorted(asking) == ["__init__", "future_version", "implausible_day"], (
        "give the fault `since` and `until` instead"
    )


def test_checking_cannot_write() -> None:
    """Everything that `check` runs on is free of writing, the command itself included."""
    below = layer("pipeline")
    for path in [*(p for p in SOURCES if layer(name_of(p)) >= below), PACKAGE / "commands/check.py"]:
        if not name_of(path).startswith("files.writer"):
            assert not writes(path), f"{path}: judging never writes"


def test_no_module_starts_a_program() -> None:
    """A folder, a repository or an archive from anywhere may name one."""
    for path in MODULES:
        names = {node.id for node in ast.walk(parsed(path)) if isinstance(node, ast.Name)}
        calls = {ast.unparse(node.func) for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)}
        assert "subprocess" not in names, path
        assert not {
            call for call in calls if re.fullmatch(r"os\.(system|popen|exec\w*|spawn\w*|posix_spawn\w*)", call)
        }, path


VERBS = set((Path(__file__).parent / "verbs.txt").read_text(encoding="utf-8").split())
PREDICATES = (
    "is",
    "are",
    "has",
    "have",
    "may",
    "can",
    "must",
    "needs",
    "takes",
    "names",
    "holds",
    "reads",
    "does",
    "knows",
)


def test_private_helpers_are_verbs_or_predicates() -> None:
    """`_find_gap` or `_is_word` can be read where it is called; `_told` and `_apart` must be looked up."""
    odd = []
    for path in MODULES:
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef) and re.match(r"_[a-z]", node.name) and not node.decorator_list:
                first = node.name.strip("_").split("_")[0]
                if first not in VERBS and first not in PREDICATES:
                    odd.append(f"{name_of(path)}.{node.name}")
    assert not odd, f"name what they do, with a verb of tests/verbs.txt (add one that is missing): {', '.join(odd)}"


def test_the_tests_run_a_command_in_one_way() -> None:
    """`play` judges on the fixed day, and lets an exception through that others would take for an exit code of 1."""
    runners, starters = [], set()
    for path in TESTS:
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("CliRunner"):
                runners.append(path.name)
            if isinstance(node, ast.ImportFrom) and node.module == "generator.cli":
                starters.add(path.name)
    assert runners == ["conftest.py"], "call the fixture `play`, or `run_command` and `output_of` of conftest.py"
    assert starters == {"conftest.py", "kills.py"}, "only these two start `main`; kills.py in a process that it kills"


def test_decisions_are_numbered_once_and_referred_to_by_their_numbers() -> None:
    root = PACKAGE.parent
    records = sorted((root / "docs/decisions").glob("*.md"))
    assert [int(path.name[:4]) for path in records] == list(range(1, len(records) + 1)), (
        "two records, or none, of a number"
    )
    for path in records:
        heading = path.read_text(encoding="utf-8").partition("\n")[0]
        assert re.match(rf"# (?:Decision )?{int(path.name[:4])}[.:] ", heading), f"{path.name} begins with `{heading}`"
    told = re.compile(r"\[decision (\d+)\]\((?:docs/)?decisions/(\d+)")
    for page in (*root.glob("*.md"), *root.glob("docs/*.md")):
        for said, number in told.findall(page.read_text(encoding="utf-8")):
            assert int(said) == int(number), f"{page.name} calls decision {number} decision {said}"


# Names that many modules have as they are found by them: a command, a check, a format.
SAME_IN_EACH = {"COMMAND", "check", "note", "render", "text", "as_json", "ask", "write"}


def test_no_two_classes_or_functions_share_a_name() -> None:
    """Whoever reads `Place` in one room must not take it for the `Place` of another."""
    places: dict[str, set[str]] = {}
    for path in MODULES:
        for node in parsed(path).body:
            names = []
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                names = [node.name]
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                name = node.targets[0].id
                names = (
                    [name] if re.fullmatch(r"[A-Z][a-z]\w*", name) and not isinstance(node.value, ast.Constant) else []
                )
            for name in names:
                if not name.startswith("_") and name not in SAME_IN_EACH:
                    places.setdefault(name, set()).add(name_of(path))
    shared = {name: sorted(found) for name, found in places.items() if len(found) > 1}
    assert not shared, f"give one of them another name: {shared}"
