"""Blanks of every help desk, and texts that only look like one: what an import makes of them, and what `check` says.

There is one list of blanks. So whatever an import makes a variable of is named by `leftover` where it was written by
hand, and whatever the import leaves alone is not.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import output_of
from knowledge import check, put, write

# What somebody wrote: what the import makes of it. A variable that has a fallback then is spelled `name=fallback`.
BLANKS = {
    # Help desks and mailing systems
    "Zendesk, Freshdesk, Gorgias": ("Hi {{ticket.customer.firstname}}", "Hi {{ customer_firstname }}"),
    "Gorgias, a list": ("{{ticket.orders[0].name}} left", "{{ orders_0_name }} left"),
    "Liquid, a filter": ("Hi {{customer.name | capitalize}}", "Hi {{ customer_name }}"),
    "Intercom": ('Hi {{user.first_name | fallback: "there"}},', "Hi {{ user_first_name=there }},"),
    "Front": ("Hi {{recipient.first_name}}", "Hi {{ recipient_first_name }}"),
    "Chatwoot": ("Hi {{ contact.name || 'there' }}", "Hi {{ contact_name=there }}"),
    "HubSpot": ("Hi {{contact.firstname|default:'friend'}}", "Hi {{ contact_firstname=friend }}"),
    "Marketo": ("Hi {{lead.First Name:default=Friend}}", "Hi {{ lead_first_name=Friend }}"),
    "Help Scout": ("Hi {%customer.firstName%}", "Hi {{ customer_first_name }}"),
    "Help Scout, a fallback": ("Hi {%customer.firstName,fallback=there%}", "Hi {{ customer_first_name=there }}"),
    "WhatsApp": ("Your code is {{1}}.", "Your code is {{ blank }}."),
    "Handlebars": ("Hi {{{Recipient.FirstName}}}", "Hi {{ recipient_first_name }}"),
    "AutoModerator": ("Hi {{author}}, see {{match-1}}", "Hi {{ author }}, see {{ match_1 }}"),
    "Toolbox for Reddit": ("Hi {author}, of /r/{subreddit}", "Hi {{ author }}, of /r/{{ subreddit }}"),
    "osTicket": ("%{ticket.number}, by %{recipient.name.first}", "{{ number }}, by {{ recipient_name_first }}"),
    "Discourse": ("Hi %{username}", "Hi {{ username }}"),
    "Zammad": ("About #{ticket.title}", "About {{ title }}"),
    "Salesforce": ("Dear {!Contact.FirstName}", "Dear {{ contact_first_name }}"),
    "Dynamics": ("Dear {!Contact:First Name;Valued customer;}", "Dear {{ contact_first_name=Valued customer }}"),
    "WHMCS": ("Dear {$client_name}", "Dear {{ client_name }}"),
    "Zoho": ("Dear ${Cases.Contact Name}", "Dear {{ cases_contact_name }}"),
    "Jira": ("About ${issue.key}", "About {{ issue_key }}"),
    "a shell": ("Dear $first_name,", "Dear {{ first_name }},"),
    "OTRS": ("Dear <OTRS_CUSTOMER_REALNAME>", "Dear {{ otrs_customer_realname }}"),
    "GLPI": ("About ##ticket.title##", "About {{ title }}"),
    "Bugzilla": ("About [% bug.id %]", "About {{ bug_id }}"),
    "Rails": ("Dear <%= user.name %>", "Dear {{ user_name }}"),
    "Mailchimp": ("Dear *|FNAME|*", "Dear {{ fname }}"),
    "Pardot": ("Dear %%first_name%%", "Dear {{ first_name }}"),
    "ActiveCampaign": ("Dear %FIRSTNAME%", "Dear {{ firstname }}"),
    "a format": ("You sent %s.", "You sent {{ blank }}."),
    "a format with numbers": ("You sent {0}.", "You sent {{ blank_0 }}."),
    "signs around": ("#CASE_ID#, $name$, __FIRST_NAME__", "{{ case_id }}, {{ name }}, {{ first_name }}"),
    "an expression": ("Hi {{$json.name}}, {{= it.day }}", "Hi {{ json_name }}, {{ it_day }}"),
    "a bracket that is missing": ("Hi {{name}, from {city}}", "Hi {{ name }}, from {{ city }}"),
    "escaped, as in HTML": ("Dear &lt;member name&gt;", "Dear {{ member_name }}"),
    "escaped, as in Markdown": (r"Dear \[member name\]", "Dear {{ member_name }}"),
    "Outlook, mail merge": ("Dear «First_Name»", "Dear {{ first_name }}"),
    "mail merge by hand": ("Dear <<First Name>>", "Dear {{ first_name }}"),
    "Word, a text": ("Reason: Click here to enter text.", "Reason: {{ blank }}"),
    "Word, a text today": ("Reason: Click or tap here to enter text.", "Reason: {{ blank }}"),
    "Word, a date": ("On Click or tap to enter a date.", "On {{ blank }}"),
    "Word, a choice": ("Reason: Choose an item.", "Reason: {{ blank }}"),
    "Word, in German": ("Klicken oder tippen Sie hier, um Text einzugeben.", "{{ blank }}"),
    # By hand
    "curly": ("Hi {NAME}, {first name}", "Hi {{ name }}, {{ first_name }}"),
    "curly, next to words": ("INV{invoice_no}", "INV{{ invoice_no }}"),
    "curly, a choice": ("a {team/partner}", "a {{ team_partner }}"),
    "square, small": ("Hi [member]", "Hi {{ member }}"),
    "square, mixed": ("I am [Author Name]", "I am {{ author_name }}"),
    "square, an order": ("about [fill in]", "about {{ fill_in }}"),
    "square, several words": ("[info about comment]", "{{ info_about_comment }}"),
    "square, on two lines": ("[insert comment about\nshare]", "{{ comment_about_share }}"),
    "square, a choice": ("[recommended/disclosed the dose of]", "{{ recommended_disclosed_the_dose_of }}"),
    "square, a clause": ("[the rule that was broken]", "{{ rule_that_was_broken }}"),
    "square, a question": ("[Why was it removed?]", "{{ why_was_it_removed }}"),
    "square, a plural": ("the [member]'s post", "the {{ member }}'s post"),
    "square, a number": ("within [X] days", "within {{ x }} days"),
    "square, a small number": ("within [x] days", "within {{ x }} days"),
    "square, money": ("a fee of [$ amount]", "a fee of {{ amount }}"),
    "square, a date": ("on [DD/MM/YYYY]", "on {{ dd_mm_yyyy }}"),
    "square, a dot": ("within [●] days", "within {{ blank }} days"),
    "square, spaces": ("within [    ] days", "within {{ blank }} days"),
    "square, in Cyrillic": ("Уважаемый [имя участника]!", "Уважаемый {{ blank }}!"),
    "square, in Japanese": ("[お名前]様", "{{ blank }}様"),
    "square, later": ("[to be confirmed]", "{{ to_be_confirmed }}"),
    "square, a condition": (
        "[If it names a drug, add the line below:\nWe do not\n\ngive [medical] advice.]",
        "{{ if_it_names_a_drug_add_the_line_below_we }}",
    ),
    "square, a condition with a variable": ("[If {{user}} asks, add the link]", "{{ if_user_asks_add_the_link }}"),
    "angle": ("Dear <member name>, of <city>", "Dear {{ member_name }}, of {{ city }}"),
    "circles": ("〇〇様", "{{ blank }}様"),
    "dots": ("Mr ........, EUR ..... on .........", "Mr {{ blank }}, EUR {{ blank_2 }} on {{ blank_3 }}"),
    "dots apart": ("Mr . . . . . . left", "Mr {{ blank }} left"),
    "underscores": ("Dear ___, case ____", "Dear {{ blank }}, case {{ blank_2 }}"),
    "number signs": ("Case #### of", "Case {{ blank }} of"),
    "letters": ("in XX days, EUR XXX, xxxx", "in {{ blank }} days, EUR {{ blank_2 }}, {{ blank_3 }}"),
    "a letter": ("in X days, a fee of $X", "in {{ blank }} days, a fee of {{ blank_2 }}"),
    "letters for a day": ("on XX/XX/XXXX", "on {{ blank }}"),
    "round": ("Dear (insert name here)", "Dear {{ name_here }}"),
}  # fmt: skip
WORDS = [
    "the price [we mean the old one] is gone", "he said [sic] so", "[as you know] it is", "[see the note below]",
    "[i.e. the owner]", "[e.g., death of a loved one]", "your number [if you have one]", "it was [removed]",
    "[our office is closed on public holidays]", "[Important] Read this", "[emphasis added]", "[...] and […]",
    "the box [x] and [n]", "x &lt; y &gt; z, Mac OS X and __init__", r"\[sic\] and \[words\](https://a.example)",
    "see [1], [12, 13] and [^1]", "[Smith 2020], [RFC 2119], [CVE-2021-1234]", "[t]he word[s] of items[index]",
    "[words](https://a.example)", "[words][there]\n\n[there]: https://a.example", "[terms] \n\n[terms]: <https://a.example>",
    "![a picture](a.png)", "[[id]]", "[https://a.example/x]", "Sam [sam@a.example]", "Sam [mailto:sam@a.example]",
    "[quote]words[/quote] and [b]bold[/b]", "- [ ] this\n- [x] that", "Press [Enter], then [OK].",
    '{"a": 1, "b": [true, "x"]}', "Two [new] questions (why? how?)", "... [the company's staff] must",
    "Sam <sam@a.example>", "<https://a.example>", "<b>bold</b> <br> <a href='x'>y</a> <p>", "<note><id>3</id></note>",
    "std::vector<int> v; template <typename T>", "#include <vector>", "a < b and c > d, x <- y -> z, <3",
    "and/or", "Well... we waited.... and waited......", "***bold*** and **_both_**", "___\nA rule",
    "# Title\n\n### Part ###",
    "https://a.example/a%20b%20c?x=${1}", "50% of 20%, 100%of", "$5 and $HOME, C# and F#",
    "a{3}, {a: 1}, {}, \\frac{a}{b}",
    "function() { return x; }", "one {or more} words", "« Привет » и «YouTube»", "siglo XX, Love, Sam xxx",
    "Choose an item from the list. Click here to enter.", "`[NAME]` and `<key>`", "```sh\nrun <name> ${x}\n```",
]  # fmt: skip


def _write_replies(folder: Path, texts: list[str]) -> Path:
    return put(folder, {f"Reply {number:03}.txt": text for number, text in enumerate(texts)})


def _spell(macro: dict[str, Any]) -> str:
    """The text of a macro, with the fallbacks of its variables."""
    text = str(macro["text"]).rstrip("\n")
    for name, one in macro.get("variables", {}).items():
        text = text.replace(f"{{{{ {name} }}}}", f"{{{{ {name}={one['fallback']} }}}}") if "fallback" in one else text
    return text


@pytest.fixture(scope="module")
def brought(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base with all of these texts as replies in use, those with blanks first."""
    root = tmp_path_factory.mktemp("blanks")
    texts = [text for text, _ in BLANKS.values()] + WORDS
    base = write(root / "base", {})
    output_of(base, "import", "macros", str(_write_replies(root / "replies", texts)))
    for file in (base / "macros").glob("reply-*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("status: draft", "status: active"), encoding="utf-8")
    return base


def _read_macro(base: Path, number: int) -> dict[str, Any]:
    text = (base / f"macros/reply-{number:03}.yaml").read_text(encoding="utf-8")
    one: dict[str, Any] = yaml.load(text, yaml.BaseLoader)
    return one


@pytest.mark.parametrize("name", BLANKS)
def test_a_blank_becomes_a_variable(name: str, brought: Path) -> None:
    assert _spell(_read_macro(brought, list(BLANKS).index(name))) == BLANKS[name][1]


@pytest.mark.parametrize("text", WORDS)
def test_words_that_look_like_a_blank_come_in_as_they_are(text: str, brought: Path) -> None:
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    assert _spell(_read_macro(brought, len(BLANKS) + WORDS.index(text))) == lines


def test_the_check_has_nothing_to_say_of_what_came_in(brought: Path) -> None:
    found = [one for one in check(brought).findings if one.code not in EXPECTED]
    assert [f"{one.place.path}: {one.message}" for one in found] == []


HAND = """\
id: reply-{number:03}
title: Reply {number:03}
version: "1.0"
status: active
owner: support
summary: A reply.
text: {text}
"""
EXPECTED = ("orphan", "near-duplicate")  # of short replies to which nothing links
# Checks of the template language report these.
TEMPLATE = ("{{", "{%")


def test_the_check_names_every_blank_that_was_typed_by_hand_and_nothing_else(tmp_path: Path) -> None:
    texts = [text for text, _ in BLANKS.values()] + WORDS
    files = {
        f"macros/reply-{number:03}.yaml": HAND.format(
            number=number, text=yaml.dump(text, width=10**6, default_style='"')
        )
        for number, text in enumerate(texts)
    }
    found: dict[str, set[str]] = {path: set() for path in files}
    for finding in check(write(tmp_path / "base", files)).findings:
        if finding.place.path in found and finding.code not in EXPECTED:
            found[finding.place.path].add(finding.code)
    silent = [name for name, codes in zip(BLANKS, found.values(), strict=False) if not codes]
    wrong = [
        f"{name}: {sorted(codes)}"
        for (name, (text, _)), codes in zip(BLANKS.items(), found.values(), strict=False)
        if codes != {"leftover"} and not any(sign in text for sign in TEMPLATE)
    ]
    loud = [text for text, codes in zip(WORDS, list(found.values())[len(BLANKS) :], strict=True) if codes]
    assert (silent, wrong, loud) == ([], [], [])
