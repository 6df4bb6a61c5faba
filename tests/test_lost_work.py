"""No work is lost: not to a command that writes while somebody else does, not to a full disk, not to a kill."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import kills
import pytest
from click.testing import Result
from conftest import Lay, run_command
from knowledge import AS_OF, POLICY, edit, put, snapshot
from test_import_tables import a_table

from generator.files import writer as publish
from generator.files.writer import changes, disk, journal

POLICIES = "content/policies/account-integrity.yaml"
SOPS = "sops/restore-account.yaml"
MACROS = "macros/account-restored.yaml"
ROOT = Path(__file__).parents[1]


@pytest.fixture
def base(lay: Lay) -> Path:
    """The small knowledge base, in which a review and every import has something to write."""
    return prepared(lay({POLICIES: kills.NEWER}))


def prepared(root: Path) -> Path:
    shutil.copy(ROOT / "mkdocs.yml", root)
    for name in ("rules/conduct.md", "rules/terms.md", "replies/one.txt", "replies/two.txt"):
        put(root.parent, {name: f"## Of {Path(name).stem}\n\nWords.\n"})
    put(root.parent, {"table.json": json.dumps(a_table())})
    return root


# What each command that writes is called with, and a file that it writes.
CALLS: dict[str, tuple[list[str], str]] = {
    "review": (["review", "restore-account", "--by", "Robin", "--yes"], SOPS),
    "import policies": (["import", "policies", "rules"], "content/policies/conduct.yaml"),
    "import macros": (["import", "macros", "replies"], "macros/one.yaml"),
    "import decision-table": (["import", "decision-table", "table.json"], "decision_trees/patch-priority.yaml"),
    "new": (["new", "sop", "brand-new"], "sops/brand-new.yaml"),
    "rename": (["rename", "restore-account", "recover-account"], "sops/recover-account.yaml"),
    "export zendesk": (["export", "zendesk"], "dist/zendesk.json"),
}
IMPORTS = [name for name in CALLS if name.startswith("import")]


def words_of(name: str, root: Path) -> list[str]:
    words = [str(root.parent / word) if (root.parent / word).exists() else word for word in CALLS[name][0]]
    return [*words, "--root", str(root), "--as-of", AS_OF]


def call(name: str, root: Path, *more: str) -> Result:
    return run_command(None, *words_of(name, root), *more)


def refused(result: Result, part: str) -> None:
    """One line says what happened, and what to do."""
    assert result.exit_code == 1, result.output
    assert part in result.output.splitlines()[-1], result.output
    assert "Traceback" not in result.output


# A file that changes while a command runs


def edited(place: Path) -> None:
    place.write_bytes(place.read_bytes() + b"# mine\n" if place.exists() else b"mine")


def gone(place: Path) -> None:
    place.unlink()


def renamed(place: Path) -> None:
    place.rename(place.with_name("elsewhere.yaml"))


def linked_out(place: Path) -> None:
    other = place.parents[2] / "outside.yaml"
    other.write_bytes(place.read_bytes() if place.exists() else b"outside")
    place.unlink(missing_ok=True)
    place.parent.mkdir(exist_ok=True, parents=True)
    place.symlink_to(other)


def linked_within(place: Path) -> None:
    other = place.with_name("other.yaml")
    other.write_bytes(b"mine")
    place.unlink()
    place.symlink_to(other)


def read_only(place: Path) -> None:
    place.chmod(0o444)


def a_folder(place: Path) -> None:
    place.unlink()
    place.mkdir()


MEANWHILE: dict[str, tuple[Callable[[Path], None], str]] = {
    "edited": (edited, "sops/restore-account.yaml changed while this command ran: nothing was written; run it again"),
    "deleted": (gone, "sops/restore-account.yaml changed while this command ran"),
    "renamed": (renamed, "sops/restore-account.yaml changed while this command ran"),
    "a link to another file": (linked_within, "sops/restore-account.yaml changed while this command ran"),
    "a link that leads out": (linked_out, "sops/restore-account.yaml is behind a link that leads out"),
    "read-only": (read_only, "sops/restore-account.yaml is read-only; make it writable first"),
    "a folder": (a_folder, "sops/restore-account.yaml is not a regular file"),
}


@pytest.mark.parametrize("what", MEANWHILE)
def test_what_happens_to_a_document_while_a_review_waits_stays(
    what: str, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    act, part = MEANWHILE[what]
    after: dict[str, Any] = {}

    def answer(*_: str, **__: Any) -> str:
        act(base / SOPS)
        after.update(snapshot(base.parent))
        return "unseen"

    monkeypatch.setattr(click, "prompt", answer)
    refused(run_command(base, "review", "restore-account", "--by", "Robin"), part)
    assert snapshot(base.parent) == after


def test_a_policy_that_changes_while_its_review_waits_was_not_read(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(*_: str, **__: Any) -> str:
        edited(base / POLICIES)
        return "unseen"

    monkeypatch.setattr(click, "prompt", answer)
    before = (base / SOPS).read_bytes()
    result = run_command(base, "review", "restore-account", "--by", "Robin")
    refused(result, f"{POLICIES} changed while this command ran")
    assert (base / SOPS).read_bytes() == before


def test_a_policy_and_what_cites_it_are_reviewed_in_one_call(base: Path) -> None:
    result = call("review", base, "account-integrity", "account-restored")
    assert result.exit_code == 0, result.output
    assert result.output.count("is reviewed; ") == 3


def test_a_document_named_by_its_old_and_its_new_id_is_reviewed_once(base: Path) -> None:
    result = call("review", base, "account-recovery")
    assert result.exit_code == 0, result.output
    assert (base / SOPS).read_text(encoding="utf-8").count("by: Robin") == 1


@pytest.mark.parametrize("name", [name for name in CALLS if name != "review"])
@pytest.mark.parametrize("there", ["a new file", "one that it made"])
def test_what_appears_while_a_command_runs_stays(
    name: str, there: str, lay: Lay, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = prepared(lay({}))
    place = root / CALLS[name][1]
    if there == "one that it made":
        if name in ("new", "rename"):
            pytest.skip("it replaces nothing")
        assert call(name, root).exit_code == 0
        for source in root.parent.glob("r*/*"):
            edit(source.parent, source.name, "Words.", "Others.")
        edit(root, MACROS, "title: ", "title: New ")
        table = a_table() | {"definition": "Another one."}
        (root.parent / "table.json").write_text(json.dumps(table), encoding="utf-8")
    after: dict[str, Any] = {}

    def meanwhile(*words: Any, **more: Any) -> int:
        place.parent.mkdir(exist_ok=True)
        edited(place)
        after.update(snapshot(root))
        return changes.change(*words, **more)

    monkeypatch.setattr(publish, "change", meanwhile)
    refused(call(name, root), f"{place.name} changed while this command ran: nothing was written")
    assert snapshot(root) == after, "all or none of the files"


@pytest.mark.parametrize("name", IMPORTS)
def test_an_import_never_writes_through_a_link_that_leads_out(name: str, lay: Lay) -> None:
    root = prepared(lay({}))
    folder = (root / CALLS[name][1]).parent
    outside = root.parent / "outside"
    shutil.move(folder, outside)
    folder.symlink_to(outside)
    before = snapshot(outside)
    refused(call(name, root), "is behind a link that leads out of")
    assert snapshot(outside) == before


@pytest.mark.parametrize("name", ["new", "export zendesk"])
def test_a_link_in_the_place_of_a_result_is_not_followed(name: str, lay: Lay) -> None:
    root = prepared(lay({}))
    linked_out(root / CALLS[name][1])
    before = snapshot(root.parent)
    assert call(name, root).exit_code in (1, 2)
    assert snapshot(root.parent) == before


def test_an_export_takes_the_place_of_no_other_file(lay: Lay) -> None:
    root = prepared(lay({"dist/zendesk.json": '{"mine": 1}\n'}))
    refused(call("export zendesk", root), "is not an export of this command; move it away")
    assert (root / "dist/zendesk.json").read_text(encoding="utf-8") == '{"mine": 1}\n'


@pytest.mark.parametrize("name", IMPORTS)
def test_an_import_keeps_the_form_in_which_a_file_was_saved(name: str, lay: Lay) -> None:
    root = prepared(lay({}))
    assert call(name, root).exit_code == 0
    place = root / CALLS[name][1]
    form = b"\xef\xbb\xbf" + place.read_bytes().replace(b"\n", b"\r\n")
    place.write_bytes(form)
    assert "; 0 files written" in call(name, root).output
    assert place.read_bytes() == form


# Two at once


def _both(words: list[list[str]]) -> list[tuple[int, str]]:
    """What becomes of commands that run at the same time."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "generator", *one], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for one in words
    ]
    said = [one.communicate(timeout=120)[0] for one in running]
    return [(one.returncode, text) for one, text in zip(running, said, strict=True)]


