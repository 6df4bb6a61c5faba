"""Parts of documents that have another id than before: what referred to them by the old one still does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from conftest import Lay, Play, output_of
from knowledge import FILES, STARTER, Changes, check, put
from repository import commit

SOP, TREE = "sops/restore-account.yaml", "decision_trees/account-takeover.yaml"
POLICY, PAGE = "content/policies/account-integrity.yaml", "content/pages/note.md"
NOTE = "---\ntitle: Note\nowner: support\nsummary: A note.\naudience: internal\n---\nSee [[{}]].\n"


def renamed(path: str, old: str, new: str, *others: tuple[str, str]) -> Changes:
    """A document in which something has another text, once, and some more."""
    text = FILES[path]
    for before, after in ((old, new), *others):
        assert text.count(before) == 1, (path, before)
        text = text.replace(before, after)
    return {path: text}


STOPPED = (("go: leave", "go: stop"), ("outcome: leave", "outcome: stop"))
# A kind of part: the document in which it is renamed, its former and its new id with the document's.
PARTS: dict[str, tuple[Changes, str, str]] = {
    "a step": (
        renamed(SOP, "id: answer\n", "id: reply\n    formerly: [answer]\n"),
        "restore-account#answer", "restore-account#reply",
    ),
    "a question": (
        renamed(TREE, "  signal:\n", "  access:\n    formerly: [signal]\n", ("start: signal", "start: access")),
        "account-takeover#signal", "account-takeover#access",
    ),
    "an outcome": (
        renamed(TREE, "  leave:\n", "  stop:\n    formerly: [leave]\n", *STOPPED),
        "account-takeover#leave", "account-takeover#stop",
    ),
    "a case": (
        renamed(TREE, "id: curious,", "id: no-signal, formerly: [curious],"),
        "account-takeover#curious", "account-takeover#no-signal",
    ),
    "a section": (
        renamed(POLICY, "id: ownership\n", "id: owner\n    formerly: [ownership]\n"),
        "account-integrity#ownership@3.0", "account-integrity#owner@3.0",
    ),
}  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_a_reference_by_a_former_id_is_found_and_named_with_the_new_one(part: str, lay: Lay, play: Play) -> None:
    files, old, new = PARTS[part]
    root = lay(files | {PAGE: NOTE.format(old)})
    found = check(root).findings
    was, now = old.partition("@")[0], new.partition("@")[0]
    assert {(one.code, one.severity, one.hint) for one in found} == {("renamed-target", "warning", f"write `{new}`")}
    assert found[0].message.startswith(f"`{was}` is now called `{now}`")
    for path in (root / name for name in (*FILES, PAGE) if name.endswith((".yaml", ".md"))):
        path.write_text(path.read_text(encoding="utf-8").replace(was, now), encoding="utf-8")
    assert not check(root).findings, "what the hint says is all there is to do"


@pytest.mark.parametrize("part", PARTS)
def test_a_page_keeps_the_anchor_of_a_former_id(part: str, lay: Lay) -> None:
    files, old, new = PARTS[part]
    root = lay(files | {PAGE: NOTE.format(old), "mkdocs.yml": (STARTER / "mkdocs.yml").read_text(encoding="utf-8")})
    output_of(root, "build")
    name, was = old.partition("@")[0].split("#")
    now = new.partition("@")[0].split("#")[1]
    kind = next(path for path in files).rpartition("/")[0].removeprefix("content/")
    page = (root / f"site/{kind}/{name}/index.html").read_text(encoding="utf-8")
    assert page.count(f'id="{was}"') == page.count(f'id="{now}"') == 1
    note = (root / "site/pages/note/index.html").read_text(encoding="utf-8")
    assert f'{kind}/{name}/#{now}"' in note, "a link leads to the part"


def test_a_link_within_a_document_to_a_former_id(lay: Lay) -> None:
    changes = renamed(
        SOP, "id: answer\n", "id: reply\n    formerly: [answer]\n", ("summary: S", "summary: See [it](#answer). S")
    )
    assert "broken-link" not in {one.code for one in check(lay(changes)).findings}


def test_a_citation_by_a_former_id_goes_stale_with_the_section(lay: Lay, play: Play) -> None:
    policy = FILES[POLICY].replace("id: ownership\n", "id: owner\n    formerly: [ownership]\n")
    policy = policy.replace('version: "3.1"', 'version: "4.0"', 1).replace(
        "effective: 2026-09-01", "effective: 2026-11-01", 1
    )
    policy = policy.replace('revised: "3.0"', 'revised: "4.0"')
    entry = '  - version: "4.0"\n    effective: 2026-11-01\n    changes: [{section: owner, kind: tightened}]\n'
    root = lay({POLICY: policy.replace("history:\n", f"history:\n{entry}")})
    found = {one.code for one in check(root).findings}
    assert found == {"stale-policy", "renamed-target"}
    told = play(root, "impact", "account-integrity#ownership").output
    assert "restore-account" in told, told
    # A review moves the version, and leaves the id as it is written.
    done = play(root, "review", "restore-account", "--by", "Sam", typed="unseen\n")
    assert done.exit_code == 0, done.output
    assert "account-integrity#ownership@4.0" in (root / SOP).read_text(encoding="utf-8")


def test_a_rename_that_the_record_has_as_a_move_is_no_end(lay: Lay) -> None:
    policy = FILES[POLICY].replace("id: ownership\n", "id: owner\n    formerly: [ownership]\n")
    moved = "{section: ownership, kind: moved, to: account-integrity#owner}, {section: owner, kind: added}"
    policy = policy.replace("{section: ownership, kind: clarified, note: Shorter words.}", moved)
    assert {one.code for one in check(lay({POLICY: policy})).findings} == {"renamed-target"}


def test_a_part_that_is_hidden_is_hidden_by_its_former_id_too(lay: Lay) -> None:
    changes = renamed(SOP, "id: answer\n", "id: reply\n    formerly: [answer]\n    audience: internal\n")
    found = [one for one in check(lay(changes)).findings if one.code == "hidden-target"]
    assert [one.place.path for one in found] == [TREE]


def test_a_former_id_that_another_part_has(lay: Lay) -> None:
    changes = renamed(SOP, "id: answer\n", "id: reply\n    formerly: [verify]\n")
    found = [one for one in check(lay(changes)).findings if one.code == "duplicate-id"]
    assert [(one.message, one.hint) for one in found] == [
        ("the id `verify` is taken", "remove it here, or rename the other part")
    ]


def test_a_part_that_lost_its_id_without_a_word(lay: Lay) -> None:
    changes = renamed(SOP, "id: answer\n", "id: inform-them\n")
    found = [
        one
        for one in check(lay(changes | {PAGE: NOTE.format("restore-account#answer")})).findings
        if one.code == "broken-reference"
    ]
    assert [one.hint for one in found] == [
        "if it was renamed, add `formerly: [answer]` to the part; if it is gone, remove the references"
    ]


def test_a_part_that_moved_under_another_id_is_found_by_the_former_one(lay: Lay) -> None:
    second = FILES[SOP].replace("id: restore-account", "id: second").replace("formerly: [account-recovery]\n", "")
    second = second.replace("id: answer\n", "id: reply\n    formerly: [old-answer]\n")
    found = check(lay({"sops/second.yaml": second, PAGE: NOTE.format("restore-account#old-answer")})).findings
    assert [one.hint for one in found if one.code == "broken-reference"] == [
        "the part may have moved: write [[second#reply]]"
    ]


def test_a_renamed_outcome_and_question_decide_nothing_else(lay: Lay, play: Play) -> None:
    root = lay({})
    commit(root, "first")
    put(root, renamed(
        TREE, "  signal:\n", "  access:\n    formerly: [signal]\n", ("start: signal", "start: access"),
        ("ask: Did the member lose access?", "ask: Is access lost?"),
        ("  leave:\n", "  stop:\n    formerly: [leave]\n"), *STOPPED,
    ))  # fmt: skip
    told = play(root, "diff", "HEAD")
    assert told.exit_code == 0, told.output
    assert "Is it a takeover? `account-takeover` 1.0" in told.output, told.output
    assert "elsewhere" not in told.output, told.output


@pytest.mark.parametrize("part", [one for one in PARTS if one != "a section"])
def test_a_new_id_alone_is_no_silent_change(part: str, lay: Lay, play: Play) -> None:
    files, _, _ = PARTS[part]
    root = lay({})
    commit(root, "first")
    put(root, files)
    told = json.loads(play(root, "check", "--since", "HEAD", "--format", "json").stdout)["findings"]
    assert "silent-change" not in {one["code"] for one in told}


def test_a_renamed_input_and_outcome_of_a_table(lay: Lay, play: Play) -> None:
    sample = yaml.safe_load((Path(__file__).parent / "types/decision_table.yaml").read_text(encoding="utf-8"))
    [(path, text)] = sample["files"].items()
    root = lay({path: text})
    commit(root, "first")
    text = text.replace("harm: {ask", "damage: {formerly: [harm], ask").replace("{harm: ", "{damage: ")
    text = text.replace("  later: {decision", "  soon: {formerly: [later], decision")
    put(root, {path: text.replace("then: later", "then: soon").replace("outcome: later", "outcome: soon")})
    told = play(root, "check", "--since", "HEAD", "--ignore", "orphan")
    assert told.exit_code == 0, told.output
    assert "elsewhere" not in play(root, "diff", "HEAD").output


def test_a_new_id_of_a_section_is_no_silent_change(lay: Lay, play: Play) -> None:
    root = lay({})
    commit(root, "first")
    put(root, PARTS["a section"][0])
    told = json.loads(play(root, "check", "--since", "HEAD", "--format", "json").stdout)["findings"]
    assert "silent-change" not in {one["code"] for one in told}
    assert "restore-account" not in play(root, "impact", "--since", "HEAD").output


def test_an_import_keeps_the_former_ids_of_sections(base: Path, tmp_path: Path) -> None:
    folder = put(tmp_path / "docs", {"refunds.md": "# Refunds\n\n## When\n\nWithin a week.\n"})
    output_of(base, "import", "policies", str(folder))
    place = base / "content/policies/refunds.yaml"
    text = place.read_text(encoding="utf-8").replace("    text: |", "    formerly: [time]\n    text: |")
    place.write_text(text, encoding="utf-8")
    output_of(base, "import", "policies", str(folder))
    assert "formerly:\n      - time\n" in place.read_text(encoding="utf-8")
