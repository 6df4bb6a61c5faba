"""What is judged again after an edit, and what is taken from before: both together are what a whole check finds."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, NoReturn

import pytest
from knowledge import FILES, LIBRARY_DAY, POLICY, SOP, TODAY, copy_starter, put
from test_checks import SCENARIOS

from generator import pipeline
from generator.analysis.rechecking.cached import CachedCheck
from generator.analysis.rechecking.ledger import RELEASED
from generator.analysis.rechecking.live import Rechecker
from generator.checks import checks
from generator.documents import RELEASES, VOCABULARY
from generator.files.source import Source
from generator.files.tree import Folder, Unreadable
from generator.files.writer.cache import Cache
from generator.findings import Fault, Finding
from generator.library.excerpt import excerpt
from generator.library.library import Library
from generator.library.memory import Memory
from generator.library.traits import PASSED_ON
from generator.reports.findings.text import render

Files = dict[str, bytes]


class Held:
    """A tree in memory."""

    def __init__(self, held: Files) -> None:
        self.held = held

    def files(self, folders: tuple[str, ...]) -> list[str]:
        return sorted(path for path in self.held if path.startswith(folders))

    def read(self, path: str) -> bytes:
        if path not in self.held:
            raise Unreadable("is gone", "bring it back")
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
SHARES = 4


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


class Reach:
    """What one file may ask of a library: what it is called, what it names, and what that passes on.

    Until `is_told`, when hints are worked out, which may look at everything.
    """

    def __init__(self, library: Library, path: str) -> None:
        self._library, self.is_told = library, False
        document = library.by_path.get(path)
        self._names = {one.target.id for one in library.outgoing[path].references}
        self._names |= {document.id, *document.body.formerly} if document else set()
        size = 0
        while len(self._names) > size:
            size = len(self._names)
            for other in [library.by_any_id[name] for name in self._names if name in library.by_any_id]:
                named = library.outgoing[other.path].references
                self._names |= {one.target.id for one in named if one.at.keys[0] in PASSED_ON}
                self._names |= {other.id, *other.body.formerly}

    def __getattr__(self, name: str) -> Any:
        known = getattr(self._library, name)
        assert self.is_told or name != "glimpses", "only a hint that is a function may look at all documents"
        return Within(known, self._names) if isinstance(known, dict) and not self.is_told else known


class Within(dict[str, Any]):
    """A mapping of which some keys may be asked."""

    def __init__(self, known: dict[str, Any], names: set[str]) -> None:
        super().__init__(known)
        self._known, self._names = known, names

    def __getitem__(self, name: str) -> Any:
        assert name in self._names, f"{name} is nothing that the file names"
        return self._known[name]

    def __contains__(self, name: object) -> bool:
        assert name in self._names, f"{name} is nothing that the file names"
        return name in self._known

    def get(self, name: str, default: Any = None) -> Any:
        return self._known[name] if name in self else default

    def __iter__(self) -> NoReturn:
        raise AssertionError("a check walks through all documents: give it a note")

    keys = values = items = __iter__  # type: ignore[assignment]


@pytest.mark.parametrize("share", range(SHARES))
def test_a_check_without_a_note_says_of_each_file_what_it_says_in_the_whole(share: int) -> None:
    """Else what it says of one file may follow from any other: give it a `note` that tells what it reads of each."""
    for name, files, today in STATES[share::SHARES]:
        library, _, _ = gathered(files, today)
        reach = {path: Reach(library, path) for path in library.outgoing}
        for check in checks().values():
            if check.function and not check.note:
                whole: dict[str, list[object]] = {}
                for fault in check.function(library):
                    whole.setdefault(fault.spot.path, []).append(plain(fault))
                for path in library.outgoing:
                    some = replace(excerpt(library, {path}), around=reach[path])
                    reach[path].is_told = False
                    found = [fault for fault in check.function(some) if fault.spot.path == path]
                    reach[path].is_told = True
                    assert list(map(plain, found)) == whole.pop(path, []), f"{check.code} in {name}"
                assert not whole, f"{check.code} in {name}"


def test_the_checks_that_read_releases_are_known() -> None:
    folder = Path(pipeline.__file__).parent / "checks"
    reading = {path.stem.replace("_", "-") for path in folder.glob("*.py") if "releases" in path.read_text("utf-8")}
    assert reading == RELEASED
    assert VOCABULARY


LETTER = """\
id: {name}
title: A reply
version: "1.0"
status: {status}
owner: support
summary: A reply.
{more}text: {text}
"""
SOPS, POLICIES = "sops/restore-account.yaml", "content/policies/account-integrity.yaml"


def letter(name: str, text: str = "Hello there.", status: str = "active", more: str = "") -> str:
    return LETTER.format(name=name, text=text, status=status, more=more)


def naming(*names: str) -> str:
    """A procedure that refers to some documents."""
    return SOP.replace("Legal reads along.", " ".join(["Read", *(f"[[{name}]]" for name in names)]))


OTHER, THIRD, NEXT = "macros/other.yaml", "macros/third.yaml", "content/policies/account-care.yaml"
LONG = "We have looked into what you told us about the payment and we will write to you again within ten days."
CARE = POLICY.replace("account-integrity", "account-care")
BOUND = POLICY.replace("summary:", "superseded_by: account-care\nsummary:")
STRICT = POLICY.replace("kind: clarified", "kind: tightened").replace('revised: "3.0"', 'revised: "3.1"')
# What there is besides, what is edited then, and what is said then about a file that is as it was.
TURNS: dict[str, tuple[dict[str, str], dict[str, str], str, str]] = {
    "the last reference to it goes": (
        {OTHER: letter("other"), SOPS: naming("other")},
        {SOPS: naming()},
        "orphan",
        OTHER,
    ),
    "it is no longer in use": (
        {OTHER: letter("other"), SOPS: naming("other")},
        {OTHER: letter("other", status="retired")},
        "retired-target",
        SOPS,
    ),
    "it has another id": (
        {OTHER: letter("other"), SOPS: naming("other")},
        {OTHER: letter("another")},
        "broken-reference",
        SOPS,
    ),
    "it kept its old id": (
        {OTHER: letter("other"), SOPS: naming("other")},
        {OTHER: letter("another", more="formerly: [other]\n")},
        "renamed-target",
        SOPS,
    ),
    "a nearer id is there": ({SOPS: naming("othor")}, {OTHER: letter("other")}, "broken-reference", SOPS),
    "it is for fewer readers": (
        {OTHER: letter("other", more="audience: vendor\n"), SOPS: SOP.replace("the reply]]", "the reply]] [[other]]")},
        {OTHER: letter("other", more="audience: internal\n")},
        "hidden-target",
        SOPS,
    ),
    "another takes its id": (
        {OTHER: letter("other"), SOPS: naming("other")},
        {"macros/again/other.yaml": letter("other")},
        "duplicate-id",
        OTHER,
    ),
    "another says the same": (
        {THIRD: letter("third", LONG), SOPS: naming("other", "third")},
        {OTHER: letter("other", LONG)},
        "near-duplicate",
        THIRD,
    ),
    "its successor is in force sooner": (
        {
            POLICIES: POLICY.replace("summary:", "superseded_by: account-care\nsummary:"),
            NEXT: CARE.replace("2026", "2027"),
        },
        {NEXT: CARE},
        "retired-target",
        SOPS,
    ),
    "its record has one line more": ({POLICIES: STRICT}, {POLICIES: f"# one\n{STRICT}"}, "stale-policy", SOPS),
}


@pytest.mark.parametrize("what", TURNS)
def test_what_an_edit_means_for_other_files(what: str, tmp_path: Path) -> None:
    before, edit, code, path = TURNS[what]
    desk, root = Desk(), tmp_path / "base"
    states = [files_of({at: text.encode() for at, text in some.items()}) for some in (before, before | edit)]
    held: Files = {}
    for number, state in enumerate((states[0], states[1], states[0], states[1])):
        put(root, {**dict.fromkeys(held), **state})
        held, fresh = state, pipeline.run(Held(state), TODAY).findings
        assert desk.judge(state, TODAY) == fresh
        checked = CachedCheck(Folder(root), TODAY, Cache(tmp_path / "kept" / "one.sqlite", "1"))
        assert checked.judge(lambda items, label: items).findings == fresh
        checked.save()
        assert checked.is_all == (number == 0)
        assert not number % 2 or (code, path) in {(one.code, one.place.path) for one in fresh}, fresh
    assert desk.again == 3


WORD = re.compile(rb"\b[a-z]{4,}\b")
SECONDS = {b"status: active": b"status: retired", b"status: draft": b"status: active"}


def reword(text: bytes, any_of: Random) -> bytes:
    words = list(WORD.finditer(text))
    at = any_of.choice(words)
    return text[: at.start()] + any_of.choice(words)[0] + text[at.end() :]


def drop_line(text: bytes, any_of: Random) -> bytes:
    lines = text.splitlines(keepends=True)
    del lines[any_of.randrange(len(lines))]
    return b"".join(lines)


def turn_status(text: bytes, any_of: Random) -> bytes:
    old = next((old for old in SECONDS if old in text), b"status: active")
    return text.replace(old, SECONDS[old], 1)


def refer_elsewhere(text: bytes, any_of: Random) -> bytes:
    names = re.findall(rb"\[\[([a-z-]+)|(?:macro|sop|tree): ([a-z-]+)|cites: \[([a-z-]+)", text)
    some = [name for each in names for name in each if name]
    return text.replace(any_of.choice(some), any_of.choice([*some, b"nobody"]), 1) if some else reword(text, any_of)


def raise_version(text: bytes, any_of: Random) -> bytes:
    return re.sub(rb'^version: "(\d+)', lambda found: b'version: "%d' % (int(found[1]) + 1), text, count=1, flags=re.M)


def cut(text: bytes, any_of: Random) -> bytes:
    return text[: any_of.randrange(len(text))]


def add_former(text: bytes, any_of: Random) -> bytes:
    return text if b"formerly:" in text else text.replace(b"status:", b"formerly: [once-so]\nstatus:", 1)


FOLDERS = ("content", "decision_trees", "macros", "sops")
EDITS = (reword, reword, drop_line, turn_status, refer_elsewhere, refer_elsewhere, raise_version, cut, add_former)


def accident(files: Files, start: Files, any_of: Random) -> Files:
    """A few edits as people make them: in a text, of a name, of which files there are; often one is taken back."""
    files = dict(files)
    for _ in range(any_of.choice([1, 1, 1, 2, 3])):
        path = any_of.choice(sorted(files))
        kind = any_of.random()
        if kind < 0.2:
            files |= {one: start[one] for one in any_of.sample(sorted(start), 4)}
        elif kind < 0.26 and path != VOCABULARY:
            files[path.replace(".", "-moved.", 1)] = files.pop(path)
        elif kind < 0.32 and path != VOCABULARY:
            del files[path]
        elif kind < 0.38:
            files[path.replace(".", "-copy.", 1)] = files[path]
        elif kind < 0.4:
            files[f"{path.rpartition('/')[0]}/notes.pdf"] = b"%PDF"
        elif path != VOCABULARY or any_of.random() < 0.1:
            files[path] = any_of.choice(EDITS)(files[path], any_of)
    return files


@pytest.mark.parametrize("seed", range(3))
def test_after_any_accident(seed: int, tmp_path: Path) -> None:
    """In memory and from a cache: the findings, the next day and what is printed are those of a check of everything."""
    any_of, day = Random(seed), LIBRARY_DAY
    root, cache, desk = copy_starter(tmp_path / "base"), tmp_path / "kept" / "one.sqlite", Desk()
    if seed:  # with releases, most edits have everything judged anew
        shutil.rmtree(root / RELEASES)
    start = {path: (root / path).read_bytes() for path in Folder(root).files(FOLDERS)}
    before, files, again = start, start, 0
    for number in range(10):
        put(root, {path: files.get(path) for path in before | files if before.get(path) != files.get(path)})
        fresh = pipeline.run(Folder(root), day)
        assert desk.judge(files, day) == fresh.findings, number
        checked = CachedCheck(Folder(root), day, Cache(cache, "1"))
        found = checked.judge(lambda items, label: items)
        checked.save()
        again += not checked.is_all
        assert found.findings == fresh.findings, number
        assert (found.coming, found.count) == (fresh.coming, fresh.count), number
        assert render(found) == render(fresh), number
        before, files = files, accident(files, start, any_of)
        day += timedelta(days=any_of.choice([0, 0, 0, 1, 40]))
    assert again > (3 if seed else 0), again
