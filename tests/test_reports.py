"""Every format of findings: tests/reports/NAME.txt is all that it prints of one small knowledge base with errors."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Lay, Play
from knowledge import swapped

from generator.reports.findings import reports

HERE = Path(__file__).parent / "reports"
# An error with a hint, a warning, a place that is in no line, and a second place that explains the first.
BROKEN = {
    **swapped("sops/restore-account.yaml", "tree: account-takeover", "tree: acount-takeover"),
    **swapped("content/pages/welcome.md", "Begin with", "<!-- Ask Legal. --> Begin with"),
    "sops/a-copy.yaml": swapped("macros/account-restored.yaml", "id: account-restored", "id: [")[
        "macros/account-restored.yaml"
    ],
    "macros/twin.yaml": swapped("macros/account-restored.yaml", "channel: email", "channel: letter")[
        "macros/account-restored.yaml"
    ],
}


@pytest.mark.parametrize("name", sorted(reports()))
def test_what_a_format_prints(name: str, lay: Lay, play: Play) -> None:
    expected = HERE / f"{name}.txt"
    printed = play(lay(BROKEN), "check", "--format", name)
    assert printed.exit_code == 1, printed.output
    assert expected.is_file(), f"write tests/reports/{name}.txt: what the format prints, which is\n{printed.output}"
    assert printed.output == expected.read_text(encoding="utf-8"), f"`check --format {name}` prints something else now"
