"""The page of a procedure: what is above step 1, its steps line by line, and what stays in view."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from knowledge import AS_OF, SOP, VOCABULARY

from browser.conftest import LOOKS, Axe, Open, build_in, served, turn_to, until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("another browser")]

# A text of a step, and the lines that its page shows: one where it is a paragraph.
LINES = {
    "a line each": ("Open the case.\nRead it.\nClose it.", ["Open the case.", "Read it.", "Close it."]),
    "wrapped": ("Open the case and\nread it. Close\nit.", ["Open the case and read it. Close it."]),
    "one line": ("Open the case. Read it.", ["Open the case. Read it."]),
    "the last without a stop": ("Open the case.\nRead it", ["Open the case.", "Read it"]),
    "questions and colons": (
        "Is it theirs?\nThen do this:\nClose it!",
        ["Is it theirs?", "Then do this:", "Close it!"],
    ),
    "in bold": ("**Stop.**\nRead `it.`\nThe end.", ["Stop.", "Read it.", "The end."]),
    "a link": ("See [[account-takeover]].\nClose it.", ["See Is it a takeover?", "Close it."]),
    "in quotes": ('Ask "Who?"\nThen wait (a day.)\nGo on.', ['Ask "Who?"', "Then wait (a day.)", "Go on."]),
    "emphasis over two lines": ("*Open it.\nRead it.*\nClose it.", ["Open it. Read it. Close it."]),
    "two spaces": ("Open it.  \nRead it.", ["Open it.", "Read it."]),
    "Japanese": ("開く。\n読む。", ["開く。", "読む。"]),
    "a note in another step too": ("Do it.[^1]\nThen that.\n\n[^1]: Once.", ["Do it.1", "Then that."]),
    "a second note": ("Do it.[^1]\nThen that.\n\n[^1]: Twice.", ["Do it.2", "Then that."]),
    "Windows": ("Open it.\r\nRead it.", ["Open it.", "Read it."]),
    "what begins a list elsewhere": (
        "Do it.\n\\- not a list.\n2\\. nor this.",
        ["Do it.", "- not a list.", "2. nor this."],
    ),
}
RICH = """\
not_when: ["The key is out, and nothing else: [[account-takeover]].", A copy of data is asked for.]
prerequisites: [The case type is set., A contact that is not on the account.]
in_short: {prerequisites: Case type · a contact}
sla: {first_response: 4h, resolution: 3d}
steps:
  - id: decide
    title: Decide
    text: Read the case.
    within: 15m
    branches:
      - if: The outcome is **proof only**, or nothing is known.
        then: Go on at [[restore-account#verify]].
      - {if: The member is in danger., then: "Page on call:\\n\\n- first\\n- second"}
"""
# What a text says; a tree or a letter that it names can be opened there.
WORDS = "all => all.map(one => one.innerText.replace(/ (Walk|Write) it here/g, '').replace(/\\s+/g, ' ').trim())"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where three procedures are served: one of lines, one that has everything, and one that cannot wait."""
    plain = SOP.replace("formerly: [account-recovery]\n", "")
    steps = "".join(
        f"  - {{id: s{n}, title: Step, text: {json.dumps(text)}}}\n" for n, (text, _) in enumerate(LINES.values())
    )
    urgent = plain.replace("severity: S1", "severity: S0").replace(
        "steps:\n", "not_when: [Nobody is in danger.]\nsteps:\n"
    )
    site = build_in(
        tmp_path_factory.mktemp("procedures"),
        {
            "content/vocabulary.yaml": VOCABULARY.replace(
                "severities:\n", "severities:\n  S0: {name: Imminent harm, page_first: true}\n"
            ),
            "sops/told.yaml": plain.replace("id: restore-account", "id: told").replace("steps:\n", "steps:\n" + steps),
            "sops/in-danger.yaml": urgent.replace("id: restore-account", "id: in-danger"),
            "sops/restore-account.yaml": SOP.replace("steps:\n", RICH),
        },
        "--allow-errors",
    )
    with served(Path(site)) as address:
        yield address + "sops/"


def test_each_line_that_is_a_sentence_is_an_instruction(small: str, open_page: Open) -> None:
    page = open_page(f"{small}told/")
    for number, (what, (text, lines)) in enumerate(LINES.items()):
        block = page.locator(f"#s{number} + *")
        is_list = block.evaluate("one => one.matches('ol.pb-lines')")
        found = (block.locator(":scope > li") if is_list else block).evaluate_all(WORDS)
        assert found == lines, f"{what}: {text!r}"
    ids = page.locator("[id]").evaluate_all("all => all.map(one => one.id)")
    assert len(ids) == len(set(ids)), "two parts of the page have one id"


def test_a_case_is_a_condition_and_what_follows_from_it(small: str, open_page: Open) -> None:
    page = open_page(f"{small}restore-account/")
    assert page.locator(".pb-branch > *").evaluate_all(WORDS) == [
        "The outcome is proof only, or nothing is known.",
        "Go on at Verify who is writing.",
        "The member is in danger.",
        "Page on call: first second",
    ]
    assert page.locator(".pb-branch a").first.get_attribute("href").endswith("#verify")
    assert page.locator(".pb-within").inner_text() == "Within 15 minutes"


def test_above_step_1_is_only_what_is_needed_to_do_it(small: str, open_page: Open) -> None:
    page = open_page(f"{small}restore-account/", at=AS_OF)
    text = page.locator("article").inner_text()
    order = [text.index(one) for one in ("4 h", "Not this page?", "Before you start", "\nDecide", "Status")]
    assert order == sorted(order)
    assert page.locator(".pb-fold > summary").evaluate_all(WORDS) == [
        "Not this page? The key is out · A copy of data is asked for",
        "Before you start Case type · a contact",
    ]


def test_what_cannot_wait_begins_with_whom_to_page(small: str, open_page: Open) -> None:
    page = open_page(f"{small}in-danger/")
    assert page.locator(".pb-ribbon.pb-urgent .pb-pop").first.inner_text().startswith("Page")
    text = page.locator("article").inner_text()
    assert text.index("Answer the member") < text.index("Not this page?"), "something to fold is above the first step"


def test_the_bar_names_the_step_and_leads_to_each(small: str, open_page: Open) -> None:
    page = open_page(f"{small}told/", width=640)
    way = page.locator(".pb-way > summary")
    assert way.inner_text() == f"Step 1 of {len(LINES) + 2}"
    way.press("Enter")
    page.locator(".pb-way li").nth(6).locator("a").press("Enter")
    until(page, "document.querySelector('.pb-way > summary').textContent.startsWith('Step 7 of')")
    assert page.locator(".pb-way[open]").count() == 0
    page.locator(".pb-pop > summary").first.press("Enter")
    assert page.get_by_text("The member is in danger.").first.is_visible()
    page.keyboard.press("Escape")
    assert page.locator(".pb-pop[open]").count() == 0
    assert page.evaluate("document.activeElement.matches('.pb-pop > summary')"), "the focus is lost"


@pytest.mark.parametrize("width", [320, 640, 960, 1280, 1920])
def test_a_jump_never_hides_what_was_jumped_to(width: int, address: str, open_page: Open) -> None:
    """From 960 pixels on, the heading of a step and its first instruction were under the bar."""
    page = open_page(address, width)
    for path in (
        "sops/restore-account/#verify",
        "sops/chargeback-dispute/#answer",
        "policies/account-integrity/#ownership",
    ):
        turn_to(page, address + path)
        lowest = page.evaluate(
            "Math.max(0, ...[...document.querySelectorAll('.md-header, .pb-ribbon')]"
            ".map(one => one.getBoundingClientRect()).filter(one => one.top < 60).map(one => one.bottom))"
        )
        top = page.locator(f"[id='{path.split('#')[1]}']").bounding_box()["y"]
        assert lowest <= top <= lowest + 60, f"{path} at {width}: {top} under what ends at {lowest}"
        if "sops" in path:
            page.mouse.wheel(0, 4000)
            until(page, "scrollY > 1000")
            ribbon = page.locator(".pb-ribbon").bounding_box()
            header = page.locator(".md-header").bounding_box()
            assert abs(ribbon["y"] - header["y"] - header["height"]) < 1, "the bar left, or a slit is above it"
    for path in ("sops/restore-account/", "sops/imminent-threat-to-life/"):
        turn_to(page, address + path)
        clock, ribbon = page.locator(".pb-clocks b").first.bounding_box(), page.locator(".pb-clocks").bounding_box()
        assert clock["y"] < ribbon["y"] + ribbon["height"], f"no clock of {path} is in view at {width}"


def test_the_first_instruction_is_on_the_first_screen(address: str, open_page: Open) -> None:
    """Of 900 pixels at a width of 640, and of 800 at 1280."""
    page = open_page(f"{address}sops/")
    procedures = page.locator(".pb-row-name > a").evaluate_all("all => all.map(one => one.href)")
    assert len(procedures) >= 35
    low: dict[int, dict[str, float]] = {640: {}, 1280: {}}
    for one in procedures:
        page.goto(one)
        for width, found in low.items():
            page.set_viewport_size({"width": width, "height": 900 if width == 640 else 800})
            first = page.locator(".pb-step + *").first.bounding_box()["y"]
            if first > (300 if page.locator(".pb-urgent").count() else 450):
                found[one] = first
    assert all(len(found) <= 2 for found in low.values()), low


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_a_procedure_fits_and_shuts_nobody_out(width: int, scheme: str, small: str, open_page: Open, axe: Axe) -> None:
    page = open_page(f"{small}restore-account/", width, scheme)
    for fold in page.locator(".pb-fold > summary").all():
        fold.click()
    assert axe(page) == []
    page.locator(".pb-way > summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(page) == []
    assert page.complaints == []


def test_without_javascript_all_of_it_can_be_read(small: str, open_page: Open) -> None:
    page: Any = open_page(f"{small}restore-account/", java_script_enabled=False)
    assert page.locator(".pb-way > summary").inner_text() == "3 steps"
    page.locator(".pb-fold > summary").first.click()
    assert page.get_by_text("A copy of data is asked for.").is_visible()


def test_each_sheet_says_what_it_is_of_and_when_it_was_printed(small: str, open_page: Open) -> None:
    page = open_page(f"{small}restore-account/", at="2026-11-28")
    page.pdf()
    rules = page.evaluate(
        "[...document.adoptedStyleSheets].flatMap(one => [...one.cssRules]).map(one => one.cssText).join()"
    )
    assert "restore-account v2.1, printed on 28 Nov 2026. Check before use." in rules
    assert "@bottom-left" in rules, "the browser knows no margins of a sheet"


def test_no_word_is_broken_on_paper(small: str, open_page: Open) -> None:
    """A table once had "witho ut a time"."""
    page = open_page(f"{small}restore-account/", width=700)
    page.emulate_media(media="print")
    breaks = "all => [...new Set(all.map(one => getComputedStyle(one)).map(one => one.overflowWrap + one.wordBreak))]"
    assert page.locator("article table :is(td, th)").evaluate_all(breaks) == ["normalnormal"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 700


def test_paper_has_what_is_folded(small: str, open_page: Open) -> None:
    page = open_page(f"{small}restore-account/")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".pb-fold:not([open])").count() == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(".pb-fold[open]").count() == 0
