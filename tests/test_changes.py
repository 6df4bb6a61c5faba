"""What changed: as a page, as Atom feeds, and as the list by which a browser knows what is new."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import pytest
from conftest import Lay, Play
from knowledge import AS_OF, MACRO, POLICY, SOP, STARTER, VOCABULARY

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
HOME = "https://playbook.example/below/"
NAMED = (STARTER / "mkdocs.yml").read_text(encoding="utf-8")
MARK = "zqxmarkqz"

HISTORY = """\
history:
  - {version: "2.1", on: 2026-10-02, note: Added the <reply> & more., parts: [check]}
  - {version: "2.0", on: 2026-10-01, note: Two questions.}
  - {version: "2.0", on: 2026-10-01, note: Reviewed.}
"""
CHANGED = SOP[: SOP.index("history:")].replace("  - id: verify\n", "  - id: verify\n    formerly: [check]\n") + HISTORY
HIDDEN = (
    CHANGED.replace(
        "  - id: answer\n", f"  - {{id: {MARK}-step, title: {MARK}, audience: internal, text: Do.}}\n  - id: answer\n"
    )
    .replace("parts: [check]", f"parts: [check, {MARK}-step]")
    .replace("history:\n", f"history:\n  - {{version: '2.1', on: 2026-11-01, note: {MARK}, audience: internal}}\n")
    .replace("note: Reviewed.", f"note: Reviewed., by: {MARK}")
)
INTERNAL = SOP.replace("id: restore-account", f"id: {MARK}-inside").replace("audience: vendor", "audience: internal")
INTERNAL = INTERNAL.replace("formerly: [account-recovery]\n", "").replace("Restore a taken-over account", "Inside")
QUEUES = VOCABULARY.replace(
    "severities:\n",
    f"  legal-only: {{name: {MARK}, team: legal}}\n"
    "  empty: {name: Empty, team: support, audience: vendor}\n"
    "severities:\n",
)


@pytest.fixture
def build(lay: Lay, play: Play, tmp_path: Path):  # type: ignore[no-untyped-def]
    """A function that builds the small knowledge base with other files, and gives the site's folder."""

    def call(changes: dict[str, str], *options: str, to: str = "site") -> Path:
        root = lay(
            {"mkdocs.yml": NAMED, "sops/restore-account.yaml": CHANGED, "content/vocabulary.yaml": QUEUES, **changes}
        )
        result = play(root, "build", "--as-of", AS_OF, "--to", str(tmp_path / to), *options)
        assert result.exit_code == 0, result.output
        return tmp_path / to

    return call


def feed(site: Path, queue: str) -> ET.Element:
    return ET.fromstring((site / f"feeds/{queue}.xml").read_bytes())


def text(place: ET.Element, name: str) -> str:
    found = place.findall(f"{ATOM}{name}")
    assert len(found) == 1, f"{name} must be there once"
    return found[0].text or ""


def link(place: ET.Element, rel: str) -> str:
    return next(one.attrib["href"] for one in place.findall(f"{ATOM}link") if one.attrib["rel"] == rel)


def assert_valid(found: ET.Element) -> None:
    """What RFC 4287 asks of a feed and its entries."""
    assert found.tag == f"{ATOM}feed"
    for place in (found, *found.findall(f"{ATOM}entry")):
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", text(place, "id"))
        assert MOMENT.fullmatch(text(place, "updated"))
        assert text(place, "title")
        assert link(place, "alternate")
    author = found.find(f"{ATOM}author/{ATOM}name")
    assert author is not None
    assert author.text
    ids = [text(entry, "id") for entry in found.findall(f"{ATOM}entry")]
    assert len(ids) == len({*ids, text(found, "id")} - {text(found, "id")}), "two entries have one id"


def test_each_queue_and_all_have_a_feed_that_readers_of_feeds_understand(build) -> None:  # type: ignore[no-untyped-def]
    site = build({})
    names = {path.stem for path in (site / "feeds").iterdir()}
    assert names == {"index", "accounts", "empty", "legal-only"}
    for name in names:
        assert_valid(feed(site, name))
    found = feed(site, "accounts")
    assert [text(entry, "title") for entry in found.findall(f"{ATOM}entry")] == [
        "Restore a taken-over account, version 2.1",
        "Restore a taken-over account, version 2.0",
        "Restore a taken-over account, version 2.0",
    ]
    first = found.findall(f"{ATOM}entry")[0]
    assert (text(first, "updated"), text(found, "updated")) == ("2026-10-02T00:00:00Z",) * 2
    assert text(first, "summary") == "Added the <reply> & more. Changed: Verify who is writing."
    assert feed(site, "empty").findall(f"{ATOM}entry") == []
    assert any("Account integrity" in text(entry, "title") for entry in feed(site, "index").findall(f"{ATOM}entry"))


