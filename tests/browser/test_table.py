"""A decision table on its page, in a real Chromium: rows that can be read at every width, values that are explained."""

from __future__ import annotations

from typing import Any

import pytest
from knowledge import TABLE as LIKE

from browser.conftest import LOOKS, Axe, Build, Open, arrives, unfolded, until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SEVERITY = "decision_trees/severity-routing/"
LADDER = "decision_trees/enforcement-ladder/"
HARM = "decision_trees/harm/"
HOSTILE = "<b>Bad</b> | {{ x }} *z* & [l](javascript:1)"
TABLE = f"""\
{LIKE.partition("inputs:")[0].replace("account-takeover", "harm")}inputs:
  harm-done:
    ask: How bad is it?
    source: "Somebody's list 2.0 {HOSTILE}"
    values:
      low: {{label: Hardly, help: "Nobody *noticed*. <b>Bad</b> | {{{{ x }}}}"}}
      high: {{label: "{HOSTILE}", help: "See [[restore-account]].\\n\\n- Money is gone."}}
      middle: {{label: Somewhat}}
  reach: {{ask: How many are hit?, values: {{one: {{label: One}}, few: {{label: A few}}, many: {{label: Many}}}}}}
hit: first
rows:
  - {{when: {{harm-done: high}}, then: now, note: "{HOSTILE}"}}
  - {{when: {{reach: [few, many]}}, then: now}}
  - {{when: {{}}, then: later}}
outcomes:
  now: {{decision: "{HOSTILE}"}}
  later: {{decision: Act this week}}
cases:
  - {{id: wave, scenario: A wave., answers: [high, any], outcome: now, why: It spreads.}}
  - {{id: nothing, scenario: Nothing., answers: [low, one], outcome: later, why: It waits.}}
"""
IN_VIEW = """() => {
  const frame = document.querySelector('.pb-table').getBoundingClientRect();
  return [...document.querySelectorAll('.pb-rows tbody tr')].every((row) => {
    const end = row.lastElementChild.getBoundingClientRect();
    const over = document.elementFromPoint(end.x + end.width / 2, end.y + end.height / 2)?.closest('td');
    return end.left >= frame.left && end.right <= frame.right && (!over || over === row.lastElementChild);
  });
}"""


def frame(page: Any) -> Any:
    return page.get_by_role("region", name="Table")


def cells(page: Any, number: int) -> list[str]:
    """What the cells of a row say."""
    row = frame(page).get_by_role("row").nth(number)
    return [" ".join(text.split()) for text in row.get_by_role("cell").all_inner_texts()]


@pytest.fixture
def harm(build: Build) -> str:
    """The address of a page whose words look like markup, and whose values are explained."""
    return (build({"decision_trees/harm.yaml": TABLE}) / HARM / "index.html").as_uri()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize("path", [SEVERITY, LADDER])
