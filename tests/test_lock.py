"""requirements.lock holds what pyproject.toml asks for, by version and hash, and no address."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
RENEW = "run `make lock` and commit requirements.lock"


def _locked() -> dict[str, Requirement]:
    """What is locked for this Python, by name."""
    entries = (line.removesuffix(" \\") for line in LOCK.splitlines() if line and not line.startswith(" "))
    found = [Requirement(entry) for entry in entries]
    return {canonicalize_name(one.name): one for one in found if one.marker is None or one.marker.evaluate()}


def _asked() -> list[Requirement]:
    """What pyproject.toml asks for, extras included."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    return [Requirement(text) for text in [*project["dependencies"], *(one for extra in extras for one in extra)]]


def _is_met(wanted: Requirement, locked: dict[str, Requirement]) -> bool:
    found = locked.get(canonicalize_name(wanted.name))
    return found is not None and wanted.specifier.contains(str(found.specifier).removeprefix("=="), prereleases=True)


def test_everything_that_the_project_asks_for_is_locked() -> None:
    locked = _locked()
    assert [str(wanted) for wanted in _asked() if not _is_met(wanted, locked)] == [], RENEW


def test_what_the_locked_packages_need_is_locked_too() -> None:
    locked, lacking = _locked(), []
    for name in locked:
        try:
            needs = [Requirement(text) for text in requires(name) or []]
        except PackageNotFoundError:
            continue
        lacking += [
            f"{name} needs {need}"
            for need in needs
            if (need.marker is None or need.marker.evaluate({"extra": ""}))
            and canonicalize_name(need.name) not in locked
        ]
    assert lacking == [], RENEW


def test_nothing_is_locked_that_nobody_asks_for() -> None:
    """What left pyproject.toml leaves the lock as well."""
    locked = _locked()
    needed, todo = set(), {canonicalize_name(one.name) for one in _asked()}
    while todo:
        name = todo.pop()
        needed.add(name)
        try:
            needs = [Requirement(text) for text in requires(name) or []]
        except PackageNotFoundError:
            continue
        todo |= {canonicalize_name(one.name) for one in needs} - needed
    assert sorted(set(locked) - needed) == [], RENEW


def test_each_version_has_hashes_and_no_address() -> None:
    blocks = re.split(r"\n(?=\S)", LOCK.strip())
    assert len(blocks) > 30
    assert [block.split("\n", 1)[0] for block in blocks if "==" not in block or "--hash=sha256:" not in block] == []
    assert re.findall(r"\S*(?:://|@ |--index|--find-links)\S*", LOCK) == []
