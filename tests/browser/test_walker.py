"""A decision walked on its page, in a real Chromium: by keys, by its address, with a screen reader's eyes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from knowledge import TABLE, TREE

from browser.conftest import LOOKS, Axe, Build, Open, turn_to, unfolded, until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

DAY = "2026-11-30"
TAKEOVER = "decision_trees/account-takeover/"
PATH = "decision_trees/account-takeover.yaml"
STATES = {
    "the first question": "",
    "a question": "#walk=member-report.otherwise",
    "a decision": "#walk=third-party.administrator.one.otherwise.otherwise",
    "a link that is too old": "#walk=member-report.gone",
}


def asked(page: Any) -> str:
    """The question or decision that somebody reads in large type."""
    return str(page.locator(".pb-walker h2").inner_text())


def leads_to(page: Any, question: str) -> None:
    """Waits until a link, or the browser's Back, has led to a question or decision; fails where it leads elsewhere."""
    api = pytest.importorskip("playwright.sync_api")
    api.expect(page.locator(".pb-walker h2")).to_have_text(question)
    api.expect(page.locator(".pb-walker h2")).to_be_focused()


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.textContent"))


def described(page: Any) -> str:
    """What a screen reader adds when it says the question or decision."""
    return str(
        page.locator(".pb-walker h2").evaluate(
            "(one) => (one.getAttribute('aria-describedby') || '').split(' ')"
            ".map((id) => document.getElementById(id)?.textContent).join(' ')"
        )
    )


def sent(page: Any) -> str:
    """What the address says of the walk."""
    return str(page.evaluate("location.hash"))


def link(page: Any) -> str:
    """The address as somebody copies it."""
    return str(page.evaluate("location.href"))


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_every_state_fits_and_can_be_read_by_all(
    width: int, scheme: str, open_page: Open, address: str, axe: Axe
) -> None:
    page = open_page(address, width, scheme, at=DAY)
    for state, way in STATES.items():
        turn_to(page, address + TAKEOVER + way)
        assert page.locator(".pb-walker").is_visible(), state
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{state} scrolls sideways at {width}"
        low = page.locator(".pb-choice").evaluate_all("all => all.filter(one => one.offsetHeight < 44).length")
        assert low == 0, f"{state}: an answer is too low for a thumb"
        assert axe(page) == [], state
        assert (page.complaints, page.strangers) == ([], []), state


def test_an_answer_leads_to_its_question_and_the_focus_goes_along(open_page: Open, address: str) -> None:
    page = open_page(address + TAKEOVER, at=DAY)
    assert page.evaluate("document.activeElement === document.body"), "nobody asked for the focus yet"
    for key, question in {"3": "Can the writer still sign in?", "4": "How many signals"}.items():
        page.keyboard.press(key)
        assert asked(page).startswith(question)
        assert focused(page) == asked(page), "a screen reader does not hear the new question"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert asked(page).startswith("Lock the account"), (
        "the first answer after the link in the help is not reached by Tab"
    )
    assert focused(page) == asked(page)
    page.keyboard.press("Backspace")
    assert (asked(page)[:16], page.get_by_role("status").first.inner_text()) == ("How many signals", "One step back.")
    page.keyboard.press("r")
    assert (asked(page)[:16], sent(page)) == ("What brought the", "#walk=")
    page.keyboard.press("Backspace")
    assert asked(page).startswith("What brought"), "Backspace at the first question leaves the page"


def test_each_step_of_the_trail_leads_back_to_its_question(open_page: Open, address: str) -> None:
    page = open_page(address + TAKEOVER + "#walk=member-report.otherwise.one", at=DAY)
    way = page.get_by_role("navigation", name="Your answers so far")
    steps = way.get_by_role("listitem")
    assert steps.all_inner_texts()[1].split("\n") == [
        "Can the writer still sign in?",
        "No, for another reason or none known",
    ]
    steps.nth(1).get_by_role("link").click()
    leads_to(page, "Can the writer still sign in?")
    assert steps.count() == 1


