"""A pack is built or it is not: on a disk that fills up, and when the command is stopped or killed in the middle."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import output_of
from knowledge import AS_OF, STARTER, edit, snapshot, write

from generator.documents.types.pack import PackFormat

NAME = "acme-accounts-1.0"
FORMATS = [name for name in PackFormat.__args__ if name not in ("handbook", "delta", "whats_changed")]
MOUNTED = """\
mount -t tmpfs -o size="$SIZE" none "$DISK" || exit 77
cp -a "$BEFORE/." "$DISK/" || exit 78
fill() {
  until ls "$DISK"/.playbook/build-*/"$UNTIL"; do sleep 0.005; done
  cat /dev/zero > "$DISK/filler"
}
if [ -n "$UNTIL" ]; then fill > /dev/null 2>&1 & fi
"$@"
code=$?
rm -f "$DISK/filler"
cp -a "$DISK/." "$AFTER/" || exit 79
exit $code
"""
CLEAN = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "SOURCE_DATE_EPOCH": "1790000000"}


class Scene(NamedTuple):
    """A knowledge base, its pack as it was built before, and as it would be built now: the folders that hold them."""

    base: Path
    old: Path
    new: Path

    def words(self, to: Path) -> list[str]:
        asked = [word for name in FORMATS for word in ("--format", name)]
        where = ["--root", str(self.base), "--as-of", AS_OF, "--to", str(to)]
        return [sys.executable, "-m", "generator", "pack", "build", "acme-accounts", *where, *asked]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    top = tmp_path_factory.mktemp("accidents")
    base = write(top / "base")
    shutil.copy(STARTER / "mkdocs.yml", base)
    made = Scene(base, top / "old", top / "new")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", CLEAN["SOURCE_DATE_EPOCH"])
        for place in made.old, made.new:
            output_of(base, *made.words(place)[3:5], *made.words(place)[5:])
            edit(base, "sops/restore-account.yaml", "title: ", "title: Now ")
    edit(base, "sops/restore-account.yaml", "title: Now Now ", "title: Now ")
    assert snapshot(made.old) != snapshot(made.new)
    return made


# A disk that fills up


def _size(folder: Path) -> int:
    """The KiB that files take on a disk, in whole pages."""
    return sum(-(-path.stat().st_size // 4096) * 4 for path in folder.rglob("*") if path.is_file())


# KiB that are free: before the pages, among their scripts, among the pages; and so many that it has to be filled.
@pytest.mark.parametrize(
    ("free", "until", "there"),
    [
        (16, "", "an earlier pack"),
        (400, "", "an earlier pack"),
        (2000, "", "an earlier pack"),
        (9000, f"{NAME}/cmi5.zip", "an earlier pack"),
        (9000, f"{NAME}/cmi5.zip", "nothing"),
    ],
)
def test_a_disk_that_fills_up_leaves_what_was_there(
    free: int, until: str, there: str, scene: Scene, tmp_path: Path
) -> None:
    before = scene.old if there == "an earlier pack" else tmp_path / "nothing"
    disk, after = tmp_path / "disk", tmp_path / "after"
    for place in before, disk, after:
        place.mkdir(exist_ok=True)
    told = {
        "SIZE": f"{_size(before) + free}k",
        "DISK": str(disk),
        "BEFORE": str(before),
        "AFTER": str(after),
        "UNTIL": until,
    }
    # A namespace of its own, where anybody may mount a disk, and nobody else sees it.
    call = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", MOUNTED, "sh", *scene.words(disk)]
    try:
        done = subprocess.run(call, capture_output=True, text=True, check=False, env=CLEAN | told, timeout=120)
    except FileNotFoundError:
        pytest.skip("no unshare")
    if done.returncode in (77, 78) or "unshare" in done.stderr:
        pytest.skip(f"no disk of a size of its own: {done.stderr}")
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stderr == (
        f"Error: {disk / NAME}: no space left on device, and nothing was built: make room there, and run this again\n"
    )
    assert snapshot(after) == snapshot(before)


# An end in the middle

# What has to be there, below the folder of a build, until it is ended.
MOMENTS = {
    "before pages": "docs/assets",
    "among pages": "html/index.html",
    "between zips": f"{NAME}/cmi5.zip",
    "before the swap": f"{NAME}/pack.json",
}


def _end(scene: Scene, home: Path, moment: str, how: signal.Signals) -> tuple[int, str]:
    """Builds into a folder and ends it: its exit code, and what it said of that."""
    with subprocess.Popen(
        scene.words(home), env=CLEAN, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as build:
        until = time.monotonic() + 60
        while build.poll() is None and not list(home.glob(f".playbook/build-*/{MOMENTS[moment]}")):
            assert time.monotonic() < until
            time.sleep(0.002)
        build.send_signal(how)
        return build.wait(60), build.stderr.read() if build.stderr else ""


@pytest.mark.parametrize(
    ("moment", "how"),
    [
        ("before pages", signal.SIGINT),
        ("among pages", signal.SIGTERM),
        ("between zips", signal.SIGTERM),
        ("between zips", signal.SIGHUP),
        ("before the swap", signal.SIGINT),
        ("before the swap", signal.SIGTERM),
    ],
)
def test_a_build_that_is_stopped_leaves_nothing(moment: str, how: signal.Signals, scene: Scene, tmp_path: Path) -> None:
    home = shutil.copytree(scene.old, tmp_path / "dist")
    code, said = _end(scene, home, moment, how)
    if moment == "before the swap" and code == 0:  # it had come to its end meanwhile
        assert snapshot(home) == snapshot(scene.new)
        return
    assert (code, said.strip()) == (1, "Aborted!")
    whole = [scene.old, scene.new] if moment == "before the swap" else [scene.old]
    assert snapshot(home) in [snapshot(one) for one in whole]


def test_builds_that_are_killed_leave_no_half_pack_and_no_litter_that_grows(scene: Scene, tmp_path: Path) -> None:
    home = shutil.copytree(scene.old, tmp_path / "dist")
    for moment in MOMENTS:
        code, _ = _end(scene, home, moment, signal.SIGKILL)
        assert code in (-signal.SIGKILL, 0)
        pack = snapshot(home / NAME)
        assert pack in (snapshot(scene.old / NAME), snapshot(scene.new / NAME)), moment
        assert len(list(home.glob(".playbook/build-*"))) <= 1, moment
        assert {path.name for path in home.iterdir()} <= {NAME, ".playbook"}
    done = subprocess.run(scene.words(home), env=CLEAN, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert snapshot(home) == snapshot(scene.new)


def test_a_first_build_that_is_killed_leaves_no_pack(scene: Scene, tmp_path: Path) -> None:
    home = tmp_path / "dist"
    home.mkdir()
    code, _ = _end(scene, home, "between zips", signal.SIGKILL)
    assert code == -signal.SIGKILL
    assert not (home / NAME).exists()
