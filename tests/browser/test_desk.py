"""The desk, the lists, the keys of a page and the page for lost addresses, as somebody uses them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import output_of
from knowledge import MACRO, SOP, TABLE, VOCABULARY, write

from browser.conftest import LOOKS, ROOT, Axe, Open, arrives, served, turn_to, until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("another browser")]

DUE = "[data-pb-due] li:visible"
DAY = "2026-11-28"
ASK = "[data-pb-ask] textarea"
BOX = "dialog.pb-search[open] textarea"
SIGNS = 'symptoms: ["Mi contraseña no funciona", my account was hacked]\naliases: [ATO]\n'
FILES = {
    "sops/restore-account.yaml": SOP.replace("trigger:", f"{SIGNS}trigger:", 1),
    "macros/account-restored.yaml": MACRO.replace("owner: support", "owner: policy\nreview_by: 2027-01-04", 1),
    "decision_trees/account-takeover.yaml": TABLE,
    "content/vocabulary.yaml": VOCABULARY.replace(
        "S1: {name: Severe}", "S1: {name: Severe, page_first: true, first_response: 15m}"
    ),
}
FOUND_BY = {"hacked": "my account was hacked", "contrasena": "Mi contraseña no funciona", "ato": "ATO"}
SHOWN = (
    "",
    "queues/",
    "queues/accounts/",
    "macros/",
    "teams/support/",
    "sops/restore-acount/",
    "sops/restore-account/",
)
PAGES = ("", "sops/restore-account/", "macros/account-restored/", "decision_trees/account-takeover/", "ids/")
FULL = """() => {
  Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
}"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site below a folder of its host, whose own page is shown for all that is not there."""
    place = tmp_path_factory.mktemp("desk")
    base, host = write(place / "base", FILES), place / "host"
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (base / "mkdocs.yml").write_text(f"{settings}site_url: https://example.org/guide/\n", encoding="utf-8")
    output_of(base, "build", "--to", str(host / "guide"))
    shutil.copy(host / "guide/404.html", host)
    with served(host) as address:
        yield f"{address}guide/"


def texts(page: Any, selector: str) -> list[str]:
    return [" ".join(one.split()) for one in page.locator(selector).all_inner_texts()]


def test_no_field_takes_the_focus_and_a_slash_searches_on_every_page(small: str, open_page: Open) -> None:
    page = open_page("about:blank")
    for name in PAGES:
        turn_to(page, small + name)
        assert page.evaluate("document.activeElement === document.body"), f"{name} takes the focus"
        page.keyboard.press("/")
        page.wait_for_selector(BOX)
        assert page.locator(BOX).input_value() == ""


def test_the_keys_of_a_page_are_those_that_work_on_it(small: str, open_page: Open) -> None:
    page = open_page("about:blank")
    expected = {
        "": {"?", "/", "s", "*"},
        "sops/restore-account/": {"?", "/", "*", "!", "s", "n", "p"},
        "macros/account-restored/": {"?", "/", "*", "!", "s", "f", "Enter", "Ctrl Enter"},
        "decision_trees/account-takeover/": {"?", "/", "*", "!", "s", "1–9", "Backspace", "R", "C", "M"},
    }
    for name, keys in expected.items():
        turn_to(page, small + name)
        page.keyboard.press("?")
        assert set(texts(page, "dialog.pb-keys[open] dt")) == keys, name
        page.keyboard.press("/")
        assert page.locator(BOX).count() == 0, "a key works behind the dialog"
        page.keyboard.press("Escape")
        assert page.locator("dialog[open]").count() == 0
        assert page.complaints == []
    page.get_by_label("Keys 1–9").uncheck()
    page.locator("h1").click()
    page.keyboard.press("?")
    assert set(texts(page, "dialog.pb-keys[open] dt")) == expected["sops/restore-account/"] - {"n", "p"}


def test_what_is_typed_into_a_letter_is_no_key(small: str, open_page: Open) -> None:
    page = open_page(small + "macros/account-restored/")
    page.keyboard.press("f")
    assert page.evaluate("document.activeElement.dataset.pbField") == "name"
    page.keyboard.type("Is? *sf!/")
    assert page.locator("[data-pb-field=name]").input_value() == "Is? *sf!/"
    assert page.locator("dialog[open]").count() == 0
    assert page.locator(".pb-star").get_attribute("aria-pressed") == "false"


def test_what_is_typed_on_the_desk_goes_on_in_the_search(small: str, open_page: Open) -> None:
    page = open_page(small)
    page.locator(ASK).focus()
    page.keyboard.type("account-rec", delay=5)
    page.wait_for_selector(BOX)
    page.keyboard.type("overy", delay=5)
    assert page.locator(BOX).input_value() == "account-recovery"
    page.wait_for_selector("#pb-search-results > li > a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sops/restore-account/**")
    turn_to(page, small)
    assert page.locator(ASK).input_value() == ""
    assert (page.complaints, page.strangers) == ([], [])


