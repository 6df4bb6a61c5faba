"""The scripts and styles as their own tools judge them: types, rules, and tests of what is pure, by Node.js."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from browser.conftest import ROOT, TOOLS, missing

HERE = ROOT / "tests/scripts"
ASSETS = ROOT / "generator/publishing/assets"
TESTS = sorted(HERE.glob("*.test.mjs"))
TOLD = {
    "types": [TOOLS / ".bin/tsc", "--project", HERE],
    "rules": [TOOLS / ".bin/biome", "check", "--error-on-warnings", "--colors=off", HERE, ASSETS],
    "tests": ["node", "--test", *TESTS],
}


@pytest.mark.parametrize("what", TOLD)
def test_node_has_nothing_to_say_of_the_scripts(what: str) -> None:
    if shutil.which("node") is None or not (TOOLS / ".bin/tsc").exists():
        missing("no Node.js, or none of its tools; run tests/scripts/get_tools.sh, which needs npm")
    assert len(TESTS) >= 4
    done = subprocess.run([*map(str, TOLD[what])], cwd=HERE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