def test_the_address_resumes_and_back_goes_one_step_back(open_page: Open, address: str) -> None:
    page = open_page(address + TAKEOVER, at=DAY)
    page.keyboard.press("2")
    page.keyboard.press("3")
    again = open_page(link(page), at=DAY)
    assert asked(again) == asked(page)
    assert asked(page).startswith("Did anything else change")
    page.go_back()
    leads_to(page, "Where is the key, and who used it?")
    page.go_back()
    leads_to(page, "What brought the case here?")
    page.go_forward()
    leads_to(page, "Where is the key, and who used it?")


@pytest.mark.parametrize(
    ("way", "stands", "lost"),
    [
        ("member-report.gone.one", "Can the writer still sign in?", "gone"),
        ("key.public.perhaps", "Could a stop of this key", "perhaps"),
        ("<img src=x onerror=alert(1)>", "What brought the case here?", "<img src=x onerror=alert(1)>"),
    ],
)
def test_an_old_link_goes_as_far_as_it_holds(way: str, stands: str, lost: str, open_page: Open, address: str) -> None:
    page = open_page(f"{address}{TAKEOVER}#walk={way}", at=DAY)
    assert asked(page).startswith(stands)
    told = page.locator(".pb-walker .pb-warning").inner_text()
    assert "has changed since the link was made" in told
    assert lost in told.replace("%20", " ").replace("%3C", "<").replace("%3E", ">")
    assert described(page).startswith(told), "a screen reader does not hear it"
    assert page.complaints == []


def test_links_to_parts_of_the_page_stay_links(open_page: Open, address: str) -> None:
    page = open_page(address + TAKEOVER + "#harm", at=DAY)
    box = page.locator("h3#harm").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 900, "the walker has pushed it out of view"
    page.keyboard.press("2")
    page.evaluate("location.hash = '#lock'")
    page.wait_for_timeout(100)
    assert asked(page) == "Where is the key, and who used it?"


def test_keys_do_nothing_where_somebody_types_or_reads_elsewhere(open_page: Open, address: str) -> None:
    page = open_page(address + TAKEOVER, at=DAY)
    page.keyboard.press("Control+1")
    page.keyboard.press("Alt+1")
    page.keyboard.press("/")
    page.wait_for_selector("dialog.pb-search[open]")
    page.keyboard.type("12")
    page.keyboard.press("Escape")
    page.locator(".pb-facts a").first.focus()
    page.keyboard.press("3")
    assert asked(page) == "What brought the case here?"


def test_keys_can_be_turned_off_and_stay_off(open_page: Open, address: str) -> None:
    page = open_page(address + TAKEOVER, at=DAY)
    page.get_by_label("Keys 1–9").uncheck()
    page.keyboard.press("1")
    assert asked(page) == "What brought the case here?"
    assert page.locator(".pb-walker kbd:visible").count() == 0, "keys are shown that do nothing"
    assert page.locator(".pb-walker [aria-keyshortcuts]").count() == 0, "keys are told that do nothing"
    page.reload()
    page.keyboard.press("1")
    assert asked(page) == "What brought the case here?"
    page.get_by_label("Keys 1–9").check()
    page.keyboard.press("1")
    assert asked(page).startswith("How many signals")


# Selects each "Walk this case" in turn, in the page itself: of eight hundred of them, each took a tenth of a second.
WALK_ALL = """async () => {
  const found = [];
  for (const one of document.querySelectorAll(".pb-walk-it")) {
    const way = one.getAttribute("href");
    const expected = one.previousElementSibling.textContent;
    const isThere = () => document.querySelector(".pb-walker h2").textContent === expected;
    one.click();
    for (let left = 400; left && !(location.hash.startsWith(way) && isThere()); left--) {
      await new Promise((done) => setTimeout(done, 5));
    }
    const heading = document.querySelector(".pb-walker h2");
    found.push({
      way,
      address: location.hash.split("@")[0],
      expected,
      decision: heading.textContent,
      y: heading.getBoundingClientRect().y,
    });
  }
  return found;
}"""


def test_every_golden_case_walks_to_its_decision(open_page: Open, address: str) -> None:
    page = open_page(address + "decision_trees/", at=DAY)
    trees = page.locator(".pb-row-name > a").evaluate_all("all => all.map(one => one.href)")
    assert len(trees) >= 10
    for tree in trees:
        page.goto(tree)
        unfolded(page)
        walked = page.evaluate(WALK_ALL)
        assert len(walked) >= 2
        for case in walked:
            assert case["decision"] == case["expected"], tree
            assert case["address"] == case["way"], tree
            assert case["y"] > 0, "the walker is out of view"