def test_stars_and_what_was_read_last_are_on_the_desk(small: str, open_page: Open) -> None:
    page = open_page(small)
    assert texts(page, ".pb-shelf li") == []
    turn_to(page, small + "sops/restore-account/#verify")
    page.keyboard.press("*")
    assert page.get_by_role("button", name="Starred").get_attribute("aria-pressed") == "true"
    turn_to(page, small + "macros/account-restored/?x=1")
    other = page.context.new_page()
    other.goto(small)
    starred, last = ".pb-shelf section:nth-child(1) li", ".pb-shelf section:nth-child(2) li"
    assert texts(other, starred) == ["Severity S1 Restore a taken-over account ★"]
    assert texts(other, last) == ["Macro Account restored", "Severity S1 Restore a taken-over account"]
    assert other.locator(f"{starred} .pb-sev").get_attribute("class") == "pb-sev pb-harm"
    page.keyboard.press("*")
    until(other, "document.querySelectorAll('.pb-shelf section:first-child li').length === 2")
    other.get_by_role("link", name="Account restored").first.click()
    other.wait_for_url(small + "macros/account-restored/")
    turn_to(page, small)
    page.get_by_label("Take the star from Restore a taken-over account").press("Enter")
    page.get_by_label("Forget what was read last").click()
    assert texts(page, ".pb-shelf li") == ["Macro Account restored ★"]
    page.reload()
    assert texts(page, ".pb-shelf li") == ["Macro Account restored ★"]
    assert page.strangers == [], "it left the browser"


def test_a_renamed_document_keeps_its_star(small: str, open_page: Open) -> None:
    page = open_page(small)
    old = '[{"id":"account-recovery","title":"Old","type":"SOP","address":"sops/account-recovery/"}, 7, null]'
    page.evaluate("text => localStorage.setItem(`playbook-starred ${location.pathname}`, text)", old)
    turn_to(page, small)
    page.get_by_role("link", name="Old").click()
    page.locator("article").get_by_role("link", name="Restore a taken-over account").click()
    page.wait_for_url(small + "sops/restore-account/")
    assert page.locator(".pb-star").get_attribute("aria-pressed") == "true"
    turn_to(page, small)
    assert texts(page, ".pb-shelf section:first-child li") == ["Severity S1 Restore a taken-over account ★"]


def test_a_browser_that_keeps_nothing_says_so(small: str, open_page: Open) -> None:
    page = open_page("about:blank")
    page.add_init_script(f"({FULL})()")
    turn_to(page, small + "sops/restore-account/")
    page.keyboard.press("*")
    assert "storage is full or forbidden" in page.locator(".pb-path").inner_text()
    assert page.locator(".pb-star").get_attribute("aria-pressed") == "false"
    turn_to(page, small)
    assert "keeps nothing" in page.locator(".pb-shelf").inner_text()
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('forbidden') } })")
    turn_to(page, small)
    assert "keeps nothing" in page.locator(".pb-shelf").inner_text()
    page.get_by_label("For").select_option("support")
    assert {one.get_attribute("data-team") for one in page.locator(DUE).all()} == {"support"}


def test_the_team_of_what_is_due_is_remembered(small: str, open_page: Open) -> None:
    page = open_page(small)
    assert {one.get_attribute("data-team") for one in page.locator(DUE).all()} == {"policy", "support"}
    page.get_by_label("For").select_option("support")
    assert {one.get_attribute("data-team") for one in page.locator(DUE).all()} == {"support"}
    page.reload()
    assert page.get_by_label("For").input_value() == "support"
    assert {one.get_attribute("data-team") for one in page.locator(DUE).all()} == {"support"}


def test_a_list_is_filtered_by_signs_and_says_why_a_row_is_there(small: str, open_page: Open) -> None:
    page = open_page("about:blank")
    for name in ("queues/accounts/", "sops/", "teams/support/"):
        turn_to(page, small + name)
        for typed, why in FOUND_BY.items():
            page.locator("[data-pb-filter]").fill(typed)
            assert texts(page, ".pb-row-name:visible") == ["Restore a taken-over account"], f"{typed} on {name}"
            assert texts(page, ".pb-row-why") == [f"“{why}”"]
        page.locator("[data-pb-filter]").fill("taken-over")
        assert page.locator(".pb-row-why").count() == 0
        page.locator("[data-pb-filter]").fill("severity")
        assert page.locator(".pb-row-name:visible").count() == 0, "what only screen readers hear is found"
        assert page.get_by_role("button", name="Search everything for it").is_visible()
        page.locator("[data-pb-filter]").fill("taken-over")
        assert not page.get_by_role("button", name="Search everything for it").is_visible()
        page.locator("[data-pb-filter]").fill("severity")
    page.locator("[data-pb-filter]").press("Enter")
    page.wait_for_selector("dialog.pb-search[open]")
    assert page.locator("dialog.pb-search textarea").input_value() == "severity"


