"""`playbook init`, as somebody meets it who has nothing, something, or something else."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from conftest import Once, Play, output_of
from knowledge import AS_OF, VOCABULARY, edit, put, snapshot, stamps, write
from repository import git
from test_schema import Core

from generator import DISTRIBUTION, VERSION
from generator.documents import kinds
from generator.files.writer import changes

NAMED = ("--organisation", "Blue Pier", "--as-of", AS_OF)
ANSWERS = (
    *NAMED, "--team", "Trust & Safety", "--team", "Policy", "--locale", "en", "--locale", "es", "--locale", "sw",
    "--vendor", "Kite Support", "--repository", "git@github.com:bluepier/playbook.git",
)  # fmt: skip


@pytest.fixture(scope="session")
def founded(once: Once) -> Path:
    """A knowledge base with all answers given, and its site; only to be read."""

    def fill(place: Path) -> None:
        output_of(None, "init", str(place), *ANSWERS)
        output_of(place, "build")

    return once("founded", fill)


# what one gets


def test_it_checks_clean_and_has_an_example_of_each_type(founded: Path, play: Play) -> None:
    assert play(founded, "check").output.startswith("7 documents, nothing to fix")
    for kind in kinds().values():
        files = list((founded / kind.folder).glob(f"*{kind.suffix}"))
        assert files, f"there is no {kind.noun}"
        if kind.suffix == ".yaml":
            assert all(file.read_text(encoding="utf-8").count("#") > 2 for file in files), "an example teaches"


def test_the_site_has_their_name_and_no_other(founded: Path) -> None:
    assert "Blue Pier playbook</title>" in (founded / "site/index.html").read_text(encoding="utf-8")
    page = (founded / "site/sops/spam-report/index.html").read_text(encoding="utf-8")
    assert "https://github.com/bluepier/playbook/edit/main/sops/spam-report.yaml" in page
    for path in founded.rglob("*"):
        if path.is_file():
            assert not re.search(rb"lumen.?harbor", path.read_bytes(), re.IGNORECASE), path


def test_pages_read_well(founded: Path) -> None:
    """What somebody stumbled over who saw the examples for the first time."""

    def shown(page: str) -> str:
        text = (founded / f"site/{page}/index.html").read_text(encoding="utf-8").partition("<article")[2]
        return " ".join(re.sub(r"<[^>]*>", " ", text).split())

    procedure = shown("sops/spam-report")
    assert "Walk through Is it spam? " in procedure, "two marks at the end of a sentence"
    assert "Reports of members Queue, in its order" in procedure
    assert "Nothing links to this SOP" not in procedure
    assert "When The decision is to warn the sender" in shown("macros/spam-warning")
    lately = shown("").partition("What changed lately")[2].partition("All changes")[0]
    titles = re.findall(r"2026 (.*?) v1\.0", lately)
    assert titles == sorted(titles, key=str.casefold), "the titles of a day in their order"


def test_words_are_theirs(founded: Path) -> None:
    words = yaml.safe_load((founded / "content/vocabulary.yaml").read_text(encoding="utf-8"))
    assert words["organisation"] == "Blue Pier"
    assert {name: term["name"] for name, term in words["teams"].items()} == {
        "trust-safety": "Trust & Safety",
        "policy": "Policy",
    }
    assert list(words["audiences"]) == ["public", "vendor", "internal"]
    assert {code: term["name"] for code, term in words["locales"].items()} == {
        "en": "English",
        "es": "Español",
        "sw": "Kiswahili",
    }
    letter = yaml.safe_load((founded / "macros/spam-warning.yaml").read_text(encoding="utf-8"))
    assert (letter["locale"], list(letter["translations"])) == ("en", ["es"])


def test_examples_in_use_are_clean_too_and_make_a_pack(tmp_path: Path, play: Play) -> None:
    root = tmp_path / "kb"
    play(None, "init", str(root), *ANSWERS)
    for path in root.rglob("*.yaml"):
        put(
            root,
            {str(path.relative_to(root)): path.read_text(encoding="utf-8").replace("status: draft", "status: active")},
        )
    assert play(root, "check").output.startswith("7 documents, nothing to fix")
    assert "5 documents for vendor readers" in play(root, "pack", "build", "kite-support-first-line").output


def test_readers_outside_get_no_draft_and_no_page_for_authors(founded: Path, play: Play, tmp_path: Path) -> None:
    """The examples are drafts: neither a vendor's site nor a pack may show them as if they were in force."""
    for audience, is_staff in (("vendor", False), ("internal", True)):
        site = tmp_path / audience
        assert play(founded, "build", "--audience", audience, "--to", str(site)).exit_code == 0
        assert (site / "sops/spam-report/index.html").exists() is is_staff
        assert (site / "checks/index.html").exists() is (site / "health/index.html").exists() is is_staff
        assert ("spam-report" in (site / "ids/index.html").read_text(encoding="utf-8")) is is_staff
    refused = play(founded, "pack", "build", "kite-support-first-line", "--to", str(tmp_path / "dist"))
    assert refused.exit_code == 1
    assert "no document of kite-support-first-line is in force; these are drafts: " in refused.stderr
    assert "spam-report" in refused.stderr
    assert not (tmp_path / "dist").exists()


