"""Reporting what is wrong, where it is wrong: filled in, and sent by nobody but the reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from knowledge import VOCABULARY

from browser.conftest import LOOKS, Axe, Build, Open, build_in, served, until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("another browser")]

TRACKER = "https://tracker.example/new?title={title}&body={body}"
PLACES = f"""\
report:
  - {{audience: vendor, to: "mailto:vendors@example.org"}}
  - {{to: "{TRACKER}"}}
"""
DAY = "2026-11-28"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site = build_in(tmp_path_factory.mktemp("reports"), {"content/vocabulary.yaml": VOCABULARY + PLACES})
    with served(Path(site)) as address:
        yield address


def told(page: Any) -> str:
    return str(page.locator(".pb-report textarea").input_value())


def test_the_report_of_a_step_names_all_that_its_owner_asks_for(small: str, open_page: Open) -> None:
    page = open_page(f"{small}sops/restore-account/", at=DAY, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_label("This is wrong: Verify who is writing").press("Enter")
    assert told(page).splitlines()[:4] == [
        "Page: restore-account v2.1",
        "Part: Verify who is writing (verify)",
        f"Address: {small}sops/restore-account/#verify",
        "Read on: 2026-11-28",
    ]
    page.keyboard.type('It asks "who" & never how: 100 %?')
    ticket = urlsplit(page.locator(".pb-report a").get_attribute("href"))
    assert (ticket.netloc, parse_qs(ticket.query)["title"]) == (
        "tracker.example",
        ["restore-account v2.1: Verify who is writing"],
    )
    assert parse_qs(ticket.query)["body"][0].endswith('It asks "who" & never how: 100 %?')
    page.get_by_role("button", name="Copy").click()
    until(page, "document.querySelector('.pb-report [role=status]').textContent === 'Copied.'")
    assert page.evaluate("navigator.clipboard.readText()") == told(page)
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('#verify .pb-flag')"), "the focus is lost"
    assert (page.complaints, page.strangers) == ([], []), "something was sent"


def test_a_key_reports_what_is_being_read_and_writes_into_no_field(small: str, open_page: Open) -> None:
    page = open_page(f"{small}sops/restore-account/#answer")
    page.keyboard.press("!")
    assert "Part: Answer the member (answer)" in told(page)
    page.keyboard.press("Escape")
    page.goto(f"{small}macros/account-restored/")
    page.locator("[data-pb-field]").first.press_sequentially("Sam!")
    assert page.locator(".pb-report[open]").count() == 0
    assert page.locator("[data-pb-field]").first.input_value() == "Sam!"


def test_the_walk_so_far_is_in_the_report_of_a_decision(small: str, open_page: Open) -> None:
    page = open_page(f"{small}decision_trees/account-takeover/")
    assert "⚑" not in page.locator(".pb-walker").inner_text(), "what reads a heading reads the flag too"
    assert page.locator(".pb-walker .pb-flag").count() == 0
    page.keyboard.press("1")
    page.wait_for_url("**#walk=*")
    page.get_by_role("button", name="Something is wrong here").click()
    assert f"Address: {page.url}" in told(page)


def test_readers_are_told_of_no_place_above_them(tmp_path: Path, build: Build) -> None:
    site = build({"content/vocabulary.yaml": VOCABULARY + PLACES}, "--audience", "vendor")
    pages = [path.read_text(encoding="utf-8") for path in site.rglob("*.html")]
    assert any("mailto:vendors@example.org" in page for page in pages)
    assert not any("tracker.example" in page for page in pages)


def test_without_a_place_it_is_copied(build: Build, open_page: Open) -> None:
    page = open_page((build() / "sops/restore-account/index.html").as_uri())
    page.get_by_role("button", name="Something is wrong here").click()
    assert page.locator(".pb-report a").count() == 0
    assert "Copy it" in page.locator(".pb-report [role=status]").inner_text()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_it_fits_and_shuts_nobody_out(width: int, scheme: str, small: str, open_page: Open, axe: Axe) -> None:
    page = open_page(f"{small}sops/restore-account/", width, scheme)
    page.keyboard.press("!")
    assert page.locator(".pb-report").bounding_box()["width"] <= width
    assert axe(page) == []
