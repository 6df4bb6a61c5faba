"""`playbook fix` and `check --fix`: what has one safe answer is written, shown, and changes nothing else."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from conftest import Lay, Play, output_of
from knowledge import MACRO, PAGE, SOP, TREE, put, snapshot

FAULTS = {
    "content/pages/welcome.md": PAGE.replace("[[restore-account]]", "[[account-recovery]]"),
    "sops/restore-account.yaml": SOP.replace("2026-10-02\nreview_by", "2 October 2026  # by the team\nreview_by"),
}


def test_only_what_has_one_answer_changes_and_the_rest_is_told(lay: Lay, play: Play) -> None:
    root = lay({**FAULTS, "decision_trees/account-takeover.yaml": TREE.replace("owner: support", "owner: suport")})
    result = play(root, "fix")
    assert result.exit_code == 0
    assert "-Begin with [[account-recovery]]" in result.stdout
    assert "+Begin with [[restore-account]]" in result.stdout
    assert "fixed 2 findings in 2 files" in result.stderr
    text = (root / "sops/restore-account.yaml").read_text()
    assert "reviewed: 2026-10-02  # by the team\n" in text, "the comment is gone"
    left = json.loads(play(root, "check", "--format", "json").stdout)["findings"]
    assert [(one["code"], one["fix"]["safe"], one["fix"]["edits"][0]["text"]) for one in left] == [
        ("unknown-word", False, "support")
    ], "a guess is made, or not offered"
    assert "nothing has one safe answer" in play(root, "fix").stderr


@pytest.mark.parametrize("words", [["fix", "--dry-run"], ["fix", "--select", "orphan"], ["check"]])
def test_nothing_is_written_by_what_only_looks(words: list[str], lay: Lay, play: Play) -> None:
    root = lay(FAULTS)
    before = snapshot(root)
    play(root, *words)
    assert snapshot(root) == before


def test_the_patch_is_one_that_git_applies(lay: Lay, play: Play) -> None:
    root = lay(FAULTS)
    shown = play(root, "fix", "--dry-run").stdout
    subprocess.run(["git", "apply", "-"], input=shown.encode(), cwd=root, check=True)
    assert output_of(root, "check").startswith("6 documents, nothing to fix")


def test_check_fixes_first_and_then_reports_what_is_left(lay: Lay, play: Play) -> None:
    root = lay(FAULTS)
    said = play(root, "check")
    assert said.exit_code == 1
    assert "`playbook fix` can fix 2 of them" in said.stdout
    result = play(root, "check", "--fix", "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)["findings"]) == (0, [])
    assert "+reviewed: 2026-10-02" in result.stderr


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "BOM"])
def test_windows_files_stay_what_they_are(mark: bytes, lay: Lay, play: Play) -> None:
    path = "sops/restore-account.yaml"
    crlf = mark + FAULTS[path].encode().replace(b"\n", b"\r\n")
    root = lay({path: crlf})
    play(root, "fix")
    assert (root / path).read_bytes() == crlf.replace(b"2 October 2026", b"2026-10-02")


def test_a_fix_that_would_break_the_file_is_left_to_a_person(lay: Lay, play: Play) -> None:
    """The brackets would be closed, and then begin a list of YAML."""
    text = SOP.replace("id: restore-account", 'id: "restore-account"').replace(
        "trigger: A member says", "trigger: [[account-takeover] A member says"
    )
    root = lay({"sops/restore-account.yaml": text})
    before = snapshot(root)
    assert play(root, "fix").exit_code == 0
    assert snapshot(root) == before
    assert play(root, "check").exit_code == 1


def test_two_fixes_at_one_place_are_made_one_after_the_other(lay: Lay, play: Play) -> None:
    """A reference with a former id of a document that itself has a former id of a part in it."""
    root = lay(
        {
            "sops/restore-account.yaml": SOP.replace("  - id: verify", "  - id: verify\n    formerly: [identify]"),
            "macros/account-restored.yaml": MACRO.replace("Hi {{ name }}", "Hi {{ name }}").replace(
                "summary: Tells the member", "summary: After [[account-recovery#identify]] it tells the member"
            ),
        }
    )
    play(root, "fix")
    assert "[[restore-account#verify]]" in (root / "macros/account-restored.yaml").read_text()
    assert output_of(root, "check").startswith("6 documents, nothing to fix")


def test_somebody_who_saves_meanwhile_loses_nothing(lay: Lay, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    from generator.commands import _rewriting

    root = lay(FAULTS)
    real = _rewriting._read_unchanged

    def save_first(place: Path, source: object) -> bytes:
        put(root, {"content/pages/welcome.md": PAGE + "\nAdded.\n"})
        return real(place, source)  # type: ignore[arg-type]

    monkeypatch.setattr(_rewriting, "_read_unchanged", save_first)
    result = play(root, "fix")
    assert result.exit_code == 1
    assert "changed while this command ran" in result.output
    assert (root / "content/pages/welcome.md").read_text().endswith("Added.\n")
    assert "2 October 2026" in (root / "sops/restore-account.yaml").read_text()