def test_a_pack_leaves_drafts_out_and_names_them(tmp_path: Path, play: Play) -> None:
    root = tmp_path / "kb"
    play(None, "init", str(root), *ANSWERS)
    for path in ("sops/spam-report.yaml", "content/policies/spam.yaml"):
        edit(root, path, "status: draft", "status: active")
    told = play(root, "check")
    assert "warning[draft-target]: `spam-warning` is a draft: not in force (in 2 places)" in told.stdout
    built = play(root, "pack", "build", "kite-support-first-line")
    assert built.exit_code == 0
    assert "Warning: left out, as they are drafts: " in built.stderr
    assert "is-it-spam" in built.stderr
    for audience in ("vendor", "internal"):
        assert ("spam-warning" in play(root, "search", "spam", "--audience", audience).stdout) is (
            audience == "internal"
        )


def test_what_the_vocabulary_offers_as_a_comment_works_once_it_is_none(tmp_path: Path, play: Play) -> None:
    root = tmp_path / "kb"
    play(None, "init", str(root), *NAMED)
    place = root / "content/vocabulary.yaml"
    text = place.read_text(encoding="utf-8")
    offered = re.sub(r"^( *)# (?=(?:  )*(?:- |[a-z_]+:))", r"\1", text, flags=re.MULTILINE)
    assert offered.count("\n#") < text.count("\n#") - 8
    put(root, {"content/vocabulary.yaml": offered})
    words = yaml.safe_load(offered)
    assert {"vendors", "hosts", "banned", "calendar", "report", "jurisdictions", "synonyms"} <= words.keys()
    assert play(root, "check").output.startswith("6 documents, nothing to fix")


def test_the_editor_knows_the_schema_of_each_example(founded: Path) -> None:
    settings = json.loads((founded / ".vscode/settings.json").read_text(encoding="utf-8"))
    checked = []
    for schema, places in settings["yaml.schemas"].items():
        validator = jsonschema.Draft202012Validator(json.loads((founded / schema).read_text(encoding="utf-8")))
        for place in founded.glob(places):
            document = yaml.load(place.read_text(encoding="utf-8"), Core)
            assert [one.message for one in validator.iter_errors(document)] == [], place
            checked.append(place.name)
    assert len(checked) == 7


def test_the_workflow_may_do_little_and_names_what_it_runs(founded: Path) -> None:
    text = (founded / ".github/workflows/check.yml").read_text(encoding="utf-8")
    flow: Any = yaml.load(text, yaml.BaseLoader)
    assert flow["permissions"] == {}
    named = (founded / "requirements.txt").read_text(encoding="utf-8")
    assert named.endswith(f"\n{DISTRIBUTION}[drawing]=={VERSION}\n")
    assert "./wheels/NAME.whl[drawing]" in named


def test_a_wheel_that_lies_there_is_what_everybody_installs(tmp_path: Path, play: Play) -> None:
    name = DISTRIBUTION.replace("-", "_")
    for version in ("0.0.1", VERSION):
        put(tmp_path, {f"kb/wheels/{name}-{version}-py3-none-any.whl": b"PK"})
    assert play(None, "init", str(tmp_path / "kb"), *NAMED).exit_code == 0
    named = (tmp_path / "kb/requirements.txt").read_text(encoding="utf-8")
    assert named.endswith(f"\n./wheels/{name}-{VERSION}-py3-none-any.whl[drawing]\n")


