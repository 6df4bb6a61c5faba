"""What reviews show: formats for other systems, findings of named files, of a change, and those of no baseline."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import jsonschema
import pytest
from browser.conftest import ROOT, missing
from conftest import Lay, Play
from knowledge import FILES, MACRO, POLICY, SOP, check, edit, put, snapshot, swapped, write
from repository import commit, git

from generator.checks import checks
from generator.files.address import spell_place
from generator.files.source import read
from generator.findings import Finding, Place
from generator.reports.findings import reports

SCHEMA = ROOT / ".cache/node/sarif/package/lib/schemas/sarif-2.1.0-rtm.5.json"
SOPS, MACROS, PAGES = "sops/restore-account.yaml", "macros/account-restored.yaml", "content/pages/welcome.md"
TREES, WORDS, OLD = "decision_trees/account-takeover.yaml", "content/vocabulary.yaml", "content/pages/old.md"
BROKEN = swapped(SOPS, "[[account-restored|the reply]]", "[[acount-restored|the reply]]")
HEAD = "---\ntitle: P\nowner: support\nsummary: S.\n---\n"
WAS = HEAD + "<!-- old -->\n\n[[nowhere]]"
# Each breaks something by a message with signs that a format has to escape, or that no format can hold.
AWKWARD = {
    "percent and line break": swapped(SOPS, "tree: account-takeover", 'tree: "100%\\n::error::x"'),
    "what GitHub takes for an escape": swapped(SOPS, "tree: account-takeover", 'tree: "50%0Aoff"'),
    "comma and colon in a name": {"content/pages/a, b: c.md": HEAD + "[[nowhere]]"},
    "spaces and letters of other scripts": {"content/pages/Überblick für 日本.md": HEAD + "[[nowhere]]"},
    "angle brackets": swapped(SOPS, "tree: account-takeover", 'tree: "<b>&]]>\\"\'"'),
    "a control character": {"content/pages/p.md": HEAD + "a\x07b"},
    "a character outside the first plane": {"content/pages/p.md": HEAD + "😀 漢 [[nowhere]]"},
    "a file that is not UTF-8": {"content/pages/p.md": HEAD.encode() + b"\xff\xfe"},
    "a placeholder": swapped(MACROS, "Hi {{ name }},", "Hi {{ nam }},"),
}


def found(play: Play, root: Path, *words: str) -> list[tuple[str, str]]:
    """The path and code of what a check shows."""
    result = json.loads(play(root, "check", "--format", "json", *words).stdout)
    return [(one["path"], one["code"]) for one in result["findings"]]


def sarif(play: Play, root: Path, *words: str) -> Any:
    return json.loads(play(root, "check", "--format", "sarif", *words).stdout)


def fingerprints(play: Play, root: Path) -> list[str]:
    return [one["partialFingerprints"]["playbookFinding/v1"] for one in sarif(play, root)["runs"][0]["results"]]


# Formats


@pytest.mark.parametrize("what", AWKWARD)
@pytest.mark.parametrize("name", sorted(reports()))
def test_every_format_holds_every_message_and_fails(name: str, what: str, lay: Lay, play: Play) -> None:
    root = lay(AWKWARD[what])
    result = play(root, "check", "--format", name)
    assert result.exit_code == 1
    assert result.stdout == play(root, "check", "--format", name).stdout
    assert play(write(root.parent / "clean"), "check", "--format", name).exit_code == 0


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft4Validator:
    if not SCHEMA.is_file():
        missing("no schema of SARIF; run tests/scripts/get_tools.sh, which needs npm")
    return jsonschema.Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


@pytest.mark.parametrize("what", [*AWKWARD, "nothing"])
def test_sarif_is_valid(what: str, lay: Lay, play: Play, schema: jsonschema.Draft4Validator) -> None:
    root = lay({} if what == "nothing" else AWKWARD[what])
    log = sarif(play, root)
    assert [f"{list(one.path)}: {one.message}" for one in schema.iter_errors(log)] == []
    run = log["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    for result in run["results"]:
        rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["defaultConfiguration"]["level"] == result["level"] == checks()[rule["id"]].severity
        at = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert at["uriBaseId"] in run["originalUriBaseIds"]
        assert at["uri"].isascii()
        assert (root / unquote(at["uri"])).is_file()


def test_a_column_of_sarif_counts_characters(lay: Lay, play: Play) -> None:
    """An emoji is two units of UTF-16 and four bytes."""
    result = sarif(play, lay(AWKWARD["a character outside the first plane"]))["runs"][0]["results"][0]
    assert result["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 6,
        "startColumn": 5,
        "endLine": 6,
        "endColumn": 16,
    }


def test_a_rule_of_sarif_is_the_page_of_its_check(lay: Lay, play: Play) -> None:
    rule = sarif(play, lay(BROKEN))["runs"][0]["tool"]["driver"]["rules"][0]
    assert rule["id"] == "broken-reference"
    assert rule["help"]["text"] == checks()["broken-reference"].page
    assert "**Good**\n\n```yaml\nAnswer with [[account-locked]]" in rule["help"]["markdown"]


def test_a_second_place_is_a_related_location(lay: Lay, play: Play) -> None:
    results = sarif(play, lay({"macros/twin.yaml": MACRO}))["runs"][0]["results"]
    twin = next(one for one in results if one["ruleId"] == "duplicate-id")
    [related] = twin["relatedLocations"]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == MACROS
    assert related["message"]["text"] == "it appears here first"


def apply(root: Path, fixes: list[Any]) -> None:
    """Makes the changes of fixes, the last of a file first, as a reader of SARIF does."""
    replacements: dict[str, list[Any]] = {}
    for fix in fixes:
        for change in fix["artifactChanges"]:
            replacements.setdefault(unquote(change["artifactLocation"]["uri"]), []).extend(change["replacements"])
    for path, some in replacements.items():
        text = (root / path).read_bytes().decode()
        starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
        for one in sorted(
            some, key=lambda each: (each["deletedRegion"]["startLine"], each["deletedRegion"]["startColumn"])
        )[::-1]:
            region = one["deletedRegion"]
            start = starts[region["startLine"] - 1] + region["startColumn"] - 1
            end = starts[region["endLine"] - 1] + region["endColumn"] - 1
            text = text[:start] + one["insertedContent"]["text"] + text[end:]
        (root / path).write_bytes(text.encode())


FIXABLE = {
    "a renamed document": swapped(TREES, "sop: restore-account#answer", "sop: account-recovery#answer"),
    "after characters of two units": swapped(
        SOPS, "Decide with [[account-takeover]]", "😀 😀 See [[account-recovery]]"
    ),
    "a deprecated document in many places": {
        PAGES: HEAD + "[[account-recovery]] 漢 [[account-recovery#verify]]",
        SOPS: SOP.replace("[[account-takeover]]", "[[account-recovery]]"),
    },
    "line ends of Windows": {
        TREES: FILES[TREES].replace("restore-account#", "account-recovery#").replace("\n", "\r\n")
    },
}


@pytest.mark.parametrize("what", FIXABLE)
def test_a_fix_of_sarif_is_what_fix_writes(
    what: str, lay: Lay, play: Play, tmp_path: Path, schema: jsonschema.Draft4Validator
) -> None:
    root = lay(FIXABLE[what])
    log = sarif(play, root)
    assert list(schema.iter_errors(log)) == []
    fixes = [fix for one in log["runs"][0]["results"] for fix in one.get("fixes", ()) if fix["properties"]["safe"]]
    assert fixes
    ours = write(tmp_path / "ours", FIXABLE[what])
    play(ours, "fix")
    apply(root, fixes)
    assert {path: content for path, content in snapshot(root).items() if not path.startswith(".playbook")} == {
        path: content for path, content in snapshot(ours).items() if not path.startswith(".playbook")
    }


def test_paths_are_those_of_the_repository(tmp_path: Path, play: Play) -> None:
    """A knowledge base in a folder of a larger repository: the services know files from its top alone."""
    root = write(tmp_path / "repo" / "trust and safety", BROKEN)
    git(tmp_path / "repo", "init", "--quiet")
    at = sarif(play, root)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert at == "trust%20and%20safety/sops/restore-account.yaml"
    assert "file=trust and safety/sops/restore-account.yaml," in play(root, "check", "--format", "github").stdout
    case = ElementTree.fromstring(play(root, "check", "--format", "junit").stdout).find(".//failure/..")
    assert case is not None
    assert case.attrib["file"] == "trust and safety/sops/restore-account.yaml"


COMMAND = re.compile(r"^::(?P<kind>error|warning|notice) (?P<values>[^:]*)::(?P<text>.*)$")


def parse_command(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as GitHub reads it."""
    match = COMMAND.match(line)
    assert match, line
    values = dict(one.split("=", 1) for one in match["values"].split(","))
    decoded = {
        name: value.replace("%2C", ",").replace("%3A", ":").replace("%0A", "\n").replace("%25", "%")
        for name, value in values.items()
    }
    return match["kind"], decoded, match["text"].replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")


