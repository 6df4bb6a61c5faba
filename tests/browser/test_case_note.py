"""The case note that the walker copies, read back from the clipboard of a real Chromium."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import Lay, Play, output_of
from knowledge import POLICY, TREE

from browser.conftest import ROOT, Build, Open, until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

DAY = "2026-11-30"
TAKEOVER = "decision_trees/account-takeover/"
PATH = "decision_trees/account-takeover.yaml"
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
SHUT = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"
KEYS = "41322"  # answers to the five questions, as one presses them
NEWER = POLICY.replace(
    "history:\n",
    'history:\n  - {version: "3.2", effective: 2026-12-15, changes: [{section: ownership, kind: tightened}]}\n',
)


def told(page: Any) -> str:
    return str(page.get_by_role("status").first.inner_text())


def copied(page: Any) -> str:
    """What is in the clipboard, as somebody pastes it once the page says that it is there."""
    until(page, "document.querySelector('.pb-said').textContent")
    page.evaluate("document.body.insertAdjacentHTML('afterbegin', '<textarea id=ticket></textarea>')")
    page.locator("#ticket").focus()
    page.keyboard.press("Control+V")
    return str(page.locator("#ticket").input_value())


@pytest.mark.parametrize("is_shut", [False, True])
def test_five_answers_and_the_note_take_six_keys(is_shut: bool, open_page: Open, address: str) -> None:
    page = open_page(address + TAKEOVER, at=DAY, **CLIPBOARD)
    if is_shut:
        page.evaluate(SHUT)
    for key in f"{KEYS}c":
        page.keyboard.press(key)
    until(page, "document.querySelector('.pb-said').textContent")
    assert told(page) == "Copied as plain text."
    assert page.locator(".pb-walker textarea").count() == 0
    assert page.evaluate("document.activeElement.localName") == "h2", "the next key goes nowhere"
    note, moment = copied(page).split("Time: ")
    assert note.count("\n- ") == len(KEYS)
    assert "\nDecision: " in note
    assert moment
    assert note in output_of(ROOT, "walk", "account-takeover", *KEYS), "as the terminal writes it"


def test_the_time_is_the_reader_s(open_page: Open, address: str) -> None:
    page = open_page("about:blank", timezone_id="America/St_Johns", **CLIPBOARD)
    page.clock.set_fixed_time("2026-11-30T12:00:00Z")
    page.goto(address + TAKEOVER + "#walk=otherwise")
    page.keyboard.press("c")
    assert copied(page).split("\n")[-1] == "Time: 2026-11-30T08:30:00-03:30"


def test_the_terminal_s_note_reads_the_same(open_page: Open, build: Build, play: Play, lay: Lay) -> None:
    files = {"content/policies/account-integrity.yaml": NEWER.replace("2026-12-15", "2026-11-01")}
    page = open_page((build(files, "--allow-errors") / TAKEOVER / "index.html").as_uri())
    page.evaluate(SHUT)
    page.keyboard.press("1")
    page.keyboard.press("c")
    note = copied(page)
    printed = play(lay(files), "walk", "account-takeover", "yes").output
    assert "changed since: tightened in 3.2" in note
    assert note.split("\nTime: ")[0] == printed.split("\n\n")[-1].split("\nTime: ")[0]


def test_as_markdown_every_word_stays_a_word(open_page: Open, build: Build) -> None:
    tree = TREE.replace("ask: Did the member lose access?", "ask: '<b>Did</b> *they* [lose] it & why?'")
    tree = tree.replace('label: "Yes"', "label: '- `yes` | #1 ~maybe~ \\ a_b'")
    page = open_page((build({PATH: tree}) / TAKEOVER / "index.html").as_uri())
    page.evaluate(SHUT)
    page.keyboard.press("1")
    page.keyboard.press("m")
    assert told(page) == "Copied as Markdown."
    assert copied(page).split("\n")[:-1] == [
        "**Is it a takeover?** (`account-takeover` v1.0)",
        "",
        "1. \\<b\\>Did\\</b\\> \\*they\\* \\[lose\\] it \\& why? **\\- \\`yes\\` \\| \\#1 \\~maybe\\~ \\\\ a\\_b**",
        "",
        "- **Decision:** Lock the account (`lock`)",
        "- **Action:** Account locked",
        "- **Ground:** Account integrity §1 Ownership (v3.0)",
    ]


def test_a_note_says_what_has_changed_on_the_day_it_is_copied(open_page: Open, build: Build) -> None:
    page_of_tree = (build({"content/policies/account-integrity.yaml": NEWER}) / TAKEOVER / "index.html").as_uri()
    before = open_page(page_of_tree + "#walk=yes", at="2026-12-14")
    after = open_page(page_of_tree + "#walk=yes", at="2026-12-15")
    assert before.locator(".pb-walker .pb-warning").count() == 0
    assert "out of date" in after.locator(".pb-walker .pb-warning").inner_text()
    cited = [page.locator(".pb-walker .pb-cites li").inner_text() for page in (before, after)]
    assert cited == ["Account integrity §1 Ownership (v3.0) tightened in 3.2 from 15 Dec 2026"] * 2
    shown = "getComputedStyle(document.querySelector('.pb-walker .pb-moved'), '::before').content"
    assert [page.evaluate(shown) for page in (before, after)] == ["none", '"changed since: "']
    for page, changed in ((before, ""), (after, ", changed since: tightened in 3.2")):
        page.evaluate(SHUT)
        page.keyboard.press("c")
        assert f"Ground: Account integrity §1 Ownership (v3.0){changed}\n" in copied(page)


def test_a_note_that_cannot_be_copied_is_there_to_take(open_page: Open, address: str) -> None:
    page = open_page(address + TAKEOVER + "#walk=otherwise", at=DAY)
    page.evaluate(SHUT)
    page.evaluate("document.execCommand = () => false")
    page.keyboard.press("c")
    assert told(page) == "Press Ctrl+C to copy this."
    field = page.get_by_label("Case note", exact=True)
    assert "Decision: No takeover" in field.input_value()
    assert field.evaluate("one => one.selectionEnd - one.selectionStart === one.value.length")
    page.keyboard.press("r")
    assert page.locator(".pb-walker h2").inner_text().startswith("No takeover"), (
        "a key acts while a field has the focus"
    )


@pytest.mark.parametrize("is_shut", [False, True])
@pytest.mark.parametrize(("width", "height"), [(320, 480), (1280, 600)])
def test_what_is_said_of_the_copy_is_in_view(
    width: int, height: int, is_shut: bool, open_page: Open, address: str
) -> None:
    page = open_page("about:blank", width, at=DAY, **CLIPBOARD)
    page.set_viewport_size({"width": width, "height": height})
    page.goto(address + TAKEOVER + "#walk=third-party.administrator.one.otherwise.otherwise")
    if is_shut:
        page.evaluate(SHUT)
        page.evaluate("document.execCommand = () => false")
    page.keyboard.press("c")
    until(page, "document.querySelector('.pb-said').textContent")
    box = page.locator(".pb-by-hand textarea" if is_shut else ".pb-said").bounding_box()
    assert 48 <= box["y"] < box["y"] + box["height"] <= height, "the key seems to do nothing"


def test_copying_again_is_said_again(open_page: Open, address: str) -> None:
    page = open_page(address + TAKEOVER + "#walk=otherwise", at=DAY, **CLIPBOARD)
    page.keyboard.press("c")
    until(page, "document.querySelector('.pb-said').textContent")
    page.evaluate("""() => { window.changes = 0; new MutationObserver(() => { window.changes += 1; })
        .observe(document.querySelector('.pb-said'), {childList: true, characterData: true, subtree: true}); }""")
    page.keyboard.press("c")
    until(page, "window.changes > 1 && document.querySelector('.pb-said').textContent")


def test_a_page_that_stays_open_overnight_notes_what_changed_meanwhile(open_page: Open, build: Build) -> None:
    site = build({"content/policies/account-integrity.yaml": NEWER})
    page = open_page((site / TAKEOVER / "index.html").as_uri() + "#walk=yes", at="2026-12-14")
    page.evaluate(SHUT)
    page.clock.set_fixed_time("2026-12-15T08:00:00")
    page.keyboard.press("c")
    assert "changed since: tightened in 3.2" in copied(page)
    page.locator(".pb-walker h2").focus()
    page.keyboard.press("r")
    page.keyboard.press("1")
    assert "out of date" in page.locator(".pb-walker .pb-warning").inner_text()


ODD = TREE.replace("ask: Did the member lose access?", "ask: '1) Is  it\u00a0less than $5, or $6?'").replace(
    'label: "Yes"', "label: ' 2. Yes,  $7 '"
)


def test_odd_spaces_are_the_same_in_the_terminal(open_page: Open, build: Build, play: Play, lay: Lay) -> None:
    page = open_page((build({PATH: ODD}) / TAKEOVER / "index.html").as_uri())
    page.evaluate(SHUT)
    page.keyboard.press("1")
    page.keyboard.press("c")
    printed = play(lay({PATH: ODD}), "walk", "account-takeover", "yes").output
    assert copied(page).split("\nTime: ")[0] == printed.split("\n\n")[-1].split("\nTime: ")[0]
