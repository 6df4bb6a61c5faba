"""`playbook review`: what it shows, what it writes, and that it writes nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from conftest import Lay, output_of, run_command
from knowledge import AS_OF, MACRO, PAGE, POLICY, SOP, check, snapshot, stamps
from repository import commit

POLICIES = "content/policies/account-integrity.yaml"
SOPS = "sops/restore-account.yaml"
NEWER = POLICY.replace('version: "3.1"\neffective: 2026-09-01', 'version: "4.0"\neffective: 2026-11-01').replace(
    "history:\n",
    "history:\n"
    '  - version: "4.0"\n'
    "    effective: 2026-11-01\n"
    "    changes: [{section: ownership, kind: tightened, note: Nobody may share an account.}]\n",
)
NEWER = NEWER.replace('revised: "3.0"', 'revised: "4.0"').replace(
    "An account has one owner.", "An account has one owner, and nobody may share it."
)
FILES = {POLICIES: NEWER}


def review(base: Path, *words: str, typed: str = "y\n") -> Result:
    return run_command(base, "review", "--by", "Robin of Support", *words, typed=typed)


def findings(base: Path) -> list[str]:
    return [f"{finding.place.path} {finding.code}" for finding in check(base).findings]


def test_a_review_moves_what_is_stale_and_records_who_when_and_why(lay: Lay) -> None:
    base = lay(FILES)
    assert f"{SOPS} stale-policy" in findings(base)
    result = review(base, "restore-account", "--note", "Sharing is named: nothing else to do")
    assert result.exit_code == 0, result.output
    assert not [one for one in findings(base) if one.startswith(SOPS)]
    expected = SOP.replace("ownership@3.0", "ownership@4.0")
    expected = expected.replace("reviewed: 2026-10-02", f"reviewed: {AS_OF}").replace("2027-04-02", "2027-05-24")
    expected = expected.replace(
        "history:\n",
        f'history:\n  - {{version: "2.1", on: {AS_OF}, by: Robin of Support, '
        'note: "Sharing is named: nothing else to do", audience: internal}\n',
    )
    assert (base / SOPS).read_bytes() == expected.encode()


def test_the_reviewer_sees_what_the_record_says_of_a_text_that_git_never_had(lay: Lay) -> None:
    base = lay({})
    commit(base, "As it was")
    (base / POLICIES).write_text(NEWER, encoding="utf-8")
    commit(base, "Nobody may share")
    shown = review(base, "restore-account", typed="n\n").output
    assert "account-integrity#ownership 3.0 -> 4.0, 2 times" in shown
    assert "tightened in 4.0, in force since 2026-11-01: Nobody may share an account." in shown
    assert "(git does not have the older text)" in shown, "3.0 was before the first commit"
    assert "sops/restore-account.yaml was not changed" in shown


def test_the_words_come_from_the_state_that_was_cited(lay: Lay) -> None:
    base = lay(
        {POLICIES: POLICY.replace('version: "3.1"\neffective: 2026-09-01', 'version: "3.0"\neffective: 2026-01-01')}
    )
    for number in range(30):
        (base / "README").write_text(str(number), encoding="utf-8")
        commit(base, f"Something else {number}")
    (base / POLICIES).write_text(NEWER, encoding="utf-8")
    commit(base, "Nobody may share")
    shown = review(base, "restore-account", typed="n\n").output
    assert "An account has one [-owner.-] {+owner, and nobody may share it.+}" in shown


@pytest.mark.parametrize("words", [["--dry-run"], []], ids=["dry run", "answered no"])
def test_nothing_is_written_unless_it_is_confirmed(words: list[str], lay: Lay) -> None:
    base = lay(FILES)
    before = snapshot(base), stamps(base)
    result = review(base, "restore-account", *words, typed="")
    assert (snapshot(base), stamps(base)) == before
    if words:
        assert result.exit_code == 0
        assert (
            "\n-    cites: [account-integrity#ownership@3.0]\n+    cites: [account-integrity#ownership@4.0]\n"
            in result.output
        )


HEAD = "id: under-test\ntitle: T\nversion: '1.0'\nstatus: active\nowner: support\nsummary: S.\ntrigger: T.\n"
CITED = "account-integrity#ownership@3.0"
STEPS = "steps:\n- {id: one, title: One, text: T., cites: [account-integrity#ownership@3.0]}\n"
# What is odd about the file; its text; what is left in it after the review, each stretch in order.
ODD: dict[str, tuple[str, list[str]]] = {
    "no dates and no history": (
        HEAD + STEPS,
        ["support\nreviewed: 2026-11-23\nreview_by: 2027-05-22\nsummary: S.", "\nhistory:\n  - {version: "],
    ),
    "no newline at the end": ((HEAD + STEPS).rstrip("\n"), ["ownership@4.0]}\nhistory:\n  - {version: "]),
    "a comment behind a date": (
        HEAD.replace("summary", "reviewed: 2026-10-01   # after casework\nsummary") + STEPS,
        ["reviewed: 2026-11-23   # after casework\n"],
    ),
    "quotes around what changes": (
        HEAD.replace("summary", "reviewed: '2026-10-01'\nsummary") + STEPS.replace(CITED, f'"{CITED}"'),
        ["reviewed: 2026-11-23\n", 'cites: ["account-integrity#ownership@4.0"]'],
    ),
    "history in blocks, with a comment": (
        HEAD + STEPS + "history:\n  # newest first\n  - version: '1.0'\n    on: 2026-01-01\n    note: First.\n",
        [
            '  # newest first\n  - version: "1.0"\n    on: 2026-11-23\n    by: Robin',
            "\n  - version: '1.0'\n    on: 2026-01-01\n",
        ],
    ),
    "history in one line": (
        HEAD + STEPS + "history: [{version: '1.0', on: 2026-01-01, note: First.}]\n",
        [
            'history: [{version: "1.0", on: 2026-11-23, by: Robin of Support, note: ',
            "{version: '1.0', on: 2026-01-01, note: First.}]\n",
        ],
    ),
    "history without an entry": (HEAD + "history: []\n" + STEPS, ["\nhistory:\n  - {version: ", "}\nsteps:\n"]),
    "a citation in prose over two lines, with words": (
        HEAD + "otherwise: |\n  As [[account-integrity#ownership@3.0|the rule\n  @3.0 on owners]] says.\n" + STEPS,
        ["[[account-integrity#ownership@4.0|the rule\n  @3.0 on owners]] says."],
    ),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "BOM"])
@pytest.mark.parametrize("what", ODD)
def test_odd_files_keep_their_form(what: str, newline: str, mark: bytes, lay: Lay) -> None:
    text, parts = ODD[what]
    base = lay(FILES | {"sops/under-test.yaml": mark + text.replace("\n", newline).encode()})
    assert review(base, "under-test", "--yes").exit_code == 0
    raw = (base / "sops/under-test.yaml").read_bytes()
    assert raw.startswith(mark)
    after = raw.removeprefix(mark).decode()
    assert after.count("\n") == after.count(newline), "line endings are mixed"
    at = 0
    for part in parts:
        assert part.replace("\n", newline) in after[at:], f"not there: {part!r} in\n{after}"
        at = after.index(part.replace("\n", newline), at)
    assert not [one for one in findings(base) if one.startswith("sops/under-test.yaml") and "orphan" not in one]


def test_a_page_is_reviewed_in_its_header(lay: Lay) -> None:
    text = PAGE.replace("Begin with", "By [[account-integrity#ownership@3.0]]; begin with")
    base = lay(FILES | {"content/pages/welcome.md": text})
    assert review(base, "welcome", "--yes").exit_code == 0
    after = (base / "content/pages/welcome.md").read_text(encoding="utf-8")
    assert "[[account-integrity#ownership@4.0]]" in after
    assert 'history:\n  - {version: "1.0", on: 2026-11-23, by: Robin of Support' in after.split("\n---\n")[0]


def test_the_review_of_a_policy_is_no_version_of_it(lay: Lay) -> None:
    base = lay({})
    assert review(base, "account-integrity", "--yes").exit_code == 0
    after = (base / POLICIES).read_text(encoding="utf-8")
    assert after.endswith("reviews:\n  - {on: 2026-11-23, by: Robin of Support, note: Reviewed.}\n")
    assert findings(base) == []


def test_several_documents_are_asked_for_one_by_one(lay: Lay) -> None:
    base = lay(FILES)
    result = review(base, "restore-account", "account-restored", typed="n\ny\n")
    assert result.exit_code == 0
    assert (base / SOPS).read_text(encoding="utf-8") == SOP
    assert (base / "macros/account-restored.yaml").read_text(encoding="utf-8") != MACRO


def test_what_is_gone_is_left_to_a_person(lay: Lay) -> None:
    gone = NEWER.replace(
        "kind: tightened, note: Nobody", "kind: tightened}, {section: cash, kind: removed, note: Nobody"
    )
    base = lay({POLICIES: gone, SOPS: SOP.replace("cites: [account", "cites: [account-integrity#cash@3.0, account")})
    result = review(base, "restore-account", "--yes")
    assert "account-integrity#cash@3.0 stays: account-integrity#cash is gone" in result.output
    assert f"{SOPS} gone-section" in findings(base)


def test_a_citation_that_is_spelt_with_escapes_is_left_to_a_person(lay: Lay) -> None:
    text = HEAD.replace(
        "summary: S.", 'summary: "[[account-integrity#ownership\\x403.0]], [[account-integrity#ownership@3.1]]"'
    )
    base = lay(FILES | {"sops/under-test.yaml": text + STEPS})
    result = review(base, "under-test", "--yes")
    assert result.exit_code == 1, result.output
    assert "by hand" in result.output
    assert (base / "sops/under-test.yaml").read_text(encoding="utf-8") == text + STEPS


WRONG = {
    "unknown id": (["nowhere"], 2, "no document has the id nowhere"),
    "future day": (["restore-account", "--on", "2027-01-01"], 2, "is in the future"),
    "day before the last review": (["restore-account", "--on", "2026-09-01"], 2, "was already reviewed on 2026-10-02"),
    "note on two lines": (["restore-account", "--note", "a\nb"], 2, "write one line of text"),
}


@pytest.mark.parametrize("what", WRONG)
def test_wrong_calls(what: str, lay: Lay) -> None:
    words, code, part = WRONG[what]
    result = review(lay(FILES), *words)
    assert (result.exit_code, part in result.output) == (code, True), result.output


def test_a_malformed_document_is_refused(lay: Lay) -> None:
    result = review(lay(FILES | {SOPS: SOP.replace("severity: S1", "severty: S1")}), "restore-account")
    assert result.exit_code == 1
    assert "format errors" in result.output


def test_an_id_that_several_documents_have_is_refused(lay: Lay) -> None:
    """The call was answered "no document has the id", with the same id as the one that was meant."""
    result = review(lay(FILES | {"sops/twin.yaml": SOP}), "restore-account")
    assert result.exit_code == 2
    assert "several documents have the id restore-account: fix that first (playbook check)" in result.output


def test_vendors_do_not_read_who_reviewed(lay: Lay) -> None:
    base = lay(FILES)
    (base / "mkdocs.yml").write_bytes((Path(__file__).parents[1] / "mkdocs.yml").read_bytes())
    assert (
        review(base, "restore-account", "account-restored", "account-takeover", "--yes", "--note", "zqnote").exit_code
        == 0
    )
    for audience, is_there in (("vendor", False), ("internal", True)):
        output_of(base, "build", "--audience", audience)
        page = (base / "site/sops/restore-account/index.html").read_text(encoding="utf-8")
        index = json.dumps((base / "site/search/search_index.json").read_text(encoding="utf-8"))
        assert ("zqnote" in page + index, "Robin of Support" in page + index) == (is_there, is_there)
