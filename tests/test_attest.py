"""`pack attest`: a file that a learning system exported says who is up to date, who is due, and why."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from conftest import Play, output_of, run_command
from knowledge import STARTER, edit, write

from generator.exchange import UnfitInput
from generator.exchange.completions.columns import ROLES, read_rows
from generator.exchange.completions.completions import read_completions
from generator.exchange.completions.written_days import close, read_day, settle_order

NAME = "acme-accounts"
PACK, TREE = f"content/packs/{NAME}.yaml", "decision_trees/account-takeover.yaml"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack that was released as 1.0 in March, 2.0 in June, and 2.1 in November; it lasts for 180 days."""
    root = write(tmp_path_factory.mktemp("attest") / "base")
    shutil.copy(STARTER / "mkdocs.yml", root)
    steps = [
        ("2026-03-01", "1.0", "2.0", TREE, "    macro: account-restored\n", ""),
        (
            "2026-06-01",
            "2.0",
            "2.1",
            "sops/restore-account.yaml",
            "quality:",
            "  - {id: end, title: E, text: End.}\nquality:",
        ),
    ]
    for day, version, following, path, old, new in steps:
        output_of(root, "pack", "release", NAME, "--on", day)
        edit(root, path, old, new)
        edit(root, PACK, f'version: "{version}"', f'version: "{following}"')
    output_of(root, "pack", "release", NAME, "--on", "2026-11-10")
    return root


# A line of the file, whether the person is up to date, and why not, or what to read.
LINES = {
    "the newest": ("2.1,2026-11-12,95,passed", True, ""),
    "a newer minor release": ("2.0,2026-11-01,95,passed", True, "read what changed in 2.1"),
    "a newer major release": ("1.0,2026-05-30,95,passed", False, "trained on 1.0; 2.0 of 2026-06-01 has other answers"),
    "recertification over": ("2.0,2026-06-01,95,passed", True, "read what changed in 2.1"),
    "failed": ("2.1,2026-11-12,20,failed", False, "not passed on 2026-11-12"),
    "below the mark": ("2.1,2026-11-12,79%,completed", False, "not passed on 2026-11-12: 79 of 100, and 80 are needed"),
    "at the mark": ("2.1,2026-11-12,8/10,completed", True, ""),
    "still at it": ("2.1,2026-11-12,,in progress", False, "not passed on 2026-11-12"),
    "a version that nobody released": ("3.0,2026-11-12,95,passed", False, "version 3.0 was never released"),
    "no version": (",2026-11-12,95,passed", False, "no version is given"),
    "no version at all": ("latest.one,2026-11-12,95,passed", False, "version latest.one was never released"),
    "a day to come": ("2.1,2026-12-24,95,passed", False, "completed on 2026-12-24, which is still to come"),
    "before the release": ("2.1,2026-11-09,95,passed", False, "completed on 2026-11-09, before 2.1 was released"),
    "no day": ("2.1,,95,passed", False, "no day is given"),
    "a day that is none": ("2.1,31.02.2026,95,passed", False, "the day `31.02.2026` cannot be read"),
}


def _attest(base: Path, place: Path, text: str | bytes, *words: str) -> dict[str, object]:
    place.write_bytes(text if isinstance(text, bytes) else text.encode())
    told: dict[str, object] = json.loads(output_of(base, "pack", "attest", str(place), "--format", "json", *words))
    return told


@pytest.mark.parametrize("what", LINES)
def test_each_line_is_judged(what: str, base: Path, tmp_path: Path) -> None:
    line, is_current, why = LINES[what]
    text = f"Learner,Course,Version,Completed,Score,Status\nAna Sol,{NAME},{line}\n"
    person = _attest(base, tmp_path / "all.csv", text)["people"][0]  # type: ignore[index]
    assert (person["state"], person["why"] or "") == ("current" if is_current else "due", why)


def test_a_training_lasts_until_its_last_day(base: Path, tmp_path: Path) -> None:
    text = "Learner,Course,Version,Completed\nAna,acme-accounts,2.0,2026-06-01\n"
    place = tmp_path / "all.csv"
    place.write_text(text, encoding="utf-8")
    for day, state in (("2026-11-28", "current"), ("2026-11-29", "due")):
        told = run_command(base, "pack", "attest", str(place), "--format", "json", "--as-of", day)
        person = json.loads(told.output)["people"][0]
        assert (person["state"], person["until"]) == (state, "2026-11-28"), day


