"""What is kept of the last check can be lost, broken, locked or forged: the next check says the same."""

from __future__ import annotations

import os
import random
import resource
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Play
from knowledge import AS_OF, SOP, put, write

from generator.analysis.rechecking import again, every
from generator.files.tree import Folder
from generator.files.writer import cache as caching
from generator.files.writer.cache import Cache
from generator.pipeline import Judgement

SOPS = "sops/restore-account.yaml"
CHANGED = {SOPS: SOP.replace("Legal reads along.", "Legal reads [[nothing]] along.")}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the cache is, and no variable of the machine that runs the tests."""
    monkeypatch.setenv("PLAYBOOK_CACHE", str(tmp_path / "kept"))
    monkeypatch.delenv("CI", raising=False)
    return tmp_path / "kept" / "checks"


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How each check that follows was done: from the cache, or all anew."""
    told: list[str] = []
    for kind, name in ((again.Again, "again"), (every.Every, "all")):
        plain: Callable[..., Judgement] = kind.judge

        def judge(self: object, *words: object, plain: Callable[..., Judgement] = plain, name: str = name) -> Judgement:
            found = plain(self, *words)
            told.append(name)
            return found

        monkeypatch.setattr(kind, "judge", judge)
    return told


def kept(folder: Path) -> Path:
    return next(folder.glob("*.sqlite"))


def test_a_second_check_says_the_same(base: Path, folder: Path, ways: list[str], play: Play) -> None:
    first = play(base, "check").output
    assert play(base, "check").output == first
    put(base, CHANGED)
    fresh = play(base, "check", "--no-cache").output
    assert "no document has the id `nothing`" in fresh
    assert play(base, "check").output == fresh
    assert (
        play(base, "check", "--format", "json").output == play(base, "check", "--format", "json", "--no-cache").output
    )
    assert ways == ["all", "again", "again", "again"]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif", "junit"])
def test_every_option_is_answered_from_the_cache_as_without(form: str, base: Path, folder: Path, play: Play) -> None:
    play(base, "check")
    put(base, CHANGED)
    for words in (
        ("--select", "broken-reference"),
        ("--ignore", "broken-reference"),
        ("--as-of", "2027-06-01"),
        ("--as-of", "2026-12-01"),
        ("--as-of", "2026-01-01"),
        (str(base / "sops"),),
    ):
        fresh = play(base, "check", "--format", form, *words, "--no-cache")
        again = play(base, "check", "--format", form, *words)
        assert (again.output, again.exit_code) == (fresh.output, fresh.exit_code), words


def lose_half(place: Path) -> None:
    place.write_bytes(place.read_bytes()[: place.stat().st_size // 2])


def flip_bits(place: Path) -> None:
    content, any_of = bytearray(place.read_bytes()), random.Random(7)
    for at in any_of.sample(range(4096, len(content)), 60):
        content[at] ^= 1 << any_of.randrange(8)
    place.write_bytes(content)


def swap_texts(place: Path) -> None:
    with sqlite3.connect(place) as base:
        base.execute("UPDATE kept SET text = replace(text, 'restore-account', 'restore-nothing')")


def take_rows(place: Path) -> None:
    with sqlite3.connect(place) as base:
        base.execute("DELETE FROM kept WHERE kind IN ('traits', 'state')")


DAMAGES: list[Callable[[Path], object]] = [
    lose_half,
    flip_bits,
    swap_texts,
    take_rows,
    lambda place: place.write_bytes(b""),
    lambda place: place.write_bytes(b"no database at all, but quite some text" * 100),
    lambda place: (place.unlink(), place.mkdir()),
    lambda place: (place.unlink(), place.symlink_to("/dev/full")),
    lambda place: place.parent.chmod(0o777),
    lambda place: place.with_name(f"{place.name}-journal").write_bytes(b"half a journal"),
]


@pytest.mark.parametrize("harm", DAMAGES)
def test_what_is_broken_or_forged_is_not_believed(
    harm: Callable[[Path], object], base: Path, folder: Path, play: Play
) -> None:
    play(base, "check")
    harm(kept(folder))
    put(base, CHANGED)
    fresh = play(base, "check", "--no-cache")
    for _ in range(2):
        again = play(base, "check")
        assert (again.output, again.exit_code) == (fresh.output, fresh.exit_code)


def test_whatever_is_not_ours_is_left_alone(base: Path, folder: Path, play: Play, tmp_path: Path) -> None:
    """Where others may write, or where a file is in place of the folder, nothing is kept, and nothing is said."""
    folder.mkdir(parents=True)
    folder.chmod(0o777)
    assert play(base, "check").exit_code == 0
    assert list(folder.iterdir()) == []
    (tmp_path / "a-file").write_text("mine", encoding="utf-8")
    result = play(base, "check", around={"PLAYBOOK_CACHE": str(tmp_path / "a-file")})
    assert (result.exit_code, (tmp_path / "a-file").read_text(encoding="utf-8")) == (0, "mine")


def test_in_continuous_integration_only_a_named_folder_is_used(base: Path, tmp_path: Path, play: Play) -> None:
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "home"), "PLAYBOOK_CACHE": ""}
    play(base, "check", around={**home, "CI": "true"})
    assert not (tmp_path / "home").exists()
    play(base, "check", around={**home, "CI": ""})
    assert list((tmp_path / "home").rglob("*.sqlite"))
    play(base, "check", around={**home, "CI": "true", "PLAYBOOK_CACHE": str(tmp_path / "named")})
    assert list((tmp_path / "named").rglob("*.sqlite"))


