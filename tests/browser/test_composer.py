"""A reply filled in on its page and copied, in a real Chromium: by keyboard, in every language, with hostile values."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from knowledge import VOCABULARY, swapped

from browser.conftest import LOOKS, Axe, Open, build_in, served, until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

HEAD = """\
id: {id}
title: {title}
version: "1.2"
status: active
owner: support
audience: vendor
queue: accounts
summary: A reply.
locale: en
"""
CLOSING = (
    HEAD.format(id="closing", title="Your account closes")
    + """\
variables:
  name: {label: Member's name, example: Sam}
  deadline: {label: Answer by, type: date, example: 2026-12-01}
  reference: {label: Case reference, example: LH-1}
text: |
  Hi {{ name }},

  please do two things by {{ deadline }}:
  - Sign in.
  - Write to us about {{ reference }}.

  Kind regards
  Support & Safety
translations:
  es: {of: "1.2", text: "Hola {{ name }}: responda antes del {{ deadline }}. {{ reference }}"}
  ja: {of: "1.0", text: "{{ name }} 様、{{ deadline }}までにご返信ください。{{ reference }}"}
  ar: {of: "1.2", text: "مرحبا {{ name }}، {{ deadline }}. {{ reference }}"}
cites: [account-integrity#ownership@3.1]
"""
)
REFUND = (
    HEAD.format(id="refund", title="Your refund")
    + """\
variables:
  name: {label: Member's name, fallback: there}
  amount: {label: Amount in euro, type: number, example: "1250"}
  way: {label: Way of payment, type: choice, choices: [card, bank transfer, "it's <b>"], example: card}
text: |
  Hi {{ name }}, {{ amount }} euro by {{ way }}.
translations:
  es:
    of: "1.2"
    variables:
      name: {fallback: "amiga' <i>"}
      way: {choices: {bank transfer: transferencia, card: tarjeta, "it's <b>": '"<b>'}}
    text: "Hola {{ name }}: {{ amount }} {{ way }}"
  de:
    of: "1.2"
    variables: {name: {fallback: zusammen}, way: {choices: {card: Karte, bank transfer: Überweisung, "it's <b>": <b>}}}
    text: "Hallo {{ name }}: {{ amount }} {{ way }}"
  ja: {of: "1.2", text: "{{ name }} {{ amount }} {{ way }}"}
"""
)
LONG = (
    HEAD.format(id="long", title="A long example")
    + """\
variables: {form: {label: Secure form, example: "https://account.northernlights.example/proof/482100"}}
text: Hello, {{ form }}.
"""
)
DATED = (
    HEAD.format(id="dated", title="A day that may stay empty")
    + """\
variables: {day: {label: Day, type: date, fallback: 2026-12-01}}
text: Until {{ day }}.
"""
)
UNDECLARED = HEAD.format(id="odd", title="An odd reply") + "text: Hello {{ nick }}.\n"
MANY = (
    HEAD.format(id="many", title="Many blanks")
    + "variables:\n"
    + "".join(f"  v{number}: {{label: Field {number}}}\n" for number in range(25))
    + "text: "
    + " ".join(f"x {{{{ v{number} }}}}" for number in range(25))
)
COMING = """\
history:
  - version: "4.0"
    effective: 2027-02-01
    changes: [{section: ownership, kind: tightened, note: One owner only.}]
"""
LOCALES = """\
  es: {name: Español}
  ja: {name: 日本語}
  ar: {name: العربية}
  de: {name: Deutsch}
  pt-BR: {name: Português (Brasil)}
"""
CHANGES = {
    "content/vocabulary.yaml": VOCABULARY.replace("  es: {name: Español}\n", LOCALES),
    **swapped("content/policies/account-integrity.yaml", "history:\n", COMING),
    "macros/closing.yaml": CLOSING,
    "macros/refund.yaml": REFUND,
    "macros/odd.yaml": UNDECLARED,
    "macros/long.yaml": LONG,
    "macros/many.yaml": MANY,
    "macros/dated.yaml": DATED,
}
HOSTILE = {
    "an element": "<img src=x onerror=\"document.title='owned'\">",
    "a template": "{{ name }} {% raw %}",
    "an entity": "&amp; &lt;b&gt;",
    "a pattern": "$& $1 \\n \\",
    "lines": "first\n\n- second\n  third",
    "a link": "[x](javascript:alert(1)) **b** </p><script>",
}
READ = """async () => {
  const [item] = await navigator.clipboard.read({unsanitized: ["text/html"]});
  const words = async (type) => item.types.includes(type) ? (await item.getType(type)).text() : null;
  return [await words("text/plain"), await words("text/html")];
}"""
PASTE = """(html) => {
  const box = new DOMParser().parseFromString(html, "text/html").body;
  box.querySelectorAll("br").forEach((br) => br.replaceWith("\\n"));
  return [box.textContent, [...new Set([...box.querySelectorAll("*")].map((one) => one.localName))]];
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(build_in(tmp_path_factory.mktemp("replies"), CHANGES, "--allow-errors")) as address:
        yield address


class Reply:
    """A reply's page, as somebody with hands and eyes has it."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def fill(self, **values: str) -> Reply:
        for name, value in values.items():
            self.page.fill(f"[data-pb-field={name}]", value)
        return self

    def letter(self) -> str:
        return str(self.page.locator(".pb-letter-text:visible").inner_text())

    def said(self) -> str:
        return str(self.page.locator("[data-pb-said]").inner_text())

    def blocked(self) -> str:
        return str(self.page.locator("[data-pb-blocked]").inner_text())

    def copied(self) -> tuple[str, str]:
        """Copies by the key that works everywhere, and reads back what other programs would get."""
        self.page.keyboard.press("Control+Enter")
        return self.clipboard()

    def clipboard(self) -> tuple[str, str]:
        until(self.page, "document.querySelector('[data-pb-said]').textContent.startsWith('Copied')")
        return tuple(self.page.evaluate(READ))

    def choose(self, locale: str) -> Reply:
        self.page.click(f"[data-pb-tab='{locale}']")
        return self


@pytest.fixture
def reply(open_page: Open, site: str) -> Any:
    """A function that opens a reply by its id, perhaps with a language: `reply("closing#es")`."""

    def call(name: str, **options: Any) -> Reply:
        path, _, locale = name.partition("#")
        url = f"{site}macros/{path}/" + (f"#{locale}" if locale else "")
        asked = {"permissions": ["clipboard-read", "clipboard-write"], "locale": "en-US"} | options
        return Reply(open_page(url, **asked))

    return call


FILLED = {"name": "Ana", "deadline": "2026-12-01", "reference": "LH-7"}


def test_three_variables_are_three_fields_and_one_key(reply: Any) -> None:
    """The page has just been loaded: one key goes to the first field, one on from each of two, one copies."""
    page = reply("closing").page
    page.keyboard.press("f")
    for typed, press in (("Ana", "Enter"), ("12012026", "Enter"), ("LH-7", "Control+Enter")):
        page.keyboard.type(typed)
        page.keyboard.press(press)
    plain, _ = Reply(page).clipboard()
    assert plain == (
        "Hi Ana,\n\nplease do two things by December 1, 2026:\n- Sign in.\n- Write to us about LH-7.\n\n"
        "Kind regards\nSupport & Safety"
    )
    assert (page.complaints, page.strangers) == ([], [])


def test_rich_text_has_paragraphs_and_lists_and_nothing_else(reply: Any) -> None:
    _, html = reply("closing").fill(**FILLED).copied()
    assert html.removeprefix("<html><head></head><body>").removesuffix("</body></html>") == (
        "<p>Hi Ana,</p><p>please do two things by December 1, 2026:</p>"
        "<ul><li>Sign in.</li><li>Write to us about LH-7.</li></ul><p>Kind regards<br>Support &amp; Safety</p>"
    )


def test_plain_text_comes_alone(reply: Any) -> None:
    page = reply("closing").fill(**FILLED).page
    page.click("[data-pb-copy=plain]")
    plain, html = Reply(page).clipboard()
    assert plain.startswith("Hi Ana,\n\nplease")
    assert html is None
    assert Reply(page).said() == "Copied as plain text."


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles"])
def test_a_date_is_written_as_the_letters_language_writes_it(zone: str, reply: Any) -> None:
    here = reply("closing#es", timezone_id=zone).fill(**FILLED)
    assert "1 de diciembre de 2026" in here.letter()
    assert "1 de diciembre de 2026" in here.copied()[0]


def test_an_amount_is_written_as_the_letters_language_writes_it(reply: Any) -> None:
    here = reply("refund").fill(amount="1250.50")
    here.page.select_option("[data-pb-field=way]", "card")
    assert [here.choose(locale).letter() for locale in ("en", "es", "de")] == [
        "Hi there, 1,250.50 euro by card.",
        "Hola amiga' <i>: 1250,50 tarjeta",
        "Hallo zusammen: 1.250,50 Karte",
    ]


def test_nothing_that_is_typed_is_markup_or_template(reply: Any) -> None:
    here = reply("closing")
    for what, value in HOSTILE.items():
        plain, html = here.fill(**FILLED | {"name": value}).copied()
        assert plain.startswith(f"Hi {value},\n\nplease do"), what
        shown, elements = here.page.evaluate(PASTE, html)
        assert shown.startswith(f"Hi {value},please do"), what
        assert (set(elements), html.count("<li>")) == ({"p", "ul", "li"}, 2), what
        assert here.letter().startswith(f"Hi {value},"), what
        assert here.page.locator(".pb-letter-text:visible bdi *").count() == 0, what
    assert here.page.title() != "owned"


def test_a_reply_with_blanks_is_held_back_until_confirmed(reply: Any) -> None:
    here = reply("closing").fill(name="Ana")
    page = here.page
    page.evaluate("navigator.clipboard.writeText('what was there')")
    for _ in range(2):
        page.keyboard.press("Control+Enter")
        assert here.blocked() == "Not copied. Still empty: Answer by, Case reference."
        assert page.evaluate("document.activeElement.dataset.pbField") == "deadline"
        assert page.evaluate("navigator.clipboard.readText()") == "what was there"
    assert page.locator("[aria-invalid=true]").count() == 2
    here.fill(deadline="2026-12-01")
    assert here.blocked() == "Not copied. Still empty: Case reference."
    page.click("text=Copy with blanks")
    assert here.clipboard()[0].endswith("about [reference].\n\nKind regards\nSupport & Safety")
    assert here.said() == "Copied, with blanks."
    assert here.blocked() == ""
    assert page.locator("[data-pb-anyway]").is_hidden()


def test_the_last_blank_filled_lifts_the_block(reply: Any) -> None:
    here = reply("closing").fill(**FILLED | {"reference": " "})
    here.page.keyboard.press("Control+Enter")
    assert "Case reference" in here.blocked()
    here.fill(reference="LH-7")
    assert here.blocked() == ""
    assert here.page.locator("[data-pb-anyway]").is_hidden()
    assert here.copied()[0].startswith("Hi Ana")


def test_what_has_a_fallback_may_stay_empty(reply: Any) -> None:
    here = reply("refund").fill(amount="5")
    assert here.page.locator("#_v-name-help").inner_text() == "If empty: there"
    here.page.select_option("[data-pb-field=way]", "bank transfer")
    assert here.copied()[0] == "Hi there, 5 euro by bank transfer."


def offered(page: Any) -> list[str]:
    return [words for words in page.locator("[data-pb-field=way] option").all_inner_texts() if words]


def test_what_stands_in_for_a_blank_speaks_the_language_of_the_letter(reply: Any) -> None:
    here = reply("refund").fill(amount="5")
    help_of = here.page.locator
    here.page.select_option("[data-pb-field=way]", "bank transfer")
    assert help_of("#_v-way-help").inner_text() == "Such as card"
    here.choose("es")
    assert here.letter() == "Hola amiga' <i>: 5 transferencia"
    assert (help_of("#_v-name-help").inner_text(), help_of("#_v-way-help").inner_text()) == (
        "If empty: amiga' <i>",
        "Such as tarjeta",
    )
    assert offered(here.page) == ["tarjeta", "transferencia", '"<b>']
    assert here.page.locator("[data-pb-field=way] option:checked").inner_text() == "transferencia"
    here.page.select_option("[data-pb-field=way]", label="tarjeta")
    assert here.fill(name="Ana").choose("pt-BR").choose("de").letter() == "Hallo Ana: 5 Karte"
    assert here.copied()[0] == "Hallo Ana: 5 Karte"
    assert here.choose("pt-BR").page.locator("[data-pb-field=way] option:checked").inner_text() == "card"


def test_a_letter_without_words_for_a_blank_borrows_none_and_is_held_back(reply: Any) -> None:
    here = reply("refund#ja").fill(amount="5")
    here.page.select_option("[data-pb-field=way]", "card")
    assert here.letter() == "[name] 5 [way]"
    assert here.page.locator("#_v-name-help").inner_text() == ""
    here.page.keyboard.press("Control+Enter")
    assert here.blocked() == "Not copied. Still empty: Member's name, Way of payment (it has no words in 日本語)."
    assert here.page.locator("[aria-invalid=true]").evaluate_all("all => all.map((one) => one.id)") == ["_v-name"]
    assert here.fill(name="Ana").choose("en").copied()[0] == "Hi Ana, 5 euro by card."


def test_a_variable_that_nobody_declared_is_shown_and_held_back(reply: Any) -> None:
    here = reply("odd")
    here.page.keyboard.press("Control+Enter")
    assert here.blocked() == "Not copied. Still empty: nick (this reply does not say what it is)."
    assert here.page.locator("[data-pb-state=undeclared]").inner_text() == "[nick]"


def test_a_missing_language_is_never_replaced_in_silence(reply: Any) -> None:
    here = reply("closing").fill(**FILLED)
    page = here.page
    page.evaluate("navigator.clipboard.writeText('what was there')")
    marks = dict(tab.inner_text().split(maxsplit=1) for tab in page.get_by_role("tab").all() if " " in tab.inner_text())
    assert marks == {"日本語": "outdated", "Deutsch": "missing", "Português": "(Brasil) missing"}
    here.choose("de")
    assert page.locator("[data-pb-letter]:visible").inner_text().startswith("This reply has no text in Deutsch.")
    page.keyboard.press("Control+Enter")
    assert here.said() == "Nothing was copied: this reply has no text in Deutsch."
    assert page.evaluate("navigator.clipboard.readText()") == "what was there"
    here.choose("ja")
    assert "translates v1.0, the reply is at v1.2" in page.locator("[data-pb-letter=ja]").inner_text()
    assert here.copied()[0] == "Ana 様、2026年12月1日までにご返信ください。LH-7"


def test_the_language_is_remembered_and_nothing_that_was_typed(reply: Any, site: str) -> None:
    page = reply("closing").fill(**FILLED).choose("de").page
    assert page.evaluate("location.hash") == "#de"
    page.goto(site + "macros/refund/")
    assert Reply(page).letter().startswith("Hallo")
    page.goto(site + "macros/closing/")
    assert page.get_by_role("tab", selected=True).inner_text() == "Deutsch missing"
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert "Ana" not in kept
    assert "LH-7" not in kept
    assert page.input_value("[data-pb-field=name]") == ""


def test_the_address_names_the_language_first(reply: Any) -> None:
    here = reply("closing#es")
    assert here.letter().startswith("Hola")
    here.page.evaluate("location.hash = 'ar'")
    here.page.wait_for_selector("[data-pb-letter=ar]:visible")
    assert here.page.locator(".pb-letter-text:visible").evaluate("one => getComputedStyle(one).direction") == "rtl"


def test_it_works_where_nothing_can_be_remembered(reply: Any, open_page: Open, site: str) -> None:
    page = open_page("about:blank", permissions=["clipboard-read", "clipboard-write"])
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    )
    page.goto(site + "macros/closing/")
    here = Reply(page).choose("es").fill(**FILLED)
    assert here.copied()[0].startswith("Hola Ana")


def test_it_copies_both_forms_where_there_is_no_clipboard_to_write_to(open_page: Open, site: str) -> None:
    page = open_page("about:blank", permissions=["clipboard-read", "clipboard-write"])
    page.add_init_script("window.ClipboardItem = undefined")
    page.goto(site + "macros/closing/")
    plain, html = Reply(page).fill(**FILLED).copied()
    assert plain.startswith("Hi Ana,\n\nplease")
    assert "<ul><li>Sign in.</li>" in html
    assert page.evaluate("document.activeElement.dataset.pbField") == "reference"


def test_languages_turn_by_arrow_keys(reply: Any) -> None:
    page = reply("closing").page
    page.focus("[data-pb-tab=en]")
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("tab", selected=True).inner_text() == "Español"
    assert page.evaluate("document.activeElement.dataset.pbTab") == "es"
    page.keyboard.press("End")
    assert page.get_by_role("tabpanel").inner_text().startswith("This reply has no text in Português (Brasil).")
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("tabpanel").inner_text().startswith("Hi ")


@pytest.mark.parametrize(("day", "warned"), [("2027-01-31", False), ("2027-02-01", True)])
def test_the_copy_button_warns_from_the_day_on_which_the_policy_moved(day: str, warned: bool, reply: Any) -> None:
    page = reply("closing", at=day).page
    warning = page.locator(".pb-bar .pb-alert")
    assert warning.is_visible() == warned
    described = page.locator("[data-pb-copy=rich]").get_attribute("aria-describedby")
    assert described == (warning.get_attribute("id") if warned else None)
    assert ("Ownership is tightened (v4.0): One owner only." in warning.inner_text()) == warned


def test_a_reply_that_stays_open_warns_when_it_is_copied(reply: Any) -> None:
    here = reply("closing", at="2027-01-31").fill(**FILLED)
    assert here.page.locator(".pb-bar .pb-alert").is_hidden()
    here.page.clock.set_fixed_time("2027-02-01T08:00:00")
    here.copied()
    assert here.page.locator(".pb-bar .pb-alert").is_visible()


def test_the_warning_and_the_block_cover_no_field_that_is_asked_for(reply: Any) -> None:
    page = reply("closing", width=320, at="2027-03-01").page
    page.set_viewport_size({"width": 320, "height": 560})
    page.keyboard.press("Control+Enter")
    for name in ("name", "deadline", "reference"):
        field, bar = (page.locator(one).bounding_box() for one in (f"[data-pb-field={name}]", ".pb-bar"))
        assert 48 <= field["y"] < field["y"] + field["height"] <= bar["y"], f"the field {name} lies under something"
        page.keyboard.press("Enter")


def test_a_year_of_two_digits_is_no_date(reply: Any) -> None:
    here = reply("closing").fill(**FILLED | {"deadline": "0026-12-01"})
    here.page.keyboard.press("Control+Enter")
    assert here.blocked() == "Not copied. Still empty: Answer by."
    assert "[deadline]" in here.letter()


def test_what_is_no_date_is_not_replaced_by_the_fallback(reply: Any) -> None:
    here = reply("dated").fill(day="0026-11-30")
    here.page.keyboard.press("Control+Enter")
    assert here.blocked() == "Not copied. Still empty: Day."
    assert here.fill(day="").copied()[0] == "Until December 1, 2026."


def test_without_javascript_every_letter_and_variable_is_read(open_page: Open, site: str) -> None:
    page = open_page(site + "macros/closing/", java_script_enabled=False)
    letters = page.locator(".pb-letter-text:visible").all_inner_texts()
    assert [words.split()[0] for words in letters] == ["Hi", "Hola", "{{", "مرحبا"]
    assert "please do two things by {{ deadline }}:\n- Sign in." in letters[0]
    assert page.locator(".pb-fields, .pb-bar, .pb-lacking").locator("visible=true").count() == 0
    assert "Case reference" in page.locator(".pb-variables table").inner_text()


def test_without_javascript_the_words_of_every_language_are_read(open_page: Open, site: str) -> None:
    page = open_page(site + "macros/refund/", java_script_enabled=False)
    rows = [row.inner_text().split("\t") for row in page.locator(".pb-variables tbody tr").all()]
    assert [[cell.strip() for cell in row] for row in rows] == [
        ["name", "Member's name", "text", "", "there"],
        ["name", "Español", "", "", "amiga' <i>"],
        ["name", "Deutsch", "", "", "zusammen"],
        ["amount", "Amount in euro", "number", "1250", ""],
        ["way", "Way of payment", "choice: card, bank transfer, it's <b>", "card", ""],
        ["way", "Español", 'tarjeta, transferencia, "<b>', "", ""],
        ["way", "Deutsch", "Karte, Überweisung, <b>", "", ""],
    ]


def test_paper_gets_the_letter_and_no_fields(reply: Any) -> None:
    here = reply("closing").fill(**FILLED)
    here.page.emulate_media(media="print")
    assert here.letter().startswith("Hi Ana")
    assert here.page.locator(".pb-fields, .pb-bar").locator("visible=true").count() == 0
    assert here.page.locator(".pb-variables").is_visible()


def test_in_a_case_paper_gets_the_letter_with_its_blanks(open_page: Open, address: str) -> None:
    page = open_page(address + "macros/account-locked/")
    page.evaluate("playbook.case.begin(); playbook.case.change({facts: {name: 'Zoe Quill', number: 'LH-77'}})")
    letter = page.locator(".pb-letter:visible [data-pb-blank=name]")
    assert letter.inner_text() == "Zoe Quill"
    page.emulate_media(media="print")
    assert letter.evaluate("(one) => getComputedStyle(one).fontSize") == "0px", "a sheet would name a member"
    assert "name" in letter.evaluate("(one) => getComputedStyle(one, '::after').content")
    page.set_viewport_size({"width": 688, "height": 900})
    frame = page.locator(".pb-variables .md-typeset__scrollwrap")
    assert frame.evaluate("(one) => one.scrollWidth <= one.clientWidth"), "the table is cut off"


def test_a_pack_in_a_folder_composes_too(open_page: Open, pack: Path) -> None:
    url = (pack / "macros/data-request-received.html").as_uri() + "#es"
    page = open_page(url, permissions=["clipboard-read", "clipboard-write"])
    values = {"name": "Ana", "request": "copia", "received": "2026-11-20", "due": "2026-12-20", "reference": "PR-1"}
    plain, html = Reply(page).fill(**values).copied()
    assert plain.startswith("Hola, Ana:\n\nHemos recibido")
    assert "20 de diciembre de 2026" in html
    assert (page.complaints, page.strangers) == ([], [])


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_it_fits_and_shuts_nobody_out_in_every_state(width: int, scheme: str, reply: Any, axe: Axe) -> None:
    here = reply("closing", width=width, scheme=scheme, at="2027-03-01")
    page = here.page
    faults = axe(page)
    page.keyboard.press("Control+Enter")
    faults += axe(page)
    assert page.locator("[data-pb-field=name]").bounding_box()["y"] >= 48, "the field that is asked for lies hidden"
    assert _in_view(page, "[data-pb-copy=rich]"), "the copy button is out of sight while the fields are filled"
    here.choose("de")
    faults += axe(page)
    here.choose("ja").fill(**FILLED).copied()
    faults += axe(page)
    assert faults == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [768, 1280])
def test_a_long_example_does_not_make_a_field_lie_over_the_letter(width: int, reply: Any) -> None:
    page = reply("long", width=width).page
    field, letter = (page.locator(one).bounding_box() for one in ("[data-pb-field]", ".pb-letter-text:visible"))
    assert field["x"] + field["width"] < letter["x"]


def test_what_is_typed_is_seen_beside_a_ticketing_tool(reply: Any) -> None:
    page = reply("closing", width=320).page
    page.set_viewport_size({"width": 320, "height": 480})
    page.evaluate("scrollTo(0, 0)")
    page.keyboard.press("f")
    page.keyboard.type("Ana")
    for name in ("name", "deadline", "reference"):
        field, bar = (page.locator(one).bounding_box() for one in (f"[data-pb-field={name}]", ".pb-bar"))
        assert 48 <= field["y"] < field["y"] + field["height"] <= bar["y"], f"the field {name} lies under something"
        assert _in_view(page, "[data-pb-copy=rich]")
        page.keyboard.press("Enter")


@pytest.mark.parametrize("address", ["100%", "%E0%A4%A", "reply"])
def test_an_address_that_names_no_language_does_no_harm(address: str, reply: Any, site: str) -> None:
    here = reply("closing")
    here.page.goto("about:blank")
    here.page.goto(f"{site}macros/closing/#{address}")
    assert here.fill(**FILLED).copied()[0].startswith("Hi Ana")
    assert here.page.complaints == []


def test_rich_text_of_a_language_from_right_to_left_says_so(reply: Any) -> None:
    _, html = reply("closing#ar").fill(**FILLED).copied()
    assert '<p dir="rtl">مرحبا' in html


def test_a_very_long_value_leaves_the_letter_in_view(reply: Any) -> None:
    page = reply("closing").page
    page.keyboard.type("x")
    page.fill("[data-pb-field=name]", "x" * 5000)
    assert page.locator("[data-pb-field=name]").bounding_box()["height"] <= 450
    assert _in_view(page, "[data-pb-copy=rich]")


def test_in_a_very_low_window_the_field_that_is_asked_for_is_not_covered(reply: Any) -> None:
    page = reply("closing", width=320).page
    page.set_viewport_size({"width": 320, "height": 256})
    page.keyboard.press("Control+Enter")
    field, bar = (page.locator(one).bounding_box() for one in ("[data-pb-field=name]", ".pb-bar"))
    assert field["y"] >= 48
    assert field["y"] + field["height"] <= bar["y"]


def test_many_blanks_are_told_in_a_sentence_that_covers_no_field(reply: Any) -> None:
    here = reply("many", width=320)
    here.page.set_viewport_size({"width": 320, "height": 600})
    here.page.keyboard.press("Control+Enter")
    assert here.blocked() == "Not copied. Still empty: Field 0, Field 1, Field 2 and 22 more."
    field, bar = (here.page.locator(one).bounding_box() for one in ("[data-pb-field=v0]", ".pb-bar"))
    assert field["y"] + field["height"] <= bar["y"]


def test_forced_colours_underline_the_chosen_language_alone(reply: Any) -> None:
    page = reply("closing", forced_colors="active").page
    lines = [
        tab.evaluate(
            "one => getComputedStyle(one).borderBottomColor === getComputedStyle(document.body).backgroundColor"
        )
        for tab in page.get_by_role("tab").all()
    ]
    assert lines == [False] + [True] * 5


def _in_view(page: Any, selector: str) -> bool:
    box = page.locator(selector).bounding_box()
    return bool(box and box["y"] >= 0 and box["y"] + box["height"] <= page.viewport_size["height"])