def test_codeowners_follows_who_owns_what(tmp_path: Path, play: Play) -> None:
    """`move` keeps it true; what was edited by hand, or is out of date, `check` names with the way out."""
    root, file = tmp_path / "kb", tmp_path / "kb/CODEOWNERS"
    play(None, "init", str(root), *ANSWERS)
    moved = play(root, "move", "spam-report", "--team", "policy")
    assert "CODEOWNERS has the new owners" in moved.stderr
    assert "escalates to policy, which owns it now" in moved.stderr
    assert file.read_text(encoding="utf-8").endswith("/sops/             @bluepier/policy\n")
    assert "CODEOWNERS" not in play(root, "check").stderr
    edit(root, "sops/spam-report.yaml", "owner: policy", "owner: trust-safety")
    told = "CODEOWNERS asks another team than the `owner` of 1 document, such as sops/spam-report.yaml"
    shown = play(root, "check")
    assert (shown.exit_code, told in shown.stderr) == (0, True)
    assert "written from the owners" in play(None, "init", str(root), "--codeowners").stdout
    assert play(root, "check").stderr == ""
    before = file.read_text(encoding="utf-8")
    file.write_text(f"{before}/macros/ @bluepier/letters-guild\n", encoding="utf-8")
    assert play(root, "move", "spam-warning", "--team", "policy").exit_code == 0
    assert file.read_text(encoding="utf-8").endswith("letters-guild\n"), "what people wrote stays"