def test_a_table_is_asked_like_a_tree(open_page: Open, build: Build) -> None:
    page = open_page((build({PATH: TABLE}) / TAKEOVER / "index.html").as_uri())
    for answers, decision in {"21": "Act today", "22": "Act now", "13": "Act today", "12": "Act this week"}.items():
        page.keyboard.press("r")
        assert asked(page) == "How bad is it?"
        page.keyboard.press(answers[0])
        assert (asked(page), page.locator(".pb-stage > p").nth(1).inner_text()) == (
            "How many are hit?",
            "Count accounts.",
        )
        page.keyboard.press(answers[1])
        assert asked(page) == decision
    unfolded(page).locator("[href='#walk=high.many']").click()
    leads_to(page, "Act now")


STUB = """
document.querySelector('.md-content__inner').insertAdjacentHTML('beforeend', `<svg>
<g data-pb-node="signal"></g><g data-pb-node="lock"></g><g data-pb-node="leave"></g>
<path data-pb-from="signal" data-pb-answer="maybe yes" data-pb-to="lock"></path>
<path data-pb-from="signal" data-pb-answer="otherwise" data-pb-to="leave"></path></svg>`)
"""
MARKED = "all => all.filter(one => one.matches('.pb-walked')).map(one => one.dataset.pbNode || one.dataset.pbAnswer)"


@pytest.mark.parametrize("is_real", [False, True])
def test_the_drawing_shows_the_way(is_real: bool, open_page: Open, build: Build) -> None:
    page = open_page((build() / TAKEOVER / "index.html").as_uri())
    if is_real and not page.locator(".pb-drawing").count():
        pytest.skip("no drawing without Graphviz")
    if not is_real:
        page.locator(".pb-drawing").evaluate_all("all => all.forEach(one => one.remove())")
        page.evaluate(STUB)
    page.keyboard.press("1")
    assert page.locator("[data-pb-node]").evaluate_all(MARKED) == ["signal", "lock"]
    assert page.locator("[data-pb-from]").evaluate_all(MARKED) == ["yes" if is_real else "maybe yes"]
    assert page.locator(".pb-now").get_attribute("data-pb-node") == "lock"
    page.keyboard.press("r")
    assert page.locator("[data-pb-from]").evaluate_all(MARKED) == []
    assert page.locator(".pb-now").get_attribute("data-pb-node") == "signal"


def test_what_somebody_wrote_is_shown_as_text(open_page: Open, build: Build) -> None:
    bad = "</script><img src=x onerror=hurt=1> {{ x }} **b** [l](u) &lt; "
    tree = TREE.replace("title: Is it", f"title: '{bad}Is it").replace("takeover?\n", "takeover?'\n", 1)
    tree = tree.replace("ask: Did the member lose access?", f"ask: '{bad}ask'").replace(
        'label: "Yes"', f"label: '{bad}yes'"
    )
    tree = tree.replace("decision: Lock the account", f"decision: '{bad}lock'")
    page = open_page((build({PATH: tree}) / TAKEOVER / "index.html").as_uri())
    assert asked(page) == bad + "ask"
    assert page.locator(".pb-choice span").first.inner_text() == bad + "yes"
    page.keyboard.press("1")
    assert asked(page) == bad + "lock"
    assert page.locator(".pb-trail li").inner_text().split("\n") == [bad + "ask", bad + "yes"]
    assert page.locator("article img").count() == 0
    assert page.evaluate("window.hurt") is None


def test_without_javascript_and_on_paper_stands_the_tree(open_page: Open, address: str) -> None:
    still = open_page(address + TAKEOVER, java_script_enabled=False)
    page = open_page(address + TAKEOVER, at=DAY)
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    for one in (still, page):
        assert one.locator(".pb-walker:visible, .pb-walk-it:visible").count() == 0
        assert one.locator("h3.pb-question:visible").count() > 8


