"""Releases of packs: what a vendor got is kept to the byte, and what changed since is told to who was trained."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import Lay, Play, output_of
from drawn import picture
from knowledge import FILES, STARTER, TODAY, check, edit, put, snapshot, swapped, write
from repository import commit

from generator.analysis.delta import compare_packs
from generator.files.tree import Folder
from generator.library.freezing import is_as_released
from generator.library.packing import packs
from generator.library.thawing import pack_of, thaw
from generator.pipeline import gather
from generator.publishing.packs.releasing.changed_questions import select_questions
from generator.publishing.training.bank import Bank

NAME = "acme-accounts"
PACK = f"content/packs/{NAME}.yaml"
RECORD = f"content/packs/releases/{NAME}/1.0.yaml"
SOP, TREE = "sops/restore-account.yaml", "decision_trees/account-takeover.yaml"
MACRO, POLICY = "macros/account-restored.yaml", "content/policies/account-integrity.yaml"


def _release(root: Path, *words: str) -> str:
    return output_of(root, "pack", "release", NAME, *words)


def _raise(root: Path, old: str, new: str) -> None:
    edit(root, PACK, f'version: "{old}"', f'version: "{new}"')


@pytest.fixture
def released(lay: Lay) -> Path:
    """The small knowledge base, whose pack was released as 1.0 on the first of November."""
    root = lay({})
    shutil.copy(STARTER / "mkdocs.yml", root)
    _release(root, "--on", "2026-11-01")
    return root


def test_a_release_is_kept_and_the_check_is_clean(released: Path, play: Play) -> None:
    told = play(released, "check")
    assert (told.exit_code, "nothing to fix" in told.output) == (0, True), told.output
    record = (released / RECORD).read_text(encoding="utf-8")
    for line in ("pack: acme-accounts", "on: 2026-11-01", "vendor: acme", 'account-integrity: "3.1"'):
        assert line in record
    again = play(released, "pack", "release", NAME)
    assert again.exit_code == 1
    assert again.output == (
        "Error: acme-accounts 1.0 was released on 2026-11-01, and a release is never overwritten: raise `version` in "
        f"{PACK}\n"
    )
    _raise(released, "1.0", "1.1")
    assert "nothing changed" not in play(released, "pack", "release", NAME, "--dry-run").output.split("\n")[0]


VERIFY = "    text: |\n      Decide with"
TEXT, EXTENDED = "the text says something different", "the text was extended"
CASE = '  - {id: mail, scenario: A changed address., answers: ["yes"], outcome: lock, why: Gone.}'
STEP = "  - {id: end, title: End, text: End it.}"
CITES = "    cites: [account-integrity#ownership@3.0]\n"
TREE_REFERENCE = "Decide with [[account-takeover]]"
# What was changed, the level that it demands, the least version, and words of the first lesson.
CHANGES = {
    "words of a step": (SOP, "Send [[account", "Now send [[account", "patch", "1.0.1", "was reworded"),
    "a sentence more": (SOP, VERIFY, VERIFY.replace("Decide", "Ask first. Decide"), "minor", "1.1", EXTENDED),
    "a denial": (SOP, "text: Send [[", "text: Do not send [[", "major", "2.0", TEXT),
    "a number": (SOP, "text: Send [[", "text: Within 2 hours, send [[", "major", "2.0", TEXT),
    "a reference": (SOP, TREE_REFERENCE, "Decide with [[account-restored]]", "major", "2.0", TEXT),
    "a step more": (SOP, "quality:", f"{STEP}\nquality:", "minor", "1.1", "a step is new"),
    "a step fewer": (SOP, FILES[SOP][FILES[SOP].index("  - id: answer") : FILES[SOP].index("quality:")], "",
                     "major", "2.0", "a step is gone"),
    "where an answer leads": (TREE, "else, go: leave", "else, go: lock", "major", "2.0", "“Anything else”"),
    "the letter of a decision": (TREE, "    macro: account-restored\n", "", "major", "2.0", "the letter to send"),
    "a case more": (TREE, "cases:", f"cases:\n{CASE}", "minor", "1.1", "a new example"),
    "the ground of a decision": (TREE, CITES, "", "major", "2.0", "a different section"),
    "who takes over": (SOP, "escalation: {to: support", "escalation: {to: policy", "major", "2.0", "who takes over"),
    "days of a review": (SOP, "reviewed: 2026-10-02", "reviewed: 2026-10-03", "patch", "1.0.1", "Only dates"),
    "a letter at hand": (MACRO, "Please answer by", "Within 3 days, answer by", "minor", "1.1", "the letter says"),
    "the pass mark": (PACK, "pass_mark: 80", "pass_mark: 90", "minor", "1.1", "the pass mark"),
    "a document fewer": (PACK, "account-takeover, restore-account", "account-takeover", "minor", "1.1", "is at hand"),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_the_comparison_demands_a_version(what: str, released: Path, play: Play) -> None:
    path, old, new, level, least, words = CHANGES[what]
    edit(released, path, old, new)
    told = json.loads(output_of(released, "pack", "diff", NAME, "--format", "json"))
    assert (told["level"], told["least"]) == (level, least), told["changes"]
    assert words in output_of(released, "pack", "diff", NAME)


def test_a_version_that_is_too_small_is_refused_in_one_line(released: Path, play: Play) -> None:
    edit(released, TREE, "Anything else, go: leave", "Anything else, go: lock")
    edit(released, TREE, "answers: [otherwise], outcome: leave", "answers: [otherwise], outcome: lock")
    edit(released, TREE, "  leave:\n    decision: Nothing to do\n", "")
    _raise(released, "1.0", "1.9")
    before = snapshot(released)
    told = play(released, "pack", "release", NAME)
    assert told.exit_code == 1
    assert told.output == (
        "Error: 1.9 is too small after 1.0: a decision or an answer changed, so everybody trains again, in a course of "
        f'its own. See Is it a takeover?. Write `version: "2.0"` in {PACK}\n'
    )
    assert snapshot(released) == before
    dry = output_of(released, "pack", "release", NAME, "--dry-run")
    assert "The pack says 1.9, which is too small: write at least 2.0." in dry
    assert "where “Did the member lose access?” is “Anything else”" in dry
    assert snapshot(released) == before
    _raise(released, "1.9", "2.0")
    _release(released)
    record = (released / RECORD.replace("1.0.yaml", "2.0.yaml")).read_text(encoding="utf-8")
    assert 'supersedes: "1.0"' in record
    assert play(released, "check").exit_code == 0


def test_only_what_changed_is_written_anew(released: Path) -> None:
    before = set(snapshot(released / "content/packs/releases"))
    edit(released, SOP, "Send [[account", "Now send [[account")
    _raise(released, "1.0", "1.0.1")
    _release(released)
    texts = {path for path in set(snapshot(released / "content/packs/releases")) - before if path.endswith(".yaml")}
    kept = {re.sub(r"-[0-9a-f]{12}", "", path) for path in texts}
    assert kept == {
        f"{NAME}/1.0.1.yaml", "texts/sops/restore-account/2.1.yaml", f"texts/content/packs/{NAME}/1.0.1.yaml",
    }  # fmt: skip


def test_nothing_changed_needs_no_release(released: Path, play: Play) -> None:
    told = play(released, "pack", "diff", NAME)
    assert told.output == "Account security for Acme: nothing changed since 1.0\n"
    assert "nothing changed since 1.0" in play(released, "pack", "release", NAME, "--dry-run").output


def _unpacked(folder: Path) -> dict[str, bytes]:
    """Every file of a built pack, with what is in its zips."""
    found = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    for path in folder.glob("*.zip"):
        with zipfile.ZipFile(path) as archive:
            found |= {f"{path.name}/{name}": archive.read(name) for name in archive.namelist()}
    return found


def test_a_release_is_built_again_with_the_same_bytes(released: Path, play: Play) -> None:
    wanted = ["--format", "site", "--format", "gift", "--format", "whats_changed"]
    output_of(released, "pack", "build", NAME, "--to", str(released / "now"), *wanted)
    first = _unpacked(released / f"now/{NAME}-1.0")
    edit(released, SOP, "Send [[account", "Never send [[account")
    edit(released, POLICY, "text: An account has one owner.", "text: An account has two owners.")
    put(released, {MACRO: None})  # so that the knowledge base itself has errors
    output_of(released, "pack", "build", NAME, "--release", "1.0", "--to", str(released / "then"), *wanted)
    again = _unpacked(released / f"then/{NAME}-1.0")
    differing = sorted(name for name in first.keys() | again.keys() if first.get(name) != again.get(name))
    assert differing == []
    assert b"the first release" in first["whats-changed.html"]


def test_one_version_is_not_built_with_two_contents_unseen(released: Path, play: Play) -> None:
    edit(released, SOP, "Send [[account", "Never send [[account")
    told = play(released, "pack", "build", NAME, "--format", "gift")
    assert told.exit_code == 0
    assert "Warning: acme-accounts 1.0 was released on 2026-11-01 with another content" in told.output


INTERNAL = {
    SOP: ("internal_note: Legal reads along.", "internal_note: PLANTED-NOTE"),
    "content/vocabulary.yaml": ("legal: {name: Legal}", "legal: {name: PLANTED-TEAM}\n  secret: {name: PLANTED-WORD}"),
}


def test_what_the_vendor_may_not_see_changes_no_byte_of_a_release(lay: Lay, tmp_path: Path) -> None:
    hidden = FILES[SOP].replace("id: restore-account", "id: planted-sop").replace("audience: vendor\n", "")
    more = {
        "sops/planted-sop.yaml": hidden.replace("formerly: [account-recovery]\n", "").replace(
            "title: R", "title: PLANTED R"
        )
    }
    changed = {path: swapped(path, *pair)[path] for path, pair in INTERNAL.items()}
    records = []
    for name, files in (("one", {}), ("two", changed | more)):
        root = write(tmp_path / name, files)
        shutil.copy(STARTER / "mkdocs.yml", root)
        _release(root, "--on", "2026-11-01")
        records.append(snapshot(root / "content/packs/releases"))
    assert records[0] == records[1]
    assert not [path for path, content in records[1].items() if content and b"PLANTED" in content]
    assert not [path for path, content in records[1].items() if content and b"Legal" in content]


def test_a_release_is_a_library_without_the_rest(released: Path) -> None:
    library = gather(Folder(released), TODAY)[0]
    release = library.releases.last(NAME)
    assert release is not None
    thawed = pack_of(thaw(release, TODAY), NAME)
    assert thawed is not None
    now = packs(library)[0]
    assert [one.title for one in thawed.contents.chapters] == [one.title for one in now.contents.chapters]
    assert [one.id for one in thawed.contents.documents] == [one.id for one in now.contents.documents]
    assert is_as_released(now, release)
    assert is_as_released(thawed, release)


def test_a_delta_has_its_parts_and_its_questions(released: Path) -> None:
    edit(released, TREE, "    macro: account-restored\n", "")
    library = gather(Folder(released), TODAY)[0]
    release = library.releases.last(NAME)
    assert release is not None
    old, new = pack_of(thaw(release, TODAY), NAME), packs(library)[0]
    assert old is not None
    delta = compare_packs(old, new)
    assert dict(delta.parts) == {"account-takeover": frozenset({"lock"})}
    bank = Bank(new.view, [new.view.by_id["account-takeover"]]).questions
    picked = {one.group for one in select_questions(delta, bank)}
    assert picked == {"account-takeover.lost-access"} < {one.group for one in bank}


# Telling it.


class _Page(HTMLParser):
    """The names of the elements of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.names.append(tag)


