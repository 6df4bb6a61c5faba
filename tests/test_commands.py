"""The commands, as somebody at a terminal meets them."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest
from conftest import Lay, Play
from knowledge import AS_OF, put, snapshot, swapped

from generator.documents import kinds

BROKEN = {
    "content/pages/broken.md": "---\ntitle: Broken\nowner: support\nsummary: S.\n---\n\nSee [[nowhere-at-all]].\n"
}


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_a_scaffold_passes_the_check(kind: str, base: Path, play: Play) -> None:
    written = play(base, "new", kind, "brand-new")
    assert written.exit_code == 0, written.output
    assert json.loads(play(base, "check", "--format", "json").output)["findings"] == []
    before = snapshot(base)
    again = play(base, "new", kind, "brand-new")
    assert (again.exit_code, "is taken" in again.output) == (2, True)
    assert snapshot(base) == before


@pytest.mark.parametrize("name", ["Upper", "a/b", "../up", "naïve", "con", "x" * 99, "a--b"])
def test_a_bad_id_is_refused(name: str, base: Path, play: Play) -> None:
    assert play(base, "new", "sop", name).exit_code == 2


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (["check", "--select", "broken-referense"], 2, "did you mean `broken-reference`?"),
        (["check", "--select", "orphan"], 0, "nothing to fix"),
        (["check", "--ignore", "broken-reference"], 0, "nothing to fix"),
        (["check"], 1, "no document has the id `nowhere-at-all`"),
        (["build", "--audience", "vendors", "--allow-errors"], 2, "no audience is called vendors"),
        (["pack", "build", "acme-acounts"], 1, "nowhere-at-all"),
    ],
)
def test_exit_codes_and_hints(words: list[str], code: int, part: str, lay: Lay, play: Play) -> None:
    base = lay(BROKEN)
    result = play(base, *words)
    assert (result.exit_code, part in result.output) == (code, True), result.output


def test_without_a_knowledge_base_one_line_says_so(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "generator", "check"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert run.stderr.strip().splitlines()[-1].startswith("Error: there is no content/vocabulary.yaml")


def test_a_folder_in_the_place_of_the_vocabulary_is_no_vocabulary(lay: Lay, play: Play) -> None:
    base = lay({"content/vocabulary.yaml": None})
    (base / "content/vocabulary.yaml").mkdir()
    result = play(base, "check")
    assert (result.exit_code, "has no content/vocabulary.yaml" in result.output) == (2, True)


def test_what_others_refer_to_can_be_narrowed(lay: Lay, play: Play) -> None:
    narrowed = {"referred: true, type: sop": 3, "referred: true, type: macro": 3, "referred: true": 4}
    for select, number in narrowed.items():
        pack = swapped("content/packs/acme-accounts.yaml", "{referred: true}", f"{{{select}}}")
        pack["content/packs/acme-accounts.yaml"] = pack["content/packs/acme-accounts.yaml"].replace(
            "[account-takeover, restore-account]", "[account-takeover]"
        )
        base = _with_theme(lay(pack))
        assert f"{number} documents for vendor" in play(base, "pack", "build", "acme-accounts").output, select


def _with_theme(base: Path) -> Path:
    (base / "mkdocs.yml").write_bytes((Path(__file__).parents[1] / "mkdocs.yml").read_bytes())
    return base


def test_a_build_with_errors_leaves_the_last_good_site(lay: Lay, play: Play) -> None:
    base = _with_theme(lay({}))
    assert play(base, "build").exit_code == 0
    good = (base / "site/index.html").read_bytes()
    put(base, BROKEN)
    refused = play(base, "build")
    assert refused.exit_code == 1
    assert "nowhere-at-all" in refused.output
    assert (base / "site/index.html").read_bytes() == good
    assert not (base / "site/pages/broken").exists()
    assert play(base, "build", "--allow-errors").exit_code == 0
    shown = (base / "site/pages/broken/index.html").read_text(encoding="utf-8")
    assert "no document has the id" in shown


def test_a_killed_build_leaves_the_last_good_site(lay: Lay, play: Play) -> None:
    base = _with_theme(lay({}))
    assert play(base, "build").exit_code == 0
    before = snapshot(base / "site")
    command = [sys.executable, "-m", "generator", "build", "--root", str(base), "--as-of", AS_OF]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 30
    while not list(base.glob(".playbook/build-*/html/*")) and running.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    os.kill(running.pid, signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL, "the build was over before it could be killed"
    assert snapshot(base / "site") == before
    while (base / ".playbook").exists() and time.monotonic() < deadline:  # its processes may take a moment to end
        assert play(base, "build").exit_code == 0
    assert not (base / ".playbook").exists()


# where a site may go


def test_a_site_never_takes_the_place_of_something_else(lay: Lay, play: Play) -> None:
    base = _with_theme(lay({}))
    put(base, {"README.md": "mine", "notes/mine.txt": "mine"})
    before = snapshot(base)
    for place in (base, base.parent, base / "README.md", base / "notes"):
        result = play(base, "build", "--to", str(place))
        assert (result.exit_code, "Traceback" in result.output) == (2, False), f"--to {place}: {result.output}"
    assert snapshot(base) == before


def test_a_site_behind_a_link_is_built_there(lay: Lay, play: Play, tmp_path: Path) -> None:
    base = _with_theme(lay({}))
    (tmp_path / "www").mkdir()
    (base / "site").symlink_to(tmp_path / "www")
    for _ in range(2):
        assert play(base, "build").exit_code == 0
    assert (base / "site").is_symlink()
    assert (tmp_path / "www/index.html").is_file()


def test_a_hint_cannot_speak_to_the_terminal(lay: Lay, play: Play) -> None:
    owner = swapped("sops/restore-account.yaml", "owner: support", 'owner: "\\u2067\\u200bteam\\u2069"')
    result = play(lay(owner), "check", "--as-of", "2030-01-01")
    assert "overdue-review" in result.output
    assert "have \ufffd\ufffdteam\ufffd read it again" in result.output


# what a site for vendors holds

HIDDEN = {
    "sops/zq-secret.yaml": """\
