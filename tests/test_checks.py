"""Runs the scenarios in tests/checks: one YAML file is one situation and everything that `check` says about it.

what: what an author or reader would notice, in a sentence
files: {path: text, laid over the small knowledge base of knowledge.py; null leaves the file out}
as_of: 2026-11-23 unless told
encoding: utf-8 unless told (utf-8-sig, utf-16, latin-1) and `newlines: crlf`, for the files above
expect: a list of `path:line:column severity[code] part of the message | part of the hint`; [] is clean
before: {files that the small knowledge base once had instead}; with it, what changed since is judged too
fixed: {files laid over the above, with which all must be clean}; may be left out
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from knowledge import TODAY, check, scenario_of, write

from generator.analysis.repair import choose, plan_repair
from generator.checks import Check, checks
from generator.files.source import Source
from generator.files.tree import Folder, Overlay
from generator.findings import Finding
from generator.pipeline import gather, run

HERE = Path(__file__).parent / "checks"
PATHS = sorted(HERE.glob("*/*.yaml"))
KEYS = {"what", "files", "before", "as_of", "encoding", "newlines", "expect", "fixed"}
EXPECTED = re.compile(
    r"(?P<at>\S+:\d+:\d+ (?:error|warning)\[[a-z-]+\]) (?P<message>[^|]+?)(?: \| (?P<hint>.+))?", re.DOTALL
)


@dataclass(frozen=True)
class Scenario:
    """One situation, as its file tells it."""

    code: str
    name: str
    told: dict[str, Any]

    def files(self, key: str = "files") -> dict[str, bytes | None]:
        return {path: self._bytes(text) for path, text in (self.told.get(key) or {}).items()}

    def _bytes(self, text: str | None) -> bytes | None:
        if text is None:
            return None
        newline = "\r\n" if self.told.get("newlines") == "crlf" else "\n"
        return text.replace("\n", newline).encode(self.told.get("encoding", "utf-8"))

    @property
    def today(self) -> date:
        return date.fromisoformat(str(self.told.get("as_of", TODAY)))

    @property
    def is_failing(self) -> bool:
        return any(f"[{self.code}]" in line for line in self.told["expect"])

    @property
    def is_clean(self) -> bool:
        return not self.told["expect"] or "fixed" in self.told


def scenario(path: Path) -> Scenario:
    told = scenario_of(path)
    assert set(told) <= KEYS, f"{path.name} has keys that no scenario has: {sorted(set(told) - KEYS)}"
    assert {"what", "expect"} <= set(told), f"{path.name} must have `what` and `expect`"
    return Scenario(path.parent.name, path.stem, told)


SCENARIOS = [scenario(path) for path in PATHS]


@pytest.mark.parametrize("one", SCENARIOS, ids=lambda one: f"{one.code}/{one.name}")
def test_scenario(one: Scenario, tmp_path: Path) -> None:
    root = write(tmp_path / "now", one.files())
    before = write(tmp_path / "before", one.files("before")) if "before" in one.told else None
    found = check(root, one.today, before).findings
    if not _agree(one.told["expect"], found):
        pytest.fail(_story(one.told["what"], one.told["expect"], found), pytrace=False)
    _test_repair(one, root, before)
    if "fixed" in one.told:
        root = write(tmp_path / "now", {**one.files(), **one.files("fixed")})
        found = check(root, one.today, before).findings
        if found:
            pytest.fail(_story(f"After the repair: {one.told['what']}", [], found), pytrace=False)


def _test_repair(one: Scenario, root: Path, before: Path | None) -> None:
    """What has one safe answer gets it; where that was all, the files are those that the scenario calls fixed."""
    past = gather(Folder(before), one.today)[0] if before else None

    def judge(texts: Mapping[str, str]) -> tuple[list[Finding], Mapping[str, Source]]:
        tree = Overlay(Folder(root), {path: text.encode() for path, text in texts.items()})
        judgement = run(tree, one.today, before=past)
        return judgement.findings, judgement.sources

    found, _ = judge({})
    repair = plan_repair(judge)
    assert not repair.refused, f"{one.told['what']} A fix that is called safe does harm."
    if choose(found):
        assert repair.fixed, "nothing is fixed"
    if "fixed" in one.told and all(finding.fix and finding.fix.is_safe for finding in found):
        wanted = {path: text for path, text in one.told["fixed"].items() if text != one.told["files"].get(path)}
        assert repair.texts == wanted, one.told["what"]


def _agree(expected: list[str], found: list[Finding]) -> bool:
    return len(expected) == len(found) and all(map(_fits, expected, found))


def _fits(expected: str, found: Finding) -> bool:
    parts = EXPECTED.fullmatch(expected)
    assert parts, f"cannot be read as an expectation: {expected}"
    return (
        parts["at"] == _at(found) and parts["message"] in found.message and (parts["hint"] or found.hint) in found.hint
    )


def _at(found: Finding) -> str:
    place = found.place
    return f"{place.path}:{place.line}:{place.column} {found.severity}[{found.code}]"


def _story(what: str, expected: list[str], found: list[Finding]) -> str:
    said = [f"{_at(finding)} {finding.message} | {finding.hint}" for finding in found]
    parts = [what, "expected:", *(expected or ["nothing"]), "found:", *(said or ["nothing"])]
    return "\n  ".join(parts)


@pytest.mark.parametrize("code", checks())
def test_every_check_has_a_failing_and_a_clean_scenario(code: str) -> None:
    mine = [one for one in SCENARIOS if one.code == code]
    assert any(one.is_failing for one in mine), f"tests/checks/{code}/ has no scenario in which the check finds a fault"
    assert any(one.is_clean for one in mine), f"tests/checks/{code}/ has no scenario that is clean, or `fixed`"


def test_every_scenario_belongs_to_a_check() -> None:
    assert {one.code for one in SCENARIOS} <= set(checks())


def test_what_loading_finds_is_always_an_error() -> None:
    """It is found before any check is asked, so that its severity stands in one place only."""
    assert {one.severity for one in checks().values() if one.function is None} == {"error"}


PAGE = re.compile(
    r"(?P<what>.+?)\n\nBad:\n(?P<bad>(?:    .+\n|\n)+)\nGood:\n(?P<good>(?:    .+(?:\n|$)|\n)+)", re.DOTALL
)


@pytest.mark.parametrize("one", checks().values(), ids=checks())
def test_every_check_explains_itself(one: Check) -> None:
    page = PAGE.fullmatch(one.page)
    assert page, f"the docstring of {one.code} is not: what it is, `Bad:` and `Good:` with indented samples"
    assert re.match(r"[A-Z`][^.]+(\.[^.]+)*[.:](\n|$)", page["what"]), "the page begins with a sentence"
    assert page["bad"].strip() != page["good"].strip()
    assert one.code.replace("-", "_") not in page["what"], "the page tells of the fault, not of the module"