def test_paper_has_the_golden_cases_only_where_somebody_opened_them(open_page: Open, address: str) -> None:
    page = open_page(address + TAKEOVER, at=DAY)
    page.emulate_media(media="print")
    for is_open in (False, True):
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert (page.locator("h3.pb-case:visible").count() > 8) is is_open
        assert page.locator("h3.pb-question:visible").count() > 8
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        page.evaluate("document.querySelectorAll('.pb-section').forEach((one) => { one.open = true })")


def test_sections_fold_one_by_one(open_page: Open, address: str) -> None:
    page = open_page(address + TAKEOVER, at=DAY)
    assert page.locator(".pb-section .pb-section").count() == 0, "who closes the drawing would close the questions"


def test_a_tree_with_answers_that_lead_nowhere_is_the_page_alone(open_page: Open, build: Build) -> None:
    site = build({PATH: TREE.replace("go: leave", "go: leaf")}, "--allow-errors")
    page = open_page((site / TAKEOVER / "index.html").as_uri())
    assert page.locator("h3.pb-question").count() == 1
    assert page.locator(".pb-walker").count() == 0


def test_a_vendor_walks_from_a_folder(open_page: Open, pack: Path) -> None:
    page = open_page((pack / "decision_trees/severity-routing.html").as_uri(), 320)
    first = asked(page)
    page.keyboard.press("1")
    assert asked(page) != first
    again = open_page(link(page), 320)
    assert asked(again) == asked(page)
    page.go_back()
    leads_to(page, first)
    assert page.complaints == []


def test_the_page_of_a_large_tree_stays_light(build: Build) -> None:
    questions = "".join(
        f"  question-{n}:\n    ask: Does sign number {n} of the list show on the timeline?\n    answers:\n"
        f'      "yes": {{label: "Yes, on the account itself", go: {f"question-{n + 1}" if n < 149 else "lock"}}}\n'
        f"      partly: {{label: Only on an account that is linked to it, go: leave}}\n"
        f"      otherwise: {{label: No or cannot tell, go: leave}}\n"
        for n in range(150)
    )
    head, _, rest = TREE.partition("questions:\n")
    tree = head.replace("start: signal", "start: question-0") + "questions:\n" + questions
    tree += "outcomes:\n" + rest.partition("outcomes:\n")[2].partition("cases:")[0]
    site = build({PATH: tree})
    assert (site / TAKEOVER / "index.html").stat().st_size < 300_000


def test_what_is_said_of_a_decision_is_its_number_or_kind_and_what_warns_of_it(open_page: Open, address: str) -> None:
    page = open_page(address + TAKEOVER + "#walk=member-report", at=DAY)
    assert described(page) == "Question 2"
    page = open_page(address + TAKEOVER + "#walk=otherwise", at="2036-01-01")
    assert described(page).startswith("Decision The review of this decision is overdue."), "nobody hears the warning"


def test_a_link_from_another_version_says_so(open_page: Open, address: str) -> None:
    page = open_page(address + TAKEOVER, at=DAY)
    page.keyboard.press("3")
    way, _, version = sent(page).partition("@")
    assert way == "#walk=member-report"
    assert page.locator(".pb-walker .pb-warning").count() == 0
    old = open_page(link(page).replace(f"@{version}", "@2.1"), at=DAY)
    assert asked(old) == asked(page)
    assert f"That was version 2.1, this is {version}" in old.locator(".pb-walker .pb-warning").inner_text()
    old.keyboard.press("1")
    assert old.locator(".pb-walker .pb-warning").count() == 0, "the warning stays when somebody has looked again"


@pytest.mark.parametrize("top", [-30, 10, 40])
def test_the_next_question_is_never_under_the_header(top: int, open_page: Open, address: str) -> None:
    page = open_page(address + TAKEOVER, 320, at=DAY)
    page.evaluate(f"scrollBy(0, document.querySelector('.pb-walker').getBoundingClientRect().top - {top})")
    page.keyboard.press("3")
    above = page.locator(".pb-walker .pb-above").bounding_box()["y"]
    assert above >= page.locator(".md-header").bounding_box()["height"], "the question's number is covered"


TEN_KEYS = """for (const key of '3432r41322') {
  document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
}"""


