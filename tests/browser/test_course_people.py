"""The people of a course: who is new, who comes by keyboard, who shares a computer, who files the sheet."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from browser.conftest import Axe, Open, until
from browser.trainee import go, lessons, take

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("a browser for pages")]


# -- who is new


def test_the_first_page_says_whose_course_it_is_and_whom_to_ask(course: str, open_page: Open) -> None:
    page = open_page(course)
    lead = page.locator("#start .lead").inner_text()
    assert "people of Kestrel Support who work on cases of Lumen Harbor" in lead
    assert lead.count(". ") + lead.endswith(".") == 2, "two sentences"
    start = page.locator("#start").inner_text()
    assert "about" in page.locator(".facts").inner_text()
    assert "Quality and Training at Lumen Harbor (Monday to Friday, 07:00 to 18:00 UTC)" in start
    assert page.locator("#start [href='mailto:playbook-vendors@lumen-harbor.example']").count() == 1


def test_the_vendor_has_its_name_on_every_page(pack: Path) -> None:
    bare = re.compile(r"\bkestrel\b")
    found = []
    for page in pack.rglob("*.html"):
        shown = re.sub(r"<script.*?</script>|<[^>]*>", " ", page.read_text(encoding="utf-8"), flags=re.S)
        found += [f"{page.name}: {one}" for one in bare.findall(shown)]
    assert found == []


def test_the_glossary_has_the_words_of_the_tool_and_those_of_the_library_that_are_used(
    course: str, open_page: Open
) -> None:
    page = open_page(f"{course}#glossary")
    words = dict(
        zip(page.locator("#glossary dt").all_inner_texts(), page.locator("#glossary dd").all_inner_texts(), strict=True)
    )
    assert {"Macro", "SOP", "Decision tree", "Golden case", "Hold", "Strike", "S0 Imminent harm"} <= words.keys()
    assert "12 months" in words["Strike"], "the library's own meaning, and not the tool's"
    assert "Newsworthiness" not in words, "a word that no page of this pack uses"
    lists = page.locator("#glossary .words").first.locator("dt").all_inner_texts()
    assert lists == sorted(lists, key=str.casefold)


# -- who comes by keyboard


def test_a_course_is_gone_through_without_a_mouse(course: str, plan: dict[str, Any], open_page: Open) -> None:
    first = plan["modules"][0]["lessons"][0]
    page = open_page(course)
    keyboard = page.keyboard
    keyboard.press("j")
    until(page, "location.hash === '#module-1'")
    keyboard.press("j")
    until(page, "location.hash === '#lesson-1-1'")
    frame = page.frame_locator("iframe[name=pb-course]")
    frame.locator("h1").wait_for()
    until(page, "document.activeElement.matches('iframe')")
    keyboard.press("Tab")
    assert frame.locator(":focus").inner_text() == "Go on in the course"
    keyboard.press("Enter")
    until(page, "location.hash === '#lesson-1-2'")
    assert page.locator('[data-module="1"] [data-lesson="1"].done').count() == 1, "gone on by key, and not read"
    keyboard.press("k")
    until(page, "location.hash === '#lesson-1-1'")
    keyboard.press("g")
    until(page, "location.hash === '#glossary'")
    keyboard.press("k")
    until(page, "location.hash === '#lesson-1-1'")
    keyboard.press("o")  # of the frame or around it: wherever the focus was, it is told of the key in its own time
    until(page, "page => document.activeElement.matches(`#modules [href='${page}']`)", first["page"])
    assert page.complaints == []


def test_keys_in_quick_succession_are_all_heeded(course: str, open_page: Open) -> None:
    """Each acts on the place that the one before it led to, and none is lost with the page that it was pressed on."""
    page = open_page(f"{course}#lesson-1-1")
    page.frame_locator("iframe[name=pb-course]").locator("h1").wait_for()
    until(page, "document.activeElement.matches('iframe')")
    inside = next(one for one in page.frames if one.name == "pb-course")
    inside.evaluate("""() => {
      for (const key of "jg") {
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      }
    }""")
    until(page, "location.hash === '#glossary'")
    page.evaluate("""() => {
      for (const key of "ko") {
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      }
    }""")
    until(page, "document.activeElement.matches('#modules [aria-current] > a')")
    assert page.evaluate("location.hash") == "#lesson-1-2"


def test_the_skip_links_come_first_and_stay_where_one_is(course: str, open_page: Open) -> None:
    page = open_page(f"{course}#module-2")
    for tabs, target in ((1, "main"), (2, "[data-next]")):
        page.evaluate("document.activeElement.blur()")
        page.evaluate("document.body.tabIndex = -1, document.body.focus(), document.body.removeAttribute('tabindex')")
        for _ in range(tabs):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("target => document.activeElement.matches(target)", target), target
        assert page.evaluate("location.hash") == "#module-2"


def test_no_key_is_one_while_somebody_types(course: str, plan: dict[str, Any], open_page: Open) -> None:
    page = open_page(f"{course}#end")
    page.locator("#end [name=name]").press_sequentially("jkog?/")
    assert page.locator("#end [name=name]").input_value() == "jkog?/"
    assert page.evaluate("location.hash") == "#end"
    route, _ = next(lessons(plan, "compose"))
    frame = go(page, route)
    frame.locator(".pb-practice").wait_for()
    frame.locator("textarea[data-pb-field]").first.press_sequentially("jkog")
    assert frame.locator("textarea[data-pb-field]").first.input_value() == "jkog"
    assert page.evaluate("location.hash") == f"#{route}"


@pytest.mark.parametrize("where", ["around the pages", "on a page"])
def test_the_keys_are_told_where_they_work(where: str, course: str, open_page: Open, axe: Axe) -> None:
    page = open_page(f"{course}#{'start' if where == 'around the pages' else 'lesson-1-1'}")
    place = page if where == "around the pages" else page.frame_locator("iframe[name=pb-course]")
    if place is not page:
        place.locator("h1").wait_for()
        until(page, "document.activeElement.matches('iframe')")
    page.keyboard.press("?")
    told = place.locator("dialog[open] dl").inner_text()
    assert all(words in told for words in ("go on to what comes next", "back to what came before", "to the modules"))
    assert axe(page) == []


# -- who sits at a shared computer


def test_somebody_else_begins_anew_and_nothing_of_others_is_lost(
    course: str, plan: dict[str, Any], open_page: Open, axe: Axe
) -> None:
    page = open_page(course)
    assert not page.locator("[data-seats]").is_visible(), "nobody has begun yet"
    go(page, "lesson-1-1")
    page.click("[data-next]")
    page.locator('[data-module="1"] [data-lesson="1"].done').wait_for()
    page.goto("about:blank")
    page.goto(course)
    until(page, "location.hash === '#lesson-1-2'")
    page.click("[data-anew] a")
    page.locator("[data-seats]").wait_for()
    page.click("[data-seats] >> text=Begin anew")
    dialog = page.locator("dialog[open]")
    assert re.search(r"stays: the course of somebody who gave no name, [1-9] % done", dialog.inner_text())
    assert axe(page) == []
    page.click("dialog >> text=Cancel")
    assert page.locator('[data-module="1"] [data-lesson="1"].done').count() == 1
    page.click("[data-seats] >> text=Begin anew")
    page.fill("dialog [name=own]", "Ines Mora")
    page.click("dialog >> text=Begin my own course")
    page.locator("[data-welcome]:has-text('Welcome, Ines Mora.')").wait_for()
    assert page.locator("[data-percent]").inner_text() == "0 %"
    assert page.locator(".done[data-lesson]").count() == 0
    go(page, "end")
    assert page.locator("#end [name=name]").input_value() == "Ines Mora"
    go(page, "start")
    page.click("[data-seats] button:has-text('somebody who gave no name')")
    page.locator('[data-module="1"] [data-lesson="1"].done').wait_for(state="attached")
    go(page, "start")
    assert page.locator("[data-seats] button:has-text('Ines Mora, 0 % done')").is_visible()
    assert page.complaints == []


def test_nobody_is_asked_who_sits_there_where_a_system_knows_it(course: str, open_page: Open) -> None:
    """A system that is there and does not answer knows it too."""
    page = open_page(course, java_script_enabled=True)
    go(page, "lesson-1-1")
    around = page.context.new_page()
    around.goto("about:blank")
    around.add_init_script("""window.API = { LMSInitialize: () => "false", LMSGetLastError: () => "101" };""")
    around.goto(course)
    around.locator("[data-saved]:has-text('did not answer')").wait_for(state="attached")
    assert not around.locator("[data-seats]").is_visible()
    assert not around.locator("[data-anew]").is_visible()


# -- who files the sheet


def test_what_is_printed_at_the_end_is_an_attestation(course: str, plan: dict[str, Any], open_page: Open) -> None:
    page = open_page(course, at="2026-12-01")
    go(page, "end")
    page.emulate_media(media="print")
    sheet = page.locator(".sheet")
    assert "not signed yet" in sheet.inner_text()
    page.emulate_media(media="screen")
    take(page, plan, wrong=1)
    go(page, "end")
    page.check("#end [name=read]")
    page.fill("#end [name=name]", "Ines Mora")
    page.click("#end button:has-text('Sign and finish')")
    page.emulate_media(media="print")
    asked = sum(module["asks"] for module in plan["modules"])
    rows = [row.split("\t") for row in sheet.locator("table").first.inner_text().split("\n")]
    told = {row[0]: row[1] for row in rows if len(row) == 2}
    assert (told["Name"], told["Company"], told["Version"]) == ("Ines Mora", "Kestrel Support", "2.0")
    assert told["Course"].startswith(plan["title"])
    assert told["Result"].startswith(f"Passed: {asked - 1} of {asked} right")
    assert (told["Signed on"], told["Valid until"]) == ("1 December 2026", "30 May 2027")
    assert told["Content"] == plan["content"]
    modules = [one for one in plan["modules"] if one["asks"]]
    assert sheet.locator(".results tr").count() == len(modules) + 1
    assert all(one["title"] in sheet.inner_text() for one in modules)
    for screen in ("#end .onward", "#end .reads", "#end form", ".foot", "#modules", ".head"):
        assert not page.locator(screen).first.is_visible(), f"{screen} is on the paper"
    page.emulate_media(media="screen")
