"""The drawing of a decision on its page, in a real Chromium: what can be read, reached and followed in it."""

from __future__ import annotations

from typing import Any

import pytest
from knowledge import TREE

from browser.conftest import Axe, Build, Open, missing, served
from generator.layout import is_there

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TAKEOVER = "decision_trees/account-takeover/"
JAPANESE = "メンバーは自分のアカウントにアクセスできなくなりましたか（直近の三十日以内に）？"
HOSTILE = "<img src=x onerror=alert(1)> &amp; {{ x }} *z*"
OVERFLOWS = """() => [...document.querySelectorAll('.pb-drawing svg > g')].flatMap((card) => {
  const box = card.querySelector('a > rect').getBoundingClientRect();
  return [...card.querySelectorAll('text:not(.pb-start)')]
    .filter((text) => text.getBoundingClientRect().right > box.right || text.getBoundingClientRect().left < box.left)
    .map((text) => text.textContent);
})"""


@pytest.fixture(autouse=True)
def graphviz() -> None:
    if not is_there():
        missing("no Graphviz found; install the extra `drawing`")


def frame(page: Any) -> Any:
    return page.locator(".pb-drawing")


def shape(page: Any, selector: str) -> tuple[str, str]:
    """The width of a line and its colour, as they are painted."""
    style = "(one) => [getComputedStyle(one).strokeWidth, getComputedStyle(one).stroke]"
    width, colour = page.locator(selector).first.evaluate(style)
    return width, colour


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_a_wide_drawing_scrolls_in_its_frame_and_says_so(
    width: int, scheme: str, address: str, open_page: Open, axe: Axe
) -> None:
    page = open_page(address + TAKEOVER, width, scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "the page itself scrolls sideways"
    assert frame(page).evaluate("(one) => one.scrollWidth > one.clientWidth")
    assert frame(page).evaluate("(one) => parseFloat(getComputedStyle(one, '::before').height)") > 10
    frame(page).focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.pb-drawing').scrollLeft > 0")
    assert axe(page) == []
    assert page.complaints == []


def test_a_drawing_that_fits_has_no_hint(build: Build, open_page: Open) -> None:
    page = open_page((build() / TAKEOVER / "index.html").as_uri())
    assert frame(page).evaluate("(one) => one.scrollWidth <= one.clientWidth")
    assert frame(page).evaluate("(one) => parseFloat(getComputedStyle(one, '::before').height)") == 0


@pytest.mark.parametrize("width", [320, 1280])
def test_text_is_large_enough_to_read(width: int, address: str, open_page: Open) -> None:
    page = open_page(address + TAKEOVER, width)
    scale = page.evaluate("document.querySelector('.pb-drawing svg').getScreenCTM().a")
    sizes = page.locator(".pb-drawing text").evaluate_all("(all) => all.map((one) => getComputedStyle(one).fontSize)")
    assert min(float(size.removesuffix("px")) for size in sizes) * scale >= 11


@pytest.mark.parametrize("ask", [JAPANESE, HOSTILE, "W" * 60, "Whether the member lost access or sold it"])
def test_no_text_leaves_its_box(ask: str, build: Build, open_page: Open) -> None:
    tree = TREE.replace("Did the member lose access?", f"'{ask}'").replace("label: Anything else", f"label: '{ask}'")
    with served(build({"decision_trees/account-takeover.yaml": tree})) as address:
        page = open_page(address + TAKEOVER)
        assert page.evaluate(OVERFLOWS) == []
        assert ask in page.locator(".pb-drawing a text").first.text_content()
        assert page.complaints == []


def test_a_click_on_a_box_leads_to_its_part(address: str, open_page: Open) -> None:
    page = open_page(address + TAKEOVER)
    page.locator(".pb-drawing a[data-pb-node=key]").click(position={"x": 60, "y": 20})
    assert page.url.endswith("#key")
    again = page.locator(".pb-drawing use").first
    name = again.get_attribute("href").removeprefix("#_drawn-")
    again.scroll_into_view_if_needed()
    again.click()
    assert page.url.endswith(f"#{name}"), "an outcome that is shown again leads to its part too"


def test_a_box_is_reached_by_keys(address: str, open_page: Open) -> None:
    page = open_page(address + TAKEOVER)
    frame(page).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#signal")


def test_the_way_that_was_walked_is_drawn_heavier(address: str, open_page: Open) -> None:
    page = open_page(address + TAKEOVER)
    plain = shape(page, "[data-pb-from=signal] path")
    page.keyboard.press("2")
    walked = shape(page, "[data-pb-from=signal].pb-walked path")
    assert walked[0] > plain[0]
    assert walked[1] != plain[1]
    assert shape(page, "a.pb-now > rect")[0] > shape(page, "a.pb-walked:not(.pb-now) > rect")[0]
    assert page.locator("g.pb-walked").count() == 1


def test_only_the_outcome_that_was_reached_is_marked(address: str, open_page: Open) -> None:
    page = open_page(address + TAKEOVER)
    page.keyboard.press("2")
    page.keyboard.press("2")
    widths = (
        "(all) => all.map((one) => [one.parentNode.dataset.pbAnswer, parseFloat(getComputedStyle(one).strokeWidth)])"
    )
    drawn = page.locator(".pb-drawing g > g > :is(use, .pb-end)").evaluate_all(widths)
    heavy = [answer for answer, width in drawn if width > 1]
    assert heavy == [page.locator("g.pb-walked").last.get_attribute("data-pb-answer")]
    assert page.locator(".pb-drawing use").count() > 3, "the outcomes are not shown again, so that this tests nothing"
