"""A preview follows its files: what was saved is shown at once, and in the end each page is that of a fresh build."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import Play
from drawn import picture
from knowledge import AS_OF, FILES, SOP, STARTER, TODAY, edit, put, write

from generator.commands._edition import site_edition
from generator.commands._knowledge_base import KnowledgeBase
from generator.commands._live import Live
from generator.publishing.engines.mkdocs import build_site
from generator.publishing.engines.refresh import Preview

SOPS = "sops/restore-account.yaml"
PAGE = "sops/restore-account/index.html"


class Turn:
    """A rebuild that somebody waits for; `patience` is how often it may ask whether it is still wanted."""

    def __init__(self, look: Callable[[], None] = lambda: None, patience: int = 1_000) -> None:
        self.shown = 0
        self._look, self._patience = look, patience

    def show(self) -> None:
        self.shown += 1
        if self.shown == 1:
            self._look()

    def is_newest(self) -> bool:
        self._patience -= 1
        return self._patience >= 0


def start(folder: Path) -> tuple[Live, Path, Path]:
    root = write(folder / "base")
    shutil.copy(STARTER / "mkdocs.yml", root)
    place = folder / "out/site"
    place.mkdir(parents=True)
    live = Live(KnowledgeBase(root, TODAY), "internal", (), Preview(place, folder / "out/new"))
    live.rebuild(None)
    return live, root, place


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> tuple[Live, Path, Path]:
    """A preview that one edit after the other is made in."""
    return start(tmp_path_factory.mktemp("live"))


def fresh(root: Path, place: Path) -> dict[str, bytes]:
    """The pages of a build from nothing."""
    base = KnowledgeBase(root, TODAY)
    judgement = base.run()
    edition, settings = site_edition(base, judgement, "internal", True)
    place.mkdir(parents=True)
    build_site(judgement.library.for_audience("internal"), edition, settings, place, lambda _: None, strict=False)
    return files(place)


def files(place: Path) -> dict[str, bytes]:
    """What readers load; sitemaps have the pages in another order, and `_headers` is for hosts."""
    return {
        path.relative_to(place).as_posix(): path.read_bytes()
        for path in place.rglob("*")
        if path.is_file() and not path.name.startswith(("sitemap", "_headers", "."))
    }


EDITS: dict[str, Callable[[Path], object]] = {
    "a text": lambda root: edit(root, SOPS, "A member says", "Somebody says"),
    "a title, which other pages name": lambda root: edit(root, SOPS, "title: Restore", "title: Win back"),
    "a new document": lambda root: put(root, {"sops/second.yaml": SOP.replace("restore-account", "second", 1)}),
    "a mistake": lambda root: edit(root, SOPS, "owner: support", "owner: suport"),
    "half a file": lambda root: put(root, {SOPS: (root / SOPS).read_bytes()[:400]}),
    "all of it again": lambda root: put(root, {SOPS: SOP}),
    "a document that goes": lambda root: put(root, {"sops/second.yaml": None}),
    "a document with another id": lambda root: put(
        root, {SOPS: None, "sops/win-back.yaml": SOP.replace("id: restore-account", "id: win-back")}
    ),
    "and back": lambda root: put(root, {SOPS: SOP, "sops/win-back.yaml": None}),
    "a picture": lambda root: put(
        root,
        {
            "sops/pictures/form.png": picture(),
            SOPS: SOP.replace("Send [[account-restored|the reply]].", '"See ![the form](pictures/form.png)."'),
        },
    ),
    "a word of the vocabulary": lambda root: edit(root, "content/vocabulary.yaml", "{name: Support,", "{name: Help,"),
    "the title of the site": lambda root: edit(root, "mkdocs.yml", "site_name: ", "site_name: New "),
}


@pytest.mark.parametrize("what", EDITS)
def test_in_the_end_every_page_is_that_of_a_fresh_build(
    what: str, running: tuple[Live, Path, Path], tmp_path: Path
) -> None:
    live, root, place = running
    EDITS[what](root)
    live.rebuild(Turn())
    assert files(place) == fresh(root, tmp_path / "fresh"), "a page is not the one of a fresh build"
    empty = [path for path in place.rglob("*") if path.is_dir() and not any(path.iterdir())]
    assert empty == [], "the next build would take them for somebody else's"


def test_what_was_saved_is_shown_before_anything_else_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    live, root, place = start(tmp_path)
    seen: list[str] = []
    edit(root, SOPS, "A member says", "Somebody says")
    edit(root, SOPS, "title: Restore", "title: Win back")
    capsys.readouterr()
    turn = Turn(lambda: seen.extend((place / name).read_text() for name in (PAGE, "sops/index.html")))
    live.rebuild(turn)
    assert "Somebody says" in seen[0]
    assert "Win back" not in seen[1], "a list was made first"
    assert "Win back" in (place / "sops/index.html").read_text()
    assert turn.shown == 2
    assert "sops/restore-account.yaml: shown after 0." in capsys.readouterr().out
    again = Turn()
    live.rebuild(again)
    assert again.shown == 0, "browsers load a page again though nothing changed"


def test_whoever_saves_again_does_not_wait_for_the_rest(tmp_path: Path) -> None:
    live, root, place = start(tmp_path)
    edit(root, SOPS, "title: Restore", "title: Win back")
    live.rebuild(Turn(patience=0))
    assert "Win back" not in (place / "sops/index.html").read_text()
    edit(root, SOPS, "A member says", "Somebody says")
    live.rebuild(Turn())
    assert "Win back" in (place / "sops/index.html").read_text()
    assert files(place) == fresh(root, tmp_path / "fresh")


def test_only_new_findings_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    live, root, place = start(tmp_path)
    edit(root, SOPS, "owner: support", "owner: suport")
    live.rebuild(Turn())
    assert "did you mean `support`?" in capsys.readouterr().out
    assert "vocabulary&#39;s" in (place / PAGE).read_text() or "not in the vocabulary" in (place / PAGE).read_text()
    edit(root, "macros/account-restored.yaml", "owner: support", "owner: suport")
    live.rebuild(Turn())
    told = capsys.readouterr().out
    assert (told.count("did you mean"), told.count("┌─ macros/account-restored.yaml")) == (1, 1)
    assert "2 errors in 2 of 6 documents" in told
    put(root, FILES)
    live.rebuild(Turn())
    assert "nothing to fix" in capsys.readouterr().out
    assert "suport" not in (place / PAGE).read_text()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, int]]:
    """The command itself, in a process of its own."""
    root = write(tmp_path / "a base")
    shutil.copy(STARTER / "mkdocs.yml", root)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    call = [sys.executable, "-m", "generator", "serve", "--root", str(root), "--port", str(port), "--as-of", AS_OF]
    process = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=STARTER)
    try:
        assert process.stdout is not None
        assert any("Read it at" in line for line in process.stdout)
        yield root, port
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
    assert not (root / ".playbook").exists(), "something is left"


def test_the_command_follows_files_that_editors_write_in_their_ways(served: tuple[Path, int], play: Play) -> None:
    root, port = served

    def waited(path: str, words: str) -> None:
        end = time.monotonic() + 60
        while words not in load(port, path):
            assert time.monotonic() < end, f"{path} never says {words}"
            time.sleep(0.05)

    edit(root, SOPS, "A member says", "First of all, a member says")
    waited("sops/restore-account/", "First of all")
    beside = root / "sops/.restore-account.yaml.swp"  # an editor that moves a finished file into the place
    beside.write_text((root / SOPS).read_text().replace("First of all", "Second of all"))
    beside.replace(root / SOPS)
    waited("sops/restore-account/", "Second of all")
    edit(root, "macros/account-restored.yaml", "owner: support", "owner: <b>suport")
    waited("sops/restore-account/", 'class="pb-notice" role="status"><a href="/macros/account-restored/">macros/')
    assert "<code>&lt;b&gt;suport</code> is not in the vocabulary" in load(port, "sops/restore-account/")
    edit(root, "macros/account-restored.yaml", "owner: <b>suport", "owner: support")
    shutil.rmtree(root / "macros")
    waited("macros/account-restored/", "")
    put(root, {"macros/account-restored.yaml": FILES["macros/account-restored.yaml"]})
    waited("macros/account-restored/", "Your account is yours again")
    second = play(root, "serve", "--port", str(port))
    assert second.exit_code == 1
    assert f"port {port} is taken" in second.output


def load(port: int, path: str) -> str:
    try:
        answer: bytes = urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=10).read()
    except OSError:
        return ""
    return answer.decode()


STUCK = {
    "a vocabulary that cannot be read": (
        lambda root: edit(root, "content/vocabulary.yaml", "teams:", "teams: ["),
        ("nothing was built: fix the errors in content/vocabulary.yaml first", "content/vocabulary.yaml:"),
    ),
    "a vocabulary that is gone": (
        lambda root: put(root, {"content/vocabulary.yaml": None}),
        ("nothing was built: content/vocabulary.yaml is gone; put it back",),
    ),
    "settings that cannot be read": (
        lambda root: put(root, {"mkdocs.yml": "site_name: [\n"}),
        ("mkdocs.yml",),
    ),
    "a list of known findings in conflict": (
        lambda root: put(root, {"known-findings.json": "<<<<<<< ours\n"}),
        ("known-findings.json has conflict markers",),
    ),
}


@pytest.mark.parametrize("what", STUCK)
def test_pages_that_are_from_before_say_so_and_the_terminal_says_when_they_are_not(
    what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    live, root, place = start(tmp_path)
    spoil, words = STUCK[what]
    kept = files(place)
    spoil(root)
    turn = Turn()
    live.follow(turn)
    told = [one.words for one in live.notices()]
    assert told[0].startswith("These pages are from before: ")
    for said in words:
        assert any(said in one for one in told), told
    assert turn.shown
    output = "".join(capsys.readouterr())
    assert "until this is fixed, the last good pages are shown" in output
    assert "nothing to fix" not in output
    assert files(place) == kept
    put(root, {"known-findings.json": None, "content/vocabulary.yaml": FILES["content/vocabulary.yaml"]})
    shutil.copy(STARTER / "mkdocs.yml", root)
    live.follow(Turn())
    assert live.notices() == []
    assert capsys.readouterr().out.endswith("Fixed: the pages are up to date again.\n")


def test_what_a_team_knows_is_in_no_preview(tmp_path: Path, play: Play, capsys: pytest.CaptureFixture[str]) -> None:
    root = write(tmp_path / "base", {SOPS: SOP.replace("[[account-takeover]]", "[[nowhere]]")})
    shutil.copy(STARTER / "mkdocs.yml", root)
    play(root, "check", "--write-baseline", str(root / "known-findings.json"))
    place = tmp_path / "out/site"
    place.mkdir(parents=True)
    live = Live(KnowledgeBase(root, TODAY), "internal", (), Preview(place, tmp_path / "out/new"))
    live.follow()
    assert live.notices() == []
    said = capsys.readouterr()
    assert "known-findings.json holds back" in said.err
    assert "nowhere" not in said.out
    edit(root, SOPS, "owner: support", "owner: suport")
    live.follow(Turn())
    assert [one.words.split(": ")[0].rpartition(":")[0] for one in live.notices()] == [SOPS]


def test_a_port_that_is_taken(base: Path, play: Play) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = play(base, "serve", "--port", str(port))
    assert refused.exit_code == 1
    assert f"port {port} is taken, perhaps by another `playbook serve`: stop that one, or try --port" in refused.stderr
