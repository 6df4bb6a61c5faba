"""The starter site and a pack as a reader meets them, in a real Chromium: wide and narrow, light and dark."""

from __future__ import annotations

from pathlib import Path

import pytest

from browser.conftest import LOOKS, Axe, Build, Open, turn_to

PAGES = {
    "home": "",
    "sop": "sops/restore-account/",
    "macro": "macros/data-request-received/",
    "tree": "decision_trees/account-takeover/",
    "policy": "policies/account-integrity/",
    "page": "pages/glossary/",
    "pack": "packs/kestrel-privacy-first-line/",
    "queue": "queues/fraud-and-scams/",
    "team": "teams/account-security/",
    "type": "sops/",
    "ids": "ids/",
    "health": "health/",
    "check": "checks/hidden-target/",
}

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_every_kind_of_page_fits_and_asks_nobody_else(open_page: Open, address: str, width: int, scheme: str) -> None:
    """Under the content policy of SECURITY.md, too."""
    page = open_page(address, width, scheme)
    for name, path in PAGES.items():
        turn_to(page, address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} scrolls sideways at {width}"
        assert (page.complaints, page.strangers) == ([], []), name
        dark = page.evaluate("document.body.getAttribute('data-md-color-scheme')") == "slate"
        assert dark == (scheme == "dark"), name


@pytest.mark.parametrize(("width", "scheme"), LOOKS[:2])
def test_nothing_on_a_page_shuts_anybody_out(width: int, scheme: str, open_page: Open, address: str, axe: Axe) -> None:
    page = open_page(address, width, scheme)
    for name, path in PAGES.items():
        turn_to(page, address + path)
        assert axe(page) == [], name


FRESH = {
    "current": ("2026-11-30", "current"),
    "a review lies ahead": ("2027-01-05", "due soon"),
    "two days before it": ("2027-01-27", "due soon"),
    "the review is overdue": ("2027-01-30", "overdue"),
    "the policy has changed": ("2029-02-01", "out of date"),
}


@pytest.mark.parametrize("what", FRESH)
def test_a_site_that_nobody_rebuilt_still_tells_the_truth(what: str, open_page: Open, address: str) -> None:
    day, word = FRESH[what]
    page = open_page(address + "sops/write-statement-of-reasons/", at=day)
    assert page.locator(".pb-fresh .pb-status").text_content() == word
    assert page.locator(".pb-fresh").is_visible() == (word != "current"), "what is well needs no badge"
    page.goto(address + "policies/transparency/")
    held = page.locator("li[data-pb-version=held] time").first.get_attribute("datetime")
    assert (held == "2029-02-01") == (day >= "2029-02-01"), held
    page.goto(address + "queues/privacy-and-regulatory/")
    item = page.locator(".pb-list li", has_text="Write a statement of reasons").first
    assert item.locator(".pb-mark").inner_text().strip() == ("" if word == "current" else word)


PAINT = """all => all.map((one) => {
  const { color, borderLeftWidth, paddingLeft } = getComputedStyle(one);
  return [color, borderLeftWidth, paddingLeft];
})"""


def test_what_is_called_alike_in_two_parts_of_a_page_is_painted_as_its_own_part(open_page: Open, address: str) -> None:
    """The composer's alarm was a red bar before each change to come; "never reviewed" coloured the heading "Never"."""
    page = open_page(address + "sops/write-statement-of-reasons/", at="2026-11-30")
    told = page.locator(".pb-cites li").first.evaluate_all(PAINT)[0][0]
    changes = page.locator(".pb-cites .pb-moved").evaluate_all(PAINT)
    assert len(changes) >= 4
    assert {tuple(one) for one in changes} == {(told, "0px", "0px")}
    never, other = (page.locator(one).first.evaluate_all(PAINT)[0] for one in ("h2#_never", "h2.pb-step"))
    assert never == other


def test_what_nobody_has_reviewed_says_so(open_page: Open, build: Build) -> None:
    page = open_page((build() / "pages/welcome/index.html").as_uri())
    assert page.locator(".pb-fresh").inner_text().split("\n")[0] == "never reviewed Nobody has reviewed this yet."


def test_the_dates_read_without_javascript(open_page: Open, address: str) -> None:
    page = open_page(address + "sops/write-statement-of-reasons/", java_script_enabled=False)
    told = page.locator(".pb-fresh").inner_text()
    assert "Reviewed 28 Nov 2026, next review by 29 Jan 2027." in told
    assert "From 1 Feb 2029" in told
    assert "is tightened (v3.0)" in told


def test_links_of_the_health_page_lead_somewhere(open_page: Open, address: str) -> None:
    page = open_page(address + PAGES["health"])
    links = page.locator(".pb-coverage a").evaluate_all("all => all.map(one => one.href)")
    assert len(links) > 60
    for link in links[::9]:
        page.goto(link)
        anchor = link.partition("#")[2]
        assert page.locator("h1").count() == 1
        assert not anchor or page.locator(f"[id='{anchor}']").count() == 1, link


def test_a_long_list_is_filtered_by_typing(open_page: Open, address: str) -> None:
    page = open_page(address + PAGES["ids"])
    page.locator("[data-pb-filter]").fill("taken-over account")
    shown = page.locator(".pb-list li:visible").all_inner_texts()
    assert len(shown) == 1
    assert "restore-account" in shown[0]
    assert page.locator(".pb-count").inner_text() == "1 found"


def test_a_link_to_a_step_leads_to_the_step(open_page: Open, address: str) -> None:
    page = open_page(address + PAGES["sop"] + "#contain")
    box = page.locator("h2#contain").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 900


def test_a_tree_reads_without_javascript(open_page: Open, address: str) -> None:
    page = open_page(address + PAGES["tree"], java_script_enabled=False)
    questions, answers = page.locator("h3.pb-question"), page.locator(".pb-answers li a")
    assert questions.count() >= 5
    assert answers.count() >= 2 * questions.count()
    for link in answers.all()[:5]:
        assert page.locator(link.get_attribute("href")).count() == 1


def test_a_pack_opens_from_a_folder(open_page: Open, pack: Path) -> None:
    page = open_page((pack / "index.html").as_uri())
    assert (page.complaints, page.strangers) == ([], [])
    assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"
    page.locator(".pb-list a", has_text="How to use this library").first.click()
    page.wait_for_url("**/pages/how-to-use.html")
    assert page.locator("h1").inner_text().startswith("How to use this library")
    assert page.complaints == []