COURSES = {
    "acme-accounts": "", "Account security for Acme": "", "Account security for Acme 2.1": "2.1",
    "acme-accounts-v2": "2.1",
    "ACME_ACCOUNTS_2_1": "2.1", "acme-accounts (version 2.0)": "2.0", "acme-accounts-2.1": "2.1",
}  # fmt: skip


@pytest.mark.parametrize("course", COURSES)
def test_a_course_is_known_by_its_id_or_title_with_the_version_behind(course: str, base: Path, tmp_path: Path) -> None:
    told = _attest(base, tmp_path / "all.csv", f"User,Course name,Date\nAna,{course},2026-11-12\n")
    assert told["people"][0]["version"] == (COURSES[course] or None)  # type: ignore[index]


def test_the_best_training_of_a_person_counts(base: Path, tmp_path: Path) -> None:
    lines = ["2.1;failed;13.11.2026", "2.1;passed;12.11.2026", "1.0;passed;30.05.2026"]
    text = "E-Mail;Pack;Version;Status;Date\r\n" + "".join(f"ANA@acme.example;{NAME};{line}\r\n" for line in lines)
    told = _attest(base, tmp_path / "all.csv", b"\xef\xbb\xbf" + text.encode())
    assert [(one["state"], one["version"]) for one in told["people"]] == [("current", "2.1")]  # type: ignore[index, union-attr, attr-defined]


PEOPLE = "Name,E-mail,Team\nAna Sol,ana@acme.example,North\nBo Lim,bo@acme.example,South\n"