def test_the_table_of_contents_marks_the_heading_that_was_jumped_to(address: str, open_page: Open) -> None:
    page = open_page("about:blank")
    for name in ("sops/leaked-api-key/", "policies/account-integrity/"):
        turn_to(page, address + name)
        links = page.locator(".md-nav--secondary .md-nav__link")
        plain = links.nth(1).evaluate("(one) => getComputedStyle(one).color")
        for place in (2, 4):
            anchor = links.nth(place).get_attribute("href").lstrip("#")
            links.nth(place).click()
            arrives(page, anchor)
            until(page, "id => document.querySelector('[aria-current=location]')?.hash === `#${id}`", anchor)
            colour = "getComputedStyle(document.querySelector('[aria-current=location]')).color"
            until(page, f"plain => {colour} !== plain", plain)  # the theme fades it
            page.mouse.move(0, 0)


LOST = {
    "sops/restore-acount/": ("restore acount", "restore-account"),
    "restroe-account.html": ("restroe account", "restore-account"),
    "macros/very/deep/account-recovry": ("account recovry", "restore-account, formerly account-recovery"),
    "sops/restore-acount/index.html": ("restore acount", "restore-account"),
    "sops/%C3%A9tape%20une/": ("étape une", ""),
    "sops/100%/": ("100%", ""),
    "sops/%3Cb%3Ehi/": ("<b>hi", ""),
}


def test_a_lost_address_leads_to_the_nearest_id_and_to_the_search(small: str, open_page: Open) -> None:
    """From any depth, below a folder of the host too."""
    page = open_page("about:blank")
    for name, (words, nearest) in LOST.items():
        turn_to(page, f"{small}{name}#verify")
        assert page.locator(ASK).input_value() == words, name
        if nearest:
            page.wait_for_selector(".pb-nearest")
            assert texts(page, ".pb-nearest") == [f"Did you mean {nearest}."], name
            assert page.locator(".pb-nearest a").get_attribute("href") == f"{small}sops/restore-account/#verify"
        assert [one for one in page.complaints if "404" not in one] == [], name
        assert page.locator(".md-header").evaluate("one => getComputedStyle(one).position") == "sticky"
    assert page.locator(".pb-nearest").count() == 0, "a guess that is none"
    page.locator(ASK).fill("account-recovery")
    page.wait_for_selector(BOX)
    page.wait_for_selector("#pb-search-results > li > a")
    turn_to(page, f"{small}sops/restore-acount/")
    page.locator(".pb-nearest a").click()
    page.wait_for_url(f"{small}sops/restore-account/")


def test_a_lost_page_that_bare_mkdocs_wrote_leads_on_too(small: str, open_page: Open) -> None:
    page = open_page("about:blank")

    def as_theirs(route: Any) -> None:
        answer = route.fetch()
        body = answer.text()
        start, end = body.index("<h1>There is no such page"), body.index("</article>")
        route.fulfill(response=answer, body=body[:start] + "<h1>404 - Not found</h1>" + body[end:])

    page.route("**/restore-acount/", as_theirs)
    turn_to(page, f"{small}sops/restore-acount/")
    page.wait_for_selector(".pb-nearest")
    assert texts(page, ".pb-nearest") == ["Did you mean restore-account."]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_each_page_fits_and_can_be_read_by_all(width: int, scheme: str, small: str, open_page: Open, axe: Axe) -> None:
    page = open_page(small + "sops/restore-account/", width, scheme, at=DAY)
    page.keyboard.press("*")
    for name in SHOWN:
        turn_to(page, small + name)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} scrolls sideways"
        assert axe(page) == [], name
    page.keyboard.press("?")
    assert axe(page) == [], "the keys"


def test_without_scripts_the_desk_and_the_lists_are_whole(small: str, open_page: Open) -> None:
    page = open_page(small, java_script_enabled=False)
    assert page.locator("[data-queue]").count() == 1
    assert page.locator(":is(.pb-ask, .pb-shelf):visible").count() == 0, "a field that does nothing"
    assert page.get_by_role("link", name="All ids").first.is_visible()
    page.goto(small + "queues/accounts/")
    assert texts(page, ".pb-row-facts")[0] == "Severity S1 first answer within 15 min"
    page.goto(small + "sops/restore-acount/")
    assert page.get_by_role("link", name="all ids").is_visible()


def test_stars_and_the_large_field_work_in_a_pack_that_is_opened_as_a_file(open_page: Open, pack: Path) -> None:
    page = open_page(f"{pack.as_uri()}/index.html")
    page.locator(".pb-row-name a").first.click()
    page.wait_for_load_state("load")
    page.keyboard.press("*")
    title = page.locator("h1").inner_text().replace("\N{PILCROW SIGN}", "").strip()
    turn_to(page, f"{pack.as_uri()}/index.html")
    assert title in texts(page, ".pb-shelf section:first-child li")[0]
    page.locator(ASK).click()
    page.wait_for_selector(BOX)
    page.keyboard.press("Escape")
    page.locator(".pb-shelf a").first.click()
    page.wait_for_load_state("load")
    assert title in page.locator("h1").inner_text()
    assert page.complaints == []
