"""The command line as its users meet it: what is printed, exit codes, and what is written."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from conftest import Lay, Play
from knowledge import AS_OF, FILES, SOP, snapshot, swapped, write

from generator.checks import checks
from generator.commands import command, command_names
from generator.documents import kinds

ROOT = Path(__file__).parents[1]
SOPS = "sops/restore-account.yaml"

REPORT = {
    "$defs": {
        "place": {
            "path": {"type": "string", "pattern": r"^[^/\\][^\\]*$"},
            "line": {"type": "integer", "minimum": 1},
            "column": {"type": "integer", "minimum": 1},
        },
        "fix": {
            "type": ["object", "null"],
            "additionalProperties": False,
            "required": ["safe", "edits"],
            "properties": {
                "safe": {"type": "boolean"},
                "edits": {
                    "type": "array",
                    "minItems": 1,
                    "items": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["path", "line", "column", "end_line", "end_column", "text"],
                        "properties": {
                            "path": {"$ref": "#/$defs/place/path"},
                            "line": {"$ref": "#/$defs/place/line"},
                            "column": {"$ref": "#/$defs/place/column"},
                            "end_line": {"$ref": "#/$defs/place/line"},
                            "end_column": {"$ref": "#/$defs/place/column"},
                            "text": {"type": "string"},
                        },
                    },
                },
            },
        },
    },
    "type": "object",
    "additionalProperties": False,
    "required": ["version", "findings", "documents", "known"],
    "properties": {
        "version": {"const": 1},
        "known": {"type": "integer", "minimum": 0},
        "documents": {"type": "integer", "minimum": 0},
        "findings": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": [
                    "path",
                    "line",
                    "column",
                    "end_line",
                    "end_column",
                    "code",
                    "severity",
                    "message",
                    "hint",
                    "related",
                ],
                "properties": {
                    "path": {"$ref": "#/$defs/place/path"},
                    "line": {"$ref": "#/$defs/place/line"},
                    "column": {"$ref": "#/$defs/place/column"},
                    "end_line": {"$ref": "#/$defs/place/line"},
                    "end_column": {"$ref": "#/$defs/place/column"},
                    "code": {"enum": list(checks())},
                    "severity": {"enum": ["error", "warning"]},
                    "message": {"type": "string", "minLength": 1},
                    "hint": {"type": "string", "minLength": 1},
                    "related": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["path", "line", "column", "message"],
                            "properties": {
                                "path": {"$ref": "#/$defs/place/path"},
                                "line": {"$ref": "#/$defs/place/line"},
                                "column": {"$ref": "#/$defs/place/column"},
                                "message": {"type": "string"},
                            },
                        },
                    },
                    "fix": {"$ref": "#/$defs/fix"},
                },
            },
        },
    },
}

MANY = {
    SOPS: SOP.replace("owner: support", "owner: suport")
    .replace("[[account-takeover]]", "[[acount-takeover]]")
    .replace("review_by: 2027-04-02", "review_by: 2026-11-22"),
    "macros/account-recovery.yaml": FILES["macros/account-restored.yaml"]
    .replace("id: account-restored", "id: lonely")
    .replace("Your account is yours again.", "Nobody has sent this for years."),
    "decision_trees/日本.yaml": "id: [",
}


def process(*words: str, folder: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    """The command line in a process of its own, as a pipeline would call it."""
    return subprocess.run(
        [sys.executable, "-m", "generator", *words], cwd=folder, capture_output=True, timeout=60, check=False
    )


# check


def test_text_for_people(lay: Lay, play: Play) -> None:
    result = play(lay(MANY), "check")
    assert result.output == (
        """\
error[invalid-yaml]: this opens `[` without closing it
  ┌─ decision_trees/日本.yaml:1:5
