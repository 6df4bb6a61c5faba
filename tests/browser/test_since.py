"""What has changed since a reader last saw a document: told on its page, marked in lists, kept in the browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from knowledge import SOP

from browser.conftest import LOOKS, Axe, Open, build_in, served, turn_to, until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("another browser")]

HISTORY = """\
history:
  - {version: "3.0", on: 2026-11-10, note: A colleague reads along., parts: [reply]}
  - {version: "2.2", on: 2026-11-01, note: Two proofs & no more., parts: [verify]}
  - {version: "2.1", on: 2026-10-02, note: Added the reply.}
"""
CHANGED = SOP[: SOP.index("history:")].replace('version: "2.1"', 'version: "3.0"', 1) + HISTORY
CHANGED = CHANGED.replace("  - id: answer\n", "  - id: answer\n    formerly: [reply]\n")
MANY = "".join(f"  - {{id: more-{n}, title: More {n}, text: Do more of it.}}\n" for n in range(20))
CHANGED = CHANGED.replace("quality:\n", f"{MANY}quality:\n")
NEW = SOP.replace("id: restore-account", "id: newcomer").replace("formerly: [account-recovery]\n", "")
NEW = NEW.replace("Restore a taken-over account", "Greet a newcomer").replace("on: 2026-10-02", "on: 2026-11-20")
PAGE = "sops/restore-account/"
DAY = "2026-11-28"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    changes = {"sops/restore-account.yaml": CHANGED, "sops/newcomer.yaml": NEW}
    return build_in(tmp_path_factory.mktemp("since"), changes, "--as-of", DAY)


@pytest.fixture(scope="module")
def small(built: Path) -> Iterator[str]:
    with served(built) as address:
        yield address


def remember(page: Any, since: str = "2026-11-15", **read: tuple[str, str]) -> None:
    """Has the browser know what was read when, by id with underscores."""
    state = {"since": since, "read": {name.replace("_", "-"): one for name, one in read.items()}}
    page.evaluate("text => localStorage.setItem('playbook-read:/', text)", json.dumps(state))


def kept(page: Any) -> dict[str, Any]:
    found = page.evaluate("localStorage.getItem('playbook-read:/')")
    return dict(json.loads(found)["read"]) if found else {}


def test_what_changed_is_told_in_the_authors_words_and_leads_to_the_steps(small: str, open_page: Open) -> None:
    page = open_page(small + PAGE, at=DAY)
    assert page.locator(".pb-since, .pb-dot").count() == 0, "something is new on the first visit"
    remember(page, restore_account=("2.1", "2026-10-05"))
    turn_to(page, small + PAGE)
    strip = page.locator(".pb-since")
    assert strip.locator(".pb-since-head").inner_text().strip() == (
        "2 steps changed since you read version 2.1 on 5 October 2026."
    )
    assert [" ".join(one.split()) for one in strip.locator("li").all_inner_texts()] == [
        "v3.0 10 Nov 2026 A colleague reads along.",
        "v2.2 1 Nov 2026 Two proofs & no more.",
    ]
    assert strip.locator("a").all_inner_texts() == ["Step 1: Verify who is writing", "Step 2: Answer the member"]
    assert page.locator("h2:has(.pb-dot)").evaluate_all("all => all.map(one => one.id)") == ["verify", "answer"]
    assert page.get_by_role("heading", name="changed since you read it").count() == 2, "a dot alone is not heard"
    strip.get_by_role("button", name="I have read it").press("Enter")
    assert page.locator(".pb-since, .md-content .pb-dot").count() == 0
    assert page.evaluate("document.activeElement.tagName") == "H1", "the focus is lost"
    assert kept(page)["restore-account"] == ["3.0", DAY]
    turn_to(page, small + PAGE)
    assert page.locator(".pb-since").count() == 0
    assert (page.complaints, page.strangers) == ([], []), "something was sent"


def test_a_version_counts_as_read_when_somebody_could_read_it(small: str, open_page: Open) -> None:
    page = open_page(small + "changes/")
    remember(page, restore_account=("2.2", "2026-11-02"))
    turn_to(page, small + PAGE)
    page.mouse.move(300, 300)
    page.mouse.wheel(0, 400)
    until(page, "localStorage.getItem('playbook-read:/').includes('3.0')")
    assert page.locator(".pb-since").count() == 1, "it is taken from under the eyes of its reader"

    remember(page, restore_account=("2.2", "2026-11-02"))
    turn_to(page, f"{small}{PAGE}#more-15")
    assert page.locator(".pb-since").count() == 1
    page.evaluate("document.querySelector('.pb-since').style.paddingBlockEnd = '400px'")  # as a late picture would
    page.evaluate("document.querySelector('#more-15').scrollIntoView()")
    page.wait_for_timeout(6500)
    assert kept(page)["restore-account"][0] == "2.2", "who was led below the strip has not read it"
    page.evaluate("window.scrollTo(0, 0)")
    until(page, "localStorage.getItem('playbook-read:/').includes('3.0')")


def test_a_former_id_another_version_and_a_wrong_clock_say_what_is_known(small: str, open_page: Open) -> None:
    page = open_page(small + "changes/", at=DAY)
    head = page.locator(".pb-since-head")
    told = {
        ("account_recovery", "2.2", "2026-11-02"): "1 step changed since you read version 2.2 on 2 November 2026.",
        ("restore_account", "1.0", "2026-01-02"): "2 steps changed since you read version 1.0 on 2 January 2026.",
        ("restore_account", "2.2", "2031-01-02"): "1 step changed since you read version 2.2.",
        ("restore_account", "2.2", "1970-01-01"): "1 step changed since you read version 2.2.",
    }
    for (name, version, day), words in told.items():
        remember(page, **{name: (version, day)})
        turn_to(page, small + PAGE)
        assert head.inner_text().strip() == words
    for version in ("3.0", "9.0"):
        remember(page, restore_account=(version, "2026-11-20"))
        turn_to(page, small + PAGE)
        assert head.count() == 0, "what was read is told as new"
    page.evaluate("localStorage.setItem('playbook-read:/', '{\"read\": 7')")
    turn_to(page, small + PAGE)
    assert (head.count(), page.complaints) == (0, [])


def test_lists_queues_and_results_have_the_mark(small: str, open_page: Open) -> None:
    page = open_page(small + "queues/accounts/", at=DAY)
    remember(page, restore_account=("2.1", "2026-10-05"))
    turn_to(page, small + "queues/accounts/")
    marked = page.locator(".pb-list li:has(.pb-dot)")
    rows = {row.split("\n")[0].strip() for row in marked.all_inner_texts()}
    assert any("Restore a taken-over account" in row for row in rows)
    assert any("Greet a newcomer" in row and "new" in row for row in rows)
    assert not any("Is it a takeover" in row for row in rows)
    turn_to(page, small)
    page.wait_for_selector(".pb-news")
    assert page.locator(".pb-news").all_inner_texts() == ["2 new"]
    page.keyboard.press("/")
    page.locator(".pb-search textarea").fill("restore a taken-over account")
    page.wait_for_selector(".pb-hit .pb-dot")
    first = page.locator(".pb-hit").first
    assert first.locator(".pb-dot").get_attribute("aria-label") == "changed since you read it"
    assert (page.complaints, page.strangers) == ([], [])


def test_all_changes_by_queue_all_as_read_and_forgotten(small: str, open_page: Open) -> None:
    page = open_page(small + "changes/", at=DAY)
    remember(page, restore_account=("2.2", "2026-11-02"))
    turn_to(page, small + "changes/")
    dotted = page.locator(".pb-list li:has(.pb-dot)")
    assert dotted.count() == 2, "the version that was read is no news"
    every = page.locator(".pb-list > ul > li:visible").count()
    page.get_by_label("Show").select_option(label="Accounts")
    page.get_by_label("only what I have not read").check()
    assert page.locator(".pb-list > ul > li:visible").count() == 2 < every
    assert page.locator("h2:visible").count() == 2, "a day without a change is still there"
    page.get_by_role("button", name="Mark all as read").click()
    until(page, "document.querySelector('.pb-reading [role=status]').textContent === 'All is marked as read.'")
    assert dotted.count() == 0
    assert {name: one[0] for name, one in kept(page).items()} == {"restore-account": "3.0", "newcomer": "2.1"}
    page.get_by_role("button", name="Forget what I read").click()
    until(page, "document.querySelector('.pb-reading [role=status]').textContent.startsWith('Forgotten')")
    assert kept(page) == {}


def test_two_tabs_tell_each_other(small: str, open_page: Open) -> None:
    page = open_page(small + "queues/accounts/", at=DAY)
    remember(page, restore_account=("2.1", "2026-10-05"))
    turn_to(page, small + "queues/accounts/")
    other = page.context.new_page()
    other.goto(small + PAGE)
    other.get_by_role("button", name="I have read it").click()
    until(page, "!document.querySelector('[aria-label=\"changed since you read it\"]')")


FULL = """() => { Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError") } }"""
FORBIDDEN = """() => Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("no", "SecurityError") }
})"""


@pytest.mark.parametrize("how", [FULL, FORBIDDEN])
def test_storage_that_is_full_or_forbidden_is_said_where_it_matters(how: str, small: str, open_page: Open) -> None:
    page = open_page(small + "changes/", at=DAY)
    remember(page, restore_account=("2.1", "2026-10-05"))
    page.add_init_script(f"({how})()")
    turn_to(page, small + "teams/")
    page.wait_for_timeout(500)
    theme = len(page.complaints)  # Material's own scripts stumble
    turn_to(page, small + "changes/")
    assert "This browser keeps nothing" in page.locator(".pb-reading").inner_text()
    turn_to(page, small + PAGE)
    if how == FULL:
        page.get_by_role("button", name="I have read it").click()
        assert "shown again next time" in page.locator(".pb-since").inner_text()
    page.wait_for_timeout(500)
    assert len(page.complaints) == theme, page.complaints


def test_it_works_from_a_folder_and_without_scripts(built: Path, open_page: Open) -> None:
    place = built / PAGE / "index.html"
    page = open_page(place.as_uri(), at=DAY)
    key = page.evaluate("`playbook-read:${new URL(playbook.search.root).pathname}`")
    state = json.dumps({"since": "2026-11-15", "read": {"restore-account": ["2.2", "2026-11-02"]}})
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, state])
    turn_to(page, place.as_uri())
    assert page.locator(".pb-since a").all_inner_texts() == ["Step 2: Answer the member"]
    turn_to(page, (built / "index.html").as_uri())
    page.wait_for_selector(".pb-news")
    plain = open_page((built / "changes/index.html").as_uri(), java_script_enabled=False)
    assert plain.locator(".pb-reading").is_hidden()
    assert "Two proofs & no more." in plain.locator("main").inner_text()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_it_fits_and_shuts_nobody_out(width: int, scheme: str, small: str, open_page: Open, axe: Axe) -> None:
    page = open_page(small + "changes/", width, scheme)
    remember(page, restore_account=("2.1", "2026-10-05"))
    for path in (PAGE, "changes/", ""):
        turn_to(page, small + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} is wider than the window"
        assert axe(page) == []