def test_another_version_begins_anew(
    base: Path, folder: Path, ways: list[str], play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(base, "check")
    monkeypatch.setattr("generator.VERSION", "another")
    play(base, "check")
    assert ways == ["all", "all"]


def test_what_was_read_before_another_process_wrote_is_not_written(tmp_path: Path) -> None:
    one, other = (Cache(tmp_path / "own" / "x.sqlite", "1") for _ in range(2))
    one.write({"file": {"a": "1", "b": "1"}}, (), is_all=True)
    assert one.read("file") == other.read("file") == [{"a": "1", "b": "1"}]
    other.write({"file": {"a": "2"}}, [("file", "b")], is_all=False)
    one.write({"file": {"a": "3"}}, (), is_all=False)
    assert one.read("file") is None, "what it read first is of another moment"
    one.forget_turn()
    assert one.read("file") == [{"a": "2"}]


def test_old_and_large_caches_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own"
    for number, name in enumerate(("unused", "large", "small")):
        Cache(own / f"{name}.sqlite", "1").write(
            {"file": {"a": "x" * (400_000 if name == "large" else 10)}}, (), is_all=True
        )
        os.utime(own / f"{name}.sqlite", (time.time() - [caching.OLDEST + 60, 600, 60][number],) * 2)
    monkeypatch.setattr(caching, "LARGEST", 100_000)
    Cache(own / "new.sqlite", "1").write({"file": {"a": "1"}}, (), is_all=True)
    assert sorted(place.name for place in own.iterdir()) == ["new.sqlite", "small.sqlite"]


def started(base: Path, folder: Path, **options: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "generator", "check", "--root", str(base), "--as-of", AS_OF]
    around = {**os.environ, "PLAYBOOK_CACHE": str(folder.parent)}
    here = Path(__file__).parents[1]
    return subprocess.Popen(command, cwd=here, env=around, stdout=subprocess.PIPE, text=True, **options)  # type: ignore[call-overload,no-any-return]


def test_killed_at_any_moment_and_several_at_once(base: Path, folder: Path, play: Play) -> None:
    play(base, "check")
    any_of = random.Random(3)
    for number in range(4):
        put(base, CHANGED if number % 2 else {SOPS: SOP})
        killed = [started(base, folder) for _ in range(2)]
        time.sleep(any_of.uniform(0.3, 1.2))
        for process in killed:
            process.send_signal(signal.SIGKILL)
            process.communicate()
        fresh, others = play(base, "check", "--no-cache").output, [started(base, folder) for _ in range(2)]
        assert [process.communicate(timeout=60)[0] for process in others] == [fresh, fresh]


def test_a_full_disk_takes_the_cache_and_nothing_else(base: Path, folder: Path, play: Play) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))

    process = started(base, folder, preexec_fn=limit)
    assert process.communicate(timeout=60)[0] == play(base, "check", "--no-cache").output
    assert process.returncode == 0


def test_a_change_within_the_same_moment_is_seen(
    base: Path, folder: Path, play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a disk has coarse times, a file is read again until these can no longer be those of another change."""

    def stamp(self: Folder, path: str) -> tuple[int, str]:
        status = (self.root / path).stat()
        return status.st_mtime_ns, f"{status.st_mtime_ns // 10**9} {status.st_size}"

    monkeypatch.setattr(Folder, "stamp", stamp)
    now = time.time_ns()
    os.utime(base / SOPS, ns=(now, now))
    play(base, "check")
    put(base, {SOPS: SOP.replace("[[account-takeover]]", "[[account-takeovex]]")})
    os.utime(base / SOPS, ns=(now, now))
    assert "account-takeovex" in play(base, "check").output


def test_each_knowledge_base_has_a_cache_of_its_own(base: Path, folder: Path, play: Play, tmp_path: Path) -> None:
    play(base, "check")
    other = write(tmp_path / "other", CHANGED)
    assert "no document has the id `nothing`" in play(other, "check").output
    assert len(list(folder.glob("*.sqlite"))) == 2