def test_a_change_is_told_before_after_why_and_from_when(released: Path) -> None:
    edit(
        released,
        SOP,
        "text: Send [[account-restored|the reply]].",
        "text: Send [[account-restored|the reply]] within 2 hours.",
    )
    edit(released, SOP, 'version: "2.1"', 'version: "2.2"')
    edit(
        released,
        SOP,
        "history:",
        'history:\n  - {version: "2.2", on: 2026-11-20, note: "<b>Two hours</b> at most.", parts: [answer]}',
    )
    text = output_of(released, "pack", "diff", NAME)
    assert text == (
        "Account security for Acme: what changed from 1.0 to now\n\n"
        "Do differently\n"
        "  Restore a taken-over account › Answer the member: the text says something different\n"
        "    before: Send the reply.\n"
        "    now: Send the reply within 2 hours.\n"
        "    why: <b>Two hours</b> at most.\n"
        "    from 20 Nov 2026 on\n\n"
        "major: a decision or an answer changed, so everybody trains again, in a course of its own (2.0 or later)\n"
    )
    told = json.loads(output_of(released, "pack", "diff", NAME, "1.0", "--format", "json"))
    assert told["changes"] == [
        {
            "duty": "act", "level": "major", "document": "restore-account", "type": "sop",
            "title": "Restore a taken-over account", "part": "answer", "what": "the text says something different",
            "before": "Send the reply.", "after": "Send the reply within 2 hours.",
            "why": ["<b>Two hours</b> at most."], "since": "2026-11-20",
        }
    ]  # fmt: skip
    page = output_of(released, "pack", "diff", NAME, "--format", "html")
    read = _Page()
    read.feed(page)
    assert "&lt;b&gt;Two hours&lt;/b&gt; at most." in page
    assert not {"script", "b", "img", "link", "iframe"} & set(read.names)
    assert "http" not in page
    markdown = output_of(released, "pack", "diff", NAME, "--format", "markdown")
    assert "## Do differently" in markdown
    assert "<b>" not in markdown


