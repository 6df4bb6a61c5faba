"""The search box in a real browser: from a key to the page, by keyboard alone, under the content policy."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from knowledge import LIBRARY_DAY, swapped

from browser.conftest import Axe, Build, Open, served, until

BOX = "dialog.pb-search textarea"
HITS = ".pb-search-results a.pb-hit"
MESSAGE = """Hi, yesterday I typed my password into a page that looked just like yours. Today somebody changed my e-mail
address and I cannot sign in. Two years of work are in there. I honestly want to kill myself."""
NASTY = "</script><img src=x onerror=alert(1)> \u2028 ${x} ' \""


def opened(page: Any, text: str = "") -> Any:
    """The page with the box open and a text in it, as soon as its results are there."""
    page.keyboard.press("/")
    page.wait_for_selector("dialog.pb-search[open]")
    if text:
        typed(page, text)
    return page


def typed(page: Any, text: str) -> None:
    page.locator(BOX).fill(text)
    until(
        page,
        "text => playbook.search && document.querySelector('.pb-search-said').textContent.includes('browser')"
        " && document.querySelector('dialog.pb-search').dataset.answered === text",
        arg=text,
    )


def titles(page: Any) -> list[str]:
    found: list[str] = page.locator(f"{HITS} b").all_inner_texts()
    return found


@pytest.fixture
def desk(open_page: Open, address: str) -> Any:
    return opened(open_page(address, at=LIBRARY_DAY.isoformat()))


# -- from the words of a case to its page


def test_words_of_the_case_bring_up_the_procedure_and_enter_opens_it(desk: Any) -> None:
    typed(desk, "second factor removed or replaced")
    assert titles(desk)[0] == "Restore a taken-over account"
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/sops/restore-account/")
    assert "?" not in desk.url, "words of a case are in an address that a server gets"


def test_an_id_with_a_part_opens_the_step(desk: Any) -> None:
    typed(desk, "restore-account#verify")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/sops/restore-account/#verify")


def test_results_are_walked_with_arrow_keys_and_their_sections_with_the_right_one(desk: Any) -> None:
    typed(desk, "account hacked")
    focused = "document.activeElement.textContent"
    desk.keyboard.press("ArrowDown")
    first = desk.evaluate(focused)
    desk.keyboard.press("ArrowDown")
    assert desk.evaluate(focused) != first
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("ArrowRight")
    assert desk.evaluate("document.activeElement.closest('.pb-hit-parts') !== null")
    desk.keyboard.press("ArrowLeft")
    assert desk.evaluate(focused) == first
    desk.keyboard.press("ArrowUp")
    assert desk.evaluate("document.activeElement.matches('textarea')")
    desk.keyboard.press("Escape")
    assert desk.locator("dialog.pb-search[open]").count() == 0


def test_a_pasted_message_names_the_danger_first_and_stays_in_the_browser(desk: Any) -> None:
    typed(desk, MESSAGE)
    assert "Somebody may be in danger" in desk.locator(".pb-search-first h2").inner_text()
    assert "kill myself" in desk.locator(".pb-search-first").inner_text()
    assert "Restore a taken-over account" in titles(desk)[:3]
    assert "password" not in desk.url
    told = desk.locator(".pb-search-said").inner_text()
    assert re.match(r"Read \d+ words\. Somebody may be in danger: \d first\.", told), "who hears the page hears of it"


def test_seven_results_fit_a_small_screen(open_page: Open, address: str) -> None:
    page = opened(open_page(address, width=640), "account")
    boxes = [one.bounding_box() for one in page.locator(HITS).all()]
    assert sum(1 for box in boxes if box and box["y"] + box["height"] <= 900) >= 7


def test_nothing_found_says_so_and_what_to_do(desk: Any) -> None:
    typed(desk, "zebra lampshade quartz")
    said = desk.locator(".pb-search-none").inner_text()
    assert "Nothing here clearly answers this" in said
    assert "Triage a report" in said
    assert "incident-commander-on-call" in said
    desk.keyboard.press("Escape")
    opened(desk)
    typed(desk, "")
    assert desk.get_by_role("button", name="Copy 1 search that led nowhere").count() == 1


def test_facets_narrow_down_and_stay_in_the_part_of_the_address_that_no_server_gets(desk: Any) -> None:
    typed(desk, "account")
    desk.wait_for_selector(".pb-search-facets button")
    desk.locator(".pb-search-widen").click()
    assert {"Queue", "Severity", "Team"} <= set(desk.locator(".pb-search-more legend").all_inner_texts())
    desk.locator(".pb-search-facets button", has_text="Policy").click()
    until(
        desk,
        "[...document.querySelectorAll('.pb-search-results .pb-hit-type')].every(one => one.textContent === 'Policy')",
    )
    assert "#find?q=account&type=policy" in desk.url
    desk.reload()
    desk.wait_for_selector("dialog.pb-search[open]")
    desk.wait_for_selector(HITS)
    assert desk.locator(BOX).input_value() == "account"
    assert set(desk.locator(f"{HITS} .pb-hit-type").all_inner_texts()) == {"Policy"}


def test_recent_searches_are_offered(desk: Any) -> None:
    typed(desk, "charged twice")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/sops/**")
    opened(desk)
    typed(desk, "")
    assert desk.locator(".pb-search-recent").inner_text() == "charged twice"


def test_a_slash_in_a_field_that_is_empty_searches_and_in_one_that_is_not_is_a_slash(
    open_page: Open, address: str
) -> None:
    page = open_page(address + "ids/")
    page.locator("[data-pb-filter]").fill("a")
    page.keyboard.press("/")
    assert page.locator("[data-pb-filter]").input_value() == "a/"
    page.locator("[data-pb-filter]").fill("")
    opened(page)


def test_the_function_for_those_who_embed_it(open_page: Open, address: str) -> None:
    page = open_page(address)
    found = page.evaluate("playbookSearch('charged twice', {limit: 3, facets: {type: ['sop']}})")
    assert found[0]["id"] == "chargeback-dispute"
    assert set(found[0]) == {"id", "part", "type", "title", "address", "why"}
    assert all(one["type"] == "SOP" for one in found)


# -- where it has to work


def test_it_works_in_a_pack_that_is_opened_as_a_file(open_page: Open, pack: Path) -> None:
    page = opened(open_page(f"{pack.as_uri()}/index.html"), "copy of my data")
    assert titles(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/*.html")
    assert page.locator("h1").inner_text().startswith("Answer a request for a copy")
    assert page.complaints == []


def test_it_asks_nobody_else_and_obeys_the_content_policy(open_page: Open, address: str) -> None:
    page = open_page(address)
    page.keyboard.press("/")
    page.locator(BOX).wait_for()
    page.keyboard.type("refund")
    page.locator(HITS).first.wait_for()
    assert page.complaints == []
    assert page.strangers == []


def test_it_works_below_a_path(build: Build, open_page: Open, tmp_path: Path) -> None:
    shutil.move(build(), tmp_path / "under/the path")
    with served(tmp_path / "under") as address:
        page = opened(open_page(f"{address}the%20path/sops/restore-account/"), "restore-account#verify")
        page.keyboard.press("Enter")
        page.wait_for_url("**/the%20path/sops/restore-account/#verify")


def test_a_missing_piece_is_said_and_the_rest_works(build: Build, open_page: Open) -> None:
    site = build()
    for piece in list(site.glob("search/*/w*.js"))[::2]:
        piece.unlink()
    with served(site) as address:
        page = opened(open_page(address), "account hacked restore verify owner")
        assert "could not be loaded" in page.locator(".pb-search-said").inner_text()


def test_without_an_index_the_page_says_so(build: Build, open_page: Open) -> None:
    site = build()
    (site / "search/index.js").unlink()
    with served(site) as address:
        page = open_page(address)
        page.keyboard.press("/")
        page.wait_for_selector(".pb-search-sorry a")
        assert "all ids" in page.locator(".pb-search-sorry").inner_text()


def test_without_scripts_no_button_leads_nowhere(open_page: Open, address: str) -> None:
    page = open_page(address, java_script_enabled=False)
    assert page.locator(".pb-find, .md-search").count() == 0
    assert page.locator("[data-pb-search]:visible").count() == 0
    assert page.locator("a[href*='ids']").count() > 0


def test_storage_that_is_forbidden_costs_the_memory_alone(open_page: Open, address: str) -> None:
    page = open_page(address)
    page.evaluate("Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})")
    opened(page, "charged twice")
    assert titles(page)
    page.keyboard.press("Escape")
    assert page.complaints == []


def test_what_authors_write_is_text_in_results(build: Build, open_page: Open) -> None:
    title = "title: Restore a taken-over account"
    site = build(swapped("sops/restore-account.yaml", title, f"title: {json.dumps(NASTY)}"))
    with served(site) as address:
        page = opened(open_page(address), "restore-account")
        assert titles(page)[0].split() == NASTY.split()
        assert page.locator("dialog img, dialog script").count() == 0
        assert page.complaints == []


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (640, "dark"), (1280, "light"), (1280, "dark")])
def test_axe_finds_nothing_serious_in_the_box(width: int, scheme: str, open_page: Open, address: str, axe: Axe) -> None:
    page = opened(open_page(address, width=width, scheme=scheme, at=LIBRARY_DAY.isoformat()))
    for text in ("account", MESSAGE, "zebra lampshade"):
        typed(page, text)
        page.wait_for_timeout(50)
        assert axe(page) == [], text
        assert page.evaluate("document.querySelector('dialog').scrollWidth <= innerWidth")