def test_of_two_that_write_at_once_both_are_recorded_or_one_is_told_no(base: Path) -> None:
    review = ["review", "--by", "Robin", "--yes", "--root", str(base), "--as-of", AS_OF]
    calls = [
        [*review, "restore-account"],
        [*review, "restore-account"],
        [*review, "account-restored"],
        words_of("new", base),
        words_of("new", base),
        words_of("import policies", base),
    ]
    done = _both(calls)
    for at, path, mark in ((0, SOPS, "by: Robin"), (3, "sops/brand-new.yaml", "id: brand-new")):
        told_yes = [code for code, _ in done[at : at + 2]].count(0)
        assert (base / path).read_text(encoding="utf-8").count(mark) == told_yes >= 1, done
    assert (done[2][0], done[5][0]) == (0, 0), done
    assert "by: Robin" in (base / MACROS).read_text(encoding="utf-8")
    assert (base / "content/policies/terms.yaml").exists()
    assert not (base / ".playbook").exists()


def test_an_id_is_given_once(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile(*words: Any, **more: Any) -> int:
        (base / "macros/brand-new.yaml").write_text("id: brand-new\n", encoding="utf-8")
        return changes.change(*words, **more)

    monkeypatch.setattr(publish, "change", meanwhile)
    refused(call("new", base), "macros/brand-new.yaml changed while this command ran")
    assert not (base / "sops/brand-new.yaml").exists()


def test_who_waits_for_a_lock_in_vain_is_told_so(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk._wait_for_lock, "__defaults__", None)
    monkeypatch.setattr(disk.held.__wrapped__, "__defaults__", (0.05,))  # type: ignore[attr-defined]
    with disk.held(base / ".playbook"):
        refused(call("new", base), "another playbook command is writing in")
    assert call("new", base).exit_code == 0


def _enter(folder: str, times: int) -> list[str]:
    failed = []
    for _ in range(times):
        try:
            with publish.workshop(Path(folder) / "site") as work:
                (work / "page").write_text("page", encoding="utf-8")
                assert (work / "page").exists()
        except Exception as error:
            failed.append(repr(error))
    return failed


def test_builds_at_once_do_not_clear_each_other_away(tmp_path: Path) -> None:
    with multiprocessing.get_context("fork").Pool(3) as pool:
        failed = pool.starmap(_enter, [(str(tmp_path), 150)] * 3, chunksize=1)
    assert failed == [[], [], []]
    assert list(tmp_path.iterdir()) == []


# A full disk


def _limited(root: Path, words: list[str], size: int) -> subprocess.CompletedProcess[str]:
    """A command whose files may not grow beyond a size: to write more fails as on a full disk."""
    return subprocess.run(
        [sys.executable, "-m", "generator", *words],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )


@pytest.mark.parametrize("size", [10, 200])
@pytest.mark.parametrize("name", [*CALLS, "build", "pack build"])
def test_a_full_disk_leaves_all_as_it_was(name: str, size: int, lay: Lay) -> None:
    root = prepared(lay({POLICIES: kills.NEWER} if name == "review" else {}))
    builds = {"build": ["build"], "pack build": ["pack", "build", "acme-accounts"]}
    words = [*builds[name], "--root", str(root), "--as-of", AS_OF] if name in builds else words_of(name, root)
    before = snapshot(root.parent)
    done = _limited(root, words, size)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "too large" in done.stderr, done.stdout + done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert snapshot(root.parent) == before


@pytest.mark.parametrize("name", CALLS)
def test_whatever_fails_while_it_writes_leaves_all_as_it_was(
    name: str, lay: Lay, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = prepared(lay({POLICIES: kills.NEWER} if name == "review" else {}))
    before = snapshot(root)

    def fail(path: Path) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(changes, "sync", fail)
    refused(call(name, root), "no space left on device")
    assert snapshot(root) == before


# A kill


def _half_done(root: Path, steps: int) -> None:
    """An import of macros that is killed after so many of its files are in their places."""
    child = os.fork()
    if child == 0:
        try:
            _dying_after(steps, root)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def _dying_after(steps: int, root: Path) -> None:
    put, left = journal._put, [steps]

    def dying(staged: Path, place: Path, is_new: bool) -> bool:
        left[0] -= 1
        if left[0] < 0:
            os._exit(9)
        return put(staged, place, is_new)

    journal._put = dying
    call("import macros", root)


READING = {
    "check": ["check"],
    "check --format json": ["check", "--format", "json"],
    "forecast": ["forecast", "--until", "2027-01-01"],
    "build": ["build"],
    "pack build": ["pack", "build", "acme-accounts"],
    "review --dry-run": ["review", "restore-account", "--by", "Robin", "--dry-run"],
    "export zendesk": ["export", "zendesk"],
}


@pytest.mark.parametrize("name", READING)
def test_nothing_is_judged_or_made_of_half_an_import(name: str, lay: Lay) -> None:
    root = prepared(lay({}))
    _half_done(root, 1)
    before = snapshot(root)
    result = run_command(root, *READING[name])
    refused(result, "has a change that is only half done, because a command was killed: run that command again")
    assert snapshot(root) == before


@pytest.mark.parametrize("name", ["import macros", "new", "review"])
def test_the_next_command_that_writes_completes_half_an_import(name: str, lay: Lay) -> None:
    root = prepared(lay({}))
    _half_done(root, 1)
    assert [(root / f"macros/{one}.yaml").exists() for one in ("one", "two")] == [True, False]
    result = call(name, root)
    assert result.exit_code == 0, result.output
    assert "a change that was interrupted is complete now" in result.output
    assert all((root / f"macros/{one}.yaml").exists() for one in ("one", "two"))
    assert not (root / ".playbook").exists()
    assert not [path for path in root.rglob("*") if path.name.startswith(".playbook")]


def test_what_was_edited_after_a_kill_stays(lay: Lay) -> None:
    root = prepared(lay({}))
    _half_done(root, 1)
    (root / "macros/one.yaml").write_text("mine\n", encoding="utf-8")
    (root / "macros/two.yaml").write_text("mine too\n", encoding="utf-8")
    said = call("new", root).output
    assert "macros/two.yaml was edited since then and is kept: run the interrupted command again" in said
    assert [(root / f"macros/{one}.yaml").read_text(encoding="utf-8") for one in ("one", "two")] == [
        "mine\n",
        "mine too\n",
    ]


FORGED = {
    "a folder outside": '{"token": "a", "files": {}, "folders": ["../rules/empty"]}',
    "no JSON": "[",
    "another shape": '{"token": 1, "files": []}',
    "a place outside": '{"token": "a", "files": {"../outside.yaml": null}, "folders": [], "counts": true}',
    "a token that climbs": '{"token": "/../../a", "files": {"sops/a.yaml": null}, "folders": [], "counts": true}',
}


@pytest.mark.parametrize("what", FORGED)
def test_a_journal_that_came_with_a_folder_is_not_obeyed(what: str, base: Path) -> None:
    for place in (base.parent, base / "sops"):
        (place / ".playbook-a-0").write_text("forged", encoding="utf-8")
    (base.parent / "rules/empty").mkdir()
    (base / ".playbook").mkdir()
    (base / ".playbook/change.json").write_text(FORGED[what], encoding="utf-8")
    before = snapshot(base.parent)
    refused(call("new", base), "nothing was written")
    assert snapshot(base.parent) == before


@pytest.mark.parametrize("name", ["new", "build"])
@pytest.mark.parametrize("what", ["a link", "a file", "a link for a lock"])
def test_a_folder_of_the_tool_that_leads_elsewhere_is_refused(what: str, name: str, base: Path) -> None:
    (base.parent / "build-mine").mkdir()
    (base.parent / "build-mine/note").write_text("mine", encoding="utf-8")
    put(base, {POLICIES: POLICY})
    if what == "a link":
        (base / ".playbook").symlink_to(base.parent)
    elif what == "a file":
        (base / ".playbook").write_text("mine", encoding="utf-8")
    else:
        (base / ".playbook").mkdir()
        (base / ".playbook/lock").symlink_to(base.parent / "outside")
    before = snapshot(base.parent)
    refused(run_command(base, "build") if name == "build" else call(name, base), ".playbook")
    assert snapshot(base.parent) == before


def _flip(root: str, times: int) -> None:
    edits: list[publish.FileEdit] = []
    paths = [f"content/pages/flip-{number}.md" for number in range(8)]
    texts = [f"---\ntitle: T{turn}\nowner: support\nsummary: S.\n---\n".encode() for turn in range(2)]
    for turn in range(times):
        edits = [publish.FileEdit(path, None if not turn else texts[turn % 2 - 1], texts[turn % 2]) for path in paths]
        publish.change(Path(root), edits)


def test_who_reads_while_an_import_writes_sees_all_of_it_or_nothing(base: Path) -> None:
    from datetime import date

    from generator.commands._knowledge_base import KnowledgeBase

    writer = multiprocessing.get_context("fork").Process(target=_flip, args=(str(base), 60))
    writer.start()
    seen = []
    while writer.is_alive():
        library = KnowledgeBase(base, date(2026, 11, 23)).library()
        seen.append({one.body.title for one in library.documents if one.id.startswith("flip-")})
    writer.join()
    assert writer.exitcode == 0
    assert [titles for titles in seen if len(titles) > 1] == [], "half an import was read"


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, kills.Scene]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1790000000")
        return {scene.name: scene for scene in kills.scenes(tmp_path_factory.mktemp("kills"))}


@pytest.mark.parametrize(
    ("name", "step"),
    [
        *((name, step) for name in ("import macros", "review") for step in range(2, 36, 5)),
        *(("build", step) for step in (6, 9)),
        ("pack build", 1),
    ],
)
def test_a_kill_before_any_step_leaves_the_old_or_the_new(
    name: str, step: int, scenes: dict[str, kills.Scene], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    found = kills.kill(scenes[name], lambda scene, base: kills.killed_at_step(scene, base, step))
    assert found in kills.EXPECTED


@pytest.mark.parametrize("name", ["build", "pack build", "import policies", "import macros", "review"])
def test_a_kill_at_a_random_moment_leaves_the_old_or_the_new(
    name: str, scenes: dict[str, kills.Scene], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    chance = random.Random()
    for _ in range(1 if "build" in name else 4):
        found = kills.kill(scenes[name], lambda scene, base: kills.killed_at_random(scene, base, chance))
        assert found in kills.EXPECTED | {"over before"}