def test_addresses_lead_to_pages_with_and_without_an_address_of_the_site(build) -> None:  # type: ignore[no-untyped-def]
    site = build({})
    for name in ("accounts", "index"):
        found = feed(site, name)
        for place in (found, *found.findall(f"{ATOM}entry")):
            path = (
                urljoin(f"http://x/feeds/{name}.xml", link(place, "alternate")).removeprefix("http://x/").split("#")[0]
            )
            assert (site / path / "index.html").is_file(), path
    site = build({"mkdocs.yml": NAMED + f"site_url: {HOME.rstrip('/')}\n"}, to="named")
    found = feed(site, "accounts")
    assert link(found, "self") == f"{HOME}feeds/accounts.xml"
    assert link(found.findall(f"{ATOM}entry")[0], "alternate") == f"{HOME}sops/restore-account/#_changes"


def ids(site: Path) -> list[str]:
    return [text(entry, "id") for entry in feed(site, "accounts").findall(f"{ATOM}entry")]


def test_an_entry_stays_the_same_one_whatever_is_corrected_or_renamed(build) -> None:  # type: ignore[no-untyped-def]
    first = build({}, to="first")
    again = build(
        {"macros/account-restored.yaml": MACRO.replace("title: Account restored", "title: Yours")}, to="again"
    )
    assert (first / "feeds/accounts.xml").read_bytes() == (again / "feeds/accounts.xml").read_bytes()
    corrected = build(
        {"sops/restore-account.yaml": CHANGED.replace("Two questions.", "Two more questions.")}, to="words"
    )
    assert ids(corrected) == ids(first)
    longer = build(
        {
            "sops/restore-account.yaml": CHANGED.replace('version: "2.1"', 'version: "2.2"', 1).replace(
                "history:\n", 'history:\n  - {version: "2.2", on: 2026-11-01, note: More.}\n'
            )
        },
        to="longer",
    )
    assert ids(longer)[1:] == ids(first)


def test_the_readers_of_a_site_get_the_changes_that_they_may_see_and_no_others(build) -> None:  # type: ignore[no-untyped-def]
    inside = {"sops/restore-account.yaml": HIDDEN, f"sops/{MARK}-inside.yaml": INTERNAL}
    for_all = build(inside, "--audience", "vendor", to="with")
    without = build({}, "--audience", "vendor", to="without")
    for path in ("feeds/accounts.xml", "feeds/index.xml", "changes/index.html", "assets/versions.js"):
        told = (for_all / path).read_text(encoding="utf-8")
        assert MARK not in told, f"{path} tells of what is internal"
        assert told == (without / path).read_text(encoding="utf-8")
    assert not (for_all / "feeds/legal-only.xml").exists()
    own = build(inside, to="own")
    assert MARK in (own / "feeds/accounts.xml").read_text(encoding="utf-8")
    assert text(feed(own, "accounts"), "id") != text(feed(without, "accounts"), "id"), "two feeds have one name"


def test_a_version_that_is_only_announced_is_told_on_its_day(build) -> None:  # type: ignore[no-untyped-def]
    entry = "history:\n  - {version: '4.0', effective: 2026-12-24, note: All rules at once.}\n"
    coming = {"content/policies/account-integrity.yaml": POLICY.replace("history:\n", entry)}
    site = build(coming)
    assert "All rules at once" not in (site / "feeds/index.xml").read_text(encoding="utf-8")
    assert "All rules at once" not in (site / "changes/index.html").read_text(encoding="utf-8")
    later = build(coming, "--as-of", "2026-12-24", "--allow-errors", to="later")
    assert "All rules at once" in (later / "feeds/index.xml").read_text(encoding="utf-8")


def test_the_page_has_every_change_by_day_and_leads_to_the_feeds(build) -> None:  # type: ignore[no-untyped-def]
    page = (build({}) / "changes/index.html").read_text(encoding="utf-8")
    days = re.findall(r'<h2 id="_(\d{4}-\d\d-\d\d)"', page)
    assert days == sorted(days, reverse=True)
    assert days[:2] == ["2026-10-02", "2026-10-01"]
    assert "Two questions" in page
    assert '<a href="../sops/restore-account/#verify">Verify who is writing</a>' in page, "the part by its former id"
    assert '<a href="../feeds/accounts.xml" rel="alternate" type="application/atom+xml">' in page


def test_lists_say_which_version_they_tell_of_and_browsers_get_all(build) -> None:  # type: ignore[no-untyped-def]
    site = build({})
    queue = (site / "queues/accounts/index.html").read_text(encoding="utf-8")
    row = '<span data-id="restore-account" data-version="2.1" data-first="2026-10-01" data-formerly="account-recovery">'
    assert row in queue
    assert 'href="../../feeds/accounts.xml"' in queue
    told = (site / "assets/versions.js").read_text(encoding="utf-8")
    known = json.loads(told.removeprefix("playbook.searchTake('versions',").removesuffix(");\n"))
    assert known["accounts"]["restore-account"] == ["2.1", "2026-10-01", "account-recovery"]
    assert known["accounts"]["account-takeover"] == ["1.0", ""]
