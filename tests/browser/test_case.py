"""One page a case: what is typed once, what opens inside a step, what becomes of clocks, ticks and the note."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from knowledge import VOCABULARY

from browser.conftest import LOOKS, Axe, Open, build_in, served, turn_to

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("another browser")]

CASE = """\
case: {number: [case_number], name: [name], arrived: [received]}
calendar: {country: DE}
countries:
  ES: {name: Spain, also: [España], fills: {helpline: {en: 024 (call), es: 024 (llamada)}}}
  CA: {name: Canada, fills: {helpline: 988 }}
"""
ES = "  es: {name: Español}\n"
SEVERITIES = """\
  S0: {name: Danger, first_response: 15m, resolution: 4h, page_first: true}
  S1: {name: Severe}
"""
TREE = """\
id: which-way
title: Which way?
version: "1.0"
status: active
owner: support
summary: Who writes.
reviewed: 2026-10-01
start: who
questions:
  who:
    ask: Who writes?
    answers:
      member: {label: A member, go: lock}
      otherwise: {label: Somebody else, go: wait}
outcomes:
  lock: {decision: Lock it., severity: S0, macro: we-locked-it}
  wait: {decision: Wait.}
cases:
  - {id: theirs, scenario: A member writes., answers: [member], outcome: lock, why: It is theirs.}
  - {id: other, scenario: A reporter writes., answers: [otherwise], outcome: wait, why: It is not.}
"""
LETTER = """\
id: we-locked-it
title: We locked it
version: "1.2"
status: active
owner: support
summary: Says that it is locked.
reviewed: 2026-10-01
locale: en
variables:
  name: {label: Name, example: Sam}
  case_number: {label: Case number, example: C-1}
  received: {label: Received, type: date, example: 2026-11-01}
  answer_by: {label: Answer by (14 days from today), type: date, due: 14d, example: 2026-11-15}
  item: {label: Item, example: a page}
text: |
  Hi {{ name }}, case {{ case_number }} of {{ received }} about {{ item }}. Answer by {{ answer_by }}.
"""
OTHER = (
    LETTER.replace("we-locked-it", "we-opened-it").replace("We locked it", "We opened it")
    + """\
not_when: [A guest asks.]
actions: [{set: status, to: pending}]
"""
)
CRISIS = """\
id: call-them
title: Call them
version: "1.0"
status: active
owner: support
summary: Names a helpline.
reviewed: 2026-10-01
locale: en
variables:
  helpline: {label: Helpline, example: 988}
text: You can call {{ helpline }} at any hour.
translations:
  es: {of: "1.0", text: "Puedes llamar a {{ helpline }} a cualquier hora."}
  de: {of: "1.0", text: "Rund um die Uhr: {{ helpline }}."}
"""
TAKEN = (
    LETTER.replace("we-locked-it", "we-removed-it")
    .replace("We locked it", "We removed it")
    .replace("locale: en\n", "locale: en\nenforcement: account-lock\ncites: [account-integrity#ownership@3.1]\n")
)
SOP = """\
id: lock-it
title: Lock it
version: "2.0"
formerly: [shut-it]
status: active
owner: support
reviewed: 2026-10-01
summary: Locks it.
symptoms: [it is open]
trigger: Use it when it is open.
sla: {first_response: 4h, resolution: 3d}
steps:
  - {id: look, formerly: [see], title: Look, text: Look at it., tree: which-way}
  - {id: lock, title: Lock, text: "Later [[we-opened-it]] or [[we-removed-it]].", within: 15m, macro: we-locked-it}
  - {id: tell, title: Tell, text: Tell them., within: 2h, counts_from: arrival}
  - {id: note, title: Note, text: Note it., within: 3d, counts_from: see}
otherwise: Ask.
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    changes = {
        "content/vocabulary.yaml": VOCABULARY.replace("  S1: {name: Severe}\n", SEVERITIES).replace(
            ES, ES + "  de: {name: Deutsch}\n"
        )
        + CASE,
        "sops/lock-it.yaml": SOP,
        "decision_trees/which-way.yaml": TREE,
        "macros/we-locked-it.yaml": LETTER,
        "macros/we-opened-it.yaml": OTHER,
        "macros/we-removed-it.yaml": TAKEN,
        "macros/call-them.yaml": CRISIS,
    }
    return build_in(tmp_path_factory.mktemp("case"), changes)