id: zq-secret
title: zq
version: "1.0"
status: active
owner: support
audience: internal
review_by: 2020-01-01
summary: zq
trigger: zq
steps: [{id: one, title: zq, text: "zq [[zq-nowhere]]"}]
""",
    "sops/zq-torn.yaml": "id: zq-torn\ntitle: [\n",
    "sops/zq-unsound.yaml": "id: zq-unsound\ntitle: zq\nowner: zq\n",
}


def test_findings_about_what_is_hidden_are_not_published(lay: Lay, play: Play) -> None:
    base = _with_theme(lay(HIDDEN))
    assert play(base, "build", "--audience", "vendor", "--allow-errors").exit_code == 0
    for path in (base / "site").rglob("*"):
        assert "zq" not in path.name
        if path.suffix in (".html", ".json", ".xml"):
            assert b"zq" not in path.read_bytes(), f"{path.name} tells of a hidden document"
    shown = (base / "site/sops/restore-account/index.html").read_text(encoding="utf-8")
    assert "git.lumen-harbor.example" not in shown, "a vendor cannot use, and must not see, the address of the sources"
    assert play(base, "build", "--allow-errors").exit_code == 0
    assert (base / "site/sops/zq-secret/index.html").is_file()
    assert "invalid-yaml" in (base / "site/sops/zq-torn/index.html").read_text(encoding="utf-8")


POLICY_WITH_SECRETS = swapped(
    "content/policies/account-integrity.yaml",
    "history:\n",
    """\
  - {id: zq-thresholds, number: "2", title: zq, revised: "3.0", audience: internal, text: zq}