def test_people_are_compared_with_the_list_of_them(base: Path, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    text = (
        "Learner,Email,Course,Version,Completed\n"
        f"Ana Sol,ana@acme.example,{NAME},2.1,2026-11-12\n"
        f"Eve Doe,eve@else.example,{NAME},2.1,2026-11-12\n"
        "Ana Sol,ana@acme.example,Cooking,2.1,2026-11-12\n"
        f",,{NAME},2.1,2026-11-12\n"
    )
    told = _attest(base, tmp_path / "all.csv", text, "--people", str(tmp_path / "people.csv"))
    assert {(one["person"], one["state"], one["why"]) for one in told["people"]} == {  # type: ignore[attr-defined]
        ("Ana Sol", "current", None),
        ("Bo Lim", "due", "no completion"),
    }
    assert told["unread"] == [
        {"line": 3, "what": "Eve Doe is not on the list of people"},
        {"line": 4, "what": "Ana Sol: `Cooking` is no pack that was released"},
        {"line": 5, "what": "nobody is named"},
    ]


def test_teams_and_versions_are_counted(base: Path, tmp_path: Path, play: Play) -> None:
    place = tmp_path / "all.csv"
    rows = ["Name,Group,Completed on (UTC),Version", "Ana,North,2026-11-12,2.1", "Bo,North,2026-05-30,1.0"]
    text = "\n".join([*rows, "=1+2,South,2026-11-12,2.1"])
    place.write_text(text, encoding="utf-8")
    told = play(base, "pack", "attest", str(place), "--pack", NAME)
    assert told.exit_code == 0
    for line in ("  North: 1 up to date, 1 due", "  1.0: 0 up to date, 1 due", "2 up to date and 1 due on 2026-11-23."):
        assert line in told.output.splitlines()
    page = output_of(base, "pack", "attest", str(place), "--pack", NAME, "--format", "html")
    assert page.startswith("<!doctype html>")
    assert "<script" not in page
    assert '<td class="due">due</td>' in page
    markdown = output_of(base, "pack", "attest", str(place), "--pack", NAME, "--format", "markdown")
    assert "| North | 1 | 1 |" in markdown


def test_what_a_page_shows_of_a_name_is_no_markup(base: Path, tmp_path: Path) -> None:
    place = tmp_path / "all.csv"
    place.write_text("Name,Course,Date\n<img src=x onerror=y>\x1b[31m,acme-accounts,2026-11-12\n", encoding="utf-8")
    page = output_of(base, "pack", "attest", str(place), "--format", "html")
    assert "<img" not in page
    assert "\x1b" not in output_of(base, "pack", "attest", str(place))


UNFIT = {
    "nothing": ("", "all.csv has no column that says who was trained"),
    "a header only": ("Name,Course,Date\n", "all.csv has no completions"),
    "no person": (
        "Course,Date\nx,2026-11-12\n",
        "no column that says who was trained, such as `Learner` or `E-mail`, only `Course`",
    ),
    "no day": ("Name,Course\nAna,x\n", "no column with the day, such as `Completed` or `Date`"),
    "two readings": ("Name,Course,Date\nAna,x,03/04/2026\n", "03/04/2026 on line 2 of all.csv can be two days"),
    "both orders": (
        "Name,Course,Date\nAna,x,25/04/2026\nBo,x,04/25/2026\n",
        "the day first on line 2 and the month first on line 3",
    ),
    "no text": (b"Name,\x80\x81", "is not UTF-8"),
    "an open quote": ('Name,Course,Date\n"Ana,x,2026-11-12\n', "is not a table that can be read"),
}


@pytest.mark.parametrize("what", UNFIT)
def test_a_file_that_cannot_be_judged_is_told_in_a_line(what: str, base: Path, tmp_path: Path, play: Play) -> None:
    text, told = UNFIT[what]
    (tmp_path / "all.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    result = play(base, "pack", "attest", str(tmp_path / "all.csv"))
    assert result.exit_code == 1, result.output
    assert told in result.output
    assert len(result.output.strip().splitlines()) == 1


def test_an_open_day_is_read_as_the_caller_says(base: Path, tmp_path: Path) -> None:
    text = "Name,Course,Version,Date\nAna,acme-accounts,2.0,11/06/2026\n"
    for order, day in (("dmy", "2026-06-11"), ("mdy", "2026-11-06")):
        told = _attest(base, tmp_path / "all.csv", text, "--dates", order)
        assert told["people"][0]["completed"] == day  # type: ignore[index]


DAYS = {
    "2026-12-31": (2026, 12, 31), "2026-12-31T10:00:00Z": (2026, 12, 31), "2026/12/31 10:00": (2026, 12, 31),
    "31.12.2026": (2026, 12, 31), "1.2.26": (2026, 2, 1), "31-Dec-2026": (2026, 12, 31),
    "31 December 2026": (2026, 12, 31),
    "Dec 31, 2026": (2026, 12, 31), "Thursday, December 31, 2026 at 10:00": (2026, 12, 31), "20261231": (2026, 12, 31),
    "31/12/2026": (2026, 12, 31), "12/31/2026, 10:00 AM": (2026, 12, 31), "05/05/2026": (2026, 5, 5),
    "31 Dez 2026": (2026, 12, 31), "1795478400": (2026, 11, 24), "Wed, 1st Apr 2026": (2026, 4, 1),
}  # fmt: skip


@pytest.mark.parametrize("text", DAYS)
def test_days_are_read_as_they_are_written(text: str) -> None:
    one = read_day(text)
    assert close(one, settle_order([(1, one)], "file")) == date(*DAYS[text])


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2026-13-01", "31.02.2026", "99/99/2026", "12", "46387", "1/2/3/2026", "26-12-31"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    one = read_day(text)
    assert close(one, "dmy") is None


def test_one_line_that_tells_the_order_tells_it_for_all() -> None:
    days = [(2, read_day("03/04/2026")), (3, read_day("04/25/2026"))]
    assert settle_order(days, "file") == "mdy"
    with pytest.raises(UnfitInput, match="--dates dmy"):
        settle_order(days[:1], "file")


@pytest.mark.parametrize("role", ROLES)
def test_columns_have_many_names(role: str) -> None:
    for name in ROLES[role].split():
        header = (
            f"{name.upper()}\t{'Name' if role not in ('name', 'email', 'first', 'last') else 'Course'}\tWhen completed"
        )
        rows = read_rows(f"{header}\nx\ty\tz\n", "file", has_days=False)
        assert rows[0].cells[role] == "x", name


SCORES = {"95": 95, "95%": 95, "9,5/10": 95, "19 of 20": 95, "0.95": 95, "": None, "good": None, "1/0": None}


@pytest.mark.parametrize("score", SCORES)
def test_scores_are_in_percent(score: str) -> None:
    told = read_completions(f'Name,Date,Score\nAna,2026-11-12,"{score}"\n', "file")
    assert told[0].score == pytest.approx(SCORES[score])
