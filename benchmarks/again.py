"""Measures what a check costs that follows another: after nothing, and after one edit.

`python benchmarks/again.py [DOCUMENTS]...`: seconds of whole processes and of processor time, medians of some rounds
that take turns with a check that has no cache. The promise is a tenth of that at 10,000 documents.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from corpus import make

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "CI")}
ROUNDS = 3
REFERENCE = re.compile(r"\[\[(macro-\d+)\]\]")


class Cost(NamedTuple):
    """Seconds of one process on the clock, and of the processors."""

    wall: float
    work: float


def check(base: Path, *options: str) -> tuple[Cost, bytes]:
    """One check to its end: what it costs, and what it prints."""
    command = [sys.executable, "-m", "generator", "check", "--root", str(base), "--as-of", "2026-11-23", *options]
    with tempfile.TemporaryFile() as output:
        began = time.monotonic()
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.DEVNULL, env=ENVIRONMENT)
        _, _, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
        process.returncode = 0
        output.seek(0)
        return Cost(wall, usage.ru_utime + usage.ru_stime), output.read()


def reword(path: Path, old: str = "account", new: str = "profile") -> None:
    """Another word in place of the last that is the same, in the prose of a document."""
    text = path.read_text(encoding="utf-8")
    text = text if old in text else text.replace(new, old)
    head, _, tail = text.rpartition(old)
    path.write_text(f"{head}{new}{tail}", encoding="utf-8")


def edits(base: Path) -> dict[str, Callable[[int], None]]:
    """What an author does between two checks, by its name; each time to another document of its kind."""
    cited = Counter(name for path in base.glob("sops/*.yaml") for name in REFERENCE.findall(path.read_text("utf-8")))
    macros = [base / "macros" / f"{name}.yaml" for name, _ in cited.most_common(ROUNDS + 1)]
    every = {kind: sorted((base / kind).glob("*.yaml")) for kind in ("sops", "decision_trees", "content/policies")}

    def refer(number: int) -> None:
        path = every["sops"][40 + number]
        text = path.read_text(encoding="utf-8").replace(
            "    text: |\n", f"    text: |\n      See [[{macros[0].stem}]].\n", 1
        )
        path.write_text(text, encoding="utf-8")

    def review(number: int) -> None:
        path = every["sops"][60 + number]
        path.write_text(path.read_text("utf-8").replace("reviewed: 2026-10-01", "reviewed: 2026-11-20"), "utf-8")

    return {
        "nothing": lambda number: None,
        "words of an SOP": lambda number: reword(every["sops"][20 + number]),
        "the review of an SOP": review,
        "words of a decision tree": lambda number: reword(every["decision_trees"][20 + number]),
        "words of a policy": lambda number: reword(every["content/policies"][20 + number]),
        "words of the most used macro": lambda number: reword(macros[number]),
        "a new reference in an SOP": refer,
    }


def main() -> None:
    """Prints a line for each edit: how a check after it compares with one that has no cache."""
    for size in [int(word) for word in sys.argv[1:]] or [1000, 10_000]:
        with tempfile.TemporaryDirectory(prefix="playbook again ") as work:
            ENVIRONMENT["PLAYBOOK_CACHE"] = str(Path(work) / "cache")
            base = make(size, Path(work) / "base", ROOT)
            time.sleep(2.5)  # a file that changed just now is read again, whatever its times say
            bare = [check(base, "--no-cache")[0] for _ in range(2)][-1:]
            first, _ = check(base)
            print(f"{size:,} documents, first check with a cache: {first.wall:.2f} s, {first.work:.2f} s of work")
            for name, edit in edits(base).items():
                ours = []
                for number in range(ROUNDS):
                    edit(number)
                    cost, told = check(base)
                    ours.append(cost)
                    if number == 0:
                        other, expected = check(base, "--no-cache")
                        bare.append(other)
                        assert told == expected, f"after {name}, a check with a cache says something else"
                row(f"{size:,} documents, check after {name}", ours, bare)


def row(name: str, ours: list[Cost], bare: list[Cost]) -> None:
    """One line: wall seconds, seconds of work, and the ratio of both."""
    wall, work = (statistics.median(one[at] for one in ours) for at in (0, 1))
    whole, worked = (statistics.median(one[at] for one in bare) for at in (0, 1))
    print(
        f"{name:<58} {wall:6.2f} s of {whole:6.2f} s: {wall / whole:.3f}; work {work / worked:.3f} (<= 0.1)", flush=True
    )


if __name__ == "__main__":
    main()