@pytest.fixture(scope="module")
def site(place: Path) -> Iterator[str]:
    with served(place) as address:
        yield address


@pytest.fixture
def desk(site: str, open_page: Open) -> Any:
    page = open_page(f"{site}sops/lock-it/")
    begin(page)
    return page


def begin(page: Any, number: str = "LH-7", name: str = "Sam") -> None:
    page.keyboard.press("s")
    for words in (number, name):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    page.keyboard.press("Escape")


def inside(page: Any, name: str) -> Any:
    """The page that opens inside a step, by the words of its link."""
    page.locator(f"a:text-is('{name}') + .pb-open-here").first.click()
    page.wait_for_selector(f"iframe[title='{name}'].pb-shown")
    return page.frame_locator(f"iframe[title='{name}']")


def note(page: Any) -> str:
    return str(page.locator(".pb-case-note").text_content())


def test_a_case_on_one_page(desk: Any) -> None:
    """From the arrival to the note: nothing is typed twice, and no page is left."""
    assert desk.locator(".pb-case-button").inner_text() == "LH-7 · Sam"

    tree = inside(desk, "Which way?")
    assert not tree.locator(".md-header").is_visible()
    tree.locator(".pb-choice").first.click()
    tree.locator(".pb-card").wait_for()
    assert "decided: Lock it. (which-way 1.0)\n    Which way?\n    Who writes? A member" in note(desk)

    desk.locator(".pb-case-done").first.click()
    assert "done: Look (lock-it#look 2.0)" in note(desk)
    assert "min left" in desk.locator(".pb-within").first.inner_text(), "15 minutes from when the step before was done"

    letter = inside(desk, "We locked it")
    filled = {name: letter.locator(f"[data-pb-field={name}]").input_value() for name in ("name", "case_number")}
    assert filled == {"name": "Sam", "case_number": "LH-7"}
    arrived = desk.evaluate("new Date().toISOString().slice(0, 10)")
    assert letter.locator("[data-pb-field=received]").input_value() == arrived
    letter.locator("[data-pb-field=item]").fill("your page")
    letter.locator("[data-pb-copy=plain]").click()
    letter.locator("[data-pb-said]", has_text="Copied").wait_for()
    assert "copied: We locked it (we-locked-it 1.2, en)" in note(desk)

    other = inside(desk, "We opened it")
    other.locator("[data-pb-field=item]").wait_for()
    assert other.locator("[data-pb-field=item]").input_value() == "your page", (
        "what one letter was told, the next knows"
    )
    assert desk.url.endswith("/sops/lock-it/"), "nothing of the case goes into the address"


def test_who_was_reported_never_reads_the_name_of_who_did(desk: Any, site: str) -> None:
    """A letter that takes something away goes to somebody else than the one who wrote to us."""
    letter = inside(desk, "We removed it")
    letter.locator("[data-pb-field=item]").wait_for()
    assert letter.locator("[data-pb-field=name]").input_value() == ""
    assert letter.locator("[data-pb-field=case_number]").input_value() == "LH-7"
    letter.locator("[data-pb-field=name]").fill("Robin")
    assert desk.locator(".pb-case-button").inner_text() == "LH-7 · Sam"
    turn_to(desk, f"{site}macros/we-removed-it/")
    assert desk.locator("[data-pb-field=name]").input_value() == "Robin", "the next letter to them knows it"
    turn_to(desk, f"{site}macros/we-locked-it/")
    assert desk.locator("[data-pb-field=name]").input_value() == "Sam"


def test_what_was_copied_says_so_and_a_decision_opens_what_it_names(desk: Any) -> None:
    letter = inside(desk, "We opened it")
    for name in ("name", "case_number", "item"):
        letter.locator(f"[data-pb-field={name}]").fill("x")
    letter.locator("[data-pb-copy=plain]").click()
    desk.locator(".pb-case-told", has_text="copied, en,").wait_for()
    tree = inside(desk, "Which way?")
    tree.locator(".pb-choice").first.click()
    tree.locator(".pb-card a", has_text="We locked it").click()
    desk.wait_for_selector("iframe[title='We locked it'].pb-shown")
    assert desk.url.endswith("/sops/lock-it/")


