"""The trainer's kit: what is in it, for whom, that no pack has it, and that agreement is computed as published."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Lay, output_of, run_command
from knowledge import PACK, SOP, STARTER, TREE, VOCABULARY, write

from generator.analysis.agreement import DecidedCase, alpha_of, measure_agreement

NAME = "acme-accounts"
KIT = f"{NAME}-1.0-trainer"
MARK = "only the trainers know this"
CASE = f"""\
  - id: kept-back
    scenario: Nobody has read this case.
    answers: [otherwise]
    outcome: leave
    why: {MARK}.
    audience: internal
"""
TAUGHT = "After it you can tell a takeover."
FILES = {
    f"content/packs/{NAME}.yaml": PACK.replace(
        "documents:", "text: After it you can tell a takeover.\n    documents:", 1
    ),
    "decision_trees/account-takeover.yaml": TREE + CASE,
    "sops/restore-account.yaml": SOP.replace("Legal reads along.", f"{MARK}, see [[staff-only]], too."),
    "content/pages/staff-only.md": "---\ntitle: For staff\nowner: support\nsummary: S.\n---\n\nWords.\n",
}


def _lay(place: Path) -> Path:
    base = write(place, FILES)
    shutil.copy(STARTER / "mkdocs.yml", base)
    return base


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = _lay(tmp_path_factory.mktemp("kit"))
    output_of(base, "pack", "build", NAME, "--format", "site", "--format", "gift", "--format", "spreadsheet")
    said = output_of(base, "pack", "kit", NAME)
    assert "for internal readers only" in said
    return base


@pytest.fixture(scope="module")
def kit(base: Path) -> dict[str, str]:
    """The files of the kit by their names in its folder."""
    with zipfile.ZipFile(base / f"dist/{KIT}.zip") as archive:
        assert all(name.startswith(f"{KIT}/") for name in archive.namelist())
        return {name.removeprefix(f"{KIT}/"): archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def _unpacked(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in folder.rglob("*"):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                yield from ((f"{path.name}/{name}", archive.read(name)) for name in archive.namelist())
        elif path.is_file():
            yield path.name, path.read_bytes()


HAS = {
    "the right answer": ("answer-key.html", "Right: Lock the account"),
    "why another is wrong": ("answer-key.html", "Wrong: Nothing to do. That needs “Anything else”"),
    "the way": ("answer-key.html", "Did the member lose access? <em>Yes</em>"),
    "what to read again": ("answer-key.html", "Account integrity, 1 Ownership"),
    "the key as a table": ("answer-key.csv", "account-takeover.lost-access.outcome"),
    "a case to decide": ("calibration-cases.html", "Nobody has read this case."),
    "how to name a decision": ("calibration-cases.html", "<code>lock</code> Lock the account"),
    "the agreed reading": ("calibration-agreed.html", "Agreed: Nothing to do</strong> (<code>leave</code>)"),
    "why it is agreed": ("calibration-agreed.html", MARK),
    "the near and wrong": ("calibration-agreed.html", "<em>Lock the account</em>: That needs “Yes”"),
    "a criterion": ("rubrics.html", "Identity proven before any change <strong>(critical)</strong>"),
    "what a session teaches": ("session-plan.html", "After it you can tell a takeover."),
    "what is read in it": ("session-plan.html", "Restore a taken-over account <span"),
    "what is discussed": ("session-plan.html", "A member cannot log in any more."),
    "the notes for trainers": ("session-plan.html", f"{MARK}, see staff-only, too."),
    "who may have it": ("README.md", "For internal readers only."),
}


@pytest.mark.parametrize("what", HAS)
def test_the_kit_has_what_a_trainer_needs(what: str, kit: dict[str, str]) -> None:
    name, words = HAS[what]
    assert words in kit[name]


def test_cases_to_decide_say_nothing_of_the_answer(kit: dict[str, str]) -> None:
    assert MARK not in kit["calibration-cases.html"]
    assert "Agreed" not in kit["calibration-cases.html"]


def test_the_case_that_no_trainee_can_have_read_comes_first(kit: dict[str, str]) -> None:
    rows = list(csv.DictReader(io.StringIO(kit["agreement-sheet.csv"])))
    assert rows[0]["case"] == "account-takeover.kept-back"
    assert {row["case"] for row in rows[1:]} == {"account-takeover.lost-access", "account-takeover.curious"}
    assert rows[0]["A"] == rows[0]["L"] == ""


@pytest.mark.parametrize("turn", ["2", "3", "4"])
def test_it_comes_first_in_every_round(turn: str, base: Path, tmp_path: Path) -> None:
    output_of(base, "pack", "kit", NAME, "--to", str(tmp_path), "--round", turn)
    with zipfile.ZipFile(tmp_path / f"{KIT}.zip") as archive:
        sheet = archive.read(f"{KIT}/agreement-sheet.csv").decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(sheet)))["case"] == "account-takeover.kept-back"


def test_every_question_of_the_pack_is_in_the_key(base: Path, kit: dict[str, str]) -> None:
    asked = (base / f"dist/{NAME}-1.0/questions.csv").read_bytes().decode("utf-8-sig")
    assert kit["answer-key.csv"] == asked
    for row in csv.DictReader(io.StringIO(asked, newline="")):
        assert f'id="{row["id"]}"' in kit["answer-key.html"]


def test_nothing_of_the_kit_is_in_the_pack(base: Path) -> None:
    names = dict(_unpacked(base / f"dist/{NAME}-1.0"))
    assert not [name for name in names if "trainer" in name or "calibration" in name or "answer-key" in name]
    assert not [name for name, content in names.items() if MARK.encode() in content or b"kept-back" in content]
    assert MARK.encode() in b"".join(content for _, content in _unpacked(base / "dist")), "the search sees the kit"


def test_the_kit_is_verified_like_a_pack_and_says_for_whom_it_is(base: Path, kit: dict[str, str]) -> None:
    said = output_of(None, "pack", "verify", str(base / f"dist/{KIT}.zip"))
    assert said.startswith("Account security for Acme, trainer's kit, version 1.0: ")
    told = json.loads(kit["pack.json"])
    assert (told["audience"], told["for"], told["calibration"]) == ("internal", "vendor", 1)


def test_the_same_kit_has_the_same_bytes_and_another_round_other_cases(base: Path, tmp_path: Path) -> None:
    other = _lay(tmp_path / "elsewhere")
    output_of(other, "pack", "kit", NAME, "--to", str(tmp_path / "out"))
    assert (tmp_path / f"out/{KIT}.zip").read_bytes() == (base / f"dist/{KIT}.zip").read_bytes()
    output_of(other, "pack", "kit", NAME, "--to", str(tmp_path / "out"), "--round", "2")
    assert (tmp_path / f"out/{KIT}.zip").read_bytes() != (base / f"dist/{KIT}.zip").read_bytes()


def test_what_is_no_kit_is_left_alone(base: Path, tmp_path: Path) -> None:
    (tmp_path / f"{KIT}.zip").write_text("my notes", encoding="utf-8")
    result = run_command(base, "pack", "kit", NAME, "--to", str(tmp_path))
    assert (result.exit_code, "is not a kit that this tool made" in result.output) == (1, True), result.output
    assert (tmp_path / f"{KIT}.zip").read_text(encoding="utf-8") == "my notes"


def test_a_kit_for_those_who_are_trained_is_refused(lay: Lay) -> None:
    """Where the finding about it is ignored, too: the command itself refuses."""
    between = VOCABULARY.replace("  internal: {", "  leads: {name: Leads}\n  internal: {")
    for audience, told in (("vendor", "wide-pack"), ("nobody", "unknown-word")):
        base = lay(FILES | {f"content/packs/{NAME}.yaml": PACK + f"trainers: {audience}\n"})
        shutil.copy(STARTER / "mkdocs.yml", base)
        result = run_command(base, "pack", "kit", NAME)
        assert (result.exit_code, told in result.output) == (1, True), result.output
        assert not (base / "dist").exists()
    base = lay(FILES | {"content/vocabulary.yaml": between})
    assert "for leads readers only" in output_of(base, "pack", "kit", NAME)
    with zipfile.ZipFile(base / f"dist/{KIT}.zip") as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert MARK.encode() not in everything, "leads are below internal"


# agreement

# Four people and twelve cases, with gaps: an example that is published with its result, 0.743.
PUBLISHED = [
    ("1", "1", "", "1"),
    ("2", "2", "3", "2"),
    ("3", "3", "3", "3"),
    ("3", "3", "3", "3"),
    ("2", "2", "2", "2"),
    ("1", "2", "3", "4"),
    ("4", "4", "4", "4"),
    ("1", "1", "2", "1"),
    ("2", "2", "2", "2"),
    ("", "5", "5", "5"),
    ("", "", "1", "1"),
    ("", "", "3", ""),
]
ALPHAS = {
    "published": ([[one for one in row if one] for row in PUBLISHED], 0.743),
    "five people, four cases, as the starter library counts them": (["AAAAA", "AAAAB", "BBBBB", "AABBB"], 0.52),
    "full agreement": (["AA", "BB", "AA"], 1.0),
    "nothing to compare": (["A", "B"], None),
    "one answer for all": (["AA", "AA"], None),
    "no case": ([], None),
}


@pytest.mark.parametrize("what", ALPHAS)
def test_alpha_is_what_is_published(what: str) -> None:
    units, wanted = ALPHAS[what]
    found = alpha_of([list(unit) for unit in units])
    assert found is wanted or found == pytest.approx(wanted, abs=0.005)


def test_the_interval_is_around_alpha_and_the_same_each_time() -> None:
    cases = [DecidedCase(str(n), dict(zip("ABCD", row, strict=True))) for n, row in enumerate(PUBLISHED[:9])]
    found = measure_agreement(cases)
    assert found.alpha is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.alpha < found.high <= 1
    assert measure_agreement(cases) == found


def _sheet(place: Path, *rows: str) -> Path:
    place.write_text("\ufeff" + "\r\n".join(["case,tree and version,A,B,C,agreed reading", *rows]), encoding="utf-8")
    return place


def test_a_filled_sheet_is_read(tmp_path: Path) -> None:
    one = _sheet(
        tmp_path / "one.csv", 'first,T 1,"lock, sure",Lock,"leave, unsure",lock', "second,T 1,leave,leave,,leave"
    )
    two = _sheet(tmp_path / "two.csv", "third,T 1,lock,lock,lock,lock", ",,,,,")
    said = output_of(None, "pack", "agreement", str(one), str(two))
    assert said.splitlines()[:3] == ["first: 2 of 3 lock; C leave", "second: 2 of 2 leave", "third: 3 of 3 lock"]
    assert "alpha: 0.53 (" in said, said
    assert "3 cases" in said
    assert "fewer than 30 cases" in said


NO_SHEETS = {
    "a text": b"hello",
    "nothing": b"",
    "other letters": "case,Ä,B\nx,é,y".encode("utf-16"),
    "no people": b"case,agreed\nx,y",
}


@pytest.mark.parametrize("what", NO_SHEETS)
def test_what_is_no_sheet_is_told_in_a_line(what: str, tmp_path: Path) -> None:
    place = tmp_path / "sheet.csv"
    place.write_bytes(NO_SHEETS[what])
    result = run_command(None, "pack", "agreement", str(place))
    assert (result.exit_code, len(result.output.splitlines())) == (1, 1), result.output
