"""Measures, side by side in one run, the ratios that the project promises, at several sizes.

`make bench` takes some minutes; `python benchmarks/bench.py --quick` takes smaller sizes and one round.
Times are medians of whole processes; memory is the largest process's peak.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from corpus import make

ROOT = Path(__file__).resolve().parents[1]
HERE = Path(__file__).resolve().parent
PLAYBOOK = [sys.executable, "-m", "generator"]
# Whoever runs a program twice has its bytecode; where none is kept, ours alone would be compiled anew each time.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
ENVIRONMENT["NO_MKDOCS_2_WARNING"] = "1"


@dataclass(frozen=True)
class Run:
    """One process that has ended: wall seconds and peak memory in MiB."""

    seconds: float
    peak: float


def measure(command: list[str], folder: Path = ROOT) -> Run:
    """Runs a command to its end; raises RuntimeError with what it printed where it fails."""
    with tempfile.TemporaryFile() as output:
        began = os.times().elapsed
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output, env=ENVIRONMENT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = os.times().elapsed - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            raise RuntimeError(f"{' '.join(command)}:\n{output.read().decode(errors='replace')[-2000:]}")
    return Run(seconds, usage.ru_maxrss / 1024)


def pair(ours: list[str], bare: list[str], rounds: int, folder: Path = ROOT) -> tuple[Run, Run]:
    """Two commands in turn, A B A B, each as the median of its rounds; of more than one, after one that warms up."""
    if rounds > 1:
        measure(ours)
    runs = [(measure(ours), measure(bare, folder)) for _ in range(rounds)]
    return _median([a for a, _ in runs]), _median([b for _, b in runs])


def _median(runs: list[Run]) -> Run:
    return Run(statistics.median(r.seconds for r in runs), max(r.peak for r in runs))


def row(name: str, ours: Run, bare: Run, limit: str) -> None:
    """One line of the table."""
    times, peaks = f"{ours.seconds:8.2f} s {bare.seconds:8.2f} s", f"{ours.peak:7.0f} MiB {bare.peak:7.0f} MiB"
    print(f"{name:<44} {times}  {ours.seconds / bare.seconds:5.2f}  {limit:<8} {peaks}", flush=True)


def bench_check(work: Path, sizes: list[int], rounds: int) -> None:
    """Cold `check` against PyYAML's C `compose` of the same bytes."""
    for size in sizes:
        base = make(size, work / f"check-{size}", ROOT)
        ours, bare = pair(
            [*PLAYBOOK, "check", "--root", str(base), "--as-of", "2026-11-23"],
            [sys.executable, str(HERE / "bare_compose.py"), str(base)],
            rounds,
        )
        row(f"check {size:,} against bare compose", ours, bare, "<= 2.5" if size >= 10_000 else "<= 3.0")


def bench_forecast(work: Path, sizes: list[int], rounds: int) -> None:
    """A forecast over a year against one `check`: one pass, whatever the range."""
    for size in sizes:
        base = str(work / f"check-{size}")
        ours, check = pair(
            [*PLAYBOOK, "forecast", "--root", base, "--as-of", "2026-11-23", "--until", "2027-11-23"],
            [*PLAYBOOK, "check", "--root", base, "--as-of", "2026-11-23"],
            rounds,
        )
        row(f"forecast {size:,} over a year against check", ours, check, "<= 1.5")


def bench_diff(work: Path, sizes: list[int], rounds: int) -> None:
    """Two trees, of which every fiftieth document differs, against one `check`: who reviews waits for it."""
    for size in sizes:
        base, changed = work / f"check-{size}", work / f"changed-{size}"
        shutil.copytree(base, changed)
        for path in (
            sorted((changed / "sops").glob("*.yaml"))[::50] + sorted(changed.glob("decision_trees/*.yaml"))[::50]
        ):
            path.write_text(path.read_text(encoding="utf-8").replace("account", "other account"), encoding="utf-8")
        day = ["--as-of", "2026-11-23"]
        ours, check = pair(
            [*PLAYBOOK, "diff", str(base), str(changed), "--format", "markdown", "--root", str(changed), *day],
            [*PLAYBOOK, "check", "--root", str(base), *day],
            rounds,
        )
        row(f"diff of two trees of {size:,} against check", ours, check, "<= 3.0")


def bench_build(work: Path, sizes: list[int], rounds: int) -> None:
    """A full build against a bare `mkdocs build` of the same Markdown; then how both grow by the page."""
    grown: dict[int, tuple[float, float]] = {}
    for size in sizes:
        base, site = make(size, work / f"build-{size}", ROOT), work / f"site-{size}"
        for which, words in (("index", "index pages in the navigation"), ("all", "all pages in it, pruned")):
            markdown = work / f"markdown-{size}-{which}"
            measure([sys.executable, str(HERE / "emit.py"), str(base), str(markdown), which])
            ours, bare = pair(
                [*PLAYBOOK, "build", "--root", str(base), "--to", str(site), "--as-of", "2026-11-23"],
                [sys.executable, "-m", "mkdocs", "build", "--quiet"],
                rounds,
                markdown,
            )
            row(f"build {size:,}; bare: {words}", ours, bare, "<= 0.6" if size >= 3000 else "<= 0.9")
            if which == "index":
                pages = sum(1 for _ in site.rglob("*.html"))
                size_in_bytes = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
                grown[size] = (ours.seconds / pages, size_in_bytes / pages)
    small, large = grown[sizes[0]], grown[sizes[-1]]
    print(f"per page, {sizes[-1]:,} against {sizes[0]:,}: time {large[0] / small[0]:.2f} (<= 1.15), ", end="")
    print(f"bytes {large[1] / small[1]:.2f} (<= 1.15; {large[1] / 1024:.1f} KiB a page)")


def bench_pack(work: Path, sizes: list[int], rounds: int) -> None:
    """A pack of so many documents in every format but PDF, against the site of the same readers; then its size."""
    for size in sizes:
        base, day = make(size * 4 // 3, work / f"pack-{size}", ROOT, packs=0), ["--as-of", "2026-11-23"]
        made, site = work / f"dist-{size}", work / f"readers-{size}"
        ours, plain = pair(
            [*PLAYBOOK, "pack", "build", "course", "--root", str(base), "--to", str(made), *day],
            [*PLAYBOOK, "build", "--audience", "vendor", "--root", str(base), "--to", str(site), *day],
            rounds,
        )
        row(f"pack of {size:,} against the site of its readers", ours, plain, "<= 3.0")
        megabytes = sum(path.stat().st_size for path in made.rglob("*") if path.is_file()) / 1_000_000
        print(f"pack of {size:,}: {megabytes:.1f} MB (<= 60 at 300)", flush=True)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="smaller sizes, one round")
    quick = parser.parse_args().quick
    print(f"{'':<44} {'ours':>10} {'bare':>10}  ratio  {'promise':<8} {'ours':>11} {'bare':>11}")
    with tempfile.TemporaryDirectory(prefix="playbook bench ") as folder:
        bench_check(Path(folder), [1000] if quick else [1000, 3000, 10_000], 1 if quick else 5)
        bench_forecast(Path(folder), [1000] if quick else [1000, 10_000], 1)
        bench_diff(Path(folder), [1000] if quick else [1000, 3000], 1 if quick else 3)
        bench_build(Path(folder), [100, 300] if quick else [300, 3000], 1)
        bench_pack(Path(folder), [100] if quick else [300], 1)


if __name__ == "__main__":
    main()
