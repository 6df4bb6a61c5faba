"""One page a case: what is typed once, what opens inside a step, what becomes of clocks, ticks and the note."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from knowledge import VOCABULARY

from browser.conftest import LOOKS, Axe, Open, build_in, served, turn_to, until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("a browser for cases")]

CASE = """\
case: {number: [case_number], name: [name], arrived: [received]}
calendar: {country: DE}
countries:
  ES: {name: Spain, also: [España], locales: [es], fills: {helpline: {en: 024 (call), es: 024 (llamada)}}}
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
  lock: {decision: Lock it., severity: S0, sop: lock-it#note, macro: we-locked-it}
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
THIRD = (
    LETTER.replace("we-locked-it", "we-told-them")
    .replace("We locked it", "We told them")
    .replace("locale: en\n", "locale: en\nrecipient: other\n")
)
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
  - {id: tell, title: Tell, text: "Tell them, or [[we-told-them]].", within: 2h, counts_from: arrival}
  - {id: note, title: Note, text: "Note it, or [[we-locked-it]].", within: 3d, counts_from: see}
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
        "sops/untimed.yaml": SOP.replace("id: lock-it", "id: untimed")
        .replace("formerly: [shut-it]\n", "")
        .replace("sla: {first_response: 4h, resolution: 3d}\n", ""),
        "sops/by-severity.yaml": SOP.replace("id: lock-it", "id: by-severity")
        .replace("formerly: [shut-it]\n", "")
        .replace("sla: {first_response: 4h, resolution: 3d}\n", "severity: S0\n"),
        "decision_trees/which-way.yaml": TREE,
        "macros/we-locked-it.yaml": LETTER,
        "macros/we-opened-it.yaml": OTHER,
        "macros/we-removed-it.yaml": TAKEN,
        "macros/we-told-them.yaml": THIRD,
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
    own, also = f"a:text-is('{name}') + .pb-open-here", f".pb-open-also > .pb-open-here:text-is('{name}')"
    page.locator(f"{own}, {also}").first.click()
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


def test_a_severity_has_its_times_on_every_page(site: str, open_page: Open) -> None:
    """They were on the list of the queue, and not where the clock of a case runs."""
    page = open_page(f"{site}sops/by-severity/")
    limits = "all => all.filter(one => one.offsetParent).map(one => one.dataset.pbLimit)"
    assert page.locator(".pb-clocks [data-pb-of]").evaluate_all(limits) == ["15m", "4h"]
    begin(page)
    page.locator(".pb-clocks .pb-case-left").first.wait_for()
    assert page.locator(".pb-clocks .pb-case-left").count() == 2
    page.goto(f"{site}sops/untimed/")
    assert page.locator(".pb-clocks [data-pb-of]").evaluate_all(limits) == []
    tree = inside(page, "Which way?")
    tree.locator(".pb-choice").first.click()
    tree.locator(".pb-card").wait_for()
    page.locator(".pb-clocks .pb-case-left").first.wait_for()
    assert page.locator(".pb-clocks [data-pb-of]").evaluate_all(limits) == ["15m", "4h"]
    tree.locator("body").press("Backspace")
    tree.locator(".pb-choice").nth(1).click()
    tree.locator(".pb-card", has_text="Wait.").wait_for()
    assert page.locator(".pb-clocks [data-pb-of]").evaluate_all(limits) == []


def test_a_time_counts_from_what_its_step_says(desk: Any) -> None:
    """An hour that runs from the arrival is no hour for whoever opens the case late."""
    clocks = desk.locator(".pb-within")
    said = ["Within 15 minutes", "Within 2 hours of the arrival", "Within 3 days of “Look”"]
    desk.evaluate("playbook.case.change({ facts: { arrived: new Date(Date.now() - 5_400_000).toISOString() } })")
    found = [clocks.nth(number).inner_text() for number in range(3)]
    assert [found[0], found[2]] == [said[0], said[2]], "nobody has looked yet"
    assert "29 min left" in found[1] or "30 min left" in found[1]
    desk.locator(".pb-case-done").first.click()
    assert "2 d 23 h left" in clocks.nth(2).inner_text()
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


def clear(page: Any) -> None:
    page.locator(".pb-case-button").click()
    for _ in range(2):
        page.locator(".pb-case-clear").click()


def test_nothing_of_one_person_is_in_the_letter_of_the_next(desk: Any, site: str) -> None:
    """The next case once copied a letter to the first person, with their secure link in it."""
    letter = inside(desk, "We locked it")
    letter.locator("[data-pb-field=item]").fill("their secure link")
    tree = inside(desk, "Which way?")
    tree.locator(".pb-choice").first.click()
    tree.locator(".pb-card").wait_for()
    clear(desk)
    assert not desk.locator("iframe").count(), "what was open for one case is open for the next"
    begin(desk, "LH-8", "Kim")
    letter = inside(desk, "We locked it")
    until_filled(letter, "name", "Kim")
    assert letter.locator("[data-pb-field=item]").input_value() == ""
    tree = inside(desk, "Which way?")
    tree.locator(".pb-choice").first.wait_for()

    turn_to(desk, f"{site}macros/we-locked-it/")
    desk.locator("[data-pb-field=item]").fill("the link of Kim")
    clear(desk)
    assert [desk.locator(f"[data-pb-field={one}]").input_value() for one in ("name", "case_number", "item")] == [""] * 3
    begin(desk, "LH-9", "Robin")
    assert desk.locator("[data-pb-field=name]").input_value() == "Robin"
    assert "the link of Kim" not in desk.locator(".pb-letter-text").first.inner_text()
    desk.locator("[data-pb-field=item]").fill("the link of Robin")
    desk.evaluate("playbook.case.replace({ ...playbook.case.get(), key: 'another', typed: {}, name: 'Alex' })")
    assert desk.locator("[data-pb-field=item]").input_value() == "", "a case that came by a link is another, too"
    assert desk.locator("[data-pb-field=name]").input_value() == "Alex"


def until_filled(letter: Any, name: str, value: str) -> None:
    letter.locator(f"[data-pb-field={name}]").wait_for()
    letter.locator(".pb-letter-text", has_text=value).first.wait_for()
    assert letter.locator(f"[data-pb-field={name}]").input_value() == value


def test_a_page_to_which_one_goes_back_has_the_case_of_now(desk: Any, site: str) -> None:
    for path in ("macros/we-locked-it/", "queues/"):
        desk.goto(f"{site}{path}")
        if "macros" in path:
            desk.locator("[data-pb-field=item]").fill("their secure link")
    clear(desk)
    desk.go_back()
    assert desk.locator(".pb-case-button").inner_text() == "Start a case"
    assert [desk.locator(f"[data-pb-field={one}]").input_value() for one in ("name", "item")] == ["", ""]
    desk.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert desk.locator(".pb-case-button").inner_text() == "Start a case"
    begin(desk, "LH-8", "Kim")
    desk.evaluate("sessionStorage.clear(); dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert desk.locator("[data-pb-field=name]").input_value() == "", "the page was kept as it was, the case was not"


def test_a_walk_of_one_case_is_not_that_of_the_next(desk: Any, site: str) -> None:
    turn_to(desk, f"{site}decision_trees/which-way/")
    desk.keyboard.press("1")
    desk.locator(".pb-card").wait_for()
    clear(desk)
    desk.locator(".pb-choice").first.wait_for()
    assert "#" not in desk.url
    desk.locator(".pb-choice").nth(1).click()
    begin(desk)
    assert desk.locator(".pb-card").is_visible(), "what was walked before a case was opened stays"


def test_nothing_takes_the_focus_from_who_types(desk: Any) -> None:
    """What was typed into the panel went into the letter below it."""
    letter = inside(desk, "We locked it")
    letter.locator("[data-pb-field=item]:focus").wait_for()
    inside(desk, "Which way?")
    desk.locator(".pb-case-button").click()
    desk.keyboard.type("LH-3XYZ", delay=20)
    desk.wait_for_timeout(100)
    assert desk.locator("[data-case-fact=number]").input_value() == "LH-3XYZ"
    assert until_said(letter, "case_number") == "LH-3XYZ", "the letter follows"
    desk.keyboard.press("Escape")
    assert not desk.locator("dialog[open]").count()

    desk.evaluate(
        "() => { document.querySelector('#tell ~ p .pb-open-here, #tell ~ * .pb-open-here').click(); "
        "document.querySelector('.pb-case-button').click(); }"
    )
    desk.wait_for_selector("iframe[title='We told them'].pb-shown")
    desk.wait_for_timeout(200)
    desk.keyboard.type("LH-4")
    assert desk.locator("[data-case-fact=number]").input_value() == "LH-4", "a letter that came late takes it"


def until_said(letter: Any, name: str) -> str:
    letter.locator(f"[data-pb-field={name}]").wait_for()
    return str(letter.locator(f"[data-pb-field={name}]").input_value())


def language(page: Any) -> str:
    return str(page.locator("[data-pb-tab][aria-selected=true]").get_attribute("data-pb-tab"))


def test_the_country_of_a_case_chooses_the_language_of_its_letters(desk: Any, site: str) -> None:
    """After a German case, an English child's letter opened in German."""
    turn_to(desk, f"{site}macros/call-them/")
    assert language(desk) == "en"
    desk.evaluate("playbook.case.change({ facts: { country: 'españa' } })")
    assert language(desk) == "es"
    desk.locator("#_tab-de").click()
    turn_to(desk, f"{site}macros/call-them/")
    assert language(desk) == "de", "what was chosen by hand counts in this case"
    clear(desk)
    begin(desk)
    assert language(desk) == "en", "and not in the next one"
    desk.evaluate("playbook.case.change({ facts: { country: 'Canada' } })")
    assert language(desk) == "en"
    turn_to(desk, f"{site}macros/we-locked-it/")
    desk.evaluate("playbook.case.change({ facts: { country: 'Spain' } })")
    assert language(desk) == "en", "the language of the country is one that the letter lacks"
    turn_to(desk, f"{site}macros/call-them/#de")
    assert language(desk) == "de", "a link that names a language"
    clear(desk)
    desk.locator("#_tab-es").click()
    turn_to(desk, f"{site}macros/call-them/")
    assert language(desk) == "es", "without a case it is as the time before"


def test_what_a_step_is_for_is_its_first_button(desk: Any) -> None:
    """The first button on the screen was often that of a letter which the text only mentions."""
    buttons = desk.locator("#lock ~ * .pb-open-here").all_inner_texts()
    assert buttons[:3] == ["Write it here", "We opened it", "We removed it"]
    assert desk.locator("#lock ~ * .pb-open-here").first.evaluate("one => one.matches('.pb-next .pb-open-main')")
    assert desk.locator("#tell ~ * a:text-is('We told them') + .pb-open-here").count(), "no other is meant there"


def test_a_step_that_does_not_apply_is_not_done(desk: Any) -> None:
    desk.locator(".pb-case-skip").first.click()
    assert "does not apply: Look (lock-it#look 2.0)" in note(desk)
    assert desk.locator(".pb-case-when").first.inner_text().startswith("does not apply, ")
    clocks = desk.locator(".pb-within")
    assert "min left" in clocks.nth(0).inner_text(), "what counts from it runs"
    assert "left" in clocks.nth(2).inner_text()
    desk.locator(".pb-case-when").first.click()
    desk.get_by_role("button", name="Applies after all").click()
    assert "Look" not in note(desk)
    desk.locator("#lock").scroll_into_view_if_needed()
    desk.locator("#lock ~ .pb-case-end .pb-case-done").first.focus()
    desk.keyboard.press("x")
    assert "does not apply: Lock (" in note(desk)
    desk.locator("#tell ~ .pb-case-end .pb-case-done").first.focus()
    desk.keyboard.press("d")
    assert "done: Tell (" in note(desk)


def test_a_letter_to_somebody_else_has_not_the_name_of_the_case(desk: Any, site: str) -> None:
    letter = inside(desk, "We told them")
    until_filled(letter, "case_number", "LH-7")
    assert letter.locator("[data-pb-field=name]").input_value() == ""
    letter.locator("[data-pb-field=name]").fill("Robin")
    assert desk.locator(".pb-case-button").inner_text() == "LH-7 · Sam"
    turn_to(desk, f"{site}macros/we-removed-it/")
    assert desk.locator("[data-pb-field=name]").input_value() == "", "whom we told is not from whom it was taken"
    turn_to(desk, f"{site}macros/we-told-them/")
    assert desk.locator("[data-pb-field=name]").input_value() == "Robin"


def test_a_decision_in_a_step_starts_the_clock_of_the_next(desk: Any) -> None:
    assert desk.locator(".pb-within").first.inner_text() == "Within 15 minutes"
    tree = inside(desk, "Which way?")
    tree.locator(".pb-choice").first.click()
    desk.locator(".pb-within", has_text="min left").nth(1).wait_for()
    assert "min left" in desk.locator(".pb-within").first.inner_text()


@pytest.mark.parametrize(("width", "size"), [(320, 100), (640, 100), (1280, 100), (1280, 200), (1920, 100)])
def test_each_time_is_in_view_with_what_it_is_for(width: int, size: int, site: str, open_page: Open) -> None:
    page = open_page(f"{site}sops/lock-it/", width)
    begin(page)
    page.evaluate("size => { document.documentElement.style.fontSize = `${20 * size / 100}px` }", size)
    ribbon, times = page.locator(".pb-ribbon").bounding_box(), page.locator(".pb-clocks > span:has(b)")
    for time, label in zip(times.all(), ("First answer", "resolve"), strict=True):
        box, words = time.bounding_box(), time.inner_text()
        assert (words[: len(label)], words[-4:]) == (label, "left")
        assert 0 <= box["y"] - ribbon["y"] <= ribbon["height"] - box["height"] + 1
        assert 0 <= box["x"] <= width - box["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(".pb-way > summary").click()
    page.locator(".pb-way li a").nth(1).click()
    page.wait_for_timeout(200)
    ribbon = page.locator(".pb-ribbon").bounding_box()
    assert page.locator("#lock").bounding_box()["y"] >= ribbon["y"] + ribbon["height"] - 1, "a jump ends under the bar"


def test_calm_soon_and_over_look_different(desk: Any) -> None:
    found = []
    for minutes in (10, 230, 300):
        ago = "m => playbook.case.change({ facts: { arrived: new Date(Date.now() - m * 60_000).toISOString() } })"
        desk.evaluate(ago, minutes)
        time = desk.locator("b[data-pb-of=first]")
        found.append(
            (
                time.get_attribute("class") or "",
                time.locator(".pb-case-left").evaluate("one => getComputedStyle(one).color"),
            )
        )
    assert [one for one, _ in found] == ["", "pb-case-soon", "pb-case-over"]
    assert len({color for _, color in found}) == 3
    assert desk.locator("b[data-pb-of=first]").inner_text().endswith("over")


def test_a_letter_opens_again_in_its_own_step_only(desk: Any) -> None:
    """It was open in another step too, and printed twice."""
    desk.locator("#note ~ * a:text-is('We locked it') + .pb-open-here").click()
    desk.wait_for_selector("iframe[title='We locked it'].pb-shown")
    desk.reload()
    desk.wait_for_selector("iframe[title='We locked it'].pb-shown")
    assert desk.locator("iframe").count() == 1
    assert desk.locator("#note ~ * iframe, #note ~ iframe").count() == 1
    clear(desk)
    begin(desk, "LH-8", "Kim")
    desk.reload()
    desk.wait_for_timeout(200)
    assert not desk.locator("iframe").count()


def test_an_arrival_is_of_a_year_that_can_be(site: str, open_page: Open) -> None:
    page = open_page(f"{site}sops/lock-it/", timezone_id="Europe/Berlin")
    page.keyboard.press("s")
    field = page.locator("[data-case-fact=arrived]")
    field.fill("2026-11-28T02:10")
    here = page.locator(".pb-case-here")
    assert here.inner_text() == "Sat 28 Nov 02:10 UTC, 03:10 here" or here.inner_text() == "02:10 UTC, 03:10 here"
    for wrong in ("112026-11-28T02:10", "1026-11-28T02:10"):
        field.evaluate("(one, value) => { one.value = value; one.dispatchEvent(new Event('input')) }", wrong)
        assert "from 2000 to 2100" in here.inner_text()
        assert page.evaluate("playbook.case.get().arrived") == "2026-11-28T02:10:00Z"
    assert page.complaints == []


def test_a_word_that_goes_nowhere_opens_nothing(desk: Any) -> None:
    """Letters that were typed beside a field opened the case, and were appended to its number."""
    desk.keyboard.type("letssee")
    assert not desk.locator("dialog[open]").count()
    desk.wait_for_timeout(1100)
    desk.keyboard.press("s")
    desk.keyboard.type("LH-5")
    assert desk.locator("[data-case-fact=number]").input_value() == "LH-5", "the number is selected"


def test_keys_lead_from_step_to_step_and_a_decision_to_its_step(desk: Any) -> None:
    for key, id in (("n", "lock"), ("n", "tell"), ("n", "note"), ("n", "note"), ("p", "tell"), ("p", "lock")):
        desk.keyboard.press(key)
        assert desk.evaluate("document.activeElement.id") == id
    desk.keyboard.press("?")
    keys = desk.locator(".pb-keys dl").inner_text()
    assert "to the next step" in keys
    assert "does not apply" in keys
    desk.keyboard.press("Escape")
    tree = inside(desk, "Which way?")
    tree.locator(".pb-choice").first.click()
    for _ in range(2):
        tree.locator(".pb-card a", has_text="Note").click()
        until(desk, "document.activeElement.id === 'note'")
        assert desk.url.endswith("/sops/lock-it/#note")


def test_who_goes_back_from_a_decision_has_not_decided(desk: Any) -> None:
    tree = inside(desk, "Which way?")
    tree.locator(".pb-choice").first.click()
    tree.locator(".pb-card").wait_for()
    tree.locator(".pb-in-note").wait_for()  # where the path is, when there is no button to copy it
    assert desk.locator(".pb-ribbon.pb-urgent").count()
    tree.locator(".pb-tool", has_text="Back").click()
    tree.locator(".pb-choice").first.wait_for()
    until(desk, "!document.querySelector('.pb-ribbon.pb-urgent')")
    assert "decided" not in note(desk)
    tree.locator(".pb-choice").first.click()
    tree.locator(".pb-card").wait_for()
    desk.locator(".pb-case-done").first.click()
    desk.locator(".pb-case-when").first.click()
    tree.locator(".pb-trail a").first.click()
    tree.locator(".pb-choice").first.wait_for()
    assert desk.url.endswith("/sops/lock-it/"), "a way back leads out of the procedure"
    until(desk, "!document.querySelector('.pb-ribbon.pb-urgent')")
    assert "Taken back" in note(desk), "something was done since: the note keeps what it was done on"


def test_nothing_is_cut_off_on_a_small_screen(site: str, open_page: Open) -> None:
    page = open_page(f"{site}macros/call-them/", 320)
    for tab in page.locator("[data-pb-tab]").all():
        box = tab.bounding_box()
        assert 0 <= box["x"] <= 320 - box["width"], f"{tab.inner_text()} is cut"
    for cap in page.locator(".pb-told kbd:visible").all():
        assert cap.bounding_box()["height"] < 30, f"{cap.inner_text()} is broken in two"
    turn_to(page, f"{site}sops/lock-it/")
    begin(page)
    page.mouse.wheel(0, 2000)
    until(page, "scrollY > 400")
    page.mouse.wheel(0, -200)
    page.locator(".md-top:not([hidden])").wait_for()
    place = page.locator(".md-top").bounding_box()
    assert place["y"] > page.viewport_size["height"] / 2, "the way to the top lies on what is read"
    assert place["x"] + place["width"] <= 320


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_case_can_be_used_by_everybody(site: str, open_page: Open, axe: Axe, width: int, scheme: str) -> None:
    page = open_page(f"{site}sops/lock-it/", width, scheme)
    begin(page, "LH-" + "7" * 60, "Sam " * 30)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(".pb-case-button").click()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert json.loads(page.evaluate("JSON.stringify(playbook.case.get())"))["number"].startswith("LH-777")