def test_ten_keys_in_a_moment_are_ten_keys(open_page: Open, address: str) -> None:
    page = open_page(address + TAKEOVER, at=DAY)
    page.evaluate(TEN_KEYS)
    page.wait_for_timeout(100)
    assert asked(page).startswith("Pause what cannot be undone")
    assert page.locator(".pb-trail li").count() == 5
    page.go_back()
    leads_to(page, "Do two people claim the account?")


MANY = "\n".join(f"      answer-{n}: {{label: Answer {n}, go: {'lock' if n == 12 else 'leave'}}}" for n in range(2, 13))


def test_of_twelve_answers_nine_have_keys_and_all_can_be_given(open_page: Open, build: Build) -> None:
    tree = TREE.replace("      otherwise: {label: Anything else, go: leave}", MANY)
    page = open_page((build({PATH: tree}, "--allow-errors") / TAKEOVER / "index.html").as_uri(), 320)
    choices = page.locator(".pb-choice")
    assert choices.count() == 12
    assert [choices.nth(n).locator("kbd").count() for n in (0, 8, 9, 11)] == [1, 1, 0, 0]
    assert page.get_by_role("button", name="Answer 12", exact=True).count() == 1
    choices.nth(10).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert asked(page) == "Lock the account"


def test_a_decision_that_asks_nothing_is_there_at_once(open_page: Open, build: Build) -> None:
    head, _, _ = TABLE.partition("rows:")
    table = head + "rows: [{when: {}, then: later}]\noutcomes: {later: {decision: Act this week}}\n"
    page = open_page((build({PATH: table}, "--allow-errors") / TAKEOVER / "index.html").as_uri())
    assert asked(page) == "Act this week"
    assert page.locator(".pb-walker").get_by_role("button").all_inner_texts() == [
        "C Copy case note",
        "M Copy as Markdown",
    ]
    page.keyboard.press("c")
    until(page, "document.querySelector('.pb-said').textContent")
    page.keyboard.press("Backspace")
    assert asked(page) == "Act this week"


def test_words_from_right_to_left_and_words_without_end_hold(open_page: Open, build: Build) -> None:
    arabic, long = "هل فقد العضو الوصول؟", "W" * 70
    tree = TREE.replace("Did the member lose access?", arabic).replace('label: "Yes"', f"label: {long}")
    tree = tree.replace("label: Anything else", "label: (لا)").replace("Lock the account", long)
    page = open_page((build({PATH: tree}, "--allow-errors") / TAKEOVER / "index.html").as_uri(), 320)
    assert page.locator(".pb-walker h2").evaluate("one => getComputedStyle(one).direction") == "rtl"
    turned = "all => all.map(one => getComputedStyle(one).direction)"
    assert page.locator(".pb-choice span").evaluate_all(turned) == ["ltr", "rtl"]
    page.keyboard.press("1")
    assert page.locator(".pb-trail a > *").evaluate_all(turned) == ["rtl", "ltr"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    box = page.locator(".pb-walker").bounding_box()
    wide = "all => Math.max(...all.map(one => one.scrollWidth - one.clientWidth))"
    assert page.locator(".pb-walker, .pb-walker h2, .pb-trail a").evaluate_all(wide) <= 0, f"it leaves the box {box}"


def test_a_key_that_is_held_down_or_composes_a_letter_is_one_answer_or_none(open_page: Open, address: str) -> None:
    page = open_page(address + TAKEOVER, at=DAY)
    page.keyboard.down("1")
    page.keyboard.down("1")
    page.keyboard.up("1")
    assert page.locator(".pb-trail li").count() == 1
    composing = "new KeyboardEvent('keydown', {key: '1', bubbles: true, isComposing: true})"
    page.evaluate(f"document.activeElement.dispatchEvent({composing})")
    assert page.locator(".pb-trail li").count() == 1


def test_a_browser_that_remembers_nothing_walks_all_the_same(open_page: Open, address: str) -> None:
    page = open_page(address + TAKEOVER, at=DAY)
    page.add_init_script(
        "for (const name of ['getItem', 'setItem']) "
        "Storage.prototype[name] = (key) => { if (key.startsWith('playbook')) throw Error('no'); return null; };"
    )
    page.reload()
    page.get_by_label("Keys 1–9").uncheck()
    page.get_by_label("Keys 1–9").check()
    page.keyboard.press("1")
    assert asked(page).startswith("How many signals")
    assert page.complaints == []