def test_a_reload_another_page_and_another_tab(desk: Any, site: str, open_page: Open) -> None:
    desk.locator(".pb-case-done").first.click()
    desk.reload()
    assert desk.locator(".pb-case-when").first.inner_text().startswith("done")
    turn_to(desk, f"{site}macros/we-locked-it/")
    assert desk.locator("[data-pb-field=name]").input_value() == "Sam"
    desk.locator("[data-pb-field=name]").fill("Kim")
    turn_to(desk, f"{site}sops/lock-it/")
    assert desk.locator(".pb-case-button").inner_text() == "LH-7 · Kim"
    desk.locator(".pb-case-when").first.click()
    desk.locator(".pb-case-done").first.click()
    assert "done: Look" not in note(desk), "a tick can be taken back"
    assert open_page(f"{site}sops/lock-it/").locator(".pb-case-button").inner_text() == "Start a case"


def test_clearing_asks_once(desk: Any) -> None:
    desk.locator(".pb-case-button").click()
    desk.locator(".pb-case-clear").click()
    assert desk.locator(".pb-case-button").inner_text() == "LH-7 · Sam"
    desk.locator(".pb-case-clear").click()
    assert desk.locator(".pb-case-button").inner_text() == "Start a case"
    assert desk.locator(".pb-clocks b").first.inner_text() == "4 h"
    assert desk.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('playbook-case'))") == []


def test_a_link_is_the_case(desk: Any, site: str, open_page: Open) -> None:
    desk.locator(".pb-case-done").first.click()
    link = desk.evaluate("playbook.caseFiles.link(playbook.case.get())")
    there = open_page(f"{site}sops/lock-it/{link}")
    assert there.locator(".pb-case-button").inner_text() == "LH-7 · Sam"
    assert there.locator(".pb-case-when").first.inner_text().startswith("done")
    assert "#" not in there.url, "the next person who copies the address does not give the case away"

    turn_to(desk, "about:blank")
    turn_to(desk, f"{site}sops/lock-it/{link}")
    assert not desk.locator("dialog[open]").count(), "the same case asks nothing"
    begin(there, "", "X")
    turn_to(there, "about:blank")
    turn_to(there, f"{site}sops/lock-it/{link}")
    there.get_by_role("button", name="Keep LH-7 · X").click()
    assert there.locator(".pb-case-button").inner_text() == "LH-7 · X"
    turn_to(there, "about:blank")
    turn_to(there, f"{site}sops/lock-it/{link[:-9]}")
    assert "not whole" in there.locator("dialog[open]").inner_text()


def test_a_step_done_in_another_version_says_so(desk: Any) -> None:
    desk.locator(".pb-case-done").first.click()
    desk.evaluate(
        "() => { const old = playbook.case.get(); "
        "playbook.case.replace({ ...old, entries: old.entries.map(one => ({ ...one, version: '1.0' })) }) }"
    )
    assert "in version 1.0: it is 2.0 now" in desk.locator(".pb-case-when").first.inner_text()


def test_what_was_done_before_a_rename_is_still_done(desk: Any) -> None:
    desk.locator(".pb-case-done").first.click()
    desk.evaluate(
        "() => { const old = playbook.case.get(); "
        "playbook.case.replace({ ...old, entries: old.entries.map(one => ({ ...one, id: 'shut-it', part: 'see' })) }) }"
    )
    assert desk.locator(".pb-case-when").first.inner_text().startswith("done")
    desk.locator(".pb-case-when").first.click()
    desk.locator(".pb-case-done").first.click()
    assert "done:" not in note(desk), "and it can be taken back"


def test_what_is_done_shrinks_to_a_line_and_can_be_read_again(desk: Any, site: str) -> None:
    text = desk.locator(".pb-step + p", has_text="Look at it.")
    assert text.is_visible()
    desk.locator(".pb-case-done").first.click()
    assert not text.is_visible()
    assert desk.evaluate("document.activeElement.className") == "pb-case-when", "the keyboard is where it was"
    desk.keyboard.press("Enter")
    assert text.is_visible()
    desk.keyboard.press("Enter")
    turn_to(desk, f"{site}sops/lock-it/#look")
    assert text.is_visible(), "who comes for this step reads it"
    desk.emulate_media(media="print")
    desk.locator(".pb-case-when").first.evaluate("(one) => one.click()")  # which is on no paper
    assert text.is_visible(), "paper has all of it"
    desk.emulate_media(media="screen")