@pytest.mark.parametrize("what", AWKWARD)
def test_github_reads_the_message_and_the_file(what: str, lay: Lay, play: Play) -> None:
    root = lay(AWKWARD[what])
    lines = play(root, "check", "--format", "github").stdout.splitlines()
    expected = json.loads(play(root, "check", "--format", "json").stdout)["findings"]
    told = [parse_command(line) for line in lines[:-1]]
    by_place = {(values["file"], int(values["line"]), values["title"]): text for _, values, text in told}
    for one in expected:
        text = by_place[one["path"], one["line"], one["code"]]
        assert re.sub(r"[\s\ufffd]", "", text).startswith(re.sub(r"\s", "", one["message"] + one["hint"]))


def test_github_shows_ten_of_each_kind_and_tells_how_many_more(lay: Lay, play: Play) -> None:
    """What is beyond is in the log, where a document cannot give the runner commands."""
    links = " ".join(f"[[no-{n}-such]]" for n in range(13))
    comments = "<!-- ::set-env name=PATH::x -->\n\n" * 12
    root = lay({"content/pages/p.md": f"{HEAD}{links}\n\n{comments}", "content/pages/::error::q.md": HEAD + links})
    lines = play(root, "check", "--format", "github").stdout.splitlines()
    kinds = [line.split(" ")[0] for line in lines if line.startswith("::") and " " in line]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {"::error": 10, "::warning": 10, "::notice": 1}
    notice = next(line for line in lines if line.startswith("::notice"))
    assert re.fullmatch(r"::notice title=playbook check::\d+ more errors and \d more warnings? in the log.*", notice)
    stop = lines.index(notice) + 1
    mark = lines[stop].removeprefix("::stop-commands::")
    end = lines.index(f"::{mark}::")
    assert len(mark) == 64
    assert all(line.startswith("::") for line in lines[:stop])
    errors, warnings = (int(number) for number in re.findall(r"(\d+) more", notice))
    assert end - stop - 1 == errors + warnings
    assert lines[end + 1 :] == [f"{errors + 10} errors, {warnings + 10} warnings in {len(FILES) + 1} documents"]


