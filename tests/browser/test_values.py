"""Questions that take a value or several answers, walked in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from conftest import Lay, Play
from test_walk import PATH, VALUES

from browser.conftest import Axe, Build, Open, served
from browser.test_case_note import CLIPBOARD, copied
from browser.test_walker import asked, described, sent

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

DAY = "2026-11-23"
TREE = "decision_trees/account-takeover/"


@pytest.fixture
def tree(build: Build) -> Iterator[str]:
    with served(build({PATH: VALUES}, "--as-of", DAY)) as address:
        yield address + TREE


def so_far(page: Any) -> list[str]:
    return [str(one) for one in page.locator(".pb-trail strong").all_inner_texts()]


def test_values_are_typed_and_ticks_are_set_by_keys_alone(tree: str, open_page: Open) -> None:
    page = open_page(tree, at=DAY)
    page.keyboard.type("1500.50")
    page.keyboard.press("Enter")
    assert (asked(page), sent(page)) == ("Since when?", "#walk=large~1500_50@1.0")
    page.fill(".pb-value", "2026-10-23")
    page.keyboard.press("Enter")
    assert so_far(page) == ["1,500.50 USD (100 USD or more)", "2026-10-23 (1 month ago or later)"]
    page.keyboard.press("3")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    assert asked(page) == "Lock the account"
    assert sent(page) == "#walk=large~1500_50.new~2026-10-23.both~minor+threat@1.0"
    assert so_far(page)[-1] == "A minor, A threat"
    assert page.locator("[data-pb-answer=both] > text.pb-walked").count() == 1, "the drawing does not show the way"
    assert (page.complaints, page.strangers) == ([], [])


def test_an_address_with_values_leads_back_to_its_decision_and_the_terminal_s_note(
    tree: str, open_page: Open, lay: Lay, play: Play
) -> None:
    page = open_page(f"{tree}#walk=large~100.new~2026-11-01.threat~threat.frost~-0_5@1.0", at=DAY, **CLIPBOARD)
    assert asked(page) == "Lock the account"
    page.keyboard.press("c")
    note = copied(page).split("Time: ")[0]
    assert "- How much is disputed? 100 USD (100 USD or more)\n" in note
    answers = ("100", "2026-11-01", "threat", "-0.5")
    assert note in play(lay({PATH: VALUES}), "walk", "account-takeover", *answers).output


def test_what_cannot_be_read_is_said_and_stays_to_be_corrected(tree: str, open_page: Open, axe: Axe) -> None:
    page = open_page(tree, at=DAY)
    page.fill(".pb-value", "a thousand")
    page.click("text=Continue")
    assert asked(page) == "How much is disputed?"
    said = "“a thousand” cannot be read. Answer with an amount in USD, such as 1250.50."
    assert page.locator(".pb-wrong[role=alert]").inner_text() == said
    assert page.evaluate("document.activeElement.matches('.pb-value[aria-invalid=true]')")
    assert page.input_value(".pb-value") == "a thousand"
    assert axe(page) == []
    page.fill(".pb-value", "99.99")
    page.keyboard.press("Enter")
    assert asked(page) == "Nothing to do"


def test_a_range_or_none_can_be_chosen_by_hand(tree: str, open_page: Open) -> None:
    page = open_page(tree, at=DAY)
    for label, next_asked in (
        ("100 USD or more", "Since when?"),
        ("1 month ago or later", "What applies?"),
        ("None of these", "Nothing to do"),
    ):
        page.click(f".pb-choice:has-text('{label}')")
        assert asked(page) == next_asked
    assert sent(page) == "#walk=large.new.none@1.0"


def test_nothing_ticked_is_asked_again(tree: str, open_page: Open, axe: Axe) -> None:
    page = open_page(f"{tree}#walk=large.new", at=DAY)
    page.click("text=Continue")
    assert page.locator(".pb-wrong").inner_text() == "Tick what applies, or choose “None of these”."
    assert axe(page) == []
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        low = page.locator(".pb-choice, .pb-given button").evaluate_all(
            "all => all.filter(one => one.offsetHeight < 44)"
        )
        assert not low, f"something is too low for a thumb at {width}"


def test_a_date_that_has_moved_on_since_the_link_was_made_is_asked_again(tree: str, open_page: Open) -> None:
    page = open_page(f"{tree}#walk=large~100.new~2026-11-01@1.0", at="2026-12-24")
    assert asked(page) == "Since when?"
    assert "This answer has moved on since the link was made." in described(page)
    assert "“2026-11-01”" in described(page)