def test_paper_has_nothing_of_the_case(desk: Any) -> None:
    clock = desk.locator(".pb-clocks [data-pb-of]").first
    inside(desk, "Which way?")
    desk.locator(".pb-case-done").first.click()
    assert "left" in clock.inner_text()
    desk.emulate_media(media="print")
    assert desk.locator(".pb-case-left, .pb-case-when, .pb-inside-frame").locator("visible=true").count() == 0
    printed = clock.evaluate("(one) => getComputedStyle(one, '::after').content")
    assert "attr(title)" in printed or clock.get_attribute("title") in printed, "the time that the procedure gives"
    desk.emulate_media(media="screen")


def test_what_was_open_is_open_again_after_a_reload(desk: Any) -> None:
    tree = inside(desk, "Which way?")
    tree.locator(".pb-choice").first.click()
    tree.locator(".pb-card a", has_text="We locked it").click()
    desk.wait_for_selector("iframe[title='We locked it'].pb-shown")
    desk.reload()
    desk.wait_for_selector("iframe[title='We locked it'].pb-shown")
    desk.frame_locator("iframe[title='Which way?']").locator(".pb-card").wait_for()
    desk.locator(".pb-open-here", has_text="Close it").first.click()
    desk.reload()
    assert not desk.locator("iframe[title='Which way?']").count(), "what was closed stays closed"


def test_a_decision_sets_the_severity_of_the_case(desk: Any) -> None:
    assert not desk.locator(".pb-severity").is_visible(), "the page itself has none"
    tree = inside(desk, "Which way?")
    tree.locator(".pb-choice").first.click()
    tree.locator(".pb-card").wait_for()
    assert desk.locator(".pb-severity").inner_text().startswith("S0")
    said = desk.locator(".pb-ribbon").get_by_role("status")
    assert said.inner_text() == "Severity S0 Danger, set by the decision", "who does not see the badge is told"
    assert desk.locator(".pb-clocks b").first.get_attribute("data-pb-limit") == "15m"
    assert "Severity: S0" in note(desk)
    tree.locator("body").press("Backspace")
    tree.locator(".pb-choice").nth(1).click()
    tree.locator(".pb-card", has_text="Wait.").wait_for()
    assert not desk.locator(".pb-severity").is_visible(), "another end of the same walk takes it back"
    assert desk.locator(".pb-clocks b").first.get_attribute("data-pb-limit") == "4h"


def test_a_time_counts_from_what_its_step_says(desk: Any) -> None:
    """An hour that runs from the arrival is no hour for whoever opens the case late."""
    clocks = desk.locator(".pb-within")
    said = ["Within 15 minutes", "Within 2 hours of the arrival", "Within 3 days of “Look”"]
    desk.evaluate("playbook.case.change({ facts: { arrived: new Date(Date.now() - 5_400_000).toISOString() } })")
    found = [clocks.nth(number).inner_text() for number in range(3)]
    assert [found[0], found[2]] == [said[0], said[2]], "nobody has looked yet"
    assert "29 min left" in found[1] or "30 min left" in found[1]
    desk.locator(".pb-case-done").first.click()
    assert "days left" in clocks.nth(2).inner_text()
    desk.evaluate("playbook.case.clear()")
    assert [clocks.nth(number).inner_text() for number in range(3)] == said


def test_a_case_has_words_of_ones_own_and_is_there_on_every_page(desk: Any, site: str) -> None:
    turn_to(desk, f"{site}queues/")
    assert desk.locator(".pb-case-button").inner_text() == "LH-7 · Sam"
    desk.keyboard.press("s")
    desk.get_by_label("In your own words").fill("Rang twice.\nNo answer.")
    assert note(desk).endswith("Rang twice.\nNo answer.")