@pytest.mark.parametrize("what", AWKWARD)
def test_junit_is_xml_with_a_test_for_each_document(what: str, lay: Lay, play: Play) -> None:
    root = lay(AWKWARD[what])
    suites = ElementTree.fromstring(play(root, "check", "--format", "junit").stdout)
    cases = {case.attrib["name"]: case for case in suites.iter("testcase")}
    expected = json.loads(play(root, "check", "--format", "json").stdout)["findings"]
    failed = {one["path"] for one in expected if one["severity"] == "error"}
    assert {name for name, case in cases.items() if case.find("failure") is not None} == failed
    assert set(FILES) <= set(cases), "a document in which nothing is wrong is a test that passed"
    assert (suites.attrib["tests"], suites.attrib["failures"]) == (str(len(cases)), str(len(failed)))
    assert all(len(case.findall("failure")) <= 1 for case in cases.values()), "services read only the first"


def test_what_xml_cannot_hold_is_replaced(base: Path) -> None:
    """Whatever a message, a hint or a name of a file may have in future."""
    signs = "\x00\x0b\x1f\ud800\udfff\ufffe\uffff"
    finding = Finding(Place(f"sops/{signs}.yaml"), "duplicate-id", "error", f"a{signs}\n\t&<>]]>", signs)
    judgement = replace(check(base), findings=[finding])
    failure = ElementTree.fromstring(reports()["junit"](judgement, False)).find(".//failure")
    assert failure is not None
    assert failure.attrib["message"] == "a" + "\ufffd" * len(signs) + "\n\t&<>]]>"


def test_a_warning_fails_no_test_of_junit(lay: Lay, play: Play) -> None:
    result = play(lay({"content/pages/p.md": HEAD + "<!-- note -->\n\nText."}), "check", "--format", "junit")
    suites = ElementTree.fromstring(result.stdout)
    assert (result.exit_code, suites.attrib["failures"]) == (0, "0")
    assert "warning[hidden-comment]" in "".join(one.text or "" for one in suites.iter("system-out"))


# The identity of a finding

BEFORE = SOP.replace("[[account-restored|the reply]]", "[[gone-reply]]")
MOVED = {
    "lines come above it": BEFORE.replace("trigger:", "aliases: [hijack]\nsymptoms: [I cannot log in]\ntrigger:"),
    "a step comes before it": BEFORE.replace("steps:\n", "steps:\n  - {id: begin, title: Begin, text: Begin.}\n"),
    "its line is worded otherwise": BEFORE.replace("text: Send [[gone", "text: Now send the member [[gone"),
    "line ends of Windows": BEFORE.replace("\n", "\r\n"),
    "its step has another id": BEFORE.replace("id: answer\n", "id: reply\n    formerly: [answer]\n"),
}
OTHER = {
    "another reference is broken": BEFORE.replace("gone-reply", "gone-letter"),
    "another step has it": BEFORE.replace("text: Send [[gone-reply]]", "text: Send it").replace(
        "[[account-takeover]]", "[[gone-reply]]"
    ),
}


@pytest.mark.parametrize("what", [*MOVED, *OTHER])
def test_what_keeps_a_finding_the_same(what: str, lay: Lay, play: Play, tmp_path: Path) -> None:
    known = tmp_path / "known.json"
    root = lay({SOPS: BEFORE})
    play(root, "check", "--write-baseline", str(known))
    before = fingerprints(play, root)
    put(root, {SOPS: (MOVED | OTHER)[what]})
    shown = [code for _, code in found(play, root, "--baseline", str(known))]
    is_renamed = "another id" in what
    assert (fingerprints(play, root) == before) == (what in MOVED and not is_renamed)
    assert ("broken-reference" in shown) == (what in OTHER)