def test_a_table_stays_in_its_frame_with_the_decisions_in_view(
    path: str, width: int, scheme: str, address: str, open_page: Open, axe: Axe
) -> None:
    page = open_page(address + path, width, scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "the page itself scrolls sideways"
    assert frame(page).evaluate("(one) => one.scrollHeight <= one.clientHeight"), "a short table hides its last rows"
    frame(page).scroll_into_view_if_needed()
    assert page.evaluate(IN_VIEW), "a row's decision is out of sight"
    if width == 768:
        frame(page).focus()
        page.keyboard.press("ArrowRight")
        until(page, "document.querySelector('.pb-table').scrollLeft > 0")
        assert page.evaluate(IN_VIEW), "a row's decision scrolls away"
    else:
        assert frame(page).evaluate("(one) => one.scrollWidth <= one.clientWidth"), "a row does not fit"
    assert axe(page) == []
    assert page.complaints == []


def test_a_header_names_its_input_and_leads_to_its_question(harm: str, open_page: Open) -> None:
    page = unfolded(open_page(harm))
    header = frame(page).get_by_role("columnheader").nth(1).get_by_role("link")
    assert (header.inner_text(), header.get_attribute("title")) == ("Harm done", "How bad is it?")
    header.click()
    arrives(page, "harm-done")


def test_a_row_says_what_it_wants_and_why(harm: str, open_page: Open) -> None:
    """And says it as it was written: nothing of it is markup."""
    page = unfolded(open_page(harm))
    assert cells(page, 1) == [HOSTILE, "any", f"{HOSTILE} {HOSTILE}"]
    assert cells(page, 2) == ["any", "A few or Many", HOSTILE]
    assert cells(page, 3) == ["any", "any", "Act this week"]
    assert frame(page).locator(".pb-any").first.evaluate("(one) => getComputedStyle(one).color") != frame(
        page
    ).get_by_text("Many").evaluate("(one) => getComputedStyle(one).color"), "`any` is as loud as a value"


def test_the_path_of_a_case_leaves_out_what_makes_no_difference(harm: str, open_page: Open) -> None:
    page = unfolded(open_page(harm))
    assert page.get_by_text("Path high →").inner_text().startswith(f"Path high → {HOSTILE}")


def test_a_long_table_keeps_its_header_in_view(build: Build, open_page: Open) -> None:
    rows = "  - {when: {harm-done: middle, reach: one}, then: later}\n" * 60
    site = build(
        {"decision_trees/harm.yaml": TABLE.replace("hit: first\nrows:\n", f"hit: first\nrows:\n{rows}")},
        "--allow-errors",
    )
    page = unfolded(open_page((site / HARM / "index.html").as_uri(), 768))
    assert frame(page).evaluate("(one) => one.scrollHeight > one.clientHeight")
    frame(page).evaluate("(one) => { one.scrollTop = 500; }")
    top = frame(page).bounding_box()["y"]
    assert frame(page).get_by_role("columnheader").first.bounding_box()["y"] - top < 3, "nobody knows the columns"


def test_what_explains_a_value_stands_beside_it_and_on_its_button(harm: str, open_page: Open) -> None:
    page = unfolded(open_page(harm))
    answers = page.locator(".pb-answers").first.get_by_role("listitem")
    assert answers.nth(0).inner_text().split("\n")[0] == "Hardly"
    assert answers.nth(0).inner_text().split("\n")[-1] == "Nobody noticed. Bad | {{ x }}"
    assert answers.nth(0).locator("em").inner_text() == "noticed", "the explanation lost its emphasis"
    assert answers.nth(1).get_by_role("link", name="Restore a taken-over account").is_visible()
    choices = page.locator(".pb-choice")
    assert choices.nth(1).locator("small").inner_text() == "See Restore a taken-over account. Money is gone."
    assert choices.nth(1).inner_text().split("\n")[1] == HOSTILE, "the label does not stand on a line of its own"
    assert choices.nth(2).locator("small").count() == 0
    page.keyboard.press("1")
    assert page.locator(".pb-trail li").inner_text().split("\n") == ["How bad is it?", "Hardly"]


def test_who_defined_an_input_is_said_at_its_question_and_not_in_the_walker(harm: str, open_page: Open) -> None:
    page = unfolded(open_page(harm))
    assert page.locator(".pb-source").all_inner_texts() == [f"Source: Somebody's list 2.0 {HOSTILE}"]
    assert page.locator(".pb-walker .pb-source").count() == 0


def test_on_paper_the_whole_table_stands(address: str, open_page: Open) -> None:
    page = open_page(address + LADDER, 700)
    assert frame(page).evaluate("(one) => one.scrollWidth > one.clientWidth")
    page.emulate_media(media="print")
    assert frame(page).evaluate("(one) => one.scrollWidth <= one.clientWidth"), "paper does not scroll"


def test_a_narrow_page_has_each_row_as_a_card(harm: str, open_page: Open, axe: Axe) -> None:
    """Only what the row wants, then the decision; a screen reader has the same table as at a desk."""
    narrow, desk = open_page(harm, 320), open_page(harm, 1280)
    row = frame(narrow).get_by_role("row").nth(2)
    for cell, words, is_seen in zip(
        row.get_by_role("cell").all(), ("any", "A few", HOSTILE), (False, True, True), strict=True
    ):
        box = cell.bounding_box()
        assert words in cell.inner_text()
        assert (box["width"] > 100) == is_seen, words
    before = "(one) => getComputedStyle(one, '::before').content.split(' / ')[0]"
    assert row.get_by_role("cell").nth(1).evaluate(before) == '"Reach"'
    assert frame(narrow).aria_snapshot() == frame(desk).aria_snapshot()
    assert row.get_by_role("cell").last.bounding_box()["width"] > 200, "the decision has half a card"
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 320
    frame(narrow).focus()
    narrow.keyboard.press("Tab")
    assert narrow.evaluate("document.activeElement.getBoundingClientRect().width > 20"), "the focus is out of sight"
    assert axe(narrow) == []