@pytest.mark.parametrize(
    ("country", "filled"),
    [
        ("Spain", ["024 (call)", "024 (llamada)", ""]),
        ("espana", ["024 (call)", "024 (llamada)", ""]),
        ("ca", ["988", "988", "988"]),
        ("Utopia", ["", "", ""]),
    ],
)
def test_the_country_of_a_case_fills_what_depends_on_it(country: str, filled: list[str], desk: Any, site: str) -> None:
    """In the language of the letter, or not at all: English words in another letter help nobody."""
    desk.evaluate("name => playbook.case.change({ facts: { country: name } })", country)
    turn_to(desk, f"{site}macros/call-them/")
    found = []
    for language in ("en", "es", "de"):
        desk.locator(f"#_tab-{language}").click()
        found.append(desk.locator("[data-pb-field=helpline]").input_value())
    assert found == filled
    desk.locator("[data-pb-field=helpline]").fill("112")
    desk.locator("#_tab-en").click()
    assert desk.locator("[data-pb-field=helpline]").input_value() == "112", "what was typed stays"
    assert "024 (llamada)" in desk.locator("#_country-helpline + div, #_country-helpline + table").inner_text()


def test_inside_a_step_a_letter_says_when_not_to_send_it_and_what_else_to_set(desk: Any) -> None:
    letter = inside(desk, "We opened it")
    assert "A guest asks." in letter.locator(".pb-not").inner_text()
    assert letter.locator("#_actions + ul").inner_text() == "Set status to pending"
    assert not letter.locator("#_about").is_visible()


def test_a_walk_that_came_by_a_link_is_no_decision_of_the_case(desk: Any, site: str) -> None:
    turn_to(desk, f"{site}decision_trees/which-way/#walk=member")
    desk.locator(".pb-card").wait_for()
    assert "decided" not in note(desk)
    desk.keyboard.press("Backspace")
    desk.keyboard.press("1")
    desk.locator(".pb-card").wait_for()
    assert "decided: Lock it." in note(desk)


def test_where_the_browser_keeps_nothing(site: str, open_page: Open) -> None:
    page = open_page("about:blank")
    page.add_init_script("Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('no') } })")
    turn_to(page, f"{site}sops/lock-it/")
    begin(page)
    page.locator(".pb-case-done").first.click()
    assert "done: Look" in note(page)
    page.locator(".pb-case-button").click()
    assert "lost when you leave" in page.locator(".pb-case-said").inner_text()


def test_from_a_folder(place: Path, open_page: Open) -> None:
    page = open_page((place / "sops/lock-it/index.html").as_uri())
    begin(page)
    letter = inside(page, "We locked it")
    letter.locator("[data-pb-field=name]").wait_for()
    assert letter.locator("[data-pb-field=name]").input_value() == "Sam"


def test_keys_of_the_page_work_inside_a_step(desk: Any) -> None:
    tree = inside(desk, "Which way?")
    tree.locator(".pb-choice").first.focus()
    desk.keyboard.press("s")
    desk.locator("dialog.pb-case[open]").wait_for()
    assert not tree.locator("dialog[open]").count(), "not in the little room of the step"
    desk.keyboard.press("Escape")
    letter = inside(desk, "We locked it")
    letter.locator("[data-pb-field=item]").press("/")
    desk.locator("dialog.pb-search[open]").wait_for()
    assert not letter.locator("dialog[open]").count()


def test_a_page_does_not_obey_strangers(desk: Any) -> None:
    """Only what we opened in a step may change the case."""
    desk.evaluate("window.postMessage({ playbook: 'change', change: { facts: { name: 'Mallory' } } }, '*')")
    desk.evaluate(
        "() => { const frame = document.createElement('iframe'); document.body.append(frame); "
        "const data = { playbook: 'change', change: { facts: { name: 'Mallory' } } }; "
        "dispatchEvent(new MessageEvent('message', { data, origin: location.origin, source: frame.contentWindow })) }"
    )
    desk.wait_for_timeout(100)
    assert desk.locator(".pb-case-button").inner_text() == "LH-7 · Sam"


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_case_can_be_used_by_everybody(site: str, open_page: Open, axe: Axe, width: int, scheme: str) -> None:
    page = open_page(f"{site}sops/lock-it/", width, scheme)
    begin(page, "LH-" + "7" * 60, "Sam " * 30)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(".pb-case-button").click()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert json.loads(page.evaluate("JSON.stringify(playbook.case.get())"))["number"].startswith("LH-777")
