"""CONTRIBUTING.md tells how to add a check; this follows it to the letter in a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).parents[1]


def _block(section: str, language: str) -> str:
    found = re.search(rf"^( *)```{language}\n(.*?)^\1```", section, re.MULTILINE | re.DOTALL)
    assert found, f"CONTRIBUTING.md has no ```{language} block under `## Add a check`"
    return textwrap.dedent(found[2])


def test_who_follows_the_recipe_has_a_working_check(tmp_path: Path) -> None:
    section = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## Add a check", 1)[1].split("\n## ", 1)[0]
    for folder in ("generator", "tests"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "browser"))
    (tmp_path / "generator/checks/shouting_title.py").write_text(_block(section, "python"), encoding="utf-8")
    (tmp_path / "tests/checks/shouting-title").mkdir()
    (tmp_path / "tests/checks/shouting-title/in-capitals.yaml").write_text(_block(section, "yaml"), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "tests/test_checks.py", "-k", "shouting-title", "-p", "no:cacheprovider"]
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert re.search(r"[1-9] passed", run.stdout), run.stdout
    explain = [sys.executable, "-m", "generator", "explain", "shouting-title"]
    told = subprocess.run(explain, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert "REFUSE A REFUND" in told.stdout