history:
""",
)


def test_a_policy_does_not_tell_vendors_how_its_hidden_sections_changed(lay: Lay, play: Play) -> None:
    text = POLICY_WITH_SECRETS["content/policies/account-integrity.yaml"].replace(
        "{section: ownership, kind: added}",
        "{section: ownership, kind: added}, {section: zq-thresholds, kind: added, note: zq},"
        " {section: zq-old, kind: removed, note: zq, audience: internal}",
    )
    base = _with_theme(lay({"content/policies/account-integrity.yaml": text}))
    for audience, is_there in (("vendor", False), ("internal", True)):
        assert play(base, "build", "--audience", audience).exit_code == 0, audience
        page = (base / "site/policies/account-integrity/index.html").read_text(encoding="utf-8")
        assert ("zq" in page) is is_there, f"{audience} readers"


def test_a_title_is_text_wherever_it_stands(lay: Lay, play: Play) -> None:
    nasty = "</title><img src=x onerror=alert(1)>"
    files = swapped("sops/restore-account.yaml", "title: Restore a taken-over account", f"title: '{nasty}'")
    files |= swapped("content/vocabulary.yaml", "{name: Accounts,", f"{{name: '{nasty}',")
    files |= swapped("content/packs/acme-accounts.yaml", "title: Account security for Acme", f"title: '{nasty}'")
    base = _with_theme(lay(files))
    assert play(base, "build").exit_code == 0
    result = play(base, "pack", "build", "acme-accounts")
    assert result.exit_code == 0, result.output
    pages = {str(path): path.read_text(encoding="utf-8") for path in (base / "site").rglob("*.html")}
    with zipfile.ZipFile(next((base / "dist").rglob("site.zip"))) as archive:
        pages |= {n: archive.read(n).decode() for n in archive.namelist() if n.endswith(".html")}
    for name, page in pages.items():
        assert "<img src=x" not in page, f"{name} obeys a title"


def test_pictures_of_pages_in_folders_are_shown(lay: Lay, play: Play) -> None:
    page = "---\ntitle: Deep\nowner: support\nsummary: S.\n---\n\n![Map](a%20map.svg) and ![Top](../top.svg)\n"
    drawn = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    files = {"content/pages/deep/maps.md": page, "content/pages/deep/a map.svg": drawn, "content/pages/top.svg": drawn}
    base = _with_theme(lay(files))
    result = play(base, "build")
    assert result.exit_code == 0, result.output
    shown = (base / "site/pages/maps/index.html").read_text(encoding="utf-8")
    for address in re.findall(r'<img alt="[^"]+" src="([^"]+)"', shown):
        assert (base / "site/pages/maps" / unquote(address)).resolve().is_file(), address
    assert shown.count("<img alt=") == 2


# serve


ENDINGS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


def _serve(base: Path, *words: str, ignoring: tuple[signal.Signals, ...] = ()) -> subprocess.Popen[str]:
    """A preview that heeds every signal but those: what the tests were started with is inherited otherwise."""

    def prepare() -> None:
        for ending in ENDINGS:
            signal.signal(ending, signal.SIG_IGN if ending in ignoring else signal.SIG_DFL)

    command = [sys.executable, "-m", "generator", "serve", "--root", str(base), "--as-of", AS_OF, *words]
    environment = os.environ | {"TMPDIR": str(base.parent), "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment, preexec_fn=prepare
    )


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def _is_up(running: subprocess.Popen[str]) -> bool:
    assert running.stdout
    return any("Read it at" in line for line in running.stdout)


@pytest.mark.parametrize("ending", ENDINGS, ids=lambda one: one.name)
def test_a_preview_leaves_nothing_behind(ending: signal.Signals, lay: Lay) -> None:
    base = _with_theme(lay({}))
    running = _serve(base, "--port", str(_free_port()))
    assert _is_up(running)
    running.send_signal(ending)
    rest = running.communicate(timeout=20)[0]
    assert "Traceback" not in rest
    assert not list(base.parent.glob("playbook-*"))


def test_a_preview_goes_on_when_its_terminal_is_closed_and_it_was_told_to(lay: Lay) -> None:
    running = _serve(_with_theme(lay({})), "--port", str(_free_port()), ignoring=(signal.SIGHUP,))
    assert _is_up(running)
    running.send_signal(signal.SIGHUP)
    with pytest.raises(subprocess.TimeoutExpired):
        running.wait(timeout=1)
    running.terminate()
    assert "Traceback" not in running.communicate(timeout=20)[0]


def test_a_preview_says_at_once_what_is_wrong_with_the_call(lay: Lay) -> None:
    base = _with_theme(lay({}))
    said = _serve(base, "--audience", "vendr", "--port", str(_free_port()))
    assert "no audience is called vendr" in said.communicate(timeout=30)[0]
    assert said.returncode == 2
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = _serve(base, "--port", str(taken.getsockname()[1]))
        assert "is taken, perhaps by another" in said.communicate(timeout=30)[0]
        assert said.returncode == 1


@pytest.mark.parametrize("name", ["a" * 300, "a-" * 3000, "x" * 300 + "/site"])
def test_a_place_whose_name_is_too_long_is_one_line(name: str, base: Path, play: Play) -> None:
    result = play(_with_theme(base), "build", "--to", str(base / name))
    assert (result.exit_code, result.output.count("\n")) == (1, 1), result.output
    assert "too long" in result.output
