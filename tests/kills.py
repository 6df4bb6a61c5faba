"""Kills commands at random moments and says what was lost: `python tests/kills.py 1000`.

After each kill every file must be that of the old state or that of the new one, of the command as a whole; where it is
not yet, `check` must say so, and the next command that writes must have made it so. Nothing may be left over then.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

import click
from knowledge import AS_OF, POLICY, edit, put, write

from generator.cli import main
from generator.files import writer as publish

THEME = Path(__file__).parents[1] / "mkdocs.yml"
NEWER = POLICY.replace('version: "3.1"\neffective: 2026-09-01', 'version: "4.0"\neffective: 2026-11-01').replace(
    "history:\n",
    'history:\n  - {version: "4.0", effective: 2026-11-01, changes: [{section: ownership, kind: tightened}]}\n',
)
AFTER = ["new", "page", "after-the-kill"]
PROBE = "content/pages/after-the-kill.md"
STEPS = ("replace", "link", "fsync", "unlink", "rmdir", "mkdir")
LATER = "completed by the next command"
EXPECTED = {"new", "old", LATER}

State = dict[str, bytes | str | None]


@dataclass
class Scene:
    """A command in a folder: `base` is as it was before, `old` and `new` its content before and after a run.

    `whole` and `writing` are how long a run takes, and the part of it that writes (seconds).
    """

    name: str
    words: list[str]
    base: Path
    old: State = field(default_factory=dict)
    new: State = field(default_factory=dict)
    whole: float = 0.0
    writing: float = 0.0

    @property
    def again(self) -> list[str]:
        """What clears up after a kill: the same command where it builds, and any that writes where people write."""
        return self.words if self.name in ("build", "pack build") else AFTER


def state(folder: Path) -> State:
    """Every file, link and folder below a folder, but for what the tool itself lays down while it works."""
    found: State = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name == PROBE or any(part.startswith(".playbook") for part in path.parts):
            continue
        found[name] = str(path.readlink()) if path.is_symlink() else path.read_bytes() if path.is_file() else None
    return found


def leftovers(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.name.startswith(".playbook")]


def scenes(folder: Path) -> Iterator[Scene]:
    """The commands of the promise, each in a knowledge base of its own."""
    rules, zendesk = folder / "rules", folder / "replies"
    for number in range(6):
        for place, ending in ((rules, "md"), (zendesk, "txt")):
            place.mkdir(exist_ok=True)
            (place / f"rule-{number}.{ending}").write_text(f"## One\n\nText {number}.\n", encoding="utf-8")
    calls = {
        "build": ["build"],
        "pack build": ["pack", "build", "acme-accounts"],
        "import policies": ["import", "policies", str(rules)],
        "import macros": ["import", "macros", str(zendesk)],
        "review": ["review", "restore-account", "account-restored", "--by", "Robin", "--yes"],
        "rename": ["rename", "restore-account", "recover-account"],
    }
    for name, words in calls.items():
        newer = {"content/policies/account-integrity.yaml": NEWER} if name == "review" else {}
        base = write(folder / name.replace(" ", "-"), newer)
        shutil.copy(THEME, base)
        at = 2 if words[0] in ("pack", "import") else 1
        yield _measured(Scene(name, [*words[:at], "--as-of", AS_OF, *words[at:]], base))


def _measured(scene: Scene) -> Scene:
    """The scene with an older result in place, with a stranger's files in it, and with what a run makes of it."""
    prepare(scene)
    scene.old = state(scene.base)
    done = copied(scene)
    began = time.monotonic()
    with running(scene.words, done) as (child, started):
        os.read(started, 1)
        at = time.monotonic()
        ended = os.waitpid(child, 0)[1]
    assert ended == 0, f"{scene.name} fails"
    scene.whole, scene.writing = time.monotonic() - began, time.monotonic() - at
    scene.new = state(done)
    assert scene.old != scene.new, f"{scene.name} changes nothing"
    shutil.rmtree(done.parent)
    return scene


def prepare(scene: Scene) -> None:
    if scene.name in ("build", "pack build"):
        assert run(scene.words, scene.base)[0] == 0
        edit(scene.base, "content/pages/welcome.md", "title: ", "title: New ")
        edit(scene.base, "sops/restore-account.yaml", "title: Restore", "title: Now restore")
    if scene.name == "build":
        put(scene.base / "site", {".git/config": "mine", "CNAME": "docs.example", "sops/mine.txt": "mine"})
    if scene.name.startswith("import"):
        assert run(scene.words, scene.base)[0] == 0
        place = Path(scene.words[-1])
        for file in sorted(place.iterdir())[:4]:
            file.write_text("## One\n\nAnother text.\n\n## Two\n\nMore.\n", encoding="utf-8")
        (place / f"zz-added{file.suffix}").write_text("## One\n\nIt is new.\n", encoding="utf-8")


def copied(scene: Scene) -> Path:
    place = Path(tempfile.mkdtemp(dir=scene.base.parent)) / "base"
    shutil.copytree(scene.base, place, symlinks=True)
    return place


