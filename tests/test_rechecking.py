"""What is judged again after an edit, and what is taken from before: both together are what a whole check finds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from knowledge import FILES, TODAY, put
from test_checks import SCENARIOS

from generator import pipeline
from generator.analysis.rechecking.cached import CachedCheck
from generator.analysis.rechecking.live import RELEASED, Rechecker
from generator.checks import checks
from generator.documents import VOCABULARY
from generator.files.source import Source
from generator.files.tree import Folder
from generator.files.writer.cache import Cache
from generator.findings import Fault, Finding
from generator.library.excerpt import Excerpt, excerpt
from generator.library.library import Library
from generator.library.memory import Memory
from generator.reports.findings.text import render

Files = dict[str, bytes]


class Held:
    """A tree in memory."""

    def __init__(self, held: Files) -> None:
        self.held = held

    def files(self, folders: tuple[str, ...]) -> list[str]:
        return sorted(path for path in self.held if path.startswith(folders))

    def read(self, path: str) -> bytes:
        return self.held[path]


class Desk:
    """Files that change, judged again each time."""

    def __init__(self) -> None:
        self.memory, self.rechecker = Memory(), Rechecker()
        self.again = 0

    def judge(self, files: Files, today: date) -> list[Finding]:
        library, sources, malformed = gathered(files, today, self.memory)
        verdict = self.rechecker.judge_changes(library, sources)
        self.again += verdict is not None
        if verdict is None:
            every = [code for code, one in checks().items() if one.function]
            found = [one for _, some in self.rechecker.judge_all(library, sources, every) for one in some]
        else:
            found = verdict[0]
        return sorted([*malformed, *found], key=lambda one: one.order)


def gathered(
    files: Files, today: date, memory: Memory | None = None
) -> tuple[Library, dict[str, Source], list[Finding]]:
    library, sources, malformed = pipeline.gather(Held(files), today, memory=memory)
    return replace(library, unfit=dict(pipeline.unfit(Held(files), library))), sources, malformed


def files_of(texts: dict[str, bytes | None]) -> Files:
    every: dict[str, bytes | None] = {path: text.encode() for path, text in FILES.items()} | texts
    return {path: text for path, text in every.items() if text is not None}


STATES = [(f"{one.code}/{one.name}", files_of(one.files()), one.today) for one in SCENARIOS if "before" not in one.told]
SHARES = 8


@pytest.mark.parametrize("share", range(SHARES))
def test_from_each_scenario_to_the_next(share: int) -> None:
    """Every fault there is comes and goes, and is found as if all had been judged anew."""
    desk = Desk()
    for name, files, today in STATES[share::SHARES]:
        for state, day in ((files, today), (files_of({}), max(today, TODAY))):
            assert desk.judge(state, day) == pipeline.run(Held(state), day).findings, name
    assert desk.again > len(STATES) / SHARES, "nearly nothing was judged again"


@pytest.mark.parametrize("share", range(SHARES))
def test_from_each_scenario_to_the_next_with_a_cache(share: int, tmp_path: Path) -> None:
    root, cache = tmp_path / "base", tmp_path / "kept" / "one.sqlite"
    held: Files = {}
    again = 0
    for name, files, today in STATES[share::SHARES]:
        for state, day in ((files, today), (files_of({}), max(today, TODAY))):
            put(root, {**dict.fromkeys(held), **state})
            held = state
            checked = CachedCheck(Folder(root), day, Cache(cache, "1"))
            found = checked.judge(lambda items, label: items)
            checked.save()
            again += not checked.is_all
            fresh = pipeline.run(Folder(root), day)
            assert found.findings == fresh.findings, name
            assert (found.coming, found.count) == (fresh.coming, fresh.count), name
            assert render(found) == render(fresh), name
    assert again > len(STATES) / SHARES / 2, "nearly nothing was judged again"


def plain(fault: Fault) -> object:
    return fault.spot, fault.message, fault.advice, fault.related, fault.since, fault.until, fault.cause


class Near(Excerpt):
    """An excerpt that keeps to what a document says that it depends on, until hints are worked out."""


@pytest.mark.parametrize("share", range(SHARES))
def test_a_check_without_a_note_says_of_each_file_what_it_says_in_the_whole(share: int) -> None:
    """Else what it says of one file may follow from any other: give it a `note` that tells what it reads of each."""
    for name, files, today in STATES[share::SHARES]:
        library, _, _ = gathered(files, today)
        for check in checks().values():
            if check.function and not check.note:
                whole: dict[str, list[object]] = {}
                for fault in check.function(library):
                    whole.setdefault(fault.spot.path, []).append(plain(fault))
                for path in library.outgoing:
                    some = excerpt(library, {path})
                    alone = [plain(fault) for fault in check.function(some) if fault.spot.path == path]
                    assert alone == whole.pop(path, []), f"{check.code} in {name}"
                assert not whole, f"{check.code} in {name}"


def test_the_checks_that_read_releases_are_known() -> None:
    folder = Path(pipeline.__file__).parent / "checks"
    reading = {path.stem.replace("_", "-") for path in folder.glob("*.py") if "releases" in path.read_text("utf-8")}
    assert reading == RELEASED
    assert VOCABULARY
