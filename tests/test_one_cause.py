"""One mistake is one finding with all its places, and the hint is the edit that fixes every one of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Lay, Play
from knowledge import FILES, SOP, swapped

SOPS, MACROS, TREES = (
    "sops/restore-account.yaml",
    "macros/account-restored.yaml",
    "decision_trees/account-takeover.yaml",
)
SECOND = SOP.replace("id: restore-account", "id: second").replace("formerly: [account-recovery]\n", "")
SECOND = SECOND.replace("id: verify", "id: prove")
PAGE = "---\ntitle: T\nowner: support\nsummary: S.\n---\n"


def findings(root: Path, play: Play, code: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(play(root, "check", "--format", "json", "--select", code).stdout)[
        "findings"
    ]
    return found


def many(text: str) -> dict[str, str]:
    return {f"content/pages/page-{n}.md": PAGE + f"{text} and {text}." for n in range(12)}


# A cause: the files, the code, the number of places, words of the hint.
CAUSES: dict[str, tuple[dict[str, str], str, int, str]] = {
    "a document that was deleted": (
        many("[[gone-procedure]]"), "broken-reference", 24, "add `formerly: [gone-procedure]` to the document"
    ),
    "an id that was changed without a word": (
        swapped(SOPS, "id: restore-account", "id: restore-an-account"), "broken-reference", 4,
        "sops/restore-account.yaml has the id `restore-an-account` now: add `formerly: [restore-account]`",
    ),
    "an id that was changed, and says so": (
        many("[[account-recovery]]"), "renamed-target", 24, "write `restore-account`"
    ),
    "a document that was retired": (
        {SOPS: SOP.replace("status: active", "status: retired")} | many("[[restore-account]]"), "retired-target", 28,
        "refer to what replaces it",
    ),
    "a part that went to another document": (
        {"sops/second.yaml": SECOND} | many("[[restore-account#prove]]"),
        "broken-reference", 24, "the part may have moved: write [[second#prove]]",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", CAUSES)
def test_one_cause_is_one_finding(what: str, lay: Lay, play: Play) -> None:
    files, code, places, hint = CAUSES[what]
    found = findings(lay(files), play, code)
    assert [one["hint"] for one in found if hint in one["hint"]] == [one["hint"] for one in found][:1], found
    assert len(found) == 1
    assert f"(in {places} places)" in found[0]["message"]
    told = [one for one in found[0]["related"] if "here too" in one["message"]]
    assert len(told) == min(places - 1, 13)


def test_one_misspelt_variable_in_every_language(lay: Lay, play: Play) -> None:
    text = FILES[MACROS].replace("{{ deadline }}", "{{ deadlin }}")
    assert text != FILES[MACROS]
    found = findings(lay({MACROS: text}), play, "undeclared-variable")
    assert [one["message"] for one in found] == ["the variable `deadlin` is not declared (in 2 places)"]
    assert found[0]["hint"] == "did you mean `deadline`?"


MEANT = {
    "in capitals": ("RESTORE-ACCOUNT", "did you mean `restore-account`?"),
    "in full width": ("ｒｅｓｔｏｒｅ-account", "did you mean `restore-account`?"),
    "with an invisible character": ("restore\u200b-account", "did you mean `restore-account`?"),
    "with a letter too few": ("restor-account", "did you mean `restore-account`?"),
    "nothing near": ("zzz", "fix the id, or write the document"),
}


@pytest.mark.parametrize("what", MEANT)
def test_the_hint_sees_what_people_do_not(what: str, lay: Lay, play: Play) -> None:
    name, hint = MEANT[what]
    found = findings(lay({"content/pages/one.md": PAGE + f"See [[{name}]]."}), play, "broken-reference")
    assert [one["hint"] for one in found] == [hint]


def test_nothing_retired_is_recommended(lay: Lay, play: Play) -> None:
    """With each dead reference, a procedure was recommended that nobody may work from."""
    retired = SOP.replace("id: restore-account", "id: close-account").replace("status: active", "status: retired")
    files = {"sops/close-account.yaml": retired.replace("formerly: [account-recovery]\n", "")}
    found = findings(lay(files | {"content/pages/one.md": PAGE + "See [[close-acount]]."}), play, "broken-reference")
    assert "close-account" not in found[0]["hint"]


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_nobody_is_told_to_teach_what_is_not_in_use(status: str, lay: Lay, play: Play) -> None:
    referred = "  - title: Also referred to\n    select: {referred: true}\n"
    pack = FILES["content/packs/acme-accounts.yaml"].replace(referred, "")
    letter = FILES[MACROS].replace("status: active", f"status: {status}")
    found = findings(lay({"content/packs/acme-accounts.yaml": pack, MACROS: letter}), play, "outside-pack")
    hints = [one["hint"] for one in found if "`account-restored`" in one["message"]]
    assert hints == [
        f"`account-restored` is {status}: remove the reference from `{source}`, or leave `{source}` out"
        for source in ("account-takeover", "restore-account")
    ]
