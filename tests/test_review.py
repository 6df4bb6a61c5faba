"""`playbook review`: what it shows, what it writes, and that it writes nothing else."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from conftest import Lay, Play, output_of, run_command
from knowledge import AS_OF, MACRO, PAGE, POLICY, SOP, check, edit, put, snapshot, stamps, write
from knowledge import FILES as KNOWLEDGE
from repository import commit, git, replay

from generator.analysis.past import past
from generator.files.repository import NoPast

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
    """Without git, what changed cannot be shown, so that `y` is not enough."""
    return run_command(base, "review", "--by", "Robin of Support", *words, typed=typed)


def findings(base: Path) -> list[str]:
    return [f"{finding.place.path} {finding.code}" for finding in check(base).findings]


def test_a_review_moves_what_is_stale_and_records_who_when_and_why(lay: Lay) -> None:
    base = lay(FILES)
    assert f"{SOPS} stale-policy" in findings(base)
    result = review(base, "restore-account", "--note", "Sharing is named: nothing else to do", typed="unseen\n")
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
    assert f"cannot show what changed: no commit has version 3.0 of {POLICIES}, only 4.0, 3.1; look" in shown
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


# What a reviewer sees of a text, wherever it was

TIGHT = "An account has one [-owner.-] {+owner, and nobody may share it.+}"
CITED_NOW = POLICY.replace('version: "3.1"\neffective: 2026-09-01', 'version: "3.0"\neffective: 2026-01-01')
AT = "account-integrity"


def renamed(text: str, name: str, *before: str) -> str:
    return text.replace(f"id: {AT}\n", f"id: {name}\nformerly: [{', '.join((AT, *before))}]\n")


def newer(base: Path, path: str = POLICIES) -> None:
    """Writes version 4.0 into a file that has an id of its own."""
    head = (base / path).read_text(encoding="utf-8").partition("title:")[0]
    put(base, {path: head + "title:" + NEWER.partition("title:")[2]})


def rename_then_change(base: Path) -> Path:
    put(base, {POLICIES: None, "content/policies/owners.yaml": renamed(CITED_NOW, "owners")})
    commit(base, "Renamed")
    newer(base, "content/policies/owners.yaml")
    commit(base, "Nobody may share")
    return base


def rename_twice_in_a_folder(base: Path) -> Path:
    put(
        base,
        {
            POLICIES: None,
            "content/policies/a/first.yaml": CITED_NOW.replace(f"id: {AT}", f"id: first\nformerly: [{AT}]"),
        },
    )
    commit(base, "Renamed")
    newer(base, "content/policies/a/first.yaml")
    text = (base / "content/policies/a/first.yaml").read_text(encoding="utf-8")
    text = text.replace("id: first", "id: second").replace(f"[{AT}]", f"[first, {AT}]")
    put(base, {"content/policies/a/first.yaml": None, "content/policies/second.yaml": text})
    commit(base, "Renamed, and nobody may share")
    return base


def change_and_rename_at_once(base: Path) -> Path:
    newer(base)
    text = renamed((base / POLICIES).read_text(encoding="utf-8"), "owners")
    put(base, {POLICIES: None, "content/policies/owners.yaml": text})
    commit(base, "Renamed, and nobody may share")
    return base


def rename_without_a_commit(base: Path) -> Path:
    newer(base)
    text = renamed((base / POLICIES).read_text(encoding="utf-8"), "owners")
    return put(base, {POLICIES: None, "content/policies/owners.yaml": text})


def move_the_folder(base: Path) -> Path:
    newer(base)
    commit(base, "Nobody may share")
    (base / "handbook/all").mkdir(parents=True)
    for name in ("content", "sops", "macros", "decision_trees"):
        git(base, "mv", name, "handbook/all/")
    commit(base, "Moved")
    return base / "handbook/all"


def merge_a_branch_that_renamed(base: Path) -> Path:
    git(base, "switch", "--quiet", "--create", "theirs")
    rename_then_change(base)
    git(base, "switch", "--quiet", "main")
    put(base, {"README": "Meanwhile."})
    commit(base, "Meanwhile")
    git(base, "merge", "--quiet", "--no-edit", "theirs")
    return base


def give_the_repository_to_somebody_else(base: Path) -> Path:
    newer(base)
    commit(base, "Nobody may share")
    if os.geteuid() == 0:  # git itself refuses the folder then
        for path in (base, *base.rglob("*")):
            os.chown(path, 65534, 65534)
    return base


MOVES = [
    rename_then_change, rename_twice_in_a_folder, change_and_rename_at_once, rename_without_a_commit, move_the_folder,
    merge_a_branch_that_renamed, give_the_repository_to_somebody_else,
]  # fmt: skip


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.__name__)
def test_the_older_text_is_found_wherever_it_was(move: Callable[[Path], Path], lay: Lay) -> None:
    base = lay({POLICIES: CITED_NOW, "content/policies/other.yaml": CITED_NOW.replace(f"id: {AT}", "id: other")})
    commit(base, "As it was")
    shown = review(move(base), "restore-account", typed="n\n").output
    assert TIGHT in shown
    assert "Record that Robin of Support reviewed restore-account on 2026-11-23? [y/N]" in shown


def never_commit(base: Path) -> Path:
    git(base, "init", "--quiet")
    put(base, {"README": "x", ".gitignore": "content/policies\n"})
    commit(base, "No policy")
    return base


def clone_without_a_past(base: Path) -> Path:
    commit(base, "As it was")
    newer(base)
    commit(base, "Nobody may share")
    clone = base.with_name("clone")
    git(base, "clone", "--quiet", "--depth=1", f"file://{base}", str(clone))
    return clone


def lose_a_commit(base: Path) -> Path:
    name = commit(base, "As it was")
    newer(base)
    commit(base, "Nobody may share")
    (base / ".git/objects" / name[:2] / name[2:]).unlink()
    return base


def lose_a_text(base: Path) -> Path:
    commit(base, "As it was")
    blob = git(base, "rev-parse", f"HEAD:{POLICIES}").strip()
    newer(base)
    commit(base, "Nobody may share")
    (base / ".git/objects" / blob[:2] / blob[2:]).unlink()
    return base


def point_elsewhere(base: Path) -> Path:
    private = base.with_name("private")
    private.mkdir()
    commit(private, "Nobody's business")
    put(base, {".git": f"gitdir: {private}/.git\n"})
    return base


def need_an_extension(base: Path) -> Path:
    commit(base, "As it was")
    (base / ".git/config").write_text(
        "[core]\n repositoryformatversion = 1\n[extensions]\n odd = x\n", encoding="utf-8"
    )
    return base


def break_what_was(base: Path) -> Path:
    put(base, {POLICIES: CITED_NOW.replace("sections:", "sections: {")})
    commit(base, "As it was")
    newer(base.joinpath(), POLICIES)
    return base


def add_the_section_later(base: Path) -> Path:
    put(base, {POLICIES: CITED_NOW.replace("id: ownership", "id: owners")})
    commit(base, "As it was")
    newer(base)
    return base


def test_time_grows_with_the_history(tmp_path: Path) -> None:
    """Four times as many commits, half of which change the policy, are read in about four times as long."""

    def seconds(number: int) -> float:
        root = tmp_path / str(number)
        first = datetime(2026, 1, 1, tzinfo=UTC)
        files = {"content/vocabulary.yaml": KNOWLEDGE["content/vocabulary.yaml"]}
        commits = [(first, {**files, POLICIES: POLICY.replace("3.1", "1.0")})]
        for n in range(1, number):
            path = POLICIES if n % 2 else "content/policies/other.yaml"
            commits.append((first + timedelta(hours=n), {path: POLICY.replace("3.1", f"1.{n}")}))
        replay(root, commits)
        write(root)
        document = check(root).library.by_id[AT]
        times = []
        for _ in range(3):
            begin = time.thread_time()
            with pytest.raises(NoPast, match="no commit has version 9"):
                past(root)(document, "9.0")
            times.append(time.thread_time() - begin)
        return min(times)

    few, many = seconds(150), seconds(600)
    assert many < 9 * few, f"four times as many commits take {many / few:.0f} times as long to look through"


# What happened to the repository, and what the reviewer reads.
UNSEEN = [
    (lambda base: base, "this folder is not in a git repository; clone the repository, or run `git init`"),
    (never_commit, f"{POLICIES} was never committed; commit policies before they change"),
    (clone_without_a_past, "this clone is shallow and lacks some of the commits; run `git fetch --unshallow`"),
    (lose_a_commit, "this clone lacks some of the commits; clone the whole repository again"),
    (lose_a_text, "this clone lacks some of the older texts; clone the whole repository again"),
    (point_elsewhere, "`.git` points to a repository elsewhere that does not name this folder"),
    (need_an_extension, "the git repository cannot be read: unsupported extension name extensions.odd"),
    (break_what_was, "its file had format errors in 3.0; look at it with `git log -p`"),
    (add_the_section_later, "3.0 had no section `ownership`"),
]


@pytest.mark.parametrize(("spoil", "why"), UNSEEN, ids=lambda one: getattr(one, "__name__", None))
def test_a_review_says_why_it_cannot_show_what_changed_and_takes_no_yes(
    spoil: Callable[[Path], Path], why: str, lay: Lay
) -> None:
    base = lay({POLICIES: CITED_NOW})
    base = spoil(base)
    newer(base)
    before = (base / SOPS).read_bytes()
    for typed in ("y\n", "yes\n", "\n"):
        shown = review(base, "restore-account", typed=typed).output
        assert f"cannot show what changed: {why}" in shown
        assert "Type unseen to record it" in shown
        assert "sops/restore-account.yaml was not changed" in shown
    assert (base / SOPS).read_bytes() == before
    assert "is reviewed" in review(base, "restore-account", typed="unseen\n").output
    after = (base / SOPS).read_text(encoding="utf-8")
    assert "2 citations moved forward; what had changed could not be shown for 2 of them." in after


OLD_RULE = "Answer within fifteen minutes. Two strikes in 90 days close an account, and S1 cases are paged in 24 hours."
NEW_RULE = (
    "Answer within 45 minutes. Two warnings in 60 days close an account, and cases are paged within 24 working hours."
)
CITING = """\
otherwise: |
  Answer in 15 minutes, after 15 letters
  of a second strike in the last 90 days.
