"""The lists and the desk: what their rows say and in what order, who sees what, and the page for lost addresses."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from conftest import Lay, Play
from knowledge import MACRO, SOP, VOCABULARY

SEVERITIES = """\
severities:
  S0: {name: Imminent, page_first: true, first_response: 15m}
  S1: {name: Severe}
  S2: {name: Moderate, first_response: 1bd}
"""
WORDS = re.sub(r"severities:\n(?:  .*\n)+", SEVERITIES, VOCABULARY).replace(
    "order: [restore-account]}", "order: [zebra, restore-account]}"
)
LEGAL = "  lawsuits: {name: Lawsuits, team: legal}\n"


def sop(name: str, **fields: str) -> str:
    """An SOP of the small knowledge base under another id, with other lines."""
    text = SOP.replace("id: restore-account", f"id: {name}", 1).replace("formerly: [account-recovery]\n", "")
    text = text.replace("title: Restore a taken-over account", f"title: {name.capitalize()}")
    for key, value in fields.items():
        known = re.search(rf"^{key}: .*\n", text, re.M)
        text = text.replace(known[0], f"{key}: {value}\n") if known else f"{text}{key}: {value}\n"
    return text


SETTINGS = "site_name: Example\nmarkdown_extensions: [attr_list, md_in_html]\n"
FILES = {
    "mkdocs.yml": SETTINGS,
    "content/vocabulary.yaml": WORDS.replace("severities:\n", LEGAL + "severities:\n", 1),
    "sops/zebra.yaml": sop("zebra", severity="S0", symptoms='[lost my "key" · today, a < b]', aliases="[ATO]"),
    "sops/apple.yaml": sop("apple", severity="S2", sla="{first_response: 4h}"),
    "sops/secret.yaml": sop("secret", severity="S0", audience="internal", queue="lawsuits", owner="legal"),
}


def built(lay: Lay, play: Play, *options: str, **files: str) -> Path:
    root = lay(FILES | files)
    result = play(root, "build", "--allow-errors", *options)
    assert result.exit_code == 0, result.output
    return root / "site"


def rows(page: Path) -> list[list[str]]:
    """The words of each row of a page: its name, severity and time or languages, as they are heard."""
    items = re.findall(r"<li (?:[^>]*\s)?data-(?:id|queue)=.*?</li>", page.read_text(encoding="utf-8"), re.DOTALL)
    spans = [
        re.findall(
            r'<span class="pb-(?:row-name|row-facts|row-count)"[^>]*>(.*?)(?=<span class="pb-row|</li>)',
            item,
            re.DOTALL,
        )
        for item in items
    ]
    return [[" ".join(html.unescape(re.sub(r"<[^>]*>", "", one)).split()) for one in some] for some in spans]


ZEBRA = ["Zebra", "Severity S0 first answer within 15 min"]
RESTORE = ["Restore a taken-over account", "Severity S1"]
APPLE = ["Apple", "Severity S2 first answer within 4 h"]
TREE, LETTER = ["Is it a takeover?"], ["Account restored", "Languages en es"]


@pytest.mark.parametrize(
    ("page", "expected"),
    {
        "queues/accounts": [ZEBRA, RESTORE, APPLE, TREE, LETTER],
        "sops": [ZEBRA, RESTORE, APPLE, ["Secret", ZEBRA[1]]],
        "teams/support": [ZEBRA, RESTORE, APPLE, TREE, LETTER],
    }.items(),
)
def test_a_list_has_the_order_of_its_queue_and_what_decides(
    page: str, expected: list[list[str]], lay: Lay, play: Play
) -> None:
    assert rows(built(lay, play) / page / "index.html")[: len(expected)] == expected


def test_a_queue_says_how_soon_its_most_urgent_case_is_answered(lay: Lay, play: Play) -> None:
    """A business day is no less than a day: a list once showed it before a quarter of an hour."""
    calm = {
        "sops/zebra.yaml": sop("zebra", severity="S2"),
        "sops/apple.yaml": sop("apple", sla="{first_response: 25h}"),
    }
    for files, most in (({}, ZEBRA[1]), (calm, "Severity S2 first answer within 1 business day")):
        found = rows(built(lay, play, **files) / "index.html")
        assert ["Accounts", most, "3 SOPs"] in found
        assert ["Lawsuits", ZEBRA[1], "1 SOP"] in found


def test_a_row_is_found_by_signs_that_it_does_not_show(lay: Lay, play: Play) -> None:
    page = (built(lay, play) / "queues/accounts/index.html").read_text(encoding="utf-8")
    signs = {
        name: html.unescape(text)
        for name, text in re.findall(r'data-id="(\S+)"[^>]*>\s*<span class="pb-row-name" data-signs="([^"]*)"', page)
    }
    assert signs["zebra"] == 'zebra · ATO · lost my "key" · today · a < b'
    assert signs["restore-account"] == "restore-account · account-recovery"


def test_the_desk_has_danger_first_and_what_is_due(lay: Lay, play: Play) -> None:
    page = (built(lay, play) / "index.html").read_text(encoding="utf-8")
    danger = re.search(r'<div class="pb-danger">.*?</div>', page, re.DOTALL)
    assert danger
    assert re.findall(r">([^<>]+)</a>", danger[0]) == ["Zebra", "Secret"]
    assert page.index("pb-ask") < page.index("pb-danger") < page.index('id="_queues"') < page.index('id="_due"')
    due = re.search(r"<div[^>]*data-pb-due.*?</ul>", page, re.DOTALL)
    assert due
    assert 'data-team="support"' in due[0]
    assert "2 Apr 2027" in due[0]


def test_a_vendor_s_desk_has_nothing_of_what_others_have_to_do(lay: Lay, play: Play) -> None:
    site = built(lay, play, "--audience", "vendor")
    page = (site / "index.html").read_text(encoding="utf-8")
    assert "Zebra" in page
    for hidden in ("Secret", "Lawsuits", "legal", "_due", "data-team"):
        assert hidden not in page, hidden
    assert "secret" not in (site / "404.html").read_text(encoding="utf-8").lower()


@pytest.mark.parametrize(
    ("settings", "home"),
    [
        (SETTINGS, "/"),
        (f"{SETTINGS}site_url: https://example.org/a%20place/\n", "/a%20place/"),
        (f"{SETTINGS}site_url: https://example.org/deep/down\n", "/deep/down/"),
    ],
)
def test_the_page_for_lost_addresses_leads_on_from_any_depth(settings: str, home: str, lay: Lay, play: Play) -> None:
    page = (built(lay, play, **{"mkdocs.yml": settings}) / "404.html").read_text(encoding="utf-8")
    article = page[page.index("<article") : page.index("</article>")]
    assert re.findall(r'href="([^"]*)"', article) == [f"{home}ids/", home]
    assert f'src="{home}assets/lost.js"' in page


def test_the_list_of_ids_has_former_ones(lay: Lay, play: Play) -> None:
    page = (built(lay, play) / "ids/index.html").read_text(encoding="utf-8")
    assert re.search(r"<code>restore-account</code>.*formerly <code>account-recovery</code>", page)


def test_a_reply_in_one_language_says_so(lay: Lay, play: Play) -> None:
    alone = re.sub(r"translations:\n  es:.*\n", "", MACRO)
    assert ["Account restored", "Languages en"] in rows(
        built(lay, play, **{"macros/account-restored.yaml": alone}) / "macros/index.html"
    )
