"""The drawing of a decision on its page, in a real Chromium: what can be read, reached and followed in it."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from knowledge import TREE

from browser.conftest import LOOKS, Axe, Build, Open, arrives, missing, served, unfolded, until
from generator.publishing.pages.drawing.layout import is_there

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("another browser")]

TAKEOVER = "decision_trees/account-takeover/"
JAPANESE = "メンバーは自分のアカウントにアクセスできなくなりましたか（直近の三十日以内に）？"
HOSTILE = "<img src=x onerror=alert(1)> &amp; {{ x }} *z*"
OVERFLOWS = """() => [...document.querySelectorAll('#_sheet > g')].flatMap((card) => {
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


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_a_wide_drawing_scrolls_in_its_frame_and_says_so(
    width: int, scheme: str, address: str, open_page: Open, axe: Axe
) -> None:
    page = unfolded(open_page(address + TAKEOVER, width, scheme))
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "the page itself scrolls sideways"
    assert frame(page).evaluate("(one) => one.scrollWidth > one.clientWidth")
    assert frame(page).evaluate("(one) => parseFloat(getComputedStyle(one, '::before').height)") > 10
    frame(page).focus()
    page.keyboard.press("ArrowRight")
    until(page, "document.querySelector('.pb-drawing').scrollLeft > 0")
    assert axe(page) == []
    assert page.complaints == []


def test_a_drawing_that_fits_has_no_hint(build: Build, open_page: Open) -> None:
    page = unfolded(open_page((build() / TAKEOVER / "index.html").as_uri()))
    assert frame(page).evaluate("(one) => one.scrollWidth <= one.clientWidth")
    assert frame(page).evaluate("(one) => parseFloat(getComputedStyle(one, '::before').height)") == 0


@pytest.mark.parametrize("width", [320, 1280])
def test_text_is_large_enough_to_read(width: int, address: str, open_page: Open) -> None:
    page = unfolded(open_page(address + TAKEOVER, width))
    scale = page.evaluate("document.querySelector('.pb-drawing svg').getScreenCTM().a")
    sizes = page.locator(".pb-drawing text").evaluate_all("(all) => all.map((one) => getComputedStyle(one).fontSize)")
    assert min(float(size.removesuffix("px")) for size in sizes) * scale >= 11


@pytest.mark.parametrize("ask", [JAPANESE, HOSTILE, "W" * 60, "Whether the member lost access or sold it"])
def test_no_text_leaves_its_box(ask: str, build: Build, open_page: Open) -> None:
    tree = TREE.replace("Did the member lose access?", f"'{ask}'").replace("label: Anything else", f"label: '{ask}'")
    with served(build({"decision_trees/account-takeover.yaml": tree})) as address:
        page = unfolded(open_page(address + TAKEOVER))
        assert page.evaluate(OVERFLOWS) == []
        assert ask in page.locator(".pb-drawing a text").first.text_content()
        assert page.complaints == []


def test_a_click_on_a_box_or_on_an_outcome_that_is_shown_again_leads_to_its_part(address: str, open_page: Open) -> None:
    page = unfolded(open_page(address + TAKEOVER))
    page.locator(".pb-drawing a[data-pb-node=key]").click(position={"x": 60, "y": 20})
    arrives(page, "key")
    again = page.locator(".pb-drawing use").first
    name = again.get_attribute("href").removeprefix("#_drawn-")
    again.scroll_into_view_if_needed()
    again.click()
    arrives(page, name)


def test_a_box_is_reached_by_keys(address: str, open_page: Open) -> None:
    page = unfolded(open_page(address + TAKEOVER))
    frame(page).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    arrives(page, "signal")


def test_the_way_that_was_walked_is_drawn_heavier(address: str, open_page: Open) -> None:
    page = unfolded(open_page(address + TAKEOVER))
    plain = shape(page, "[data-pb-from=signal] path")
    page.keyboard.press("2")
    walked = shape(page, "[data-pb-from=signal].pb-walked path")
    assert walked[0] > plain[0]
    assert walked[1] != plain[1]
    assert shape(page, "a.pb-now > rect")[0] > shape(page, "a.pb-walked:not(.pb-now) > rect")[0]
    assert page.locator("g.pb-walked").count() == 1


def test_only_the_outcome_that_was_reached_is_marked(address: str, open_page: Open) -> None:
    page = unfolded(open_page(address + TAKEOVER))
    page.keyboard.press("2")
    page.keyboard.press("5")
    widths = (
        "(all) => all.map((one) => [one.parentNode.dataset.pbAnswer, parseFloat(getComputedStyle(one).strokeWidth)])"
    )
    drawn = page.locator(".pb-drawing g > g > :is(use, .pb-end)").evaluate_all(widths)
    heavy = [answer for answer, width in drawn if width > 1]
    assert heavy == [page.locator("g.pb-walked").last.get_attribute("data-pb-answer")]
    assert page.locator(".pb-drawing use").count() > 3, "the outcomes are not shown again, so that this tests nothing"


IN_FRAME = """([selector]) => {
  const place = document.querySelector(selector).getBoundingClientRect();
  const view = document.querySelector('.pb-drawing').getBoundingClientRect();
  return place.left >= view.left && place.right <= view.right && place.top >= view.top && place.top < view.bottom - 20;
}"""


@pytest.mark.parametrize("width", [320, 1280])
def test_the_drawing_goes_along_with_the_walk_and_the_page_stays(width: int, address: str, open_page: Open) -> None:
    page = unfolded(open_page(address + TAKEOVER, width))
    page.locator(".pb-walker h2").focus()
    assert frame(page).evaluate("(one) => [one.scrollLeft, one.scrollTop]") == [0, 0]
    for key in "4132":
        page.keyboard.press(key)
        above = page.evaluate("scrollY")
        assert page.evaluate(IN_FRAME, [".pb-drawing a.pb-now"]), (
            f"where the walk stands after {key} is out of the frame"
        )
        page.wait_for_timeout(50)
        assert page.evaluate("scrollY") == above
    page.keyboard.press("2")
    assert page.evaluate(IN_FRAME, ["[data-pb-from=claimants].pb-walked text"]), "the last answer is out of the frame"
    page.keyboard.press("r")
    assert frame(page).evaluate("(one) => [one.scrollLeft, one.scrollTop]") == [0, 0]


def test_keys_stop_only_where_a_screen_reader_has_a_name(address: str, open_page: Open) -> None:
    page = unfolded(open_page(address + TAKEOVER))
    frame(page).focus()
    stops = []
    while len(stops) < 100 and (len(stops) == 0 or page.evaluate("document.activeElement.closest('.pb-drawing')")):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.localName"))
    assert set(stops[:-1]) == {"a"}
    assert len(stops[:-1]) == page.locator(".pb-drawing svg a").count()


def test_the_focus_is_seen_also_where_the_walk_stands(address: str, open_page: Open) -> None:
    page = unfolded(open_page(address + TAKEOVER))
    here = page.locator(".pb-drawing a.pb-now")
    seen = frame(page).screenshot()
    frame(page).focus()
    page.keyboard.press("Tab")
    assert here.evaluate("(one) => one === document.activeElement")
    ring = here.locator("rect").evaluate("(one) => getComputedStyle(one).outline")
    assert "solid 2px" in ring
    assert frame(page).screenshot() != seen


@pytest.mark.parametrize("width", [320, 1280])
def test_marks_of_answers_that_share_a_target_keep_their_distance(width: int, address: str, open_page: Open) -> None:
    page = unfolded(open_page(address + TAKEOVER, width))
    least = page.evaluate(
        "Math.min(...[...document.querySelectorAll('#_sheet > g')].flatMap((card) => "
        "[...card.querySelectorAll('[data-pb-from] > text')].map((text) => text.getBoundingClientRect().left - "
        "card.querySelector('a > rect').getBoundingClientRect().left)))"
    )
    assert least >= 8
    assert page.locator(".pb-drawing text", has_text="•").count() > 3, "nothing is grouped, so that this tests nothing"


def test_colours_that_somebody_has_chosen_for_all_pages_are_those_of_the_drawing(address: str, open_page: Open) -> None:
    light = unfolded(open_page(address + TAKEOVER, 1280, "light", forced_colors="active"))
    canvas = light.evaluate("getComputedStyle(document.body).backgroundColor")
    for scheme in ("default", "slate"):
        light.evaluate(f"document.body.dataset.mdColorScheme = '{scheme}'")
        filled = light.locator("[data-pb-node=signal] rect").evaluate("(one) => getComputedStyle(one).fill")
        assert filled == canvas, scheme
        assert shape(light, "[data-pb-from=signal] path")[1] != canvas, "an arrow cannot be seen"


def test_of_answers_that_share_a_target_only_the_given_one_is_bold(address: str, open_page: Open) -> None:
    page = unfolded(open_page(address + TAKEOVER + "#walk=third-party.administrator"))
    given = page.locator("[data-pb-from=third-party].pb-walked > text")
    assert given.evaluate_all("(all) => all.map((one) => getComputedStyle(one).fontWeight)") == ["700", "400"]


@pytest.mark.parametrize(("tree", "fits"), [("agent-conduct", True), ("account-takeover", False)])
def test_on_paper_a_drawing_can_be_read_on_one_sheet_or_is_left_out(
    tree: str, fits: bool, address: str, open_page: Open
) -> None:
    page = unfolded(open_page(address + f"decision_trees/{tree}/", 688))
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("document.documentElement.scrollWidth") <= 688
    drawn = page.locator(".pb-drawing svg")
    assert drawn.is_visible() is page.locator("#_drawing").is_visible() is fits, "a heading without a drawing is no use"
    if fits:
        size, box = drawn.bounding_box(), list(map(int, str(drawn.get_attribute("viewBox")).split()))
        assert 13 * min(size["width"] / box[2], size["height"] / box[3]) >= 7, "too small to be read"
        assert size["height"] < 900, "it is higher than a page with its heading"
    assert page.locator("h3.pb-question:visible").count() > 0


DARK = """async (png) => {
  const picture = new Image();
  picture.src = "data:image/png;base64," + png;
  await picture.decode();
  const sheet = Object.assign(document.createElement('canvas'), {width: picture.width, height: picture.height});
  sheet.getContext('2d').drawImage(picture, 0, 0);
  const {data} = sheet.getContext('2d').getImageData(0, 0, picture.width, picture.height);
  return data.filter((value, n) => n % 4 === 1 && value < 90).length / (data.length / 4);
}"""


def test_on_paper_a_drawing_looks_as_on_a_screen(address: str, open_page: Open) -> None:
    page = unfolded(open_page(address + "decision_trees/agent-conduct/", 718))
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    dark = page.evaluate(DARK, base64.b64encode(page.locator(".pb-drawing svg").screenshot()).decode())
    assert 0.0005 < dark < 0.1, "boxes are black, or there is nothing"


def test_what_is_too_high_for_paper_is_left_out(build: Build, open_page: Open) -> None:
    answers = "".join(f"\n      a{n}: {{label: Answer, go: {'lock' if n % 2 else 'leave'}}}" for n in range(60))
    tree = TREE.replace("    answers:\n", f"    answers:{answers}\n")
    site = build({"decision_trees/account-takeover.yaml": tree}, "--allow-errors")
    page = unfolded(open_page((site / TAKEOVER / "index.html").as_uri(), 718))
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".pb-drawing svg:visible").count() == 0
    assert not page.get_by_role("heading", name="Drawing").is_visible()
    assert page.get_by_role("heading", name="Questions").is_visible()