def test_the_pack_has_the_page_of_what_changed(released: Path) -> None:
    edit(released, TREE, "    macro: account-restored\n", "")
    case = "  - {id: asks, scenario: A stranger asks., answers: [otherwise], outcome: leave, why: It is nobody's.}\n"
    put(released, {TREE: (released / TREE).read_text(encoding="utf-8") + case})
    _raise(released, "1.0", "2.0")
    output_of(released, "pack", "build", NAME, "--format", "whats_changed", "--to", str(released / "dist"))
    page = (released / f"dist/{NAME}-2.0/whats-changed.html").read_text(encoding="utf-8")
    assert "what changed from 1.0 to 2.0" in page
    assert "Decide differently" in page
    assert "A stranger asks." not in page, "it tells what the check asks"
    assert json.loads((released / f"dist/{NAME}-2.0/pack.json").read_bytes())["supersedes"] == "1.0"


def test_an_announced_policy_is_forecast_for_the_release(released: Path, play: Play) -> None:
    coming = 'history:\n  - {version: "4.0", effective: 2027-03-01, changes: [{section: ownership, kind: tightened}]}'
    edit(released, POLICY, "history:", coming)
    told = output_of(released, "forecast", "--until", "2027-04-01")
    assert re.search(r"2027-03-01.*\n.*outdated-release +support: acme-accounts", told), told
    assert "outdated-release" not in play(released, "check").output
    listed = json.loads(output_of(released, "pack", "list", "--format", "json"))
    assert [one["day"] for one in listed[0]["coming"]] == ["2027-03-01"]


