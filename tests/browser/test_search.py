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
    until(desk, "document.querySelector('dialog.pb-search [role=status]').textContent.includes('danger')")
    told = desk.locator("dialog.pb-search [role=status]").text_content()
    assert re.match(r"Read \d+ words\. Somebody may be in danger: \d first\.", told), "who hears the page hears of it"


def test_what_is_selected_is_marked_shown_in_short_and_opened_by_enter(desk: Any) -> None:
    typed(desk, MESSAGE)
    chosen, peek = desk.locator(".pb-chosen b"), desk.locator(".pb-search-peek h2")
    rows = desk.locator("dialog a.pb-hit b").all_inner_texts()
    assert len(rows) > 4
    assert chosen.all_inner_texts() == [peek.inner_text()] == rows[:1], "Enter in the field opens the first danger"
    for title in rows[:5]:
        desk.keyboard.press("ArrowDown")
        assert chosen.all_inner_texts() == [peek.inner_text()] == [title]
        assert desk.evaluate("document.activeElement.querySelector('b').textContent") == title
    desk.keyboard.press("Enter")
    desk.wait_for_selector("dialog.pb-search", state="detached")
    assert desk.locator("h1").inner_text().startswith(rows[4])


def test_results_say_titles_and_blanks_as_the_pages_do(desk: Any) -> None:
    typed(desk, "account-locked")
    peek = desk.locator(".pb-search-peek")
    assert "Hi [name], On [lock date] we locked" in peek.inner_text()
    typed(desk, "restore-account")
    assert "Go to Leaked or stolen API key." in peek.inner_text()
    assert "leaked-api-key" not in peek.inner_text()
    typed(desk, "We have confirmed that the account is yours, and you can sign in")
    for text in (*desk.locator(".pb-hit-why").all_inner_texts(), peek.inner_text()):
        assert "{{" not in text


def test_enter_right_after_the_last_key_opens_what_was_typed(desk: Any) -> None:
    typed(desk, "charged twice")
    desk.locator(BOX).fill("second factor removed or replaced")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/sops/restore-account/")


def test_who_types_what_a_document_is_about_reads_it_from_the_top(desk: Any) -> None:
    typed(desk, "statment of resons")  # whose words are in its last step, too
    assert desk.locator(HITS).first.get_attribute("href").endswith("/sops/write-statement-of-reasons/")
    typed(desk, "200 accounts and at most 4 wrong")
    first = desk.locator(".pb-search-results > li").first
    assert first.locator("a.pb-hit").get_attribute("href").endswith("/bulk-enforcement-run/#sample")
    assert desk.locator(".pb-search-peek h3").first.inner_text().startswith("Opens at: ")
    first.get_by_role("link", name="From the top").click()
    desk.wait_for_url("**/sops/bulk-enforcement-run/")


def test_more_results_than_are_listed_can_be_shown_below_a_danger_too(desk: Any) -> None:
    typed(desk, MESSAGE)
    before = desk.locator("dialog a.pb-hit").count()
    desk.get_by_role("button", name="Show more results").click()
    until(desk, "before => document.querySelectorAll('dialog a.pb-hit').length > before", before)
    until(desk, "document.activeElement.matches('a.pb-hit')")
    titles = desk.locator("dialog a.pb-hit b").all_inner_texts()
    focused = desk.evaluate("document.activeElement.querySelector('b').textContent")
    assert titles.index(focused) == before, "the first of the new ones has the focus"


def test_who_hears_the_page_is_told_once_it_is_settled_what_enter_opens(desk: Any) -> None:
    desk.evaluate("""() => {
      window.heard = [];
      const told = document.querySelector('dialog.pb-search [role=status]');
      new MutationObserver(() => heard.push(told.textContent)).observe(told, { childList: true });
    }""")
    desk.keyboard.type("charged twice", delay=20)
    until(desk, "heard.some((one) => one.includes('results'))")
    assert [one for one in desk.evaluate("heard") if "result" in one] == [desk.evaluate("heard.at(-1)")], "once"
    assert desk.evaluate("heard.at(-1)").endswith(f" Enter opens {titles(desk)[0]}.")
    desk.keyboard.press("ArrowDown")
    assert desk.evaluate("document.activeElement.ariaExpanded") == "false"
    desk.keyboard.press("ArrowRight")
    assert desk.locator("a.pb-hit").first.get_attribute("aria-expanded") == "true"
    assert desk.evaluate("document.activeElement.closest('ul').ariaLabel") == "Sections"


PERSONAL = "Ana Souza, Rua das Flores 12, account hacked"


def kept(page: Any) -> str:
    """All that a browser keeps beyond this page, as text."""
    found: str = page.evaluate("JSON.stringify([location.href, localStorage, sessionStorage])")
    return found