def test_two_findings_alike_have_two_fingerprints(lay: Lay, play: Play) -> None:
    marks = fingerprints(play, lay({"content/pages/p.md": HEAD + "<!-- a -->\n\nText.\n\n<!-- a -->\n"}))
    assert len(set(marks)) == 2


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (SOPS, "id: restore-account", "id"),
        (SOPS, "restore-account", "id"),
        (SOPS, "Verify who is writing", "steps/verify/title"),
        (SOPS, "[[account-takeover]]", "steps/verify/text"),
        (SOPS, "account-integrity#ownership@3.0]\n", "steps/verify/cites"),
        (SOPS, "title: Answer the member", "steps/answer/title"),
        (SOPS, "The member is in danger", "escalation/when"),
        (SOPS, "Identity proven", "quality/criterion"),
        (SOPS, "Added the reply", "history/2.1/note"),
        (PAGES, "owner", "owner"),
        (PAGES, "Begin with", "text"),
        (WORDS, "Moderate", "severities/S2/name"),
    ],
)
def test_where_a_place_is_in_words(path: str, text: str, expected: str) -> None:
    source, _ = read(path, FILES[path].encode())
    start = FILES[path].index(text)
    assert spell_place(source, source.place(start, start + len(text))) == expected


def test_a_place_in_a_file_that_cannot_be_read_has_no_words() -> None:
    source, _ = read(SOPS, b"id: [")
    assert spell_place(source, Place(SOPS, 99, 1)) == ""


# Named files


@pytest.fixture
def two_wrong(lay: Lay) -> Path:
    return lay(BROKEN | swapped(PAGES, "[[restore-account]]", "[[restore-acount]]"))