sla: {first_response: 15m, resolution: 3d}
never: [Page S1., Close after two warnings.]
quality:
"""


def test_what_left_a_section_and_is_still_in_the_document_is_shown_before_the_question(lay: Lay) -> None:
    rule = "An account has one owner."
    base = lay({POLICIES: CITED_NOW.replace(rule, OLD_RULE), SOPS: SOP.replace("quality:\n", CITING)})
    commit(base, "As it was")
    newer(base)
    edit(base, POLICIES, "An account has one owner, and nobody may share it.", NEW_RULE)
    shown = review(base, "restore-account", typed="n\n").output
    told = shown[: shown.index("Record that")]
    lines = [line.strip() for line in told.splitlines() if "still says" in line]
    assert lines == [
        f'this document still says "15m", which is no longer there: {SOPS}, lines 29, 31',
        f'this document still says "90 days", which is no longer there: {SOPS}, line 30',
        f'this document still says "S1", which is no longer there: {SOPS}, lines 8, 32',
        f'this document still says "strike", which is no longer there: {SOPS}, line 30',
    ]


def test_a_citation_of_a_whole_policy_shows_all_that_changed(lay: Lay) -> None:
    base = lay(
        {
            POLICIES: CITED_NOW,
            SOPS: SOP.replace("cites: [account-integrity#ownership@3.0]", "cites: [account-integrity@3.0]"),
        }
    )
    commit(base, "As it was")
    newer(base)
    assert shown_twice(review(base, "restore-account", typed="n\n").output)


def shown_twice(shown: str) -> bool:
    return shown.count(TIGHT) == 2 and "account-integrity 3.0 -> 4.0\n" in shown


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
    result = review(base, "restore-account", "account-restored", typed="n\nunseen\n")
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
        index = "".join(path.read_text(encoding="utf-8") for path in (base / "site/search").rglob("*.js"))
        assert index
        assert ("zqnote" in page + index, "Robin of Support" in page + index) == (is_there, is_there)


def test_a_citation_of_what_is_not_there_is_not_up_to_date(lay: Lay, play: Play) -> None:
    """`check` said that there is no such version, and the review that every citation is up to date."""
    base = lay(
        {SOPS: SOP.replace("cites: [account-integrity#ownership@3.0]", "cites: [account-integrity#ownership@9.0]")}
    )
    shown = review(base, "restore-account", typed="unseen\n").output
    assert "every citation is up to date" not in shown
    assert "account-integrity#ownership@9.0 stays: there is no version 9.0 of it: 3.0, 3.1" in shown
    assert "left to fix by hand: 1 citation" in shown
    assert "every citation is up to date" in review(base, "account-restored", typed="n\n").output


def test_a_command_from_a_hint_is_not_signed_by_nobody(lay: Lay) -> None:
    result = run_command(lay({}), "review", "restore-account", "--by", "Your name")
    assert (result.exit_code, "write who reviewed it" in result.output) == (2, True)