def test_the_list_says_who_has_what_and_what_is_due(lay: Lay, play: Play) -> None:
    root = lay({})
    shutil.copy(STARTER / "mkdocs.yml", root)
    assert "Acme Support has no release\n  due: never released" in output_of(root, "pack", "list")
    _release(root, "--on", "2026-11-01")
    told = output_of(root, "pack", "list")
    assert "Acme Support has 1.0 since 2026-11-01; whoever was trained then recertifies by 2027-04-30" in told
    assert "1 pack, 0 with something due." in told
    edit(root, SOP, "Send [[account", "Never send [[account")
    assert "due: the pack no longer says what release 1.0 of 2026-11-01 says: `restore-account`" in output_of(
        root, "pack", "list"
    )
    put(root, {PACK: None})
    assert "the pack is gone" in output_of(root, "pack", "list")


# What goes wrong.


def _spoil_text(root: Path) -> None:
    place = next((root / "content/packs/releases/texts/sops/restore-account").iterdir())
    place.write_text(place.read_text(encoding="utf-8").replace("Send", "Sent"), encoding="utf-8")


def _point_outside(root: Path) -> None:
    edit(root, RECORD, "  mkdocs.yml:", "  ../../mkdocs.yml:")


HARMS = {
    "a text that was edited": (_spoil_text, "was edited"),
    "a text that is gone": (lambda root: shutil.rmtree(root / "content/packs/releases/texts/macros"), "lacks its text"),
    "a record that was edited": (
        lambda root: edit(root, RECORD, "vendor: acme", "vendor: acmo"),
        "its record was edited",
    ),
    "a path that leads out": (_point_outside, "never released"),
    "a record that is no YAML": (lambda root: put(root, {RECORD: "pack: [\n"}), "never released"),
}


