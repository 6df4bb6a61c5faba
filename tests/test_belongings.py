"""A build takes away what it made before, and nothing else; a pack takes the place of packs only."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from conftest import Lay, Play
from knowledge import AS_OF, put, snapshot
from repository import commit, git

from generator.files import writer as publish
from generator.files.writer import building

THEME = Path(__file__).parents[1] / "mkdocs.yml"
EXTRA = {"content/pages/extra.md": "---\ntitle: Extra\nowner: support\nsummary: S.\n---\n\nWords.\n"}


@pytest.fixture
def base(lay: Lay) -> Path:
    root = lay(EXTRA)
    shutil.copy(THEME, root)
    return root


def rebuilt(base: Path, play: Play, *words: str) -> Result:
    """A build after a page is gone."""
    (base / "content/pages/extra.md").unlink(missing_ok=True)
    return play(base, "build", *words)


FOREIGN: dict[str, Callable[[Path], None]] = {
    "a repository": lambda site: put(site, {".git/config": "mine", ".git/objects/ab/cd": "mine"}),
    "the file of a worktree": lambda site: put(site, {".git": "gitdir: elsewhere"}),
    "what publishes": lambda site: put(site, {"CNAME": "docs.example", ".nojekyll": ""}),
    "a note": lambda site: put(site, {"notes.txt": "mine"}),
    "a folder": lambda site: put(site, {"mine/deep/note.txt": "mine"}),
    "a note between pages": lambda site: put(site, {"sops/note.txt": "mine", "pages/extra/note.txt": "mine"}),
    "an empty folder": lambda site: (site / "later").mkdir(),
    "a link": lambda site: (site / "latest").symlink_to("sops"),
    "a link to nothing": lambda site: (site / "nowhere").symlink_to("nowhere-at-all"),
    "a script": lambda site: (put(site, {"deploy.sh": "#!/bin/sh"}), (site / "deploy.sh").chmod(0o750))[0],
    "a folder that nobody may write in": lambda site: (put(site, {"shut/a": "1"}), (site / "shut").chmod(0o555))[0],
}


@pytest.mark.parametrize("exchange", [True, False], ids=["in one move", "in two moves"])
@pytest.mark.parametrize("what", FOREIGN)
def test_what_no_build_made_stays_in_the_site(
    what: str, exchange: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not exchange:
        monkeypatch.setattr(building, "_try_exchange", lambda one, other: False)
    site = tmp_path / "site"
    _swapped(site, {"index.html": "1", "sops/one/index.html": "1", "pages/extra/index.html": "1"})
    made = set(site.rglob("*"))
    FOREIGN[what](site)
    before = {path: (path.lstat().st_mode, path.lstat().st_ino) for path in site.rglob("*") if path not in made}
    contents = {path: path.read_bytes() for path in before if path.is_file()}
    for _ in range(2):
        _swapped(site, {"index.html": "2", "sops/one/index.html": "2"})
        for path, (mode, inode) in before.items():
            assert os.path.lexists(path), f"{path.name} is gone"
            assert path.lstat().st_mode == mode
            assert path.is_dir() or path.lstat().st_ino == inode, "who has it open goes on writing into it"
        assert {path: path.read_bytes() for path in contents} == contents
        assert (site / "index.html").read_text(encoding="utf-8") == "2"
        assert not (site / "pages/extra/index.html").exists(), "a page of a document that is gone is still published"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def _swapped(site: Path, pages: dict[str, str]) -> None:
    """Puts a site of these pages into its place, as a build does."""
    with publish.workshop(site) as work:
        put(work / "html", pages)
        publish.record_belongings(work / "html")
        publish.swap(work / "html", site)


def test_a_build_keeps_what_it_did_not_make(base: Path, play: Play) -> None:
    assert play(base, "build").exit_code == 0
    put(base / "site", {".git/config": "mine", "CNAME": "docs.example", "notes/mine.txt": "mine"})
    result = rebuilt(base, play)
    assert result.exit_code == 0, result.output
    for path in (".git/config", "CNAME", "notes/mine.txt"):
        assert (base / "site" / path).exists(), f"{path} is gone"
    assert not (base / "site/pages/extra").exists(), "a page of a document that is gone is still published"


def test_a_site_is_built_into_the_worktree_that_publishes_it(base: Path, play: Play) -> None:
    commit(base, "As it is")
    git(base, "worktree", "add", "--quiet", "--detach", "--no-checkout", "site")
    put(base / "site", {"CNAME": "docs.example", ".nojekyll": ""})
    for _ in range(2):
        result = play(base, "build")
        assert result.exit_code == 0, result.output
        assert "?? index.html" in git(base / "site", "status", "--short")
    assert (base / "site/CNAME").read_text(encoding="utf-8") == "docs.example"


COLLISIONS: dict[str, Callable[[Path], None]] = {
    "a file where a page comes": lambda site: put(site, {"pages/extra/index.html": "mine"}),
    "a file where a folder comes": lambda site: put(site, {"pages/extra": "mine"}),
    "a link where a folder comes": lambda site: (site / "pages/extra").symlink_to(site.parent),
}


@pytest.mark.parametrize("what", COLLISIONS)
def test_a_page_does_not_take_the_place_of_a_file_of_somebody(what: str, base: Path, play: Play) -> None:
    extra = base / "content/pages/extra.md"
    text = extra.read_bytes()
    assert rebuilt(base, play).exit_code == 0
    COLLISIONS[what](base / "site")
    extra.write_bytes(text)
    before = snapshot(base / "site")
    result = play(base, "build")
    assert (result.exit_code, "was not made by a build" in result.output) == (1, True), result.output
    assert "pages/extra" in result.output.splitlines()[-1]
    assert snapshot(base / "site") == before


def test_a_site_without_a_list_loses_nothing_that_nobody_can_tell(base: Path, play: Play) -> None:
    site = base / "site"
    assert play(base, "build").exit_code == 0
    (site / "assets/built-files.txt").unlink()
    put(site, {"CNAME": "docs.example", "notes.txt": "mine"})
    result = rebuilt(base, play)
    assert result.exit_code == 1
    assert "3 files in it can be deleted: _headers, " in result.output, result.output
    assert "notes.txt" in result.output
    assert (site / "pages/extra/index.html").exists()
    (site / "notes.txt").unlink()
    (site / "_headers").unlink()
    shutil.rmtree(site / "pages/extra")
    assert play(base, "build").exit_code == 0
    assert (site / "CNAME").exists()


def test_where_folders_cannot_be_exchanged_the_old_one_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_try_exchange", lambda one, other: False)
    put(tmp_path, {"site/old": "old", "site/assets/built-files.txt": "old\nassets/built-files.txt\n"})
    replace, moves = os.replace, []

    def failing(one: Path, other: Path) -> None:
        moves.append(other)
        if len(moves) == 2:
            raise OSError("no room")
        replace(one, other)

    monkeypatch.setattr(os, "replace", failing)
    with publish.workshop(tmp_path / "site") as work:
        put(work, {"html/new": "new"})
        with pytest.raises(OSError, match="no room"):
            publish.swap(work / "html", tmp_path / "site")
    assert (tmp_path / "site/old").read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_what_a_kill_left_between_two_moves_comes_back(base: Path, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "_try_exchange", lambda one, other: False)
    assert play(base, "build").exit_code == 0
    put(base / "site", {".git/config": "mine"})
    (base / ".playbook").mkdir()
    (base / "site").rename(base / ".playbook/before-site")
    result = play(base, "build")
    assert result.exit_code == 0, result.output
    assert (base / "site/.git/config").read_text(encoding="utf-8") == "mine"
    assert not (base / ".playbook").exists()


# packs


IN_THE_WAY: dict[str, dict[str, str]] = {
    "a file": {"": "mine"},
    "a folder": {"notes.txt": "mine"},
    "a record that cannot be read": {"pack.json": "mine"},
    "another pack": {"pack.json": '{"id": "other"}'},
    "a list": {"pack.json": '[{"id": "acme-accounts"}]'},
}


@pytest.mark.parametrize("what", IN_THE_WAY)
def test_a_pack_takes_the_place_of_packs_only(what: str, base: Path, play: Play) -> None:
    place = base / "dist/acme-accounts-1.0"
    for name, text in IN_THE_WAY[what].items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    before = snapshot(base / "dist")
    result = play(base, "pack", "build", "acme-accounts")
    assert (result.exit_code, "is not a pack that this tool built" in result.output) == (1, True), result.output
    assert snapshot(base / "dist") == before


def test_a_pack_takes_its_own_place_and_leaves_what_people_put_there(base: Path, play: Play) -> None:
    place = base / "dist/acme-accounts-1.0"
    assert play(base, "pack", "build", "acme-accounts", "--format", "site", "--format", "gift").exit_code == 0
    assert (place / "questions.gift").is_file()
    (place / "sent.txt").write_text("to Acme", encoding="utf-8")
    assert play(base, "pack", "build", "acme-accounts").exit_code == 0
    names = {path.name for path in place.iterdir()}
    assert {"SHA256SUMS", "pack.json", "sent.txt", "site.zip", "INSTALL.md"} <= names
    assert "questions.gift" not in names


# leftovers


def test_a_killed_build_leaves_no_process_and_nothing_for_long(base: Path, play: Play) -> None:
    for number in range(80):
        text = EXTRA["content/pages/extra.md"] + "Words. " * 3000
        (base / f"content/pages/many-{number}.md").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "generator", "build", "--root", str(base), "--as-of", AS_OF]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    workers: list[int] = []
    while not workers and running.poll() is None:
        time.sleep(0.02)
        workers = _children(running.pid)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    assert workers, "the build was over before it could be killed"
    until = time.monotonic() + 10
    while any(map(_runs, workers)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(_runs, workers)), "the workers of a killed build go on, and hold its locks"
    assert (base / ".playbook").exists()
    assert rebuilt(base, play).exit_code == 0
    assert not (base / ".playbook").exists()


def _children(process: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_killed_preview_is_cleared_away_by_the_next_build(base: Path, play: Play) -> None:
    command = [sys.executable, "-m", "generator", "serve", "--root", str(base), "--as-of", AS_OF, "--port", "0"]
    command[-1] = str(_free_port())
    environment = os.environ | {"PYTHONUNBUFFERED": "1", "TMPDIR": str(base.parent)}
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert running.stdout
    assert any("Read it at" in line for line in running.stdout)
    assert play(base, "build").exit_code == 0
    assert (base / ".playbook").exists(), "a build cleared away a preview that goes on"
    running.kill()
    running.wait()
    assert play(base, "build").exit_code == 0
    assert not (base / ".playbook").exists()
    assert sorted(path.name for path in base.parent.iterdir()) == ["base"]


def _free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port