@pytest.mark.parametrize(
    ("paths", "shown"),
    [
        ([], {SOPS, PAGES}),
        (["."], {SOPS, PAGES}),
        ([SOPS], {SOPS}),
        (["sops"], {SOPS}),
        (["sops/"], {SOPS}),
        (["content"], {PAGES}),
        (["content/../sops"], {SOPS}),
        ([PAGES, SOPS], {SOPS, PAGES}),
        ([MACROS], set()),
        ([WORDS], set()),
    ],
)
@pytest.mark.parametrize("start", ["here", "elsewhere", "absolute"])
def test_only_the_named_files_are_judged(
    start: str, paths: list[str], shown: set[str], two_wrong: Path, play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Relative to the current folder or, as findings name them, to the knowledge base."""
    monkeypatch.chdir(two_wrong if start != "elsewhere" else two_wrong.parent)
    if start == "elsewhere" and paths == ["."]:
        return  # which is the folder above
    named = [str(two_wrong / path) for path in paths] if start == "absolute" else paths
    assert {path for path, _ in found(play, two_wrong, *named)} == shown
    assert play(two_wrong, "check", *named).exit_code == (1 if shown else 0)


def test_only_the_named_files_are_fixed(lay: Lay, play: Play) -> None:
    root = lay(FIXABLE["a deprecated document in many places"])
    before = snapshot(root)
    result = play(root, "check", "--fix", str(root / "content"))
    assert (result.exit_code, "2 known" in result.stdout) == (0, False)
    after = snapshot(root)
    assert {path for path in after if after[path] != before.get(path)} == {PAGES}


def test_the_number_of_documents_is_that_of_the_named_ones(two_wrong: Path, play: Play) -> None:
    assert play(two_wrong, "check", str(two_wrong / "macros")).stdout.startswith("1 document, nothing to fix")


def test_what_is_named_is_judged_by_the_whole_library(lay: Lay, play: Play) -> None:
    """A document that was deleted is one finding where it is first named; who asks for another place sees it too."""
    root = lay({MACROS: None})
    words = ("check", "--format", "json", "--select", "broken-reference")
    every = json.loads(play(root, *words).stdout)["findings"]
    assert [one["path"] for one in every] == [TREES]
    [alone] = json.loads(play(root, *words, str(root / "sops")).stdout)["findings"]
    assert alone["path"] == SOPS
    assert alone["message"] == "no document has the id `account-restored` (in 2 places)"
    assert {one["path"] for one in alone["related"]} == {SOPS}


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("sops/restore-acount.yaml", "there is no sops/restore-acount.yaml; did you mean `restore-account.yaml`?"),
        ("nowhere/x.yaml", "there is no nowhere/x.yaml; paths start from the current folder"),
        ("notes.txt", "there is no document at notes.txt; documents are in content/packs, content/pages"),
        ("drafts", "there is no document at drafts"),
        ("..", "is not in the knowledge base"),
    ],
)
def test_a_path_without_a_document_is_a_wrong_call(
    path: str, said: str, base: Path, play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(base, {"notes.txt": "x", "drafts/x.txt": "x"})
    monkeypatch.chdir(base)
    result = play(base, "check", path)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_a_linked_document_goes_by_its_own_path(lay: Lay, play: Play) -> None:
    root = lay({SOPS: None, "kept/original.yaml": BROKEN[SOPS]})
    (root / "sops").mkdir(exist_ok=True)
    (root / SOPS).symlink_to(root / "kept/original.yaml")
    assert {path for path, _ in found(play, root, SOPS)} == {SOPS}


def test_names_with_spaces_and_other_letters(lay: Lay, play: Play) -> None:
    path = "content/pages/Überblick für 日本.md"
    root = lay({path: HEAD + "[[nowhere]]"} | BROKEN)
    assert {one for one, _ in found(play, root, str(root / path))} == {path}


# A change


@pytest.fixture
def repository(lay: Lay) -> Path:
    """In which a page has a comment that nobody sees, and a letter is unfinished."""
    root = lay({OLD: WAS})
    commit(root, "Before")
    return root


CHANGES: dict[str, tuple[dict[str, str | bytes | None], set[str]]] = {
    "nothing": ({}, set()),
    "its own mistake": (BROKEN, {SOPS}),
    "what names a document that is gone": ({MACROS: None}, {TREES}),  # the first of its places
    "the vocabulary": (swapped(WORDS, "accounts: {name: Accounts", "account: {name: Accounts"), {SOPS, MACROS, TREES}),
    "a page that was wrong before": ({OLD: HEAD + "<!-- new -->\n\n[[nowhere]]"}, {OLD}),
    "line ends alone": ({OLD: WAS.replace("\n", "\r\n")}, set()),
    "a new document": ({"content/pages/new.md": HEAD + "[[elsewhere]]"}, {"content/pages/new.md"}),
    "a new version of a policy": (
        {
            "content/policies/account-integrity.yaml": POLICY.replace('version: "3.1"', 'version: "4.0"', 1).replace(
                "history:\n",
                'history:\n  - version: "4.0"\n    effective: 2026-11-01\n'
                "    changes: [{section: ownership, kind: tightened, note: Stricter.}]\n",
            )
        },
        {"content/policies/account-integrity.yaml", SOPS, MACROS, TREES},
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize("state", ["dirty", "committed", "detached"])
def test_a_change_is_judged_by_what_it_made_wrong(what: str, state: str, repository: Path, play: Play) -> None:
    """Documents that changed with all that is wrong in them; others, however far away, with what is newly wrong."""
    changes, expected = CHANGES[what]
    put(repository, changes)
    since = "HEAD"
    if state != "dirty":
        commit(repository, "After")
        since = "HEAD~1"
    if state == "detached":
        git(repository, "checkout", "--quiet", "--detach")
    shown = {path for path, _ in found(play, repository, "--since", since, "--changed")}
    assert shown <= expected
    assert shown >= expected - {"content/policies/account-integrity.yaml"}


def test_what_is_not_of_the_change_is_counted(repository: Path, play: Play) -> None:
    result = play(repository, "check", "--since", "HEAD", "--changed")
    assert (result.exit_code, result.stdout) == (0, "7 documents, nothing new to fix (2 known findings not shown).\n")


def test_a_revision_that_cannot_be_read_hides_nothing(repository: Path, play: Play) -> None:
    """An older state with format errors: the rest is compared, and what was not is named."""
    edit(repository, WORDS, "organisation: Example Platform", "organisation: [")
    commit(repository, "A broken vocabulary")
    put(repository, {WORDS: FILES[WORDS]})
    put(repository, swapped(SOPS, "owner: support", "owner: nobody"))
    result = play(repository, "check", "--since", "HEAD", "--changed")
    assert result.exit_code == 1
    assert f"{WORDS} had format errors in HEAD: some of what was wrong then counts as new" in result.stderr
    assert "`nobody` is not in the vocabulary's teams" in result.stdout


def test_a_shallow_clone_says_so_and_shows_all(repository: Path, play: Play, tmp_path: Path) -> None:
    commit(repository, "Two")
    git(tmp_path, "clone", "--quiet", "--depth", "1", repository.as_uri(), str(tmp_path / "shallow"))
    result = play(tmp_path / "shallow", "check", "--since", "HEAD~1", "--changed")
    assert result.exit_code == 1
    assert "this clone is shallow" in result.stderr
    assert OLD in result.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--changed"], "--changed needs a revision to compare with: add --since REV"),
        (["--since", "nowhere", "--changed"], "git knows no revision `nowhere`"),
        (["--write-baseline", "k.json", "--since", "HEAD"], "--write-baseline lists all findings of today"),
        (["--write-baseline", "k.json", "--fix"], "--write-baseline lists all findings of today"),
        (["--since", "HEAD", "--changed", "--fix"], "--fix makes every safe fix: name the files of the change"),
        (["--write-baseline", "k.json", "sops"], "--write-baseline lists all findings of today"),
    ],
)
def test_options_that_do_not_go_together(words: list[str], said: str, repository: Path, play: Play) -> None:
    result = play(repository, "check", *words)
    assert result.exit_code == 2
    assert said in result.stderr


# A baseline


def test_a_team_with_known_findings_starts_today(two_wrong: Path, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the first day to the day on which a known finding is gone, with lines that move in between."""
    monkeypatch.chdir(two_wrong)
    written = play(two_wrong, "check", "--write-baseline", "known.json")
    assert (written.exit_code, written.stdout) == (
        0,
        "known.json has 2 known findings. Next: playbook check --baseline known.json\n",
    )
    first = (two_wrong / "known.json").read_bytes()
    again = play(two_wrong, "check", "--baseline", "known.json")
    assert (again.exit_code, again.output) == (0, "6 documents, nothing new to fix (2 known findings not shown).\n")
    assert play(two_wrong, "check").exit_code == 1

    edit(two_wrong, SOPS, "trigger:", "aliases: [hijack]\ntrigger:")
    assert play(two_wrong, "check", "--baseline", "known.json").exit_code == 0

    edit(two_wrong, SOPS, "tree: account-takeover", "tree: acount-takeover")
    new = play(two_wrong, "check", "--baseline", "known.json")
    assert new.exit_code == 1
    assert "acount-takeover" in new.stdout
    assert new.stdout.endswith("1 error in 1 of 6 documents (2 known findings not shown)\n")

    edit(two_wrong, SOPS, "tree: acount-takeover", "tree: account-takeover")
    edit(two_wrong, SOPS, "[[acount-restored|", "[[account-restored|")
    gone = play(two_wrong, "check", "--baseline", "known.json")
    assert gone.exit_code == 0
    assert gone.stderr == (
        "1 entry of known.json no longer occurs, or less often: "
        "write it anew with `playbook check --write-baseline known.json`\n"
    )
    play(two_wrong, "check", "--write-baseline", "known.json")
    kept = (two_wrong / "known.json").read_bytes()
    assert set(kept.splitlines()) <= {line.rstrip(b",") for line in first.splitlines()} | set(first.splitlines())
    assert play(two_wrong, "check", "--baseline", "known.json").stderr == ""


def test_a_renamed_document_keeps_its_known_findings(lay: Lay, play: Play, tmp_path: Path) -> None:
    known = str(tmp_path / "known.json")
    root = lay(BROKEN)
    play(root, "check", "--write-baseline", known)
    renamed = BROKEN[SOPS].replace("id: restore-account\n", "id: give-back\n", 1).replace(
        "formerly: [account-recovery]", "formerly: [account-recovery, restore-account]"
    )  # fmt: skip
    put(root, {SOPS: None, "sops/give-back.yaml": renamed})
    assert "broken-reference" not in [code for _, code in found(play, root, "--baseline", known)]


def test_the_same_findings_are_the_same_bytes_one_a_line(two_wrong: Path, play: Play, tmp_path: Path) -> None:
    places = [tmp_path / "one.json", tmp_path / "two.json"]
    for place in places:
        play(two_wrong, "check", "--write-baseline", str(place))
    assert places[0].read_bytes() == places[1].read_bytes()
    lines = [line for line in places[0].read_text(encoding="utf-8").splitlines() if '"code"' in line]
    assert [json.loads(line.rstrip(",")) for line in lines] == json.loads(places[0].read_text())["findings"]
    assert lines == sorted(lines)


HARM = {
    "one more of the same in the same place": (
        swapped(SOPS, "text: Send [[account-restored|the reply]].", "text: Send [[gone]]."),
        swapped(SOPS, "text: Send [[account-restored|the reply]].", "text: Send [[gone]], and [[gone]]."),
    ),
    "one more place of the same cause": (
        swapped(SOPS, "[[account-restored|the reply]]", "[[gone]]"),
        swapped(SOPS, "[[account-restored|the reply]]", "[[gone]]") | swapped(PAGES, "[[restore-account]]", "[[gone]]"),
    ),
    "a citation that falls further behind": (
        swapped("content/policies/account-integrity.yaml", "kind: clarified", "kind: tightened"),
        {
            "content/policies/account-integrity.yaml": POLICY.replace("kind: clarified", "kind: tightened")
            .replace('version: "3.1"', 'version: "4.0"', 1)
            .replace("effective: 2026-09-01", "effective: 2026-11-01", 1)
            .replace(
                "history:\n",
                'history:\n  - version: "4.0"\n    effective: 2026-11-01\n'
                "    changes: [{section: ownership, kind: tightened, note: Stricter.}]\n",
            )
        },
    ),
    "a hundred and one more": (
        {"content/pages/p.md": HEAD + " ".join(f"[[no-{n}-such]]" for n in range(120))},
        {"content/pages/p.md": HEAD + " ".join(f"[[no-{n}-such]]" for n in range(121))},
    ),
}


@pytest.mark.parametrize("what", HARM)
def test_no_baseline_hides_new_harm(what: str, lay: Lay, play: Play, tmp_path: Path) -> None:
    known = str(tmp_path / "known.json")
    before, after = HARM[what]
    root = lay(before)
    assert found(play, root)
    play(root, "check", "--write-baseline", known)
    assert found(play, root, "--baseline", known) == []
    put(root, after)
    assert found(play, root, "--baseline", known)


def test_fewer_of_one_cause_stay_known(lay: Lay, play: Play, tmp_path: Path) -> None:
    """Who fixes one of several places is not told of the others as if they were new."""
    known = str(tmp_path / "known.json")
    root = lay({MACROS: None})
    play(root, "check", "--write-baseline", known)
    put(root, swapped(TREES, "    macro: account-restored\n", ""))
    result = play(root, "check", "--baseline", known)
    assert "account-restored" not in result.stdout
    assert "no longer occurs, or less often" in result.stderr


def test_time_shows_what_it_brings(base: Path, play: Play, tmp_path: Path) -> None:
    """What was no finding on the day of the baseline becomes one with the calendar, and is shown."""
    known = str(tmp_path / "known.json")
    play(base, "check", "--write-baseline", known)
    later = play(None, "check", "--root", str(base), "--as-of", "2027-06-01", "--baseline", known)
    assert "warning[overdue-review]" in later.stdout
    play(None, "check", "--root", str(base), "--as-of", "2027-06-01", "--write-baseline", known)
    year = play(
        None, "check", "--root", str(base), "--as-of", "2028-06-01", "--baseline", known, "--select", "overdue-review"
    )
    assert "nothing new to fix" in year.stdout  # fmt: skip


def test_a_known_warning_that_became_an_error_is_shown(lay: Lay, play: Play, tmp_path: Path) -> None:
    """As when a check became stricter in a newer playbook."""
    known = tmp_path / "known.json"
    root = lay(BROKEN)
    play(root, "check", "--write-baseline", str(known))
    known.write_text(known.read_text().replace('"error"', '"warning"'))
    assert play(root, "check", "--baseline", str(known)).exit_code == 1
    known.write_text(known.read_text().replace('"warning"', '"error"'))
    assert play(root, "check", "--baseline", str(known)).exit_code == 0


def test_checks_that_did_not_run_are_not_missed(two_wrong: Path, play: Play, tmp_path: Path) -> None:
    known = str(tmp_path / "known.json")
    play(two_wrong, "check", "--write-baseline", known)
    for words in (["--select", "orphan"], ["--ignore", "broken-reference"], ["macros"]):
        assert play(two_wrong, "check", "--baseline", known, *words).stderr == ""


CONFLICT = '{\n  "version": 1,\n  "findings": [\n<<<<<<< ours\n=======\n>>>>>>> theirs\n  ]\n}\n'
ENTRY = '{"version": 1, "findings": [{"code": "x", "severity": "error", "document": "d", "at": "", "message": "m"'
BASELINES = {
    "": "cannot be read as JSON, line 1",
    "no JSON": "cannot be read as JSON, line 1",
    '{"version": 1,\n "findings": [': "cannot be read as JSON, line 2",
    CONFLICT: "has conflict markers of git: keep the lines of both sides",
    '{"version": 2, "findings": []}': "is of a newer playbook (version 2): update playbook",
    '{"version": "1", "findings": []}': "is no baseline of version 1",
    '{"version": true, "findings": []}': "is no baseline of version 1",
    '{"findings": []}': "is no baseline of version 1",
    "[]": "is no baseline of version 1",
    '{"version": 1, "findings": {}}': "is no baseline of version 1",
    '{"version": 1, "findings": [1]}': "has a broken entry, number 1",
    ENTRY + ', "number": "2"}]}': "has a broken entry, number 1",
    ENTRY.replace('"error"', '"fatal"') + "}]}": "has a broken entry, number 1",
    "[" * 100_000: "cannot be read as JSON",
    b"\xff\xfe{}": "cannot be read as JSON",
}


@pytest.mark.parametrize("content", BASELINES, ids=lambda content: str(content)[:30])
def test_a_broken_baseline_is_a_wrong_call(content: str | bytes, base: Path, play: Play, tmp_path: Path) -> None:
    """It is told in one line what to do: with findings hidden or shown by chance nobody could trust the check."""
    known = tmp_path / "known.json"
    known.write_bytes(content if isinstance(content, bytes) else content.encode())
    result = play(base, "check", "--baseline", str(known))
    assert (result.exit_code, result.stdout) == (2, "")
    assert BASELINES[content] in result.stderr
    assert "--write-baseline" in result.stderr


@pytest.mark.parametrize("place", ["missing.json", ".", "/dev/zero"])
def test_no_baseline_there(place: str, base: Path, play: Play, tmp_path: Path) -> None:
    result = play(base, "check", "--baseline", str(tmp_path / place))
    assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.parametrize(
    "content", [CONFLICT, '{"version": 2, "findings": []}', ENTRY], ids=["conflict", "newer", "cut off"]
)
def test_a_broken_baseline_can_be_written_anew(content: str, base: Path, play: Play, tmp_path: Path) -> None:
    known = tmp_path / "known.json"
    known.write_text(content)
    assert play(base, "check", "--write-baseline", str(known)).exit_code == 0
    assert play(base, "check", "--baseline", str(known)).exit_code == 0


def test_a_baseline_replaces_nothing_else(base: Path, play: Play) -> None:
    before = snapshot(base)
    for path in (SOPS, PAGES, "/dev/null"):
        result = play(base, "check", "--write-baseline", str(base / path))
        assert result.exit_code == 2
        assert "is no baseline; name another file" in result.stderr
    assert snapshot(base) == before


def test_a_baseline_keeps_its_line_ends(two_wrong: Path, play: Play, tmp_path: Path) -> None:
    known = tmp_path / "known.json"
    play(two_wrong, "check", "--write-baseline", str(known))
    known.write_bytes(known.read_bytes().replace(b"\n", b"\r\n"))
    before = known.read_bytes()
    assert play(two_wrong, "check", "--baseline", str(known)).exit_code == 0
    play(two_wrong, "check", "--write-baseline", str(known))
    assert known.read_bytes() == before


def test_a_folder_that_is_not_there_is_told_in_one_line(base: Path, play: Play, tmp_path: Path) -> None:
    result = play(base, "check", "--write-baseline", str(tmp_path / "nowhere/known.json"))
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert unicodedata.category(result.stderr[0]) == "Lu"


# The file of the team


def test_every_command_finds_the_list_of_a_team(two_wrong: Path, play: Play) -> None:
    """`check` and `build` pass, say how many findings the list holds back, and fail for what is new."""
    own = "known-findings.json"
    put(two_wrong, {"mkdocs.yml": "site_name: Ours\ntheme: {name: material}\n"})
    written = play(two_wrong, "check", "--write-baseline", str(two_wrong / own))
    assert written.stdout.endswith("has 2 known findings. Next: playbook check\n")
    clean = play(two_wrong, "check")
    assert (clean.exit_code, clean.stderr) == (0, f"{own} holds back 2 known findings (--no-baseline shows them)\n")
    assert found(play, two_wrong) == []
    built = play(two_wrong, "build", "--to", str(two_wrong / "site"))
    assert (built.exit_code, f"{own} holds back 2 known findings" in built.stderr) == (0, True)
    for whole in (("check", "--no-baseline"), ("build", "--no-baseline")):
        assert play(two_wrong, *whole).exit_code == 1
    assert play(two_wrong, "check", "--no-baseline", "--baseline", str(two_wrong / own)).exit_code == 2
    assert play(two_wrong, "pack", "build", "acme-accounts").exit_code == 1, "vendors get no mistake, known or not"
    edit(two_wrong, MACROS, "Hi {{ name }},", "Hi {{ nam }},")
    assert {path for path, _ in found(play, two_wrong)} == {MACROS}
    refused = play(two_wrong, "build")
    assert refused.exit_code == 1
    assert MACROS in refused.stdout
    assert SOPS not in refused.stdout
    (two_wrong / own).write_text("<<<<<<< ours\n", encoding="utf-8")
    for command in ("check", "build"):
        broken = play(two_wrong, command)
        assert (broken.exit_code, f"{own} has conflict markers" in broken.stderr) == (2, True)


def test_on_a_branch_is_since_where_it_came_from(base: Path, play: Play, tmp_path: Path) -> None:
    """What a hook calls: a silent change is told, whatever the remote calls its branch, and with nothing to compare."""
    edit(base, SOPS, "Send [[account-restored|the reply]]", "Never send [[account-restored|the reply]]")
    hook = ("check", "--on-branch", "--format", "json")
    silent = lambda root: [one["code"] for one in json.loads(play(root, *hook).stdout)["findings"]]  # noqa: E731
    assert silent(base) == [], "no repository"
    edit(base, SOPS, "Never send", "Send")
    git(base, "init", "--quiet")
    assert silent(base) == [], "no commit"
    commit(base, "Begin")
    edit(base, SOPS, "Send [[account-restored|the reply]]", "Never send [[account-restored|the reply]]")
    assert "silent-change" in silent(base)
    git(base, "checkout", "--quiet", "--", ".")
    git(tmp_path, "clone", "--quiet", str(base), "clone")
    clone = tmp_path / "clone"
    git(clone, "checkout", "--quiet", "-b", "change")
    edit(clone, SOPS, "Send [[account-restored|the reply]]", "Never send [[account-restored|the reply]]")
    commit(clone, "Silent")
    assert "silent-change" in silent(clone), "the commit before is not the branch"