@pytest.mark.parametrize("what", HARMS)
def test_what_is_not_as_it_was_released_is_used_for_nothing(what: str, released: Path, play: Play) -> None:
    harm, told = HARMS[what]
    harm(released)
    assert "error[edited-release]" in play(released, "check").output
    for words in (["build", NAME, "--release", "1.0"], ["diff", NAME, "1.0"]):
        result = play(released, "pack", *words)
        assert result.exit_code in (1, 2), result.output
        assert told in result.output
        assert "Traceback" not in result.output
    assert not (released / "dist").exists()


def test_line_ends_that_git_wrote_make_no_other_release(released: Path) -> None:
    for path in (released / "content/packs/releases").rglob("*.*"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert check(released).findings == []


def test_pictures_and_files_are_released_too(lay: Lay, play: Play) -> None:
    shown = "See ![a square](files/square.png) and [the list](files/list.txt)."
    files = {
        "content/pages/files/square.png": picture(),
        "content/pages/files/list.txt": b"one\r\ntwo\r\n",
        "content/pages/welcome.md": FILES["content/pages/welcome.md"] + f"\n{shown}\n",
    }
    documents = "documents: [account-takeover, restore-account, welcome]"
    root = lay(files | swapped(PACK, "documents: [account-takeover, restore-account]", documents))
    shutil.copy(STARTER / "mkdocs.yml", root)
    _release(root, "--on", "2026-11-01")
    output_of(root, "pack", "build", NAME, "--format", "site", "--to", str(root / "now"))
    put(root, dict.fromkeys(files))
    output_of(root, "pack", "build", NAME, "--format", "site", "--release", "1.0", "--to", str(root / "then"))
    now, then = (_unpacked(root / place / f"{NAME}-1.0") for place in ("now", "then"))
    assert now == then
    assert {name.rpartition("/")[2] for name in now} >= {"square.png", "list.txt"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["release", "acme-acounts"], "no pack is called acme-acounts; did you mean `acme-accounts`?"),
        (["build", NAME, "--release", "9.9"], "acme-accounts has no release 9.9; use one of 1.0"),
        (["diff", NAME, "0.1"], "acme-accounts has no release 0.1; use one of 1.0"),
        (["diff", "nothing"], "no pack is called nothing"),
        (["release", NAME, "--at", "nowhere"], "nowhere"),
        (["attest", "gone.csv"], "does not exist"),
    ],
)
def test_a_wrong_call_is_told_in_a_line(words: list[str], told: str, released: Path, play: Play) -> None:
    result = play(released, "pack", *words)
    assert result.exit_code in (1, 2)
    assert told in result.output
    assert "Traceback" not in result.output