def test_owners_are_the_teams_of_the_documents(founded: Path) -> None:
    lines = (founded / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    assert [line.split() for line in lines if not line.startswith("#")] == [
        ["*", "@bluepier/trust-safety"],
        ["/content/policies/", "@bluepier/policy"],
    ]


def test_without_a_repository_owners_are_comments(tmp_path: Path, play: Play) -> None:
    play(None, "init", str(tmp_path), *NAMED)
    lines = (tmp_path / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    assert all(line.startswith("#") for line in lines)
    assert "# * @your-organisation/trust-and-safety" in lines


def test_the_same_answers_give_the_same_bytes(founded: Path, tmp_path: Path, play: Play) -> None:
    play(None, "init", str(tmp_path / "kb"), *ANSWERS)
    made = snapshot(tmp_path / "kb")
    assert made == {path: data for path, data in snapshot(founded).items() if not f"{path}/".startswith("site/")}


# again, and beside what is there


def test_again_adds_what_is_missing_and_touches_nothing_else(tmp_path: Path, play: Play) -> None:
    root = tmp_path / "kb"
    play(None, "init", str(root), *ANSWERS)
    put(root, {"mkdocs.yml": "site_name: Mine\n", "CODEOWNERS": None, ".vscode/schemas/sop.json": None})
    put(root, {"macros/spam-warning.yaml": None, ".gitignore": "site/\n"})
    before = stamps(root)
    again = play(None, "init", str(root), *ANSWERS)
    assert again.exit_code == 0
    assert "2 files written" in again.output
    assert "Add to .gitignore: /dist/  /.playbook/  .playbook-*" in again.output
    after = stamps(root)
    assert sorted(after.keys() - before.keys()) == [".vscode/schemas/sop.json", "CODEOWNERS"]
    same = {path for path in before if (root / path).is_file()}
    assert {path: after[path] for path in same} == {path: before[path] for path in same}
    third = play(None, "init", str(root))
    assert (third.exit_code, third.output.splitlines()[0]) == (0, f"nothing is missing in {root}")


def test_answers_of_the_second_time_do_not_change_the_first(tmp_path: Path, play: Play) -> None:
    play(None, "init", str(tmp_path), *ANSWERS)
    before = stamps(tmp_path)
    same = play(None, "init", str(tmp_path), "--organisation", "Blue Pier", "--team", "Policy", "--locale", "es")
    assert "stays as it is" not in same.output
    other = play(None, "init", str(tmp_path), "--organisation", "Red Pier", "--team", "Policy", "--locale", "de")
    assert other.exit_code == 0
    assert re.findall(r"stays as it is: write there what (\S+) says", other.output) == ["--organisation", "--locale"]
    assert stamps(tmp_path) == before


def test_a_library_of_their_own_gets_its_settings_and_no_examples(tmp_path: Path, play: Play) -> None:
    base = write(tmp_path / "kb")
    before = snapshot(base)
    done = play(None, "init", str(base), "--repository", "https://gitlab.example/ops/safety/playbook", "--as-of", AS_OF)
    assert done.exit_code == 0, done.output
    after = snapshot(base)
    assert {path: after[path] for path in before} == before
    new = {path for path in after.keys() - before.keys() if (base / path).is_file()}
    assert "content/pages/for-authors.md" in new
    assert not [path for path in new if path.startswith(("sops", "macros", "decision_trees", "content/policies"))]
    lines = [line.split() for line in (base / "CODEOWNERS").read_text(encoding="utf-8").splitlines()]
    assert ["*", "@ops/safety/support"] in lines
    assert ["/content/policies/", "@ops/safety/policy"] in lines
    assert play(base, "check").output.startswith("7 documents, nothing to fix")
    assert play(base, "build").exit_code == 0
    assert "Example Platform playbook" in (base / "site/index.html").read_text(encoding="utf-8")


def test_the_documents_of_one_folder_may_have_several_owners(tmp_path: Path, play: Play) -> None:
    base = write(tmp_path / "kb")
    for number, owner in enumerate(("policy", "policy", "legal")):
        play(base, "new", "sop", f"more-{number}")
        edit(base, f"sops/more-{number}.yaml", "owner: support", f"owner: {owner}")
    play(None, "init", str(base), "--repository", "https://github.com/a/b")
    lines = [line.split() for line in (base / "CODEOWNERS").read_text(encoding="utf-8").splitlines()]
    assert lines[-3:] == [
        ["/sops/", "@a/policy"],
        ["/sops/more-2.yaml", "@a/legal"],
        ["/sops/restore-account.yaml", "@a/support"],
    ]


def test_a_repository_that_is_there_keeps_what_it_has(tmp_path: Path, play: Play) -> None:
    put(tmp_path, {"README.md": "Mine.\n", "LICENSE": "Mine.\n", ".github/CODEOWNERS": "* @me\n", "notes/a.txt": "a"})
    git(tmp_path, "init", "--quiet")
    before = snapshot(tmp_path)
    done = play(None, "init", str(tmp_path), *NAMED)
    assert done.exit_code == 0, done.output
    after = snapshot(tmp_path)
    assert {path: after[path] for path in before} == before
    assert not (tmp_path / "CODEOWNERS").exists(), "there is one where the host looks for it first"
    assert "left as they were: README.md, CODEOWNERS" in done.output
    assert play(tmp_path, "check").exit_code == 0


def test_below_the_top_of_a_repository_nothing_is_written_that_nobody_reads_there(tmp_path: Path, play: Play) -> None:
    git(tmp_path, "init", "--quiet")
    done = play(None, "init", str(tmp_path / "ops/playbook"), *NAMED)
    assert done.exit_code == 0, done.output
    made = tmp_path / "ops/playbook"
    assert not [name for name in ("CODEOWNERS", ".github", ".pre-commit-config.yaml") if (made / name).exists()]
    assert f"the top of the repository, {tmp_path}: .pre-commit-config.yaml, .github/workflows/check.yml" in done.output
    assert (made / ".vscode/settings.json").is_file()


def test_a_folder_with_spaces_is_quoted_in_what_comes_next(tmp_path: Path, play: Play) -> None:
    done = play(None, "init", str(tmp_path / "our team's book"), *NAMED)
    command = next(line for line in done.output.splitlines() if line.startswith("Next: "))
    folder = subprocess.check_output(["sh", "-c", command.removeprefix("Next: ").split("&&")[0] + "&& pwd"], text=True)
    assert folder == f"{tmp_path / chr(111)}ur team's book\n"


def test_what_a_killed_one_left_is_completed(tmp_path: Path, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(changes, "complete", die)
        assert play(None, "init", str(tmp_path / "kb"), *NAMED).exit_code == 1
    assert not (tmp_path / "kb/mkdocs.yml").exists()
    again = play(None, "init", str(tmp_path / "kb"), *NAMED)
    assert again.exit_code == 0, again.output
    assert "a change that was interrupted is complete now" in again.output
    assert play(tmp_path / "kb", "check").output.startswith("6 documents, nothing to fix")


# what cannot be

BAD = {
    "no organisation, and nobody to ask": ((), "whose knowledge base is it? Say so with --organisation NAME"),
    "an organisation without a name": (("--organisation", " "), "the organisation has no name: write one"),
    "an organisation that nobody sees": (("--organisation", "\u200b"), "the organisation has no name"),
    "a very long name": (("--organisation", "x" * 81), "has a name of 81 characters: use 80 at most"),
    "a team of emoji": ((*NAMED, "--team", "🔥"), "no word can be made from the name of the team `🔥`: write a"),
    "a team in other letters": ((*NAMED, "--team", "安全"), "such as `first=安全`"),
    "two teams of one word": ((*NAMED, "--team", "A B", "--team", "a/b"), "`A B` and `a/b` both get the word `a-b`"),
    "a team with a reserved word": ((*NAMED, "--team", "Con"), "`con` is reserved"),
    "no language": ((*NAMED, "--locale", "klingonese"), "`klingonese` is not the code of a language: "),
    "a language by its name": ((*NAMED, "--locale", "Deutsch"), "did you mean `de` (German)?"),
    "a place that does not speak it": ((*NAMED, "--locale", "en-XX"), "`en-XX` is not the code of a language"),
    "no word for their own staff": ((*NAMED, "--audience", "public"), "the audiences public lack `internal`"),
    "the public after others": (
        (*NAMED, "--audience", "partner", "--audience", "public", "--audience", "internal"),
        "comes after `partner`, so everybody may read what is for partner: move it to the top",
    ),
    "a vendor whom nothing is for": (
        (*NAMED, "--audience", "internal", "--vendor", "Kite"),
        "vendors are no staff of yours: add an audience for them before `internal`",
    ),
    "no repository": ((*NAMED, "--repository", "ours"), "`ours` is no address of a repository: write one such as"),
    "a password in an address": ((*NAMED, "--repository", "https://a:b@c.example/d/e"), "is no address of"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_an_answer_that_cannot_be_is_told_in_a_line(what: str, tmp_path: Path, play: Play) -> None:
    words, message = BAD[what]
    done = play(None, "init", str(tmp_path / "kb"), *words)
    assert done.exit_code == 2
    assert message in done.output
    assert done.output.partition("Error: ")[2].count("\n") == 1
    assert snapshot(tmp_path) == {}


ODD = {
    "a slash": ("--team", "Trust/Safety"),
    "a word of its own": ("--team", "fire=🔥"),
    "what YAML takes for something else": ("--team", "no", "--team", "007=1e3", "--audience", "1e3", "--audience",
                                           "internal", "--vendor", "null=~"),
    "signs of Markdown and templates": ("--team", "{{ name }} [[x]] `*_<b>", "--team", "b=<<x>> <%x%> ${{ x }} | # : '",
                                        "--vendor", "\"quoted\": [a, {b}]"),
    "an audience of their own": ("--audience", "everyone", "--audience", "Partner Agents", "--audience", "internal",
                                 "--audience", "locked", "--vendor", "Kite"),
    "bytes that are no text": ("--team", "caf\udce9", "--vendor", "\udcff1"),
    "only staff": ("--audience", "internal"),
    "no English": ("--locale", "ja", "--locale", "zh_tw", "--locale", "PT-br"),
    "a long vendor": ("--vendor", "long name " * 7),
}  # fmt: skip


@pytest.mark.parametrize("what", ODD)
def test_odd_answers_make_a_clean_library(what: str, tmp_path: Path, play: Play) -> None:
    odd = ("--organisation", 'Ä "b": #1 [[x]] {{ y }} <b>', "--as-of", AS_OF, *ODD[what])
    done = play(None, "init", str(tmp_path), *odd)
    assert done.exit_code == 0, done.output
    told = play(tmp_path, "check")
    assert "nothing to fix" in told.output, told.output
    assert yaml.safe_load((tmp_path / "mkdocs.yml").read_text(encoding="utf-8"))["site_name"].startswith("Ä")


IN_THE_WAY = {
    "a site of another program": {"mkdocs.yml": "site_name: Other\n", "docs/index.md": "# Other\n"},
    "content of another program": {"content/posts/one.md": "# One\n"},
    "procedures without words": {"sops/one.yaml": "id: one\n"},
    "a file in the place of a folder": {"macros": "x"},
    "a file where a folder is needed": {".vscode": "x"},
    "a folder where a file is needed": {"README.md/mine.txt": "x"},
    "a file where the workflow goes": {".github/workflows": "x"},
    "a folder that will be taken for one of ours": {"SOPs/one.yaml": "id: one\n"},
}


@pytest.mark.parametrize("what", IN_THE_WAY)
def test_something_else_in_the_folder_stays_as_it_is(what: str, tmp_path: Path, play: Play) -> None:
    put(tmp_path, IN_THE_WAY[what])
    before = stamps(tmp_path)
    done = play(None, "init", str(tmp_path), *NAMED)
    assert done.exit_code in (1, 2)
    assert done.output.partition("Error: ")[2].count("\n") == 1, done.output
    assert next(iter(IN_THE_WAY[what])).split("/")[0] in done.output
    assert stamps(tmp_path) == before


def test_empty_folders_are_in_nobodys_way(tmp_path: Path, play: Play) -> None:
    for name in ("sops", "content"):
        (tmp_path / name).mkdir()
    assert play(None, "init", str(tmp_path), *NAMED).exit_code == 0


def test_places_where_nothing_can_be(base: Path, tmp_path: Path, play: Play) -> None:
    put(tmp_path, {"file": "x"})
    (tmp_path / "dangling").symlink_to("nowhere")
    (tmp_path / "round").symlink_to("round")
    before = stamps(tmp_path)
    for place, message in {
        "file": "is a file",
        "file/below": f"{tmp_path / 'file'} is not a folder: name another one",
        "dangling": "is a link that leads nowhere",
        "round": "is a link that leads nowhere",
        "base/sops/mine": f"is inside the knowledge base {base}: name a folder outside it",
        "x" * 300: "name too long",
        "x/" * 1500: f"{tmp_path} would get 1500 folders in each other: nothing was written",
    }.items():
        done = play(None, "init", str(tmp_path / place), *NAMED)
        assert (done.exit_code in (1, 2), message in done.output) == (True, True), done.output
    assert stamps(tmp_path) == before


def test_a_folder_that_is_not_writable(tmp_path: Path, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # whoever tests as root may write everywhere
    done = play(None, "init", str(tmp_path / "kb"), *NAMED)
    assert (done.exit_code, f"{tmp_path} is not writable" in done.output) == (1, True)


def test_a_vocabulary_with_errors_is_fixed_first(tmp_path: Path, play: Play) -> None:
    base = write(tmp_path, {"content/vocabulary.yaml": VOCABULARY.replace("internal:", "intern:")})
    before = stamps(base)
    done = play(None, "init", str(base))
    assert (done.exit_code, "content/vocabulary.yaml has errors: fix them first" in done.output) == (2, True)
    assert stamps(base) == before


# at a terminal


def ask(place: Path, typed: str) -> tuple[int, str]:
    """What `init` says to somebody who types lines on a terminal."""
    ours, theirs = pty.openpty()
    call = [sys.executable, "-m", "generator", "init", str(place), "--as-of", AS_OF]
    around = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    running = subprocess.Popen(call, cwd=place.parent, stdin=theirs, stdout=theirs, stderr=theirs, env=around)
    os.close(theirs)
    os.write(ours, typed.encode())
    said = b""
    try:
        while piece := os.read(ours, 4096):
            said += piece
    except OSError:  # the other end is closed
        pass
    return running.wait(timeout=30), said.decode()


def test_on_a_terminal_it_asks_until_an_answer_fits(tmp_path: Path, play: Play) -> None:
    typed = [
        "",
        "Blue Pier",
        "🔥",
        "Trust/Safety, fire=🔥",
        "public, vendor",
        "",
        "English",
        "en, pt_br",
        "Kite",
        "x",
        "",
    ]
    code, said = ask(tmp_path / "kb", "".join(f"{line}\n" for line in typed))
    assert code == 0, said
    assert "Teams that own documents [Trust and Safety]:" in said
    assert len(re.findall(r"Error: .*", said)) == 4, said
    words = yaml.safe_load((tmp_path / "kb/content/vocabulary.yaml").read_text(encoding="utf-8"))
    assert list(words["teams"]) == ["trust-safety", "fire"]
    assert (list(words["locales"]), list(words["vendors"])) == (["en", "pt-BR"], ["kite"])
    assert play(tmp_path / "kb", "check").exit_code == 0


def test_who_goes_away_leaves_nothing(tmp_path: Path) -> None:
    code, _ = ask(tmp_path / "kb", "Blue Pier\n\x04")
    assert code == 1
    assert snapshot(tmp_path) == {}


# schemas


def test_schemas_are_written_anew(tmp_path: Path, play: Play) -> None:
    put(tmp_path, {"schemas/sop.json": "{}", "schemas/mine.json": "{}"})
    done = play(None, "schema", "--to", str(tmp_path / "schemas"))
    assert done.exit_code == 0
    assert (tmp_path / "schemas/mine.json").read_text(encoding="utf-8") == "{}"
    shown = json.loads(play(None, "schema", "sop").output)
    assert json.loads((tmp_path / "schemas/sop.json").read_text(encoding="utf-8")) == shown
    assert play(None, "schema", "--to", str(tmp_path / "schemas")).output.startswith("0 files written")
