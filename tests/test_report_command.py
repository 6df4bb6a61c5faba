"""What `playbook report` counts, what it was before, and what it says where there is no past."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from conftest import Lay, Play, output_of
from knowledge import FILES, STARTER, TODAY, edit, put, write
from repository import commit, git

LONG_AGO, AGO = (str(TODAY - timedelta(days=days)) for days in (95, 35))
SOP, MACRO = "sops/restore-account.yaml", "macros/account-restored.yaml"
TREE, POLICY = "decision_trees/account-takeover.yaml", "content/policies/account-integrity.yaml"
WORDS = "content/vocabulary.yaml"
REQUIRED = ("name: Español", "name: Español, required: true")
GERMAN = ("es: {name: Español}", "es: {name: Español}\n  de: {name: Deutsch, required: true}")
CASE = "  - {id: curious, scenario: A member asks how to log out., answers: [otherwise], outcome: leave, why: Access is there.}\n"  # noqa: E501


def report(root: Path, play: Play, *words: str) -> dict[str, Any]:
    done = play(root, "report", "--format", "json", *words)
    assert done.exit_code == 0, done.output
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def numbers(told: dict[str, Any], key: str) -> list[Any]:
    """A number now, 30 and 90 days ago; a share as a text, and None for a day without numbers."""
    columns = [told["now"]["numbers"], *(one["numbers"] for one in told["earlier"])]
    values = [one and one[key] for one in columns]
    return [f"{one['good']}/{one['whole']}" if isinstance(one, dict) else one for one in values]


# What the files say otherwise 95 days ago, then 35 days ago, and the number now, 30 and 90 days ago.
TRENDS: list[tuple[str, str, list[tuple[str, str, str]], list[tuple[str, str, str]], list[Any]]] = [
    ("a document is retired", "documents", [], [(SOP, "status: active", "status: retired")], [5, 5, 6]),
    ("a review falls due", "overdue", [], [(SOP, "2027-04-02", "2026-10-20")], [1, 1, 0]),
    ("a review comes near", "due_soon", [], [(SOP, "2027-04-02", "2026-11-30")], [1, 0, 0]),
    ("a case is taken away", "outcomes_tested", [], [(TREE, CASE, "")], ["1/2", "1/2", "2/2"]),
    ("a case is counted", "cases", [], [(TREE, CASE, "")], [1, 1, 2]),
    ("a language is required", "letters_complete", [], [(WORDS, *GERMAN)], ["0/1", "0/1", "0/0"]),
    ("a mistake is made", "errors", [], [(SOP, "[[account-takeover]]", "[[acount-takeover]]")], [1, 1, 0]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "key", "first", "then", "values"), TRENDS, ids=[row[0] for row in TRENDS])
def test_a_number_moves(
    what: str, key: str, first: list[tuple[str, str, str]], then: list[tuple[str, str, str]], values: list[Any],
    base: Path, play: Play,
) -> None:  # fmt: skip
    for changes, day in ((first, LONG_AGO), (then, AGO)):
        for path, old, new in changes:
            edit(base, path, old, new)
        commit(base, what, day)
    assert numbers(report(base, play), key) == values


def test_the_files_count_as_they_are_now_committed_or_not(base: Path, play: Play) -> None:
    commit(base, "all", LONG_AGO)
    edit(base, TREE, CASE, "")
    told = report(base, play)
    assert numbers(told, "outcomes_tested") == ["1/2", "2/2", "2/2"]
    assert [(one["id"], one["part"]) for one in told["now"]["outcomes_untested"]] == [("account-takeover", "leave")]
    assert "outcomes with a golden case" in play(base, "report").output.lower()


@pytest.mark.parametrize(
    ("due", "overdue", "soon"), [("2026-11-22", 1, 0), ("2026-11-23", 0, 1), ("2026-12-23", 0, 1), ("2026-12-24", 0, 0)]
)
def test_a_review_is_due_up_to_its_day(due: str, overdue: int, soon: int, base: Path, play: Play) -> None:
    set_keys(base, SOP, {"review_by": due})
    now = report(base, play)["now"]
    assert (now["numbers"]["overdue"], now["numbers"]["due_soon"]) == (overdue, soon)
    team = next(row for row in now["teams"] if row["team"] == "support")
    assert (team["overdue"], team["due_soon"]) == (overdue, soon)


def test_a_section_that_nothing_cites_is_listed(lay: Lay, play: Play) -> None:
    more = FILES[POLICY].replace(
        "history:\n", "  - {id: names, number: '2', title: Names, revised: '3.1', text: A name is free.}\nhistory:\n", 1
    )
    told = report(lay({POLICY: more}), play)
    assert told["now"]["numbers"]["sections_cited"] == {"good": 1, "whole": 2}
    assert [one["part"] for one in told["now"]["sections_uncited"]] == ["names"]


def test_a_letter_is_complete_if_each_translation_is_up_to_date(base: Path, play: Play) -> None:
    edit(base, WORDS, *REQUIRED)
    version = re.search(r'version: "(.*)"', FILES[MACRO])
    assert version is not None
    for of, lack in ((version[1], []), ("0.1", ["es outdated"]), (None, ["es missing"])):
        put(base, {MACRO: FILES[MACRO].partition("translations:")[0]})
        if of:
            with (base / MACRO).open("a") as file:
                file.write(f'translations: {{es: {{of: "{of}", text: "Hola {{{{ name }}}}"}}}}\n')
        now = report(base, play)["now"]
        assert [one["lack"] for one in now["letters_incomplete"]] == lack
        row = next(row for row in now["locales"] if row["locale"] == "es")
        assert (row["current"], row["outdated"], row["missing"]) == (not lack, of == "0.1", of is None)


# The day by which the SOP, read on 2026-07-01, was to be read again, the reviews since, and how that is told.
REVIEWS: list[tuple[str, str, dict[str, str], tuple[int, int], tuple[int, int]]] = [
    ("in time", "2026-11-10", {"reviewed": "2026-11-09"}, (1, 0), (1, 0)),
    ("on the last day", "2026-11-10", {"reviewed": "2026-11-10"}, (1, 0), (1, 0)),
    ("a day late", "2026-11-10", {"reviewed": "2026-11-11"}, (0, 1), (0, 1)),
    ("not at all", "2026-11-10", {}, (0, 1), (0, 1)),
    ("only moved", "2026-11-10", {"review_by": "2027-11-10"}, (0, 1), (0, 1)),
    ("two months ago", "2026-09-15", {"reviewed": "2026-09-01", "review_by": "2027-03-01"}, (0, 0), (1, 0)),
    ("due today", str(TODAY), {}, (0, 0), (0, 0)),
    ("retired instead", "2026-11-10", {"status": "retired"}, (0, 0), (0, 0)),
    ("renamed and read", "2026-11-10", {"id": "restore", "reviewed": "2026-11-01"}, (1, 0), (1, 0)),
]


def set_keys(root: Path, path: str, keys: dict[str, str]) -> None:
    text = (root / path).read_text(encoding="utf-8")
    for key, value in keys.items():
        text = re.sub(rf"^{key}: .*$", f"{key}: {value}", text, flags=re.MULTILINE)
    put(root, {path: text})


@pytest.mark.parametrize(("what", "due", "then", "month", "quarter"), REVIEWS, ids=[row[0] for row in REVIEWS])
def test_reviews_kept_and_missed(
    what: str, due: str, then: dict[str, str], month: tuple[int, int], quarter: tuple[int, int], base: Path, play: Play
) -> None:
    set_keys(base, SOP, {"reviewed": "2026-07-01", "review_by": due})
    text = (base / SOP).read_text(encoding="utf-8").partition("history:")[0]
    put(base, {SOP: text})
    commit(base, "before", LONG_AGO)
    set_keys(base, SOP, then)
    if "id" in then:
        edit(base, SOP, "formerly: [account-recovery]", "formerly: [account-recovery, restore-account]")
        (base / SOP).rename(base / f"sops/{then['id']}.yaml")
    told = {one["days"]: (one["kept"], one["missed"]) for one in report(base, play)["reviews"]}
    assert told == {30: month, 90: quarter}, what


def test_a_pack_is_current_until_it_says_something_else(base: Path, play: Play) -> None:
    shutil.copy(STARTER / "mkdocs.yml", base)
    commit(base, "never released", LONG_AGO)
    output_of(base, "pack", "release", "acme-accounts", "--on", "2026-10-10")
    commit(base, "released", AGO)
    assert numbers(report(base, play), "packs_current") == ["1/1", "1/1", "0/1"]
    edit(base, MACRO, "Hi {{ name }}", "Dear {{ name }}")
    told = report(base, play)
    assert numbers(told, "packs_current") == ["0/1", "1/1", "0/1"]
    assert "no longer says" in told["now"]["packs_outdated"][0]["lack"]


def test_one_team_counts_what_it_owns(base: Path, play: Play) -> None:
    commit(base, "all", LONG_AGO)
    told = report(base, play, "--team", "policy")
    assert told["team"] == "Policy"
    assert numbers(told, "documents") == [1, 1, 1]
    assert [row["team"] for row in told["now"]["teams"]] == ["policy"]
    assert sum(row["documents"] for row in report(base, play)["now"]["teams"]) == 6


def no_git(root: Path) -> None:
    pass


def unborn(root: Path) -> None:
    git(root, "init", "--quiet")


def young(root: Path) -> None:
    commit(root, "all", "2026-11-20")


def shallow(root: Path) -> None:
    commit(root, "one", LONG_AGO)
    commit(root, "two", AGO)
    git(root, "clone", "--quiet", "--depth", "1", root.as_uri(), str(root.parent / "clone"))
    shutil.rmtree(root / ".git")
    (root.parent / "clone/.git").rename(root / ".git")


def elsewhere(root: Path) -> None:
    (root / "content").rename(root / "kept")
    commit(root, "no knowledge base", LONG_AGO)
    (root / "kept").rename(root / "content")


def broken_words(root: Path) -> None:
    edit(root, WORDS, "teams:", "teams: [")
    commit(root, "broken", LONG_AGO)
    put(root, {WORDS: FILES[WORDS]})


NOWHERE = [
    (no_git, "this folder is not in a git repository"),
    (unborn, "nothing was committed yet"),
    (young, "the first commit is of 2026-11-20"),
    (shallow, "this clone is shallow"),
    (elsewhere, "there is no knowledge base in"),
    (broken_words, "content/vocabulary.yaml of"),
]


@pytest.mark.parametrize(("lead", "says"), NOWHERE, ids=[lead.__name__ for lead, _ in NOWHERE])
def test_without_a_past_the_numbers_of_today_are_told_and_why(lead: Any, says: str, base: Path, play: Play) -> None:
    lead(base)
    told = report(base, play)
    assert numbers(told, "documents") == [6, None, None]
    assert told["reviews"] == []
    assert all(says in one["lack"] for one in told["earlier"])
    shown = " ".join(play(base, "report").output.split())
    assert shown.count("No numbers of 30 days ago") == 1
    assert says in shown
    assert says in play(base, "report", "--format", "html").output


def test_a_past_that_is_known_in_part(base: Path, play: Play) -> None:
    """A file that did not parse is left out and told; the day before the first commit has no numbers."""
    edit(base, SOP, "title: Restore", "title: [Restore")
    commit(base, "broken", AGO)
    put(base, {SOP: FILES[SOP]})
    told = report(base, play)
    assert numbers(told, "documents") == [6, 5, None]
    assert told["earlier"][0]["unreadable"] == ["restore-account"]
    assert "1 file of" in play(base, "report").output


def test_a_detached_head_has_its_own_past(base: Path, play: Play) -> None:
    first = commit(base, "one", LONG_AGO)
    edit(base, TREE, CASE, "")
    commit(base, "two", AGO)
    git(base, "checkout", "--quiet", "--detach", first)
    assert numbers(report(base, play), "cases") == [2, 2, 2]


def test_a_commit_counts_from_its_day_on(base: Path, play: Play) -> None:
    commit(base, "one", str(TODAY - timedelta(days=91)))
    edit(base, TREE, CASE, "")
    commit(base, "two", str(TODAY - timedelta(days=30)))
    assert numbers(report(base, play), "cases") == [1, 1, 2]


REFUSED = [
    (["--team", "suport"], "did you mean `support`?"),
    (["--team", ""], "use one of support, policy, legal"),
    (["--format", "pdf"], "'pdf' is not one of"),
]


@pytest.mark.parametrize(("words", "says"), REFUSED)
def test_what_is_refused(words: list[str], says: str, base: Path, play: Play) -> None:
    done = play(base, "report", *words)
    assert done.exit_code == 2
    assert says in done.output


def test_a_vocabulary_that_cannot_be_read_is_told(base: Path, play: Play) -> None:
    edit(base, WORDS, "teams:", "teams: [")
    done = play(base, "report")
    assert (done.exit_code, "run `playbook check`" in done.output) == (1, True)


def test_a_clock_before_all_days(base: Path, play: Play) -> None:
    commit(base, "all", LONG_AGO)
    assert play(base, "report", "--as-of", "0001-01-01").exit_code == 0


@pytest.mark.parametrize("form", ["table", "json", "html"])
def test_an_empty_knowledge_base(form: str, tmp_path: Path, play: Play) -> None:
    put(tmp_path, {WORDS: FILES[WORDS]})
    done = play(tmp_path, "report", "--format", form)
    assert done.exit_code == 0, done.output
    assert "None" not in done.stdout
    assert done.stdout == play(tmp_path, "report", "--format", form).stdout


@pytest.mark.parametrize("columns", [20, 40, 60, 80, 84, 100, 200])
def test_a_terminal_of_any_width(columns: int, base: Path, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    commit(base, "all", LONG_AGO)
    edit(base, TREE, CASE, "")
    lines = play(base, "report").output.splitlines()
    assert max(map(len, lines)) <= max(40, min(columns, 100))
    assert any("worse" in line for line in lines)


class Seen(HTMLParser):
    """The tags and attributes of a page, and whether its tables are whole."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.widths: list[int] = []
        self.odd: list[list[int]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag == "table":
            self.widths = []
        elif tag == "tr":
            self.widths.append(0)
        elif tag in ("td", "th"):
            self.widths[-1] += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and len(set(self.widths)) != 1:
            self.odd.append(self.widths)


def test_the_page_stands_alone(base: Path, play: Play) -> None:
    commit(base, "all", LONG_AGO)
    edit(base, SOP, "title: Restore a taken-over account", 'title: "<script>alert(1)</script> & more"')
    set_keys(base, SOP, {"review_by": "2026-11-20"})
    page = play(base, "report", "--format", "html").stdout
    seen = Seen(page)
    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert seen.odd == []
    assert not {"script", "link", "img", "iframe"} & set(seen.tags)
    assert not [value for name, value in seen.attributes if name in ("src", "href", "style") or name.startswith("on")]
    assert "://" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page
    assert page.count("<h1") == 1
    assert play(base, "report", "--format", "html").stdout == page


def test_the_report_writes_nothing(tmp_path: Path, play: Play) -> None:
    root = write(tmp_path / "base")
    commit(root, "all", LONG_AGO)
    play(root, "report", "--format", "html")
    assert git(root, "status", "--porcelain") == ""


def test_the_day_is_the_one_of_the_command(base: Path, play: Play) -> None:
    commit(base, "all", LONG_AGO)
    told = report(base, play)
    assert told["version"] == 2
    assert told["now"]["day"] == str(TODAY)
    assert [date.fromisoformat(one["day"]) for one in told["earlier"]] == [TODAY - timedelta(30), TODAY - timedelta(90)]


def test_a_draft_is_not_in_use_and_every_finding_counts_in_a_row(base: Path, play: Play) -> None:
    before = report(base, play)["now"]
    edit(base, "sops/restore-account.yaml", "status: active", "status: draft")
    (base / "sops/broken.yaml").write_text("id: [\n", encoding="utf-8")
    (base / "macros/account-restored.yaml").write_text("id: [\n", encoding="utf-8")
    now = report(base, play)["now"]
    assert before["numbers"]["drafts"] == 0
    assert now["numbers"]["drafts"] == 1
    assert now["numbers"]["documents"] == before["numbers"]["documents"] - 2
    rows = {row["name"]: row for row in now["teams"]}
    assert rows["No team"]["errors"] == 2
    for severity in ("errors", "warnings"):
        assert sum(row[severity] for row in rows.values()) == now["numbers"][severity]
    shown = output_of(base, "report", "--format", "html")
    assert "No team" in shown
    assert "`" not in shown.partition("</style>")[2]