def test_a_pack_that_selects_nothing_is_not_released(lay: Lay, play: Play) -> None:
    root = lay(
        {
            PACK: FILES[PACK].replace(
                "documents: [account-takeover, restore-account]", "select: {type: page, queue: accounts}"
            )
        }
    )
    shutil.copy(STARTER / "mkdocs.yml", root)
    told = play(root, "pack", "release", NAME)
    assert told.exit_code == 1
    assert "has no documents for vendor readers: add some" in told.output


def test_a_release_does_not_go_back(released: Path, play: Play) -> None:
    edit(released, SOP, "Send [[account", "Never send [[account")
    _raise(released, "1.0", "2.0")
    told = play(released, "pack", "release", NAME, "--on", "2026-10-01")
    assert "2026-10-01 is before 1.0 was released, 2026-11-01" in told.output
    edit(released, PACK, 'version: "2.0"', 'version: "0.9"')
    assert "0.9 is older than the release 1.0" in play(released, "pack", "release", NAME).output


def test_errors_of_the_knowledge_base_stop_a_release(released: Path, play: Play) -> None:
    edit(released, SOP, "Send [[account-restored", "Send [[acount-restored")
    _raise(released, "1.0", "2.0")
    told = play(released, "pack", "release", NAME)
    assert told.exit_code == 1
    assert "nothing was released: fix the errors first" in told.output


def test_what_was_delivered_before_is_released_from_git(lay: Lay, play: Play) -> None:
    root = lay({})
    shutil.copy(STARTER / "mkdocs.yml", root)
    old = commit(root, "As it was")
    edit(root, TREE, "    macro: account-restored\n", "")
    _raise(root, "1.0", "2.0")
    _release(root, "--at", old, "--on", "2026-11-01")
    _release(root, "--on", "2026-11-20")
    told = output_of(root, "pack", "diff", NAME, "1.0", "2.0")
    assert "what changed from 1.0 to 2.0" in told
    assert play(root, "check").exit_code == 0


def test_releases_are_on_no_page(released: Path) -> None:
    output_of(released, "build")
    names = [path for path in snapshot(released / "site") if "releases" in path]
    assert names == []
    library = gather(Folder(released), TODAY)[0]
    assert not [path for path in library.files if "releases" in path]


# The starter library.


def test_the_packs_of_the_starter_library_have_two_releases_each() -> None:
    library = gather(Folder(STARTER), TODAY)[0]
    assert library.releases.harms == ()
    for packed in packs(library):
        old, new = library.releases.of(packed.document.id)
        then, now = (pack_of(thaw(one, TODAY), packed.document.id) for one in (old, new))
        assert then is not None
        assert now is not None
        delta = compare_packs(then, now)
        assert delta.level == "major"
        assert {"act", "learn", "read"} <= delta.by_duty.keys()
        assert not is_as_released(packed, old)
        assert new.record.supersedes == old.version
        assert new.version == packed.pack.version


def test_a_page_of_changes_is_not_made_of_a_release_that_was_edited(released: Path, play: Play) -> None:
    edit(released, TREE, "    macro: account-restored\n", "")
    _raise(released, "1.0", "2.0")
    _release(released)
    edit(released, RECORD, "vendor: acme", "vendor: acmo")
    told = play(released, "pack", "build", NAME, "--release", "2.0", "--format", "whats_changed")
    assert told.exit_code == 1
    assert "release 1.0 of `acme-accounts` has two contents" in told.output
    assert not (released / "dist").exists()
