"""The library that `make bench` measures builds, whatever the starter library's vocabulary gains."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Play

ROOT = Path(__file__).resolve().parents[1]
MAKE = "from pathlib import Path; from corpus import make; make(96, Path({!r}), Path({!r}), packs={})"


@pytest.mark.parametrize("packs", [0, 4])
def test_the_library_of_the_benchmarks_has_no_error(packs: int, tmp_path: Path, play: Play) -> None:
    made = MAKE.format(str(tmp_path / "base"), str(ROOT), packs)
    subprocess.run([sys.executable, "-c", made], cwd=ROOT / "benchmarks", check=True, timeout=60)
    result = play(tmp_path / "base", "check", "--as-of", "2026-11-23")
    assert "error[" not in result.output
    assert result.exit_code == 0