def test_a_text_that_was_pasted_is_in_no_address_and_in_no_list(open_page: Open, address: str) -> None:
    page = open_page(address, at=LIBRARY_DAY.isoformat(), permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", PERSONAL)
    page.locator("[data-pb-ask] textarea").focus()  # the large field of the first page hands it over
    page.keyboard.press("Control+v")
    page.locator(HITS).first.wait_for()
    assert page.locator(BOX).input_value() == PERSONAL
    page.keyboard.press("Escape")
    assert "Souza" not in kept(page), "it was not opened, and is no search that authors are sent"
    opened(page).keyboard.press("Control+v")
    page.locator(HITS).first.wait_for()
    page.locator(".pb-search-facets button", has_text="SOP").click()
    page.wait_for_url("**/#find?type=sop")
    page.locator(HITS).first.click()
    page.wait_for_url("**/sops/**")
    page.go_back()
    page.locator(HITS).first.wait_for()
    assert page.locator(BOX).input_value() == PERSONAL, "who comes back finds the results"
    assert "Souza" not in page.evaluate("JSON.stringify([location.href, localStorage])")


@pytest.mark.parametrize("text", ["ana@example.org charged twice", "charged twice +49 30 123456", "refund " * 20])
def test_what_tells_who_somebody_is_is_not_kept_though_it_was_typed(text: str, desk: Any) -> None:
    typed(desk, text)
    assert desk.url.endswith("#find?")
    desk.keyboard.press("Escape")
    assert text.split()[0] not in kept(desk)


LEFT = {
    "cleared": "playbook.case.clear()",
    "the next one": "playbook.case.begin()",
    "a copied link": "playbook.case.replace(playbook.caseFiles.begin(new Date()))",
}


@pytest.mark.parametrize("how", LEFT)
def test_a_case_that_is_left_takes_its_searches_along(how: str, desk: Any) -> None:
    typed(desk, "charged twice")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/sops/**")
    desk.evaluate("playbook.case.begin()")
    typed(opened(desk), "account hacked")
    desk.locator(HITS).first.click()
    desk.wait_for_url("**/sops/restore-account/**")
    typed(opened(desk), "")
    assert desk.locator(".pb-search-recent li").all_inner_texts() == ["account hacked", "charged twice"]
    desk.keyboard.press("Escape")
    desk.evaluate(LEFT[how])
    assert "account hacked" not in kept(desk)
    opened(desk)
    assert desk.locator(BOX).input_value() == ""
    assert desk.locator(".pb-search-recent li").all_inner_texts() == ["charged twice"]
    desk.get_by_role("button", name="Forget what was searched for lately").click()
    assert desk.locator(".pb-search-recent").count() == 0
    assert "charged twice" not in kept(desk)


def test_with_large_letters_titles_stay_whole(open_page: Open, address: str) -> None:
    page = open_page(address)
    page.evaluate("document.documentElement.style.fontSize = '250%'")  # the theme has 125 %
    opened(page, "key in a public repository")
    assert not page.locator(".pb-search-peek").is_visible()
    cut = "[...document.querySelectorAll('a.pb-hit b')].filter((one) => one.scrollHeight > one.clientHeight + 1)"
    assert page.evaluate(f"{cut}.map((one) => one.textContent)") == []
    assert page.evaluate("document.querySelector('.pb-hit b').getBoundingClientRect().width") > 400
    assert page.locator(BOX).bounding_box()["height"] < 80, "one line of text is one line high"


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


def test_nothing_found_for_words_of_another_language_says_which_words_to_try(desk: Any) -> None:
    typed(desk, "uma zebra azul e um guarda-chuva de vidro não são meus")
    said = desk.locator(".pb-search-none").inner_text()
    assert "It reads like Portuguese" in said
    assert "two or three words of English" in said
    typed(desk, "zebra lampshade quartz")
    assert "It reads like" not in desk.locator(".pb-search-none").inner_text()


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


def slowly(page: Any) -> Any:
    """The page, with an index that takes a second to come, as it does through a bad line."""
    page.route("**/search/index.js*", lambda route: (page.wait_for_timeout(1000), route.continue_()))
    return page


@pytest.mark.parametrize("at", ["decision_trees/account-takeover/", "sops/restore-account/", ""])
def test_what_is_typed_before_the_index_is_there_is_searched_for_and_does_nothing_else(
    open_page: Open, address: str, at: str
) -> None:
    """Letters are keys of a page, which answer questions of a decision or begin a case."""
    page = slowly(open_page(address + at))
    if at:
        page.keyboard.press("/")
    else:
        page.locator("[data-pb-ask] textarea").focus()
    page.keyboard.type("nyps second factor removed or replaced")
    page.locator(HITS).first.wait_for()
    assert page.locator(BOX).input_value() == "nyps second factor removed or replaced"
    page.keyboard.type("!")
    assert page.locator(BOX).input_value().endswith("replaced!"), "somebody is still typing"
    page.keyboard.press("Escape")
    assert page.locator("dialog[open], .pb-case-bar:visible, .pb-answer[aria-pressed=true]").count() == 0
    assert page.complaints == []


def test_who_closes_the_search_before_it_is_there_is_not_shown_it_later(open_page: Open, address: str) -> None:
    page = slowly(open_page(address))
    page.keyboard.press("/")
    page.keyboard.type("refund")
    page.keyboard.press("Escape")
    page.wait_for_timeout(1500)
    assert page.locator("dialog[open]").count() == 0
    opened(page, "refund")


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
        page.locator(BOX).focus()
        typed(page, text)
        page.wait_for_timeout(50)
        if text == MESSAGE:
            page.keyboard.press("ArrowDown")
            page.keyboard.press("ArrowRight")
        assert axe(page) == [], text
        assert page.evaluate("document.querySelector('dialog').scrollWidth <= innerWidth")
    page.locator(BOX).focus()
    typed(page, "account")
    page.locator(".pb-search-widen").click()
    cut = "[...document.querySelectorAll('.pb-search button')].filter((one) => one.scrollWidth > one.clientWidth + 1)"
    assert page.evaluate(f"{cut}.map((one) => one.textContent)") == []
