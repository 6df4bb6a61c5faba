"""`playbook rename` and `playbook move`: one command does all of it, and the knowledge base stays sound."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import Lay, Play, output_of
from drawn import picture
from knowledge import MACRO, PAGE, POLICY, SOP, TABLE, VOCABULARY, copy_starter, edit, put, snapshot, swapped

SOUND = "documents, nothing to fix"
OTHER = """\
id: check-identity
title: Check who is writing
version: "1.0"
status: active
reviewed: 2026-11-01
owner: support
audience: vendor
queue: accounts
summary: Somebody has to show who they are.
trigger: Another procedure sends you here.
escalation: {to: support, when: [The member is in danger.]}
steps:
    - id: ask
      title: Ask for a proof
      text: Go back to [[restore-account#verify]].
quality:
  - {criterion: Identity proven before any change, weight: 3, critical: true}
"""


def has(root: Path, path: str, *words: str) -> None:
    text = (root / path).read_bytes().decode()
    for one in words:
        assert one in text, f"{path} does not have {one!r}:\n{text}"


RENAMES: dict[str, tuple[dict[str, Any], str, str, dict[str, list[str]]]] = {
    "a procedure": (
        {},
        "restore-account",
        "recover-account",
        {
            "sops/recover-account.yaml": ["id: recover-account\n", "formerly: [restore-account, account-recovery]\n"],
            "decision_trees/account-takeover.yaml": ["sop: recover-account#answer\n"],
            "content/packs/acme-accounts.yaml": ["[account-takeover, recover-account]"],
            "content/vocabulary.yaml": ["order: [recover-account]"],
            "content/pages/welcome.md": ["[[recover-account]]"],
        },
    ),
    "a procedure back to its former id": (
        {},
        "restore-account",
        "account-recovery",
        {"sops/account-recovery.yaml": ["id: account-recovery\n", "formerly: [restore-account]\n"]},
    ),
    "a policy that is cited in versions": (
        {},
        "account-integrity",
        "ownership-rules",
        {
            "content/policies/ownership-rules.yaml": ["id: ownership-rules\nformerly: [account-integrity]\n"],
            "sops/restore-account.yaml": [
                "[[ownership-rules#ownership@3.0]]",
                "cites: [ownership-rules#ownership@3.0]",
            ],
        },
    ),
    "a page, whose id is the name of its file": (
        {"sops/restore-account.yaml": SOP.replace("Send [[", "By [[welcome|the page]], send [[")},
        "welcome",
        "start-here",
        {
            "content/pages/start-here.md": ["---\nformerly: [welcome]\ntitle: Welcome\n"],
            "sops/restore-account.yaml": ["By [[start-here|the page]], send"],
        },
    ),
    "a reply in a file of Windows": (
        {"macros/account-restored.yaml": MACRO.replace("\n", "\r\n")},
        "account-restored",
        "account-is-back",
        {"macros/account-is-back.yaml": ["id: account-is-back\r\nformerly: [account-restored]\r\ntitle: Account"]},
    ),
    "an id in quotes, and a list of former ids with dashes": (
        {
            "sops/restore-account.yaml": SOP.replace("id: restore-account", 'id: "restore-account"  # kept').replace(
                "formerly: [account-recovery]", "formerly:\n  - account-recovery"
            )
        },
        "restore-account",
        "recover-account",
        {
            "sops/recover-account.yaml": [
                'id: "recover-account"  # kept\n',
                "formerly:\n  - restore-account\n  - account-recovery\n",
            ]
        },
    ),
    "a step": (
        {"content/pages/welcome.md": PAGE.replace("[[restore-account]]", "[[restore-account#verify|first]]")},
        "restore-account#verify",
        "prove",
        {
            "sops/restore-account.yaml": ["  - id: prove\n    formerly: [verify]\n    title: Verify"],
            "content/pages/welcome.md": ["[[restore-account#prove|first]]"],
        },
    ),
    "a step from which another counts": (
        {"sops/restore-account.yaml": SOP.replace("    macro:", "    within: 4h\n    counts_from: verify\n    macro:")},
        "restore-account#verify",
        "restore-account#prove",
        {"sops/restore-account.yaml": ["counts_from: prove\n"]},
    ),
    "a section": (
        {},
        "account-integrity#ownership",
        "who-owns",
        {
            "content/policies/account-integrity.yaml": [
                "id: who-owns\n    formerly: [ownership]",
                "section: who-owns,",
            ],
            "macros/account-restored.yaml": ["cites: [account-integrity#who-owns@3.1]"],
        },
    ),
    "a section with a translation": (
        {
            "content/policies/account-integrity.yaml": POLICY
            + 'locale: en\ntranslations: {es: {of: "3.1", sections: {ownership: {title: Dueño, text: Un dueño.}}}}\n'
        },
        "account-integrity#ownership",
        "who-owns",
        {"content/policies/account-integrity.yaml": ["sections: {who-owns: {title: Dueño"]},
    ),
    "a question": (
        {},
        "account-takeover#signal",
        "access",
        {
            "decision_trees/account-takeover.yaml": [
                "start: access\n",
                "  access:\n    formerly: [signal]\n    ask: Did the member",
            ]
        },
    ),
    "an outcome": (
        {},
        "account-takeover#leave",
        "close",
        {"decision_trees/account-takeover.yaml": ["go: close}", "  close:\n    formerly: [leave]", "outcome: close,"]},
    ),
    "an input of a table": (
        {"decision_trees/account-takeover.yaml": TABLE},
        "account-takeover#harm",
        "badness",
        {
            "decision_trees/account-takeover.yaml": [
                "  badness: {formerly: [harm], ask: How bad is it?",
                "{when: {badness: low, reach: many}, then: today}",
            ]
        },
    ),
    "an input that is called like its value": (
        {"decision_trees/account-takeover.yaml": TABLE.replace("low", "harm")},
        "account-takeover#harm",
        "badness",
        {"decision_trees/account-takeover.yaml": ["{when: {badness: harm, reach: many}, then: today}"]},
    ),
    "a golden case": (
        {},
        "account-takeover#curious",
        "asks-how",
        {"decision_trees/account-takeover.yaml": ["{id: asks-how, formerly: [curious], scenario"]},
    ),
    "a step that is called id": (
        {"sops/restore-account.yaml": SOP.replace("id: verify", "id: id")},
        "restore-account#id",
        "prove",
        {"sops/restore-account.yaml": ["  - id: prove\n    formerly: [id]\n"]},
    ),
}


@pytest.mark.parametrize("what", RENAMES)
def test_one_command_renames(what: str, lay: Lay, play: Play) -> None:
    changes, old, new, expected = RENAMES[what]
    root = lay(changes)
    before = output_of(root, "check").splitlines()[-1]
    result = play(root, "rename", old, new)
    assert result.exit_code == 0, result.output
    for path, words in expected.items():
        has(root, path, *words)
    assert output_of(root, "check").splitlines()[-1] == before, "it is not as sound as it was"
    assert output_of(root, "check", "--format", "json").count("renamed-target") == 0


REFUSED = {
    ("restore-account", "account-takeover"): "is taken by decision_trees/account-takeover.yaml",
    ("restore-acount", "x"): "did you mean `restore-account`?",
    ("restore-account", "Bad Id"): "is not an id",
    ("restore-account", "index"): "reserved name",
    ("restore-account", "restore-account"): "is taken by",
    ("restore-account", "other#step"): "write an id without `#`",
    ("restore-account#verfy", "x"): "did you mean `verify`?",
    ("restore-account#verify", "answer"): "is taken in sops/restore-account.yaml",
    ("restore-account#verify", "account-takeover#x"): "`playbook move` takes a part there",
    ("welcome#first-steps", "x"): "`first-steps` is a heading",
    ("", "x"): "no document has the id",
}


@pytest.mark.parametrize(("old", "new"), REFUSED)
def test_what_cannot_be_renamed_is_said_in_a_line(old: str, new: str, base: Path, play: Play) -> None:
    before = snapshot(base)
    result = play(base, "rename", old, new)
    assert result.exit_code in (1, 2)
    assert REFUSED[old, new] in result.output
    assert snapshot(base) == before


def test_a_file_in_the_way_stays(base: Path, play: Play) -> None:
    put(base, {"sops/recover-account.yaml": "id: [\n"})
    before = snapshot(base)
    assert play(base, "rename", "restore-account", "recover-account").exit_code == 1
    assert snapshot(base) == before


def test_a_dry_run_shows_the_patch_with_the_new_name_of_the_file(base: Path, play: Play) -> None:
    before = snapshot(base)
    shown = play(base, "rename", "restore-account", "recover-account", "--dry-run").stdout
    assert "rename from sops/restore-account.yaml\nrename to sops/recover-account.yaml\n" in shown
    assert snapshot(base) == before


def test_words_that_only_look_like_the_id_are_told_and_left(lay: Lay, play: Play) -> None:
    root = lay({"content/pages/welcome.md": PAGE + "\nOld mails say restore-account.\n"})
    result = play(root, "rename", "restore-account", "recover-account")
    assert "still named in words, which only you can judge: content/pages/welcome.md:12" in result.stderr
    has(root, "content/pages/welcome.md", "Old mails say restore-account.")


def test_what_much_of_the_starter_library_names_is_renamed_in_one_command(tmp_path: Path, play: Play) -> None:
    root = copy_starter(tmp_path / "base")
    assert play(root, "rename", "restore-account", "recover-account").exit_code == 0
    assert SOUND in output_of(root, "check")


MOVES: dict[str, tuple[dict[str, Any], list[str], dict[str, list[str]]]] = {
    "to a team": ({}, ["restore-account", "--team", "policy"], {"sops/restore-account.yaml": ["owner: policy\n"]}),
    "to a folder": (
        {},
        ["restore-account", "--to-file", "sops/accounts"],
        {"sops/accounts/restore-account.yaml": ["id: restore-account\n"]},
    ),
    "to a queue, out of the order of its own": (
        {
            "content/vocabulary.yaml": VOCABULARY.replace(
                "severities:", "  appeals: {name: Appeals, team: support, audience: vendor}\nseverities:"
            )
        },
        ["restore-account", "--queue", "appeals"],
        {"content/vocabulary.yaml": ["order: []}"], "sops/restore-account.yaml": ["queue: appeals\n"]},
    ),
    "to its first queue": (
        swapped("decision_trees/account-takeover.yaml", "queue: accounts\n", ""),
        ["account-takeover", "--queue", "accounts"],
        {"decision_trees/account-takeover.yaml": ["audience: vendor\nqueue: accounts\n"]},
    ),
    "a step to another procedure": (
        {"sops/check-identity.yaml": OTHER, **swapped("content/pages/welcome.md", "restore-account", "check-identity")},
        ["restore-account#verify", "--to-file", "check-identity"],
        {
            "sops/check-identity.yaml": [
                "Go back to [[check-identity#verify]].\n",
                "    - id: verify\n      title: Verify who is writing\n      text: |\n        Decide with",
            ],
            "sops/restore-account.yaml": [
                "    title: Verify who is writing\n    text: Go on at [[check-identity#verify]].\n  - id: answer\n"
            ],
        },
    ),
}


@pytest.mark.parametrize("what", MOVES)
def test_one_command_moves(what: str, lay: Lay, play: Play) -> None:
    changes, words, expected = MOVES[what]
    root = lay(changes)
    assert SOUND in output_of(root, "check")
    result = play(root, "move", *words)
    assert result.exit_code == 0, result.output
    for path, texts in expected.items():
        has(root, path, *texts)
    assert SOUND in output_of(root, "check")
    assert "is there already" in play(root, "move", *words).stderr or "#" in words[0]


def test_a_step_begins_a_new_procedure_and_a_link_stays(base: Path, play: Play) -> None:
    """Split in one command: owner, queue and readers are those of the old one, and what is not in force is told."""
    result = play(base, "move", "restore-account#verify", "--to-new", "check-identity")
    assert result.exit_code == 0, result.output
    assert "Warning: restore-account is active and check-identity is a draft, so that `verify` is" in result.stderr
    has(base, "sops/restore-account.yaml", "    text: Go on at [[check-identity#verify]].\n  - id: answer\n")
    has(
        base,
        "sops/check-identity.yaml",
        "audience: vendor\nqueue: accounts\n",
        "steps:\n  - id: verify\n",
        "otherwise:",
    )
    assert "first-step" not in (base / "sops/check-identity.yaml").read_text(encoding="utf-8")
    told = play(base, "check")
    assert told.exit_code == 0, told.stdout
    assert "warning[draft-target]: `check-identity` is a draft: not in force" in told.stdout
    edit(base, "sops/check-identity.yaml", "status: draft", "status: active")
    assert "draft-target" not in play(base, "check").stdout


def test_pictures_are_found_from_the_new_folder(lay: Lay, play: Play) -> None:
    shown = SOP.replace("Send [[account-restored|the reply]].", '"See ![the form](pictures/form.png) first."')
    root = lay({"sops/restore-account.yaml": shown, "sops/pictures/form.png": picture()})
    assert SOUND in output_of(root, "check")
    assert play(root, "move", "restore-account", "--to-file", "sops/accounts/").exit_code == 0
    has(root, "sops/accounts/restore-account.yaml", "(../pictures/form.png)")
    assert SOUND in output_of(root, "check")


UNMOVED = {
    ("restore-account",): "say where to",
    ("restore-account", "--team", "suport"): "did you mean `support`?",
    ("restore-account", "--queue", "none"): "no queue is called none",
    ("restore-account", "--to-file", "macros"): "SOPs are kept in sops/ and below",
    ("restore-account", "--to-file", "sops/../content"): "SOPs are kept in sops/ and below",
    ("restore-account", "--to-file", "sops/other.yaml"): "playbook rename restore-account other",
    ("restore-account#verify", "--to-file", "check-ident"): "--to-new check-ident begins a procedure with this step",
    ("restore-account#verify", "--to-new", "restore-account"): "the id `restore-account` is taken",
    ("restore-account#verify", "--to-new", "Check Identity"): "`check-identity` would be one",
    ("restore-account", "--to-new", "check-identity"): "--to-new is for a step",
    ("account-takeover#lock", "--to-new", "check-identity"): "only a step moves by itself",
    ("restore-account#verify", "--team", "policy"): "a part has no team",
    ("restore-account#verify", "--to-file", "account-takeover"): "only a step moves by itself",
    ("account-takeover#lock", "--to-file", "restore-account"): "only a step moves by itself",
}


@pytest.mark.parametrize("words", UNMOVED)
def test_what_cannot_move_is_said_in_a_line(words: tuple[str, ...], base: Path, play: Play) -> None:
    before = snapshot(base)
    result = play(base, "move", *words)
    assert result.exit_code in (1, 2)
    assert UNMOVED[words] in result.output
    assert snapshot(base) == before


def test_who_gets_a_document_is_told_that_it_escalates_to_them(lay: Lay, play: Play) -> None:
    base = lay(swapped("sops/restore-account.yaml", "{to: support,", "{to: policy,"))
    told = play(base, "move", "restore-account", "--team", "policy")
    assert "restore-account now escalates to its own owner: say in `escalation` who takes over" in told.stderr
    assert "escalates" not in play(base, "move", "restore-account", "--team", "support").stderr
