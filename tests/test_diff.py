"""What `playbook diff` tells of two trees: in the terminal, as a comment, as JSON, and from input of every kind."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from conftest import Lay, Play
from knowledge import FILES, STARTER, copy_starter, edit, put, scenario_of, write
from repository import commit, git

from generator.reports.changes import comment as comments

SCENARIOS = scenario_of(Path(__file__).parent / "diffs.yaml")
TREE = "decision_trees/account-takeover.yaml"
SOP, MACRO = "sops/restore-account.yaml", "macros/account-restored.yaml"


def exchanged(root: Path, changes: dict[str, dict[str, str] | None]) -> None:
    """Exchanges words in files below a folder; a file without words is taken away."""
    for path, words in changes.items():
        if words is None:
            put(root, {path: None})
        for old, new in (words or {}).items():
            edit(root, path, old, new)


def scene(root: Path, scenario: dict[str, Any]) -> Path:
    """The knowledge base of a scenario: its older state is committed, the newer one is in the files."""
    write(root)
    exchanged(root, scenario.get("before", {}))
    commit(root, "before")
    for path, made in scenario.get("add", {}).items():
        content = made
        if isinstance(made, dict):
            content = FILES[made["from"]]
            for old, new in made.items():
                content = content.replace(old, new) if old != "from" else content
        put(root, {path: content})
    exchanged(root, scenario.get("change", {}))
    exchanged(root, scenario.get("then", {}))
    return root


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one["what"])
def test_a_change_is_told_in_the_words_of_its_authors(scenario: dict[str, Any], tmp_path: Path, play: Play) -> None:
    root = scene(tmp_path / "base", scenario)
    told = play(root, "diff", "HEAD")
    assert told.exit_code == 0, told.output
    text = flat(told.output)
    at = 0
    for line in scenario["says"]:
        found = text.find(line, at)
        assert found >= 0, f"{line!r} is not in, or not in this order:\n{told.output}"
        at = found + 1
    assert [words for words in scenario.get("not", []) if words in text] == [], told.output


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one["what"])
def test_the_comment_and_the_data_tell_the_same(scenario: dict[str, Any], tmp_path: Path, play: Play) -> None:
    """One comparison: the headline of the comment, of the terminal and of the data is the same sentence."""
    root = scene(tmp_path / "base", scenario)
    data = json.loads(play(root, "diff", "HEAD", "--format", "json").output)
    shown = seen(play(root, "diff", "HEAD", "--format", "markdown").output)
    assert data["version"] == 1
    assert flat(data["headline"]) in flat(shown)
    assert flat(data["headline"]) in flat(play(root, "diff", "HEAD").output)
    assert all(one["id"] in shown for one in data["documents"])


@pytest.mark.parametrize(
    "scenario", [one for one in SCENARIOS if "known by its words" not in one["what"]], ids=lambda one: one["what"]
)
def test_the_check_asks_for_the_same_version(scenario: dict[str, Any], tmp_path: Path, play: Play) -> None:
    """An author who followed the check was told another version by the comment."""
    root = scene(tmp_path / "base", scenario)
    data = json.loads(play(root, "diff", "HEAD", "--format", "json").output)
    wanted = {
        one["path"]: one["needs"]["least"]
        for one in data["documents"]
        if one["needs"] and not one["needs"]["met"] and one["type"] != "policy"
    }
    checked = play(root, "check", "--since", "HEAD", "--format", "json").output
    silent = [one for one in json.JSONDecoder().raw_decode(checked)[0]["findings"] if one["code"] == "silent-change"]
    assert {one["path"] for one in silent if not one["path"].startswith("content/policies/")} == set(wanted)
    for one in silent:
        least = wanted.get(one["path"], "")
        assert re.search(rf'write `version: "{re.escape(least)}"`|add `{{version: "|`changes`', one["hint"]), one


def rendered(markdown: str) -> str:
    """The HTML that GitHub's own parser makes."""
    return str(cmarkgfm.github_flavored_markdown_to_html(markdown, Options.CMARK_OPT_UNSAFE))


def seen(markdown: str) -> str:
    """The words of a comment as its readers see them."""
    import html

    return html.unescape(re.sub(r"<[^>]*>", "", rendered(markdown)))


SPLIT = {
    "      otherwise: {label: No or cannot tell, go: claimants}\n  claimants:": (
        '      "no": {label: "No", go: claimants}\n'
        "      otherwise: {label: Cannot tell within 15 minutes, go: lock}\n  claimants:"
    )
}


