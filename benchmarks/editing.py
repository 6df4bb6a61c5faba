"""Measures how long the language server takes to judge a knowledge base again after an edit.

`python benchmarks/editing.py [DOCUMENTS]`: seconds until the first findings are told, and until all are, with a file
that changes each time. The promise is 0.3 s at 1,000 documents.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from corpus import make

from generator.reports.editor.desk import Desk

ROOT = Path(__file__).resolve().parents[1]
EDITS = 9


def main() -> None:
    """Prints one line: the medians of some edits, after one that loads everything."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as work:
        root = make(count, Path(work) / "base", ROOT)
        desk = Desk(root, lambda: date(2026, 11, 28))
        place = sorted((root / "sops").glob("*.yaml"))[0]
        path, text = place.relative_to(root).as_posix(), place.read_text(encoding="utf-8")
        began, times = time.monotonic(), []
        for _ in desk.judge():
            pass
        cold = time.monotonic() - began
        for number in range(EDITS):
            desk.buffers[path] = f"{text}# {number}\n"
            began = time.monotonic()
            times.append([time.monotonic() - began for _ in desk.judge()])
        first, last = (statistics.median(one[at] for one in times) for at in (0, -1))
        print(f"{count:,} documents: opened {cold:.2f} s; after an edit first findings {first:.3f} s, all {last:.3f} s")


if __name__ == "__main__":
    main()