@contextmanager
def running(words: list[str], base: Path, begin: Callable[[], None] = lambda: None) -> Iterator[tuple[int, int]]:
    """The command in a process that has all loaded: its number, and a pipe that tells when it begins to write.

    `begin` is called in that process then.
    """
    started, tell = os.pipe()
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            os.close(started)
            for name in ("change", "swap"):
                setattr(publish, name, _telling(getattr(publish, name), tell, begin))
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(1, 2)
            main([*words, "--root", str(base)], standalone_mode=False)
            os._exit(0)
        os._exit(1)
    os.close(tell)
    try:
        yield child, started
    finally:
        os.close(started)


def _telling(function: Callable[..., Any], pipe: int, begin: Callable[[], None]) -> Callable[..., Any]:
    def call(*words: Any, **more: Any) -> Any:
        os.write(pipe, b"w")
        begin()
        return function(*words, **more)

    return call


def run(words: list[str], base: Path) -> tuple[int, str]:
    """The command in this process: its exit code and what it prints."""
    at = 2 if words[0] in ("pack", "import") else 1
    out = StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        try:
            main([*words[:at], "--root", str(base), *words[at:]], standalone_mode=False)
        except click.ClickException as error:
            return error.exit_code, out.getvalue() + error.format_message()
    return 0, out.getvalue()


def killed_at_random(scene: Scene, base: Path, chance: random.Random) -> bool:
    """Kills it somewhere in the whole run, or in the part that writes; false where it was over before.

    The two times are corrected as it goes: a machine with other work is now slower, now faster.
    """
    with running(scene.words, base) as (child, started):
        span = "writing" if chance.random() < 0.7 else "whole"
        if span == "writing":
            os.read(started, 1)
        time.sleep(chance.uniform(0, getattr(scene, span)))
        os.kill(child, signal.SIGKILL)
        was_killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
    setattr(scene, span, getattr(scene, span) * (1.05 if was_killed else 0.8))
    return was_killed


def killed_at_step(scene: Scene, base: Path, number: int) -> bool:
    """Kills it right before a call that changes the disk, counted from where it begins to write."""

    left = [number]

    def counting(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*words: Any, **more: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*words, **more)

        return call

    def begin() -> None:
        for name in STEPS if left[0] == number else ():
            setattr(os, name, counting(getattr(os, name)))

    with running(scene.words, base, begin) as (child, _):
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def verdict(scene: Scene, base: Path) -> str:
    """What is found after a kill, and after the command that follows it; one of EXPECTED where nothing was lost."""
    reviews = _states_of_a_review(scene) if scene.name == "review" else [scene.old, scene.new]
    found = state(base)
    is_whole = found in reviews
    if not is_whole:
        code, said = run(["check"], base)
        if code != 1 or "a change that is only half done" not in said:
            return f"half a state, and `check` says: {said[-300:]}"
    code, said = run(scene.again, base)
    if code:
        return f"the next command fails: {said[-300:]}"
    after = state(base)
    if leftovers(base):
        return f"left over: {leftovers(base)[:3]}"
    if scene.again == scene.words:
        return (
            ("new" if found == scene.new else "old") if after == scene.new else f"lost: {_differing(after, scene.new)}"
        )
    if after not in reviews or (is_whole and reviews.index(after) < reviews.index(found)):
        return f"lost: {_differing(after, scene.new)}"
    if after != found:
        return LATER
    return "old" if after == scene.old else "new"


def _states_of_a_review(scene: Scene) -> list[State]:
    """A review of two documents is two changes, one after the other: each is whole."""
    one = "sops/restore-account.yaml"
    return [scene.old, {**scene.old, one: scene.new[one]}, scene.new]


def _differing(one: State, other: State) -> list[str]:
    return sorted(path for path in one.keys() | other.keys() if one.get(path, 0) != other.get(path, 0))[:5]


def kill(scene: Scene, how: Callable[[Scene, Path], bool]) -> str:
    base = copied(scene)
    try:
        return verdict(scene, base) if how(scene, base) else "over before"
    finally:
        shutil.rmtree(base.parent)


def report(total: int, seed: int) -> int:
    """Spreads the kills over the commands, prints what was found, and gives the number of losses."""
    os.environ["SOURCE_DATE_EPOCH"] = "1790000000"
    chance, losses = random.Random(seed), 0
    with tempfile.TemporaryDirectory() as folder:
        for number, scene in enumerate(scenes(Path(folder))):
            found: dict[str, int] = {}
            done, wanted = 0, (total + number) // 5
            while done < wanted:
                said = kill(scene, lambda one, base: killed_at_random(one, base, chance))
                found[said] = found.get(said, 0) + 1
                done += said != "over before"
            losses += sum(times for said, times in found.items() if said not in EXPECTED | {"over before"})
            print(
                f"{scene.name}: {done} kills; a run takes {scene.whole:.2f} s, {scene.writing * 1000:.0f} ms to write"
            )
            for said, times in sorted(found.items()):
                print(f"  {times:>5} x {said}", flush=True)
    print(f"{losses} losses")
    return losses


if __name__ == "__main__":
    words = [int(word) for word in sys.argv[1:]]
    sys.exit(bool(report(words[0] if words else 1000, words[1] if len(words) > 1 else 1)))
