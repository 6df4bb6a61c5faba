"""Replies for a Zendesk account, written and read again through the command line: the same documents come back."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Lay, output_of, run_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from knowledge import AS_OF, FILES, STARTER, VOCABULARY, put, swapped, write

from generator.documents.types.macro import Macro
from generator.files.tree import Folder
from generator.pipeline import gather

TABLE = VOCABULARY + "placeholders: {name: ticket.requester.first_name, case_number: ticket.id}\n"
THEIRS = {"locales": [{"id": 1, "locale": "en-US"}, {"id": 2, "locale": "es"}, {"id": 16, "locale": "fr"}]}
PATH = "macros/account-restored.yaml"


def exported(base: Path, *words: str) -> Any:
    output_of(base, "export", "zendesk", *words)
    return json.loads((base / "dist/zendesk.json").read_text(encoding="utf-8"))


def change(base: Path, changes: dict[str, str]) -> None:
    write(base, {"content/vocabulary.yaml": TABLE, **changes})


def macros(base: Path) -> dict[str, Macro]:
    library = gather(Folder(base), date.fromisoformat(AS_OF))[0]
    return {document.id: macro for document, macro in library.each(Macro)}


def brought_into(place: Path, base: Path) -> dict[str, Macro]:
    """The macros that an empty knowledge base has of what another exported."""
    put(place, {"content/vocabulary.yaml": (base / "content/vocabulary.yaml").read_bytes()})
    for old in (place / "macros").glob("*.yaml"):
        old.unlink()
    output_of(place, "import", "macros", str(base / "dist/zendesk.json"))
    assert "; 0 files written" in output_of(place, "import", "macros", str(base / "dist/zendesk.json"))
    return macros(place)


@pytest.fixture
def base(lay: Lay) -> Path:
    return lay({"content/vocabulary.yaml": TABLE})


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    file = tmp_path / "their locales.json"
    file.write_text(json.dumps(THEIRS), encoding="utf-8")
    return file


def test_what_the_api_gets(base: Path, theirs: Path) -> None:
    made = exported(base, "--locales", str(theirs))
    assert made["macros"] == [
        {
            "title": "Account restored",
            "active": True,
            "description": "Tells the member that the account is theirs again.",
            "actions": [
                {"field": "comment_value", "value": "{{dc.account_restored}}"},
                {"field": "status", "value": "pending"},
            ],
        }
    ]
    english = "Hi {{ticket.requester.first_name}},\n\nYour account is yours again. Please answer by [DEADLINE].\n"
    spanish = "Hola {{ticket.requester.first_name}}: responda antes del [DEADLINE]."
    assert made["items"] == [
        {
            "name": "account_restored",
            "placeholder": "{{dc.account_restored}}",
            "default_locale_id": 1,
            "variants": [
                {"content": english, "locale_id": 1, "default": True, "active": True, "outdated": False},
                {"content": spanish, "locale_id": 2, "default": False, "active": True, "outdated": False},
            ],
        }
    ]
    assert made["locales"] == [{"id": 1, "locale": "en"}, {"id": 2, "locale": "es"}]


def test_a_reply_in_one_language_is_a_plain_comment(base: Path) -> None:
    text, _, rest = FILES[PATH].partition("translations:\n")
    change(base, {PATH: text + rest.partition("\n")[2]})
    made = exported(base)
    assert (made["items"], made["locales"]) == ([], [])
    assert made["macros"][0]["actions"][0]["value"].startswith("Hi {{ticket.requester.first_name}},\n")


def test_an_older_translation_is_outdated(base: Path, theirs: Path) -> None:
    change(base, swapped(PATH, '{of: "1.2"', '{of: "1.1"'))
    variants = exported(base, "--locales", str(theirs))["items"][0]["variants"]
    assert [variant["outdated"] for variant in variants] == [False, True]


def test_only_what_is_in_use_and_for_the_audience_goes_out(base: Path) -> None:
    secret = FILES[PATH].replace("audience: vendor", "audience: internal").replace("account-restored", "staff-only")
    draft = FILES[PATH].replace("status: active", "status: draft").replace("account-restored", "not-yet")
    noted = (
        FILES[PATH] + 'internal_note: QQQ\nhistory:\n  - {version: "1.2", on: 2026-10-02, note: N., by: QQQ}\n'
        '  - {version: "1.1", on: 2026-10-01, note: QQQ, audience: internal}\n'
    )
    change(base, {"macros/staff-only.yaml": secret, "macros/not-yet.yaml": draft, PATH: noted})
    assert [one["id"] for one in exported(base)["playbook"]] == ["account-restored", "staff-only"]
    assert [one["id"] for one in exported(base, "--audience", "vendor")["playbook"]] == ["account-restored"]
    assert "QQQ" not in json.dumps(exported(base))


def test_what_has_no_place_is_named(base: Path) -> None:
    write(
        base,
        swapped(PATH, "{set: status, to: pending}", "{set: status, to: escalated}\n  - {set: reminder, to: 7 days}"),
    )
    result = run_command(base, "export", "zendesk", "--verbose", "--output", str(base / "out.json"))
    what = "a ticket action that Zendesk has no field or value for, only in `playbook`"
    assert result.output.splitlines() == [
        f"{PATH}: {what}: status: escalated",
        f"{PATH}: {what}: reminder: 7 days",
        f"1 macro, 1 of them in several languages, in {base / 'out.json'}",
        "languages are given by code, but the API expects numbers: use --locales FILE",
    ]


BAD_LOCALES = {
    "{": "is not valid JSON",
    "[]": "is not a JSON object",
    '{"locales": []}': "has no `locales`",
    '{"locales": 3}': "locales: input should be a valid list",
    '{"locales": [{"id": 1}]}': "locales.0.locale: field required",
    '{"locales": [{"id": 1, "locale": "en-US"}, {"id": 3, "locale": "en-GB"}]}': "`en` could be en-US, en-GB",
    '{"locales": [{"id": 1, "locale": "en-US"}]}': "the account does not have the language `es`",
}


@pytest.mark.parametrize("text", BAD_LOCALES)
def test_locales_of_no_use(text: str, base: Path, theirs: Path) -> None:
    theirs.write_text(text, encoding="utf-8")
    result = run_command(base, "export", "zendesk", "--locales", str(theirs))
    assert (result.exit_code, result.output.count("\n")) == (1, 1), result.output
    assert BAD_LOCALES[text] in result.output
    assert not (base / "dist").exists()


def test_a_call_that_is_wrong(base: Path) -> None:
    result = run_command(base, "export", "zendesk", "--audience", "vendors")
    assert (result.exit_code, "`vendors` is not in the vocabulary" in result.output) == (2, True)
    result = run_command(base, "export", "zendesk", "--output", str(base / PATH))
    assert (result.exit_code, "use a name that ends in .json" in result.output) == (2, True)
    assert (base / PATH).read_text(encoding="utf-8") == FILES[PATH], "a macro was written over"
    change(base, swapped(PATH, "{{ name }},\n", "{{ nam },\n"))
    assert "fix the errors first" in run_command(base, "export", "zendesk").output
    assert not (base / "dist").exists()


def test_the_starter_library_comes_back_as_it_is(tmp_path: Path) -> None:
    out = tmp_path / "from/dist/zendesk.json"
    put(tmp_path / "from", {"content/vocabulary.yaml": (STARTER / "content/vocabulary.yaml").read_bytes()})
    output_of(STARTER, "export", "zendesk", "--output", str(out))
    known = {name: macro for name, macro in macros(STARTER).items() if macro.status == "active"}
    active = {name: macro for name, macro in known.items() if macro.audience != "restricted"}  # not for all staff
    assert len(active) > 40
    assert brought_into(tmp_path / "to", tmp_path / "from") == active
    assert "; 0 files written" in run_command(STARTER, "import", "macros", str(out)).output


def test_what_the_format_has_room_for_comes_back_without_what_we_carry(base: Path, tmp_path: Path) -> None:
    made = exported(base)
    del made["playbook"]
    (base / "dist/zendesk.json").write_text(json.dumps(made), encoding="utf-8")
    back = brought_into(tmp_path / "to", base)["account-restored"]
    there = macros(base)["account-restored"]
    assert (back.title, back.text, back.locale, back.actions) == (there.title, there.text, there.locale, there.actions)
    assert {locale: one.text.strip() for locale, one in back.translations.items()} == {
        locale: one.text.strip() for locale, one in there.translations.items()
    }
    assert back.variables.keys() == there.variables.keys()


def test_a_translation_made_there_is_brought_back(base: Path, tmp_path: Path) -> None:
    made = exported(base)
    made["items"][0]["variants"].append(
        {"content": "Bonjour {{ticket.requester.first_name}} [DEADLINE]", "locale_id": "fr"}
    )
    (base / "dist/zendesk.json").write_text(json.dumps(made), encoding="utf-8")
    said = run_command(base, "import", "macros", str(base / "dist/zendesk.json")).output
    assert "the vocabulary's `locales` lack fr" in said
    change(base, {"content/vocabulary.yaml": TABLE.replace("  es: {", "  fr: {name: Français}\n  es: {")})
    said = run_command(base, "import", "macros", str(base / "dist/zendesk.json")).output
    assert f"{PATH} was written by hand and differs from Zendesk macro account-restored" in said
    back = brought_into(tmp_path / "to", base)["account-restored"]
    assert back.translations["es"].variables == macros(base)["account-restored"].translations["es"].variables != {}
    assert back.translations["fr"].text == "Bonjour {{ name }} {{ deadline }}\n"
    assert back.variables == macros(base)["account-restored"].variables


LIQUID = [
    "Hi {{ticket.requester.name | capitalize}},\n\n{% if ticket.tags contains 'vip' %}A.{% else %}B.{% endif %}",
    '{%- if a == "x" -%} A {%- elsif b -%} B {%- endif -%}',
    "{% for c in ticket.comments %}{{c.value}}\n{% endfor %}",
    '{{ \'now\' | date: "%Y-%m-%d %s" }} {% assign d = x | date: "%d %B" %}{{ d }}',
    "{% case x %}{% when 'a' %}A{% when 'b' %}B{% endcase %}",
    "{% if a\n   and b %}A{% endif %}",
    "{% comment %} a note {% endcomment %}Hi",
    "{%if a%}x{%endif%}",
    "{{ x | replace: '}}', '' }}{% if a contains '%}' %}x{% endif %}",
    "{% if " + "a and " * 100 + "b %}x{% endif %}",
    "{ {{ticket.tags}} }, {{{ticket.tags}}}",
    "{{ticket.ticket_field_option_title_1}} {{current_user.signature}} {{ticket.comments[0].value}}",
    "{{'%{ticket.name}' | t}}",
]


def brought_in_use(base: Path, action: dict[str, Any], *items: Any) -> str:
    """What is said when a macro of an account comes in; it is in use from then on."""
    account = {"macros": [{"id": 1, "title": "Reply", "actions": [action]}], "items": list(items), **THEIRS}
    said = output_of(
        base, "import", "macros", str(put(base.parent / "in", {"a.json": json.dumps(account)})), "--verbose"
    )
    file = base / "macros/reply.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("status: draft", "status: active"), encoding="utf-8")
    return said


def sent(base: Path, title: str = "Reply") -> dict[str, Any] | None:
    """The first action of a macro as it goes out; None if it does not."""
    return next((one["actions"][0] for one in exported(base)["macros"] if one["title"] == title), None)


@pytest.mark.parametrize("text", LIQUID)
def test_conditions_and_filters_go_out_to_the_letter(text: str, base: Path, tmp_path: Path) -> None:
    brought_in_use(base, {"field": "comment_value", "value": text})
    assert sent(base) == {"field": "comment_value", "value": f"{text}\n"}
    assert brought_into(tmp_path / "to", base)["reply"] == macros(base)["reply"]


def test_conditions_in_every_language_go_out_to_the_letter(base: Path, tmp_path: Path) -> None:
    english, spanish = (
        "{% if vip %}{{x | upcase}}{% else %}" + words + "{% endif %}" for words in ("Write.", "Escriba.")
    )
    item = {
        "name": "reply",
        "default_locale_id": 1,
        "variants": [{"content": english, "locale_id": 1}, {"content": spanish, "locale_id": 2}],
    }
    brought_in_use(base, {"field": "comment_value", "value": "{{dc.reply}}"}, item)
    variants = next(one["variants"] for one in exported(base)["items"] if one["name"] == "reply")
    assert [one["content"] for one in variants] == [f"{english}\n", f"{spanish}\n"]
    assert brought_into(tmp_path / "to", base)["reply"] == macros(base)["reply"]


def test_a_condition_that_lost_its_end_is_refused_by_name(base: Path) -> None:
    brought_in_use(base, {"field": "comment_value", "value": "{% if a %}A{% endif %}B"})
    file = base / "macros/reply.yaml"
    file.write_text(file.read_text().replace("}A{{ as_it_stood_2 }}", "}A{{ as_it_stood }}{{ as_it_stood_2 }}"))
    result = run_command(base, "export", "zendesk")
    line = "macros/reply.yaml: a reply with a condition that does not end, or ends twice, left out: its en text"
    assert line in result.output.splitlines()
    assert sent(base) is None


RICH = [
    "<p>Hi <b>{{ticket.requester.first_name}}</b>,</p><p>see <a href='https://a.example/x'>here</a>.</p>",
    '<p><img src="https://a.example/a.png" alt="A map"> and {{x | upcase}}</p>',
    "<ul><li>one</li><li>two [member]</li></ul>",
    '<p style="color: red">%name%</p>',
    "<p>Hi</p><blockquote>{% if a &gt; 1 %}A{% endif %}</blockquote>",
    '<p><a href="https://a.example/{{ticket.id}}">{{ticket.id}}</a>&nbsp;&amp; <em>more</em></p>',
]


@pytest.mark.parametrize("html", RICH)
def test_bold_words_links_and_pictures_go_out_to_the_letter(html: str, base: Path, tmp_path: Path) -> None:
    said = brought_in_use(base, {"field": "comment_value_html", "value": html})
    assert "Reply: bold words, links, lists or pictures, kept in `html`: <" in said
    assert sent(base) == {"field": "comment_value_html", "value": html}
    assert brought_into(tmp_path / "to", base)["reply"] == macros(base)["reply"]


def test_rich_text_that_has_only_words_is_words(base: Path) -> None:
    brought_in_use(base, {"field": "comment_value_html", "value": '<div class="zd"><p dir="auto">Hi<br>Sam</p></div>'})
    assert sent(base) == {"field": "comment_value", "value": "Hi\nSam\n"}


def test_rich_text_follows_its_source(base: Path) -> None:
    brought_in_use(base, {"field": "comment_value_html", "value": "<p>Hi <b>Sam</b></p>"})
    brought_in_use(base, {"field": "comment_value_html", "value": "<p>Hi <i>Sam</i></p>"})
    assert sent(base) == {"field": "comment_value_html", "value": "<p>Hi <i>Sam</i></p>"}
    assert macros(base)["reply"].version == "1.1"
    brought_in_use(base, {"field": "comment_value", "value": "Hi Sam"})
    assert sent(base) == {"field": "comment_value", "value": "Hi Sam\n"}


def test_rich_text_that_no_longer_says_what_the_reply_says_is_refused_by_name(base: Path) -> None:
    brought_in_use(base, {"field": "comment_value_html", "value": "<p>Hi <b>Sam</b></p>"})
    file = base / "macros/reply.yaml"
    file.write_text(file.read_text().replace("Hi Sam\n", "Hello Sam\n"))
    line = "macros/reply.yaml: a reply whose `html` and `text` say different things, left out: "
    assert f"{line}change `html` too, or remove it" in run_command(base, "export", "zendesk").output.splitlines()
    assert sent(base) is None
    file.write_text(file.read_text().replace("html: <p>Hi", "html: <p>Hello"))
    assert sent(base) == {"field": "comment_value_html", "value": "<p>Hello <b>Sam</b></p>"}


def test_rich_text_in_several_languages_is_refused_by_name(base: Path) -> None:
    item = {
        "name": "greeting",
        "default_locale_id": 1,
        "variants": [{"content": "Hi", "locale_id": 1}, {"content": "Hola", "locale_id": 2}],
    }
    brought_in_use(base, {"field": "comment_value_html", "value": "<p><b>{{dc.greeting}}</b></p>"}, item)
    line = "macros/reply.yaml: a reply with bold words, links or pictures in several languages, left out: "
    assert line in run_command(base, "export", "zendesk").output
    assert sent(base) is None


def test_every_reply_that_is_refused_is_named(base: Path) -> None:
    for name in ("one", "two", "three"):
        text = FILES[PATH].partition("translations:\n")[0].replace("id: account-restored", f"id: {name}")
        change(base, {f"macros/{name}.yaml": text + "html: <p>Other words.</p>\n"})
    lines = run_command(base, "export", "zendesk").output.splitlines()
    assert [line.partition(":")[0] for line in lines if "left out" in line] == [
        f"macros/{name}.yaml" for name in ("one", "three", "two")
    ]


def test_an_account_that_was_sorted_and_renamed_comes_back_to_the_same_documents(base: Path, tmp_path: Path) -> None:
    """What we carry is found by the words of a reply too, as two can have one title, and people change titles."""
    text = FILES[PATH].partition("translations:\n")[0]
    texts = {"one": "Hi {{ name }}, one.", "two": "Hi {{ name }}, two.", "three": "Hi {{ name }}, {{ deadline }}."}
    for name, words in texts.items():
        title = "Same" if name != "three" else "Three"
        body = yaml.safe_load(text) | {"id": name, "title": title, "text": words}
        body["variables"] = {key: one for key, one in body["variables"].items() if f"{{{{ {key} }}}}" in words}
        change(base, {f"macros/{name}.yaml": yaml.safe_dump(body, sort_keys=False)})
    made = exported(base)
    made["macros"].reverse()
    for macro in made["macros"]:
        macro["title"] = {"Three": "Drei", "Account restored": "Konto"}.get(macro["title"], macro["title"])
    (base / "dist/zendesk.json").write_text(json.dumps(made), encoding="utf-8")
    back = brought_into(tmp_path / "to", base)
    assert {name: one.text.strip() for name, one in back.items() if name in texts} == texts
    assert (back["three"].title, back["account-restored"].title, len(back)) == ("Drei", "Konto", 4)


NAMES = ["name", "case_number", "deadline", "case_2", "x"]
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12) | st.sampled_from(
    [
        "[CASE_2]",
        "[X]",
        "[DEADLINE](x)",
        "{",
        "}",
        "%",
        "<b>",
        "[b](c)",
        "[[x]]",
        "\n\n",
        " \n",
        "\n ",
        "\t",
        "dc.x",
        "|",
        "'",
        "#",
    ]
)
TEXTS = st.lists(WORDS | st.sampled_from([f"{{{{ {name} }}}}" for name in NAMES] + ["{{name}}"]), max_size=12).map(
    "".join
)
LINES = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=20).filter(str.strip)
ACTIONS = st.fixed_dictionaries(
    {
        "set": st.sampled_from(["status", "tag", "group", "reminder", "custom_fields_7", "a b"]),
        "to": LINES | st.just("open"),
    }
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=LINES,
    text=TEXTS,
    other=TEXTS,
    actions=st.lists(ACTIONS, max_size=4),
    of=st.sampled_from(["1.0", "1.2"]),
    locale=st.sampled_from(["en", "es"]),
    words=st.lists(LINES, min_size=3, max_size=5, unique_by=str.strip),
)
def test_whatever_a_reply_holds_it_comes_back(
    title: str,
    text: str,
    other: str,
    actions: list[Any],
    of: str,
    locale: str,
    words: list[str],
    base: Path,
    tmp_path: Path,
) -> None:
    used = [name for name in NAMES if re.search(rf"{{{{ ?{name} ?}}}}", text + other)]
    text, other = (f"Hi {words}" + "".join(f" {{{{ {name} }}}}" for name in used) for words in (text, other))
    document = yaml.safe_load(FILES[PATH]) | {
        "title": title,
        "text": text,
        "actions": actions,
        "locale": locale,
    }
    fallback, said, *choices = words
    theirs = {"fallback": said, "choices": dict(zip(choices, reversed(words), strict=False))}
    document["translations"] = {
        "es" if locale == "en" else "en": {"of": of, "text": other, "variables": dict.fromkeys(used, theirs)}
    }
    document["variables"] = {
        name: {"label": name, "example": "S", "type": "choice", "fallback": fallback, "choices": choices}
        for name in used
    }
    change(base, {PATH: yaml.safe_dump(document, allow_unicode=True, sort_keys=False)})
    made = run_command(base, "export", "zendesk", "--output", str(base / "dist/zendesk.json"))
    if made.exit_code == 1 or "more than words and variables" in made.output:
        return
    assert brought_into(tmp_path / "to", base)["account-restored"] == macros(base)["account-restored"]