1 │ id: [
  │     ^ add `]`

error[misnamed-file]: the file is named `account-recovery.yaml`, not `lonely.yaml`
  ┌─ macros/account-recovery.yaml:1:5
1 │ id: lonely
  │     ^^^^^^ rename the file to `lonely.yaml`, or fix the id

warning[orphan]: nothing links to `lonely`
  ┌─ macros/account-recovery.yaml:1:5
1 │ id: lonely
  │     ^^^^^^ link to it from an SOP, tree or page, put it in a queue's `order`, or retire it

error[unknown-word]: `suport` is not in the vocabulary's teams
  ┌─ sops/restore-account.yaml:5:8
5 │ owner: suport
  │        ^^^^^^ did you mean `support`?

warning[overdue-review]: the review was due on 2026-11-22
   ┌─ sops/restore-account.yaml:10:12
10 │ review_by: 2026-11-22
   │            ^^^^^^^^^^ have suport read it again, then: playbook review restore-account --by "Your name"

error[broken-reference]: no document has the id `acount-takeover`
   ┌─ sops/restore-account.yaml:19:19
19 │       Decide with [[acount-takeover]], on the ground of
   │                   ^^^^^^^^^^^^^^^^^^^ did you mean `account-takeover`?

4 errors, 2 warnings in 3 of 8 documents
"""
    )
    assert result.exit_code == 1


def test_related_places_and_wide_letters(lay: Lay, play: Play) -> None:
    files = swapped(SOPS, "summary: Some", "summary: 日本語 [[nowhere]] Some") | {"sops/a-copy.yaml": SOP}
    output = play(lay(files), "check").output
    assert "1 │ id: restore-account\n  │     ^^^^^^^^^^^^^^^ choose another id\n" in output
    assert "  = sops/restore-account.yaml:1:5: it appears here first\n" in output
    assert "11 │ summary: 日本語 [[nowhere]] Some" in output
    assert "\n   │                 ^^^^^^^^^^^ fix the id" in output, "the caret stands below, at two cells a letter"


def test_the_line_of_a_long_text_is_cut_around_the_place(lay: Lay, play: Play) -> None:
    files = swapped(SOPS, "summary: Some", f"summary: {'word ' * 200}[[nowhere]] Some")
    output = play(lay(files), "check").output
    assert "[[nowhere]] Some" in output
    assert max(map(len, output.splitlines())) < 160


def test_json_has_the_promised_shape(lay: Lay, play: Play) -> None:
    files = MANY | {"sops/a-copy.yaml": SOP, "macros/gone.yaml": "text: [\n"}
    result = play(lay(files), "check", "--format", "json")
    told = json.loads(result.stdout)
    jsonschema.validate(told, REPORT)
    order = [(one["path"], one["line"], one["column"], one["code"]) for one in told["findings"]]
    assert order == sorted(order)
    assert told["documents"] == 10
    assert any(one["related"] for one in told["findings"])
    assert result.exit_code == 1


def test_json_of_a_sound_library(base: Path, play: Play) -> None:
    result = play(base, "check", "--format", "json")
    assert json.loads(result.stdout) == {"version": 1, "findings": [], "documents": 6, "known": 0}
    assert result.exit_code == 0


CHOSEN = {
    "--select broken-reference": {"broken-reference"},
    "--select broken-reference,orphan": {"broken-reference", "orphan"},
    "--select broken-reference --select orphan": {"broken-reference", "orphan"},
    "--ignore broken-reference": {"invalid-yaml", "misnamed-file", "orphan", "overdue-review", "unknown-word"},
    "--select orphan,unknown-word --ignore orphan": {"unknown-word"},
    "--select unsafe-link": set(),
}


@pytest.mark.parametrize("words", CHOSEN)
def test_select_and_ignore(words: str, lay: Lay, play: Play) -> None:
    result = play(lay(MANY), "check", "--format", "json", *words.split())
    found = {one["code"] for one in json.loads(result.stdout)["findings"]}
    assert found == CHOSEN[words]
    assert result.exit_code == (1 if {"broken-reference", "invalid-yaml", "unknown-word"} & found else 0)


def test_warnings_alone_are_no_failure(base: Path, play: Play) -> None:
    result = play(base, "check", "--as-of", "2027-04-03")
    assert "1 warning in 1 of 6 documents" in result.output
    assert result.exit_code == 0


WRONG = {
    "check --select broken-referense": "did you mean broken-reference",
    "check --ignore nothing-like-it": "`playbook explain` lists them",
    "check --format xml": "'json'",
    "check --as-of yesterday": "yesterday",
    "check --as-of 2026-02-30": "2026-02-30",
    "check --root /nowhere/at/all": "/nowhere/at/all",
    "explain broken-referense": "did you mean broken-reference",
    "new letter some-id": "use one of sop, ",
    "schema letter": "use one of sop, ",
    "build --audience everybody": "everybody",
    "pack build nothing": "nothing",
    "chek": "chek",
}


@pytest.mark.parametrize("words", WRONG)
def test_a_wrong_call_ends_with_2(words: str, base: Path, play: Play) -> None:
    takes_root = words.split()[0] in ("check", "build", "pack") and "--root" not in words
    result = play(base if takes_root else None, *words.split())
    assert result.exit_code == 2, result.output
    assert WRONG[words] in result.output.replace("`broken-reference`", "broken-reference")
    assert "Traceback" not in result.output


def test_no_knowledge_base_here(tmp_path: Path) -> None:
    done = process("check", folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1] == (
        "Error: there is no content/vocabulary.yaml in this folder or above it; name the knowledge base with "
        "--root DIR, or begin one with `playbook init DIR`"
    )
    done = process("check", "--root", str(tmp_path))
    assert done.returncode == 2
    assert "has no content/vocabulary.yaml" in done.stderr.decode()


def test_the_root_is_found_upwards(base: Path) -> None:
    done = process("check", "--as-of", AS_OF, folder=base / "content" / "pages")
    assert done.stdout.decode().startswith("6 documents, nothing to fix")


def test_folders_with_odd_names(tmp_path: Path, play: Play) -> None:
    for name in ("with spaces", "größe 日本", "-dash", "[brackets]*"):
        root = write(tmp_path / name, swapped(SOPS, "owner: support", "owner: suport"))
        result = play(root, "check")
        assert f" ┌─ {SOPS}:5:8\n" in result.output
        assert name not in result.output


def test_windows_line_endings_change_nothing(tmp_path: Path, play: Play) -> None:
    as_they_are = {**FILES, **MANY}
    windows = {path: text.replace("\n", "\r\n") for path, text in as_they_are.items()}
    one = play(write(tmp_path / "unix", as_they_are), "check")
    other = play(write(tmp_path / "windows", windows), "check")
    assert other.output == one.output


def test_piped_output_is_plain_utf8(lay: Lay) -> None:
    done = process("check", "--root", str(lay(MANY)), "--as-of", AS_OF)
    assert b"\x1b" not in done.stdout + done.stderr
    assert "decision_trees/日本.yaml" in done.stdout.decode("utf-8")
    assert done.stderr == b""


def test_every_command_explains_itself(play: Play) -> None:
    overview = play(None, "--help").output
    for name in command_names():
        assert (f"  {name} " in overview) != command(name).hidden
        assert command(name).help
        assert play(None, name, "--help").exit_code == 0
    for group in ("", "import", "export", "pack"):
        listed = play(None, *group.split(), "--help").output.partition("Commands:")[2]
        assert listed.count("\n") > 3
        assert "..." not in listed, "what a command does is cut short in a terminal of 80 columns"


def test_version(play: Play) -> None:
    assert re.fullmatch(r"playbook, version \d+\.\d+\S*\n", play(None, "--version").output)


# explain


@pytest.mark.parametrize("code", checks())
def test_explain(code: str, play: Play) -> None:
    result = play(None, "explain", code)
    assert result.exit_code == 0
    assert result.output == f"{code} ({checks()[code].severity})\n\n{checks()[code].page}\n"


def test_explain_lists_every_check(play: Play) -> None:
    lines = play(None, "explain").output.splitlines()
    assert [line.split()[0] for line in lines] == list(checks())
    assert all(line.endswith(".") for line in lines)


# new


FORMS = {form: kind for kind in kinds().values() for form in kind.scaffolds}


@pytest.mark.parametrize("form", FORMS)
def test_a_new_document_passes_check(form: str, base: Path, play: Play) -> None:
    result = play(base, "new", form, "brand-new")
    one = FORMS[form]
    path = f"{one.folder}/brand-new{one.suffix}"
    assert result.output == f"{path} was written as a draft. Fill it in, then run: playbook check\n"
    assert result.exit_code == 0
    checked = play(base, "check")
    assert checked.output.startswith("7 documents, nothing to fix")
    assert b"\r" not in (base / path).read_bytes()


BAD_IDS = [
    "../up",
    "a/b",
    "a\\b",
    "Upper",
    "with space",
    "ünder",
    "con",
    "index",
    "a--b",
    "-a",
    "a" * 81,
    "",
    ".",
    "a.b",
]


@pytest.mark.parametrize("name", BAD_IDS)
def test_new_refuses_bad_ids(name: str, base: Path, play: Play) -> None:
    before = snapshot(base)
    result = play(base, "new", "sop", "--", name)
    assert result.exit_code == 2
    assert snapshot(base) == before


@pytest.mark.parametrize("name", ["restore-account", "account-recovery", "welcome"])
def test_new_refuses_ids_that_are_taken(name: str, base: Path, play: Play) -> None:
    result = play(base, "new", "macro", name)
    assert result.exit_code == 2
    assert f"the id `{name}` is taken by " in result.output
    assert not (base / f"macros/{name}.yaml").exists()


def test_new_does_not_overwrite(base: Path, play: Play) -> None:
    (base / "sops/half-done.yaml").write_text("id: [", encoding="utf-8")
    result = play(base, "new", "sop", "half-done")
    assert result.exit_code == 2
    assert "sops/half-done.yaml already exists" in result.output
    assert (base / "sops/half-done.yaml").read_text(encoding="utf-8") == "id: ["


def test_new_through_a_link_does_not_overwrite(base: Path, play: Play) -> None:
    (base / "sops/linked.yaml").symlink_to(base.parent / "outside.yaml")
    assert play(base, "new", "sop", "linked").exit_code == 2
    assert not (base.parent / "outside.yaml").exists()


@pytest.mark.parametrize("kind", ["sop", "policy", "macro", "decision-tree", "page"])
def test_nobody_has_reviewed_a_new_document(kind: str, base: Path, play: Play) -> None:
    result = play(base, "new", kind.replace("-", "_"), "brand-new")
    assert result.exit_code == 0, result.output
    text = next(base.rglob("brand-new.*")).read_text(encoding="utf-8")
    assert ("reviewed:" in text, "review_by:" in text) == (False, False)