@pytest.fixture(scope="module")
def split(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter library with one answer of a tree split in two, one of which locks the account."""
    root = copy_starter(tmp_path_factory.mktemp("split") / "base")
    commit(root, "before")
    exchanged(root, {TREE: SPLIT})
    return root


def test_of_a_split_answer_only_what_decides_otherwise_counts(split: Path, play: Play) -> None:
    """It was told as 54 paths: 36 of them only gave their answer by another name."""
    (tree,) = json.loads(play(split, "diff", "HEAD", "--format", "json").output)["documents"]
    paths = tree["paths"]
    assert (paths["elsewhere"], paths["renamed"]) == (18, 36)
    assert [(one["from"], one["to"], one["paths"]) for one in paths["ways"]] == [("pause", "lock", 18)]
    assert paths["untested"][0]["outcome"] == "lock"
    assert sum(one["paths"] for one in paths["ways"][0]["answers"]) == 18


def test_a_reviewer_can_decide_by_the_comment_alone(split: Path, play: Play) -> None:
    """Before and after, what to do before and after the merge, the paths, a draft of what lacks."""
    shown = flat(seen(play(split, "diff", "HEAD", "--format", "markdown").output))
    for words in (
        "18 paths now end in “Lock the account within 15 minutes and start recovery”",
        "Cannot tell within 15 minutes Do two people claim the account? Lock the account within 15 minutes",
        "Account Security: read the 18 paths of account-takeover and say whether every one of them should end so",
        "No golden case of account-takeover walks “Is harm under way at this moment?” → “Cannot tell within 15",
        "Kestrel account security and fraud 3.0 → 4.0",
        "The 18 paths of account-takeover that end elsewhere",
        "A draft of the missing golden case of account-takeover",
        "outcome: lock",
    ):
        assert words in shown, words


HOSTILE = (
    "@somebody and @some/team, see #12, GH-13 and https://example.org/a/b/issues/1 </details> <img src=x onerror=y> "
    "`code` ``` | **bold** [link](https://evil.example) <!-- x --> ![p](https://evil.example/p.png) javascript&colon;x"
)


def test_what_authors_write_calls_nobody_and_closes_nothing(tmp_path: Path, play: Play) -> None:
    root = write(tmp_path / "base")
    commit(root, "before")
    quoted = json.dumps(HOSTILE)
    edit(root, SOP, "title: Answer the member", f"title: {quoted}")
    edit(root, SOP, "text: Send [[account-restored|the reply]].", f"text: {quoted}")
    edit(root, SOP, "note: Added the reply.", f"note: {quoted}")
    edit(root, SOP, 'version: "2.1"\nstatus', 'version: "9.1"\nstatus')
    edit(root, SOP, '{version: "2.1", on', '{version: "9.1", on')
    edit(root, TREE, "label: Anything else, go: leave", f"label: {quoted}, go: lock")
    markdown = play(root, "diff", "HEAD", "--format", "markdown").output
    page = rendered(markdown)
    prose = re.sub(r"<pre.*?</pre>", "", page, flags=re.DOTALL)
    prose = re.sub(r"<code>.*?</code>", "", prose, flags=re.DOTALL)
    assert not re.search(r"<(img|a|script)\b", page), page
    assert page.count("<details>") == page.count("</details>") > 0
    words = re.sub(r"<[^>]*>", "", prose)
    assert "somebody and" in words
    assert not re.search(r"(?:@|&#64;|#|GH-)(?=[\w])(?!\d+;)(?!x[0-9a-f]+;)", words), words


def test_what_has_no_room_is_counted(tmp_path: Path, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    """GitHub refuses a comment that is longer than 65,536 characters, and then the reviewer sees none."""
    root = write(tmp_path / "base")
    commit(root, "before")
    long = " ".join(f"word{number}" for number in range(300))
    put(root, {
        f"sops/new-{n}.yaml": FILES[SOP].replace("id: restore-account", f"id: new-{n}").replace(
            "formerly: [account-recovery]\n", "").replace("Somebody else is", f"{long} {n}") for n in range(120)
    })  # fmt: skip
    markdown = play(root, "diff", "HEAD", "--format", "markdown").output
    assert 60_000 < len(markdown) < 65_536
    assert re.search(r"There was no room for the details of \d+ documents", markdown)
    page = rendered(markdown)
    assert page.count("<details>") == page.count("</details>") > 0
    assert "Before this is merged" in page
    assert comments.ROOM < 65_536


def test_a_terminal_may_be_narrow(tmp_path: Path, play: Play) -> None:
    root = scene(tmp_path / "base", next(one for one in SCENARIOS if one["what"].startswith("a step that was added")))
    wide = play(root, "diff", "HEAD", around={"COLUMNS": "100"}).output
    narrow = play(root, "diff", "HEAD", around={"COLUMNS": "44"}).output
    assert max(map(len, narrow.splitlines())) <= 44
    assert max(map(len, wide.splitlines())) > 60
    assert flat(wide) == flat(narrow)


def test_trees_are_folders_revisions_and_releases(tmp_path: Path, play: Play) -> None:
    root = write(tmp_path / "base")
    put(root, {"mkdocs.yml": (STARTER / "mkdocs.yml").read_text(encoding="utf-8")})
    first = commit(root, "first")
    assert play(root, "pack", "release", "acme-accounts").exit_code == 0
    edit(root, SOP, "text: Send [[", "text: Never send [[")
    edit(root, SOP, "Legal reads along.", "Legal never reads along.")
    second = commit(root, "second")
    other = write(tmp_path / "other")
    told = "Step “Answer the member”: the text says something different"
    note = "the internal note"
    for words, has_note in (
        (["HEAD~1"], True),
        ([first, second], True),
        ([str(other)], True),
        ([str(other), "."], True),
        ([str(other), "main"], True),
        (["acme-accounts@1.0"], False),  # whose readers do not see the note
        (["acme-accounts@1.0", second], False),
    ):
        output = flat(play(root, "diff", *(str(root) if word == "." else word for word in words)).output)
        assert told in output, (words, output)
        assert (note in output) == has_note, (words, output)
    assert "Nothing is different" in play(root, "diff", "HEAD", "HEAD").output
    assert "Nothing is different" in play(root, "diff", "HEAD").output
    assert play(root, "diff", "HEAD").exit_code == play(root, "diff", "HEAD~1").exit_code == 0


def test_what_came_to_the_other_branch_meanwhile_is_no_change_of_this_one(tmp_path: Path, play: Play) -> None:
    root = write(tmp_path / "base")
    commit(root, "first")
    git(root, "checkout", "--quiet", "-b", "mine")
    edit(root, SOP, "text: Send [[", "text: Never send [[")
    commit(root, "mine")
    git(root, "checkout", "--quiet", "main")
    edit(root, MACRO, "yours again.", "yours again now.")
    commit(root, "theirs")
    git(root, "checkout", "--quiet", "--detach", "mine")
    told = play(root, "diff", "main").output
    assert "restore-account" in told
    assert "account-restored` 1.2" not in told
    assert "account-restored` 1.2" in play(root, "diff", "main", "mine").output  # the two trees as they are


WRONG = [
    (["nowhere"], 2, "git knows no revision `nowhere`"),
    (["HEAD", "nowhere"], 2, "Invalid value for NEW"),
    (["./nowhere"], 2, "there is no such folder"),
    (["./sops"], 2, "is no knowledge base: it has no content/vocabulary.yaml"),
    (["acme-accounts@7.7"], 2, "acme-accounts"),
    ([], 2, "Missing argument 'OLD'"),
    (["HEAD", "--only", "restore-acount"], 2, "did you mean `restore-account`?"),
]


@pytest.mark.parametrize(("words", "code", "part"), WRONG, ids=lambda one: str(one)[:40])
def test_a_wrong_call_is_one_line(words: list[str], code: int, part: str, base: Path, play: Play,
                                  monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    commit(base, "first")
    monkeypatch.chdir(base)
    told = play(base, "diff", *words)
    assert (told.exit_code, part in flat(told.output)) == (code, True), told.output


def test_a_clone_that_lacks_the_past_says_what_to_do(tmp_path: Path, play: Play) -> None:
    root = write(tmp_path / "base")
    commit(root, "first")
    commit(root, "second")
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{root}", "shallow")
    told = play(tmp_path / "shallow", "diff", "HEAD~1")
    assert told.exit_code == 1
    assert "shallow" in told.output
    assert "fetch" in told.output
    assert play(tmp_path / "shallow", "diff", "HEAD").exit_code == 0
    assert play(write(tmp_path / "no-git"), "diff", "HEAD").exit_code == 1


def test_one_document_can_be_asked_for(lay: Lay, play: Play) -> None:
    root = lay({})
    commit(root, "first")
    edit(root, SOP, "text: Send [[", "text: Never send [[")
    edit(root, MACRO, "yours again.", "yours again now.")
    told = play(root, "diff", "HEAD", "--only", "account-recovery", "--no-check").output
    assert "Restore a taken-over account" in told
    assert "Account restored `" not in told
    assert "playbook check" not in told


def test_the_old_command_says_what_to_call(base: Path, play: Play) -> None:
    told = play(None, "compare", "--since", "HEAD")
    assert told.exit_code == 2
    assert "`compare` is a part of `diff` now" in told.output


def test_the_same_trees_give_the_same_bytes(split: Path, play: Play) -> None:
    one, other = (play(split, "diff", "HEAD", "--format", "json").output for _ in range(2))
    assert one == other


def test_a_broken_vocabulary_is_said(lay: Lay, play: Play) -> None:
    root = lay({})
    commit(root, "first")
    put(root, {"content/vocabulary.yaml": FILES["content/vocabulary.yaml"].replace("audiences:", "audience:")})
    edit(root, SOP, "text: Send [[", "text: Never send [[")
    told = play(root, "diff", "HEAD")
    assert told.exit_code == 0, told.output
    assert "`content/vocabulary.yaml` cannot be compared" in flat(told.output)
    assert "Never" in told.output
    assert play(root, "diff", "HEAD", "--format", "markdown").exit_code == 0


def test_of_a_long_text_only_what_differs_is_shown(tmp_path: Path, play: Play) -> None:
    """Long texts are matched in stretches, and where two of them meet nothing is different."""
    root = write(tmp_path / "base")
    page = "content/pages/welcome.md"
    words = " ".join(f"word{number % 700} again" for number in range(4000))
    put(root, {page: f"{FILES[page]}\n{words} last.\n"})
    commit(root, "first")
    edit(root, page, "word350 again", "word350 never")
    told = play(root, "diff", "HEAD", "--no-check").output
    assert told.count("…") == 2, told
    assert "word350 [-again-] {+never+} word351" in flat(told), told
