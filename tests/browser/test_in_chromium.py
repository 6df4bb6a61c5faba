"""The starter site and a pack as a reader meets them, in a real Chromium: wide and narrow, light and dark."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from knowledge import AS_OF, write

from generator.cli import main

ROOT = Path(__file__).parents[2]
FLAGS = (
    "no-sandbox disable-gpu no-first-run disable-background-networking "
    "disable-component-update disable-sync disable-quic"
)
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


def _chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("PLAYBOOK_CHROMIUM") or next((p for name in names if (p := shutil.which(name))), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    program = _chromium()
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium: the browser tests must run here")
        pytest.skip("no Chromium found; apt-get install chromium, or name it in PLAYBOOK_CHROMIUM")
    api = pytest.importorskip("playwright.sync_api", reason="needs the extra `browser`")
    with api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=[f"--{flag}" for flag in FLAGS.split()])
        yield running
        running.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    place = tmp_path_factory.mktemp("site") / "site"
    result = CliRunner().invoke(main, ["build", "--root", str(ROOT), "--to", str(place), "--as-of", "2026-11-23"])
    assert result.exit_code == 0, result.output
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(place)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def _open(browser: Any, url: str, allowed: str, width: int = 1280, scheme: str = "light", **options: Any) -> Any:
    """A page with lists of what it complained of and of what it asked from elsewhere."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)
    page = context.new_page()
    page.complaints, page.strangers = [], []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(allowed) else page.strangers.append(request.url))
    page.goto(url)
    page.wait_for_load_state("load")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_every_kind_of_page_fits_and_asks_nobody_else(browser: Any, address: str, width: int, scheme: str) -> None:
    for name, path in PAGES.items():
        page = _open(browser, address + path, address, width, scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} scrolls sideways at {width}"
        assert (page.complaints, page.strangers) == ([], []), name
        dark = page.evaluate("document.body.getAttribute('data-md-color-scheme')") == "slate"
        assert dark == (scheme == "dark"), name
        page.context.close()


FRESH = {
    "current": ("2026-11-30", "current"),
    "a review lies ahead": ("2027-01-05", "due soon"),
    "two days before it": ("2027-01-27", "due soon"),
    "the review is overdue": ("2027-01-30", "overdue"),
    "the policy has changed": ("2029-02-01", "out of date"),
}


@pytest.mark.parametrize("what", FRESH)
def test_a_site_that_nobody_rebuilt_still_tells_the_truth(what: str, browser: Any, address: str) -> None:
    day, word = FRESH[what]
    page = browser.new_context().new_page()
    page.clock.set_fixed_time(f"{day}T12:00:00")
    page.goto(address + "sops/write-statement-of-reasons/")
    assert page.locator(".pb-fresh .pb-status").inner_text() == word
    page.goto(address + "policies/transparency/")
    held = page.locator("li[data-pb-version=held] time").first.get_attribute("datetime")
    assert held == ("2029-02-01" if day >= "2029-02-01" else "2026-03-02")
    page.goto(address + "queues/privacy-and-regulatory/")
    item = page.locator(".pb-list li", has_text="Write a statement of reasons").first
    assert item.locator(".pb-mark").inner_text().strip() == ("" if word == "current" else word)
    page.context.close()


def test_what_nobody_has_reviewed_says_so(browser: Any, tmp_path: Path) -> None:
    base = write(tmp_path / "base")
    shutil.copy(ROOT / "mkdocs.yml", base)
    assert CliRunner().invoke(main, ["build", "--root", str(base), "--as-of", AS_OF]).exit_code == 0
    page = _open(browser, (base / "site/pages/welcome/index.html").as_uri(), "file:")
    assert page.locator(".pb-fresh").inner_text().split("\n")[0] == "never reviewed Nobody has reviewed this yet."
    page.context.close()


def test_the_dates_read_without_javascript(browser: Any, address: str) -> None:
    page = _open(browser, address + "sops/write-statement-of-reasons/", address, java_script_enabled=False)
    told = page.locator(".pb-fresh").inner_text()
    assert "Reviewed 24 Nov 2026, next review by 29 Jan 2027." in told
    assert "From 1 Feb 2029" in told
    assert "is tightened (v2.1)" in told
    page.context.close()


def test_links_of_the_health_page_lead_somewhere(browser: Any, address: str) -> None:
    page = _open(browser, address + PAGES["health"], address)
    links = page.locator(".pb-coverage a").evaluate_all("all => all.map(one => one.href)")
    assert len(links) > 60
    for link in links[::9]:
        page.goto(link)
        anchor = link.partition("#")[2]
        assert page.locator("h1").count() == 1
        assert not anchor or page.locator(f"[id='{anchor}']").count() == 1, link
    page.context.close()


def test_a_reply_is_copied_as_the_member_reads_it(browser: Any, address: str) -> None:
    page = _open(browser, address + PAGES["macro"], address, permissions=["clipboard-read", "clipboard-write"])
    page.locator("#es [data-pb-copy]").click()
    page.wait_for_function("document.querySelector('#es [data-pb-copy]').textContent === 'Copied'")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Hola, {{ name }}")
    assert "Un saludo cordial" in copied
    page.context.close()


def test_a_long_list_is_filtered_by_typing(browser: Any, address: str) -> None:
    page = _open(browser, address + PAGES["ids"], address)
    page.locator("[data-pb-filter]").fill("taken-over account")
    shown = page.locator(".pb-list li:visible").all_inner_texts()
    assert len(shown) == 1
    assert "restore-account" in shown[0]
    assert page.locator(".pb-count").inner_text() == "1 found"
    page.context.close()


def test_the_search_finds_a_procedure_by_what_the_member_says(browser: Any, address: str) -> None:
    page = _open(browser, address, address)
    page.keyboard.press("/")
    page.keyboard.type("second factor removed")
    page.wait_for_selector(".md-search-result__link")
    found = page.locator(".md-search-result__link").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert any("sops/restore-account/" in link for link in found), found
    page.context.close()


def test_a_link_to_a_step_leads_to_the_step(browser: Any, address: str) -> None:
    page = _open(browser, address + PAGES["sop"] + "#contain", address)
    box = page.locator("h2#contain").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 900
    page.context.close()


def test_a_tree_reads_without_javascript(browser: Any, address: str) -> None:
    page = _open(browser, address + PAGES["tree"], address, java_script_enabled=False)
    questions, answers = page.locator("h3.pb-question"), page.locator(".pb-answers li a")
    assert questions.count() >= 5
    assert answers.count() >= 2 * questions.count()
    for link in answers.all()[:5]:
        assert page.locator(link.get_attribute("href")).count() == 1
    page.context.close()


def test_a_pack_opens_from_a_folder(browser: Any, tmp_path: Path) -> None:
    command = ["pack", "build", "kestrel-privacy-first-line", "--root", str(ROOT), "--to", str(tmp_path)]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    with zipfile.ZipFile(next(tmp_path.glob("*.zip"))) as archive:
        archive.extractall(tmp_path / "a folder")
    home = (tmp_path / "a folder" / "kestrel-privacy-first-line" / "index.html").as_uri()
    page = _open(browser, home, "file:")
    assert (page.complaints, page.strangers) == ([], [])
    assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"
    page.locator(".pb-list a", has_text="How to use this library").first.click()
    assert page.locator("h1").inner_text().startswith("How to use this library")
    assert page.complaints == []
    page.context.close()
