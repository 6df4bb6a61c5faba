"""Replies of others, brought in through the command line: text files, and the macros of a Zendesk account."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import Result
from conftest import run_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from knowledge import AS_OF, VOCABULARY, Changes, check, put, snapshot, write

PLACEHOLDERS = "placeholders: {name: ticket.requester.first_name, case_number: ticket.id}\n"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """The small knowledge base, whose vocabulary has a table of placeholders."""
    return write(tmp_path / "base", {"content/vocabulary.yaml": VOCABULARY + PLACEHOLDERS})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "our replies"


def bring(base: Path, path: Path, *words: str, day: str = AS_OF) -> Result:
    return run_command(base, "import", "macros", str(path), "--as-of", day, *words)


def macro(base: Path, name: str) -> Any:
    return yaml.load((base / f"macros/{name}.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)


def brought(base: Path, path: Path, name: str = "reply") -> Any:
    """One macro of those that come in; the knowledge base has no error then."""
    result = bring(base, path)
    assert result.exit_code == 0, result.output
    assert [f"{f.place.path}: {f.message}" for f in check(base).errors] == []
    assert "; 0 files written" in bring(base, path).output
    return macro(base, name)


def refused(base: Path, path: Path, *words: str) -> str:
    """What is said where nothing comes in."""
    before = snapshot(base)
    result = bring(base, path, *words)
    assert result.exit_code == 1, result.output
    assert snapshot(base) == before
    assert result.output.count("\n") == 1
    return result.output.removeprefix("Error: nothing was written: ").rstrip("\n")


# Text files

BLANKS = {
    "Hi [NAME],": ("Hi {{ name }},", ["name"]),
    "Hi [INSERT FULL NAME],": ("Hi {{ full_name }},", ["full_name"]),
    "Hi <insert your city>": ("Hi {{ city }}", ["city"]),
    "Hi %first_name%, 100%of 20%": ("Hi {{ first_name }}, 100%of 20%", ["first_name"]),
    "Hi {{ticket.requester.first_name}}": ("Hi {{ name }}", ["name"]),
    "Hi {{ ticket.requester.phone }}": ("Hi {{ requester_phone }}", ["requester_phone"]),
    "On /////INSERT DATE///// we": ("On {{ date }} we", ["date"]),
    "XXXXXX and XXX": ("{{ blank }} and {{ blank_2 }}", ["blank", "blank_2"]),
    "____TODO": ("{{ blank }}{{ blank_2 }}", ["blank", "blank_2"]),
    "[DATE], again [DATE]": ("{{ date }}, again {{ date }}", ["date"]),
    "See https://a.example/____": ("See https://a.example/{{ blank }}", ["blank"]),
    "***REMOVE WHAT IS THERE***": ("{{ remove_what_is_there }}", ["remove_what_is_there"]),
    "— BEGIN NOTICE —\n\n— END NOTICE —": ("— BEGIN NOTICE —\n{{ notice }}\n— END NOTICE —", ["notice"]),
    "[IF] [TRUE]": ("{{ blank_if }} {{ blank_true }}", ["blank_if", "blank_true"]),
    "[Terms](https://a.example) [NAME](https://a.example) <b> [a] ***bold*** 50% https://a//b": (
        "[Terms](https://a.example) [NAME](https://a.example) <b> [a] ***bold*** 50% https://a//b",
        [],
    ),
    "{% if a %}yes{% endif %}": ("{{ as_it_stood }}yes{{ as_it_stood_2 }}", ["as_it_stood", "as_it_stood_2"]),
    "{{ a | upper }} {{ {{{": (
        "{{ a }} {{ as_it_stood }} {{ as_it_stood_2 }}",
        ["a", "as_it_stood", "as_it_stood_2"],
    ),
}


@pytest.mark.parametrize("text", BLANKS)
def test_blanks_become_variables(text: str, base: Path, folder: Path) -> None:
    one = brought(base, put(folder, {"Reply.txt": text}))
    assert (one["text"].rstrip("\n"), list(one.get("variables", {}))) == BLANKS[text]


def test_template_syntax_is_filled_with_itself(base: Path, folder: Path) -> None:
    one = brought(base, put(folder, {"Reply.txt": "{% if ticket.via == 'web' %}\nHi (XXX) {{#if a}}{{else}}"}))
    text = one["text"]
    for name, variable in one["variables"].items():
        text = text.replace(f"{{{{ {name} }}}}", variable.get("fallback", "XXX"))
    assert text == "{% if ticket.via == 'web' %}\nHi (XXX) {{#if a}}{{else}}\n"
    assert (
        "template syntax, now a variable with itself as the fallback: {{#if a}}"
        in bring(base, folder, "--verbose").output
    )


def test_a_file_becomes_a_draft_that_says_where_it_came_from(base: Path, folder: Path) -> None:
    one = brought(
        base, put(folder, {"To User/You're Out (final)": b"\xef\xbb\xbfHi,\r\n\r\nBye. \r\n"}), "youre-out-final"
    )
    assert {key: one[key] for key in ("title", "status", "owner", "audience", "summary", "locale", "text")} == {
        "title": "You're Out (final)",
        "status": "draft",
        "owner": "support",
        "audience": "internal",
        "summary": "Imported from To User/You're Out (final).",
        "locale": "en",
        "text": "Hi,\n\nBye.\n",
    }
    words = bring(base, folder, "--owner", "policy", "--audience", "vendor", "--locale", "es")
    assert words.exit_code == 0, words.output
    one = macro(base, "youre-out-final")
    assert (one["owner"], one["audience"], one["locale"]) == ("policy", "vendor", "es")


SPELLED = {
    "日本/お詫び.txt": "日本/お詫び 2.txt",
    "Возврат 1.txt": "Отказ 1.txt",
    "回复/a.txt": "答复/a.txt",
    "con.txt": "прн.txt",
}


@pytest.mark.parametrize("name", SPELLED)
def test_names_that_letters_from_a_to_z_cannot_spell(name: str, base: Path, folder: Path) -> None:
    """Two of them come in side by side, and each is known again when the other has come later, or has gone."""
    put(folder, {name: "Dear user."})
    bring(base, folder)
    first = {path.stem for path in (base / "macros").iterdir()}
    put(folder, {SPELLED[name]: "Dear sender."})
    assert "2 macros; " in bring(base, folder).output
    every = {path.stem for path in (base / "macros").iterdir()}
    assert (len(every), first < every) == (3, True)
    assert "2 macros; 0 files written" in bring(base, folder).output
    (folder / name).unlink()
    assert "1 macro; " in bring(base, folder).output
    assert {path.stem for path in (base / "macros").iterdir()} == every
    assert [one.message for one in check(base).errors] == []


def test_a_file_of_the_same_name_comes_later(base: Path, folder: Path) -> None:
    bring(base, put(folder, {"To User/Notice.txt": "Dear user."}))
    bring(base, put(folder, {"To Sender/Notice.txt": "Dear sender."}))
    assert {path.stem for path in (base / "macros").iterdir()} == {"account-restored", "notice", "to-sender-notice"}
    assert macro(base, "notice")["text"] == "Dear user.\n"


def test_a_file_with_another_name_is_followed(base: Path, folder: Path) -> None:
    bring(base, put(folder, {"Reply.txt": "Hi [NAME], it is done.", "Other.txt": "Stay."}))
    (folder / "Reply.txt").rename(folder / "Answer.txt")
    result = bring(base, folder, "--verbose")
    assert "Answer.txt: a file with another name than before, followed in macros/reply.yaml: Reply.txt" in result.output
    assert {path.stem for path in (base / "macros").iterdir()} == {"account-restored", "other", "reply"}
    assert (macro(base, "reply")["title"], macro(base, "reply")["version"]) == ("Answer", "1.1")
    assert "0 files written" in bring(base, folder).output


def test_a_document_that_was_moved_is_known_again(base: Path, folder: Path) -> None:
    bring(base, put(folder, {"Reply.txt": "Hi."}))
    (base / "macros/refunds").mkdir()
    (base / "macros/reply.yaml").rename(base / "macros/refunds/reply.yaml")
    assert "0 files written" in bring(base, folder).output


def test_what_is_not_text_is_named_and_left_out(base: Path, folder: Path) -> None:
    strange = {
        "Letter.docx": b"PK\x03\x04\x00",
        "old.doc": b"text",
        "a.rtf": b"{\\rtf1 Hi}",
        "c.pdf": b"%PDF-1.4",
        "d.bin": b"\0",
    }
    result = bring(base, put(folder, {"A.txt": "Hi", "~$Letter.docx": b"\0", **strange}))
    assert result.exit_code == 0
    what = "a file that is not plain text, left out: if it has a reply, save it as .txt"
    assert [line for line in result.output.splitlines() if "not plain" in line] == [
        f"{n}: {what}" for n in sorted(strange)
    ]
    assert macro(base, "a")["text"] == "Hi\n"
    assert not (base / "macros/letter.yaml").exists()


BEGINNINGS = [
    "\tHi",
    "\t\tHi\n\tthere\nend",
    "\n\tHi",
    "   Hi\nthere",
    "\u3000Hi\nthere",
    "# Hi",
    "---\nHi",
    "\t[NAME] Hi",
    "\t- a\n\t\t- b",
]


@pytest.mark.parametrize("text", BEGINNINGS)
def test_a_text_begins_with_a_space_or_a_sign(text: str, base: Path, folder: Path) -> None:
    one = brought(base, put(folder, {"Reply.txt": text}))
    assert one["text"] == text.lstrip("\n").replace("[NAME]", "{{ name }}") + "\n"


def test_a_page_becomes_words(base: Path, folder: Path) -> None:
    result = bring(base, put(folder, {"Reply.html": "<p>Hi <b>Sam</b>,</p><p>[NAME]</p>"}), "--verbose")
    assert "Reply.html: bold words, links, lists or pictures, now words: <b>" in result.output
    assert (macro(base, "reply")["title"], macro(base, "reply")["text"]) == ("Reply", "Hi Sam,\n\n{{ name }}\n")


def test_files_of_one_name_keep_their_folder(base: Path, folder: Path) -> None:
    bring(
        base,
        put(folder, {"To User/Notice.txt": "Dear user.", "To Sender/Notice.txt": "Dear sender.", "Empty.txt": " \n"}),
    )
    assert macro(base, "to-user-notice")["title"] == "To User: Notice"
    assert macro(base, "to-sender-notice")["text"] == "Dear sender.\n"
    assert "1 x a file without text, left out: Empty.txt" in bring(base, folder).output


def test_pairs_that_say_almost_the_same_are_named(base: Path, folder: Path) -> None:
    text = "We have received your notice and looked at it with care, and the page that it names is gone since {}."
    out = bring(base, put(folder, {"One.txt": text.format("today"), "Two.txt": text.format("yesterday")})).output
    assert '95% alike: one and two, which has "yesterday" instead of "today"' in out


def test_an_import_follows_its_source_and_keeps_what_people_wrote(base: Path, folder: Path) -> None:
    brought(base, put(folder, {"Reply.txt": "Hi [NAME], your city is [CITY].", "Other.txt": "Stay."}))
    file = base / "macros/reply.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("status: draft", "status: active\nwhen: In [[restore-account]].").replace(
        "Name\n", "Their name\n", 1
    )
    text += 'translations:\n  es: {of: "1.0", text: "Hola {{ name }} {{ city }}"}\n'
    file.write_text(text, encoding="utf-8")
    assert "; 0 files written" not in bring(base, folder).output  # the order of keys is ours
    put(folder, {"Reply.txt": "Hi [NAME], your town is [TOWN]."})
    assert "; 1 file written" in bring(base, folder, day="2026-12-01").output
    one = macro(base, "reply")
    assert (one["version"], one["status"], one["when"]) == ("1.1", "active", "In [[restore-account]].")
    assert one["variables"]["name"] == {"label": "Their name"}
    assert one["translations"]["es"]["of"] == "1.0"
    assert one["history"][0] == {"version": "1.1", "on": "2026-12-01", "note": "The source has changed."}
    assert macro(base, "other")["version"] == "1.0"


def test_nothing_is_written_over_what_people_wrote(base: Path, folder: Path) -> None:
    said = refused(base, put(folder, {"Account Restored.txt": "Hi.", "Restore account.txt": "Hi."}))
    assert said == (
        "macros/account-restored.yaml already exists and was not imported from Account Restored.txt; "
        "the id of macros/restore-account.yaml is taken by sops/restore-account.yaml: "
        "rename what is there, or what you import"
    )


def test_a_folder_in_the_place_of_a_macro(base: Path, folder: Path) -> None:
    (base / "macros/reply.yaml").mkdir()
    assert "macros/reply.yaml is a folder" in refused(base, put(folder, {"Reply.txt": "Hi."}))


BAD_FOLDERS: dict[str, tuple[Changes, str]] = {
    "empty": ({".hidden": "x"}, "there are no files in "),
    "without a text": ({"A.txt": " "}, "no file in our replies contains any text"),
    "not UTF-8": ({"A.txt": "Hi", "B b.txt": b"caf\xe9"}, "B b.txt is not UTF-8: save it as UTF-8"),
    "of one id": ({"x/A.txt": "Hi", "x/a!.txt": "Hi"}, "x/A.txt and x/a!.txt would both get the id `x-a`"),
    "without letters": ({"!!/!!.txt": "Hi"}, "no id can be made from the name of !!/!!.txt"),
    "a name that hides": ({"a\x07.txt": "Hi"}, "'a\\x07.txt' has a name that cannot be shown"),
    "huge": ({"A.txt": "x" * 3_000_000}, "A.txt is 2.9 MiB in size"),
    "only letters of a word processor": ({"A.docx": b"PK\x03\x04"}, "there are no text files in "),
    "half a sign": ({"A.txt": "Hi", "b": b"\x89PNG"}, "b is not UTF-8: save it as UTF-8, or remove it if"),
    "of two kinds": ({"A.txt": "Hi", "b.json": "{}"}, "our replies has both JSON and other files"),
}


def test_a_text_file_by_itself_is_asked_for_by_its_folder(base: Path, folder: Path) -> None:
    said = refused(base, put(folder, {"A.txt": "Hi"}) / "A.txt")
    assert said == "A.txt is not a JSON file: name the folder that it is in"


@pytest.mark.parametrize("case", BAD_FOLDERS)
def test_a_folder_that_cannot_come_in(case: str, base: Path, folder: Path) -> None:
    files, said = BAD_FOLDERS[case]
    assert said in refused(base, put(folder, files))


def test_words_that_the_vocabulary_lacks(base: Path, folder: Path) -> None:
    put(folder, {"A.txt": "Hi"})
    for words in (("--owner", "suport"), ("--audience", "vendors"), ("--locale", "ess")):
        result = bring(base, folder, *words)
        assert (result.exit_code, "did you mean" in result.output) == (2, True), result.output


def test_two_names_of_one_placeholder_are_a_finding(base: Path, folder: Path) -> None:
    twice = "placeholders: {name: ticket.id, case_number: ticket.id}\n"
    write(base, {"content/vocabulary.yaml": VOCABULARY + twice})
    assert any("gives `name` and `case_number` the same placeholder" in f.message for f in check(base).errors)
    result = bring(base, put(folder, {"A.txt": "Hi"}))
    assert (result.exit_code, "content/vocabulary.yaml has errors" in result.output) == (1, True)


PIECES = [
    "[NAME]", "[", "]", "{", "}", "{{", "}}", "{%", "%}", "{#", "#}", "{{ticket.id}}", "{{ x }}", "{{ x | y }}",
    "%", "%a_b%", "XXXX", "____", "???", "///", "INSERT DATE", "***", "<insert x>", "TODO", "TBD",
    "\n", "\n\n", " ", "\t",
    "[member]", "[If it is, add\nthis]", "{name}", "{", "<<A>>", "<a b>", "%{a.b}", "#{a.b}", "${a}", "{!A.B;c;}",
    "«A_B»", ".....", "___", "[[", "`", "*|A|*", "{{{a}}}", "{%a.b%}", "\t", "####", "(insert a here)", "[a][b]", "[x",
    "— BEGIN A —\n", "\n— END A —", "日本", "\x07", "\u2028", "\ufeff", "'", '"', ": ", " #",
    "- ", "|", "word ", "{{dc.item}}", "{{not}}", "[[x]]", "\r\n", "!!str ", "{{ a.b.c }}", "if",
]  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=40))
def test_whatever_stands_in_a_file_the_macro_is_sound(pieces: list[str], base: Path, folder: Path) -> None:
    brought(base, put(folder, {"Reply.txt": "Hi " + "".join(pieces)}))


# A Zendesk account

LOCALES = [{"id": 1, "locale": "en-US", "name": "English"}, {"id": 2, "locale": "es", "name": "Español"}]


def comment(value: Any, *actions: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"title": "Reply", "actions": [{"field": "comment_value", "value": value}, *actions], **more}


def item(name: str, *variants: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "placeholder": f"{{{{dc.{name}}}}}", "default_locale_id": 1, "variants": list(variants)}


def variant(locale: int, content: str, **more: Any) -> dict[str, Any]:
    return {"locale_id": locale, "content": content, "default": locale == 1, "active": True, "outdated": False, **more}


def saved(folder: Path, *macros: Any, items: Any = (), **more: Any) -> Path:
    whole = {"macros": list(macros), "items": list(items), "locales": LOCALES, "count": len(macros), **more}
    return put(folder, {"account.json": json.dumps(whole)}) / "account.json"


def test_dynamic_content_becomes_translations(base: Path, folder: Path) -> None:
    text = item(
        "reply",
        variant(2, "Hola {{ticket.requester.first_name}}", outdated=True),
        variant(1, "Hi {{ticket.requester.first_name}}"),
    )
    one = brought(base, saved(folder, comment("{{dc.reply}}"), items=[text]))
    assert (one["locale"], one["text"]) == ("en", "Hi {{ name }}\n")
    assert one["translations"] == {"es": {"of": "0.1", "text": "Hola {{ name }}\n"}}


def test_template_syntax_stands_as_it_stood_in_every_language(base: Path, folder: Path) -> None:
    text = item("reply", variant(1, "Hi {% if a %}"), variant(2, "Hola {% if a %}"))
    one = brought(base, saved(folder, comment("{{dc.reply}}"), items=[text]))
    words = one["translations"]["es"]["variables"]
    assert words == {"as_it_stood": {"fallback": "{% if a %}"}}
    assert one["variables"]["as_it_stood"]["fallback"] == "{% if a %}"


def test_dynamic_content_within_a_text_and_within_itself(base: Path, folder: Path) -> None:
    items = [
        item("hi", variant(1, "Hello {{dc.who}},"), variant(2, "Hola {{dc.who}},")),
        item("who", variant(1, "friend {{dc.hi}}")),
    ]
    one = brought(base, saved(folder, comment("{{dc.hi}} ok. {{dc.none}}"), items=items))
    assert one["text"].startswith("Hello friend Hello friend")
    assert one["translations"]["es"]["text"].startswith("Hola friend Hola friend")
    assert one["text"].endswith("ok. {{ dc_none }}\n")


def test_files_as_the_api_gives_them(base: Path, folder: Path) -> None:
    put(
        folder,
        {
            "macros-1.json": json.dumps({"macros": [comment("{{dc.a}}", id=7)], "next_page": None, "count": 2}),
            "macros-2.json": json.dumps({"macros": [comment("Two", id=8)], "next_page": None, "count": 2}),
            "items.json": json.dumps({"items": [item("a", variant(1, "One"))]}),
            "locales.json": json.dumps({"locales": LOCALES}),
        },
    )
    assert brought(base, folder, "reply-7")["text"] == "One\n"
    assert macro(base, "reply-8")["text"] == "Two\n"


def test_rich_text_becomes_words(base: Path, folder: Path) -> None:
    html = (
        "<style>p {}</style><p>Hi&nbsp;{{ticket.requester.first_name}},</p><p>See "
        "<a href='https://a.example/x'>here</a> or "
        "<a href='https://b.example'>https://b.example</a>.<br>Bye &amp; thanks</p><ul><li>one</li><li>two</li></ul>"
    )
    whole = {"title": "Reply", "actions": [{"field": "comment_value_html", "value": html}]}
    one = brought(base, saved(folder, whole))
    assert one["text"] == (
        "Hi {{ name }},\n\nSee here (https://a.example/x) or https://b.example.\nBye & thanks\n\n- one\n- two\n"
    )


RICH = {
    "<ol><li>one<ul><li>a</li></ul></li>\n<li><p>two</p><p>m</p></li></ol><p>x</p>": "1. one\n- a\n2. two\nm\n\nx",
    "<table><tr><th>A</th>\n<th>B</th></tr><tr><td><p>1</p></td><td>2</td></tr></table>": "A | B\n1 | 2",
    "<head><title>No</title><p>Hi <img alt='Sam' src='x'></p>": "Hi Sam",
    "<script>alert(1)</script><template>no</template>&lt;b&gt; yes<!-- no -->": "<b> yes",
}


@pytest.mark.parametrize("html", RICH)
def test_lists_and_tables_keep_their_lines(html: str, base: Path, folder: Path) -> None:
    whole = {"title": "Reply", "actions": [{"field": "comment_value_html", "value": html}]}
    assert brought(base, saved(folder, whole))["text"] == RICH[html] + "\n"


def test_a_number_of_several_lines_says_nothing_in_the_file(base: Path, folder: Path) -> None:
    one = brought(base, saved(folder, comment("Hi", id="1\nwhen: Never.")))
    assert (one["text"], "when" in one) == ("Hi\n", False)


def test_ticket_actions(base: Path, folder: Path) -> None:
    actions = [
        {"field": "status", "value": "pending"},
        {"field": "current_tags", "value": "a b"},
        {"field": "custom_fields_12", "value": True},
        {"field": "group_id", "value": 36},
        {"field": "side_conversation", "value": ["a", "b"]},
        {"field": "assignee_id", "value": ""},
    ]
    path = saved(folder, comment(["channel:all", "Hi"], *actions))
    assert brought(base, path)["actions"] == [
        {"set": "status", "to": "pending"},
        {"set": "tag", "to": "a"},
        {"set": "tag", "to": "b"},
        {"set": "custom_fields_12", "to": "true"},
        {"set": "group", "to": "36"},
    ]
    what = "2 x a ticket action whose value is not a single line of text, left out"
    assert f"{what}, such as side_conversation: ['a', 'b'] in Reply" in bring(base, path).output


def test_what_has_no_place_is_reported(base: Path, folder: Path) -> None:
    texts = item("reply", variant(1, "Hi"), variant(2, "Hola", active=False), variant(1, "Hello"))
    path = saved(
        folder,
        comment("{{dc.reply}} {{ticket.group.name}} {% if x %}", active=False, restriction={"type": "Group", "id": 4}),
        {"title": "Only tags", "actions": [{"field": "set_tags", "value": "x"}]},
        {
            "title": "Two",
            "actions": [{"field": "comment_value", "value": "A"}, {"field": "comment_value", "value": "B"}],
        },
        items=[texts],
    )
    said = bring(base, path, "--verbose").output.splitlines()
    assert said[1:] == [
        "reply: a second text in the language `en`, left out: Hello",
        "reply: an inactive text, left out: Hola",
        "Reply: an inactive macro, now a draft: reply",
        'Reply: a restriction on who may use a macro, left out: {"type": "Group", "id": 4}',
        "Only tags: a macro without a reply, left out: only-tags",
        "Two: a second comment, left out: B",
        "Zendesk macro reply: a placeholder that the vocabulary does not map, now a variable: {{ticket.group.name}}",
        "Zendesk macro reply: template syntax, now a variable with itself as the fallback: {% if x %}",
    ]


def test_a_description_is_words(base: Path, folder: Path) -> None:
    one = brought(base, saved(folder, comment("Hi", description="See [[nowhere]] and\n[x](javascript:y) <b>")))
    assert one["summary"] == r"See \[\[nowhere\]\] and \[x\](javascript:y) \<b\>"


def page(*macros: dict[str, Any]) -> str:
    return json.dumps({"macros": list(macros), "next_page": None})


def test_a_macro_on_two_pages_is_one(base: Path, folder: Path) -> None:
    """A list moves while it is fetched: the macro that was the last of a page is the first of the next."""
    one, other = comment("Hi", id=7, updated_at="2026-01-02"), comment("Bye", id=8)
    newer = comment("Hi there", id=7, updated_at="2026-01-09")
    put(folder, {"macros-1.json": page(one, other), "macros-2.json": page(other)})
    assert "2 macros; 2 files written" in bring(base, folder).output
    assert "differs" not in bring(base, folder).output
    put(folder, {"macros-1.json": page(newer, other), "macros-2.json": page(one)})
    assert "a macro that is there twice and differs; the later one was taken" in bring(base, folder).output
    assert macro(base, "reply-7")["text"] == "Hi there\n"


def test_a_macro_without_a_number_that_is_there_twice_is_one(base: Path, folder: Path) -> None:
    assert "1 macro; 1 file written" in bring(base, saved(folder, comment("Hi"), comment("Hi"))).output


def test_a_renamed_title_is_followed(base: Path, folder: Path) -> None:
    brought(base, saved(folder, comment("Hi", id=5), comment("Bye", id=6, title="Late")), "reply")
    renamed = saved(folder, comment("Bye", id=6, title="Reply"), comment("Hi", id=5, title="Hello"))
    assert "2 macros; 2 files written" in bring(base, renamed, day="2026-12-01").output
    assert {path.stem for path in (base / "macros").iterdir()} == {"account-restored", "late", "reply"}
    assert (macro(base, "reply")["title"], macro(base, "reply")["text"]) == ("Hello", "Hi\n")
    assert (macro(base, "late")["title"], macro(base, "late")["version"]) == ("Reply", "1.1")


def test_a_macro_gets_a_namesake(base: Path, folder: Path) -> None:
    brought(base, saved(folder, comment("Hi", id=5)))
    bring(base, saved(folder, comment("Bye", id=9), comment("Hi", id=5)))
    assert macro(base, "reply")["text"] == "Hi\n"
    assert macro(base, "reply-9")["text"] == "Bye\n"
    assert {path.stem for path in (base / "macros").iterdir()} == {"account-restored", "reply", "reply-9"}


TITLES = ["Возврат", "お詫び", "Возврат 30", "退款", "Rückerstattung", "Ошибка: A"]


@pytest.mark.parametrize("number", [True, False])
def test_titles_in_other_scripts(number: bool, base: Path, folder: Path) -> None:
    macros = [comment(f"Text {n}", title=title, **({"id": n} if number else {})) for n, title in enumerate(TITLES, 1)]
    assert "6 macros; 6 files written" in bring(base, saved(folder, *macros)).output
    assert "6 macros; 0 files written" in bring(base, saved(folder, *reversed(macros))).output
    texts = {
        macro(base, path.stem)["title"]: macro(base, path.stem)["text"] for path in (base / "macros").glob("*.yaml")
    }
    assert [texts[title] for title in TITLES] == [f"Text {n}\n" for n in range(1, 7)]


def test_a_condition_that_changes_there_changes_here(base: Path, folder: Path) -> None:
    """The variable that holds a condition has its name for good; another condition is another variable."""
    brought(base, saved(folder, comment("{% if a %}A{% endif %}{{x | upcase}}", id=5)))
    bring(base, saved(folder, comment("{% if b %}B{% endif %}{% if a %}A{% endif %}{{x | downcase}}", id=5)))
    one = macro(base, "reply")
    text = one["text"]
    for name, variable in one["variables"].items():
        text = text.replace(f"{{{{ {name} }}}}", variable["fallback"])
    assert text == "{% if b %}B{% endif %}{% if a %}A{% endif %}{{x | downcase}}\n"
    assert one["text"].endswith("{{ as_it_stood }}A{{ as_it_stood_2 }}{{ x_2 }}\n")


def test_a_macro_is_followed_by_its_number(base: Path, folder: Path) -> None:
    brought(base, saved(folder, comment("Hi", id=5)))
    assert "; 1 file written" in bring(base, saved(folder, comment("Hi there", id=5)), day="2026-12-01").output
    assert (macro(base, "reply")["version"], macro(base, "reply")["text"]) == ("1.1", "Hi there\n")
    assert "was not imported from Zendesk macro 6" in refused(base, saved(folder, comment("Hi", id=6)))


BAD_ACCOUNTS: dict[str, tuple[str | bytes, str]] = {
    "no JSON": ("{", "account.json is not valid JSON: Expecting property name"),
    "not UTF-8": (b"\xff", "account.json is not UTF-8"),
    "a list": ("[]", "account.json is not a JSON object"),
    "deep": ("[" * 200_000, "account.json is nested too deep"),
    "a long number": ('{"macros": ' + "9" * 5000 + "}", "account.json is not valid JSON"),
    "no macros": ('{"macros": []}', "account.json has no `macros`"),
    "no list": ('{"macros": {}}', "account.json: `macros` must be a list"),
    "no title": ('{"macros": [{"actions": []}]}', "account.json: macros.0.title: field required"),
    "no field": ('{"macros": [{"title": "A", "actions": [{"value": 1}]}]}', "macros.0.actions.0.field: field required"),
    "no reply": ('{"macros": [{"title": "A", "actions": []}]}', "no macro has a comment"),
    "one title": (
        json.dumps({"macros": [comment("A"), comment("B")]}),
        "the macros `Reply`, `Reply` would all get the id `reply`: give them different titles",
    ),
    "a language": (
        json.dumps({"macros": [comment("A")], "items": [item("x", variant(8, "Hallo"))]}),
        "the vocabulary's `locales` lack 8 (a number that is not in the account's `locales`)",
    ),
    "carried id": (
        json.dumps(
            {"macros": [comment("A")], "playbook": [{"id": "../x", "title": "Reply", "locale": "en", "version": "1.0"}]}
        ),
        "account.json: playbook.0.id: value error, is not an id",
    ),
    "carried shape": (
        json.dumps(
            {"macros": [comment("A")], "playbook": [{"id": "x", "title": "Reply", "locale": "en", "version": "one"}]}
        ),
        "Zendesk macro x cannot become a macro",
    ),
    "growing": (
        json.dumps(
            {
                "macros": [comment("{{dc.a}}")],
                "items": [item("a", variant(1, "{{dc.a}} {{dc.b}} " * 60)), item("b", variant(1, "{{dc.a}}" * 60))],
                "locales": LOCALES,
            }
        ),
        "a macro has more than 200,000 characters with its dynamic content",
    ),
}


@pytest.mark.parametrize("case", BAD_ACCOUNTS)
def test_an_account_that_cannot_come_in(case: str, base: Path, folder: Path) -> None:
    content, said = BAD_ACCOUNTS[case]
    assert said in refused(base, put(folder, {"account.json": content}) / "account.json")


def test_half_a_sign_does_no_harm(base: Path, folder: Path) -> None:
    whole = '{"macros": [{"title": "Reply \\ud800", "actions": [{"field": "comment_value", "value": "Hi \\udfff"}]}]}'
    assert brought(base, put(folder, {"account.json": whole}) / "account.json")["text"] == "Hi \ufffd\n"


WHOLE = {
    "macros": [
        comment("{{dc.reply}}", {"field": "status", "value": "open"}, id=3, description="D", restriction={}),
        {"title": "Two", "actions": [{"field": "comment_value_html", "value": "<p>Hi [NAME]</p>"}]},
    ],
    "items": [item("reply", variant(1, "Hi {{dc.reply}}"), variant(2, "Hola", outdated=True))],
    "locales": LOCALES,
    "playbook": [
        {
            "id": "mine", "title": "Two", "locale": "en", "version": "1.0", "owner": "support", "status": "active",
            "summary": "S.", "variables": {"name": {"label": "N"}}, "actions": [{"set": "status", "to": "open"}],
            "translations": {"es": {"of": "0.9", "text": "Hola"}},
            "history": [{"version": "1.0", "on": "2026-01-01", "note": "N"}],
        }
    ],
}  # fmt: skip
WRONG = [
    None,
    True,
    0,
    -1.5,
    "",
    "x",
    "{{dc.reply}}",
    "\ud800",
    [],
    {},
    [None],
    {"x": 1},
    "../../x",
    "9" * 300,
    ["a"],
    1e308,
]


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(place for key, one in inner for place in places(one, (*at, key)))][0 if at else 1 :]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.sampled_from(places(WHOLE)), wrong=st.sampled_from(WRONG), goes=st.booleans())
def test_whatever_is_wrong_in_an_account_is_one_line(
    at: tuple[Any, ...], wrong: Any, goes: bool, base: Path, folder: Path
) -> None:
    whole = json.loads(json.dumps(WHOLE))
    holder = whole
    for key in at[:-1]:
        holder = holder[key]
    if goes:
        del holder[at[-1]]
    else:
        holder[at[-1]] = wrong
    for old in (base / "macros").glob("*.yaml"):
        if old.stem != "account-restored":
            old.unlink()
    result = bring(base, put(folder, {"account.json": json.dumps(whole)}) / "account.json")
    assert result.exit_code in (0, 1), result.output
    assert result.exit_code == 0 or result.output.count("\n") == 1
    assert not [
        f for f in check(base).findings if f.code in ("invalid-value", "missing-key", "invalid-yaml", "unknown-key")
    ]
