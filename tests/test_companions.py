"""What comes with every pack: how to install it, what changed, a sheet to sign; and letters for ticketing systems."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import get_args

import pytest
from conftest import Lay, output_of, run_command
from knowledge import MACRO, PACK, STARTER, write

from generator.documents.types.pack import PackFormat
from generator.publishing.packs.formats import choose_formats, pack_formats
from generator.publishing.packs.templates import fill_template

NAME = "acme-accounts"
FILES = ["INSTALL.md", "CHANGELOG.md", "attestation.html"]
HISTORY = """\
history:
  - {version: "1.0", on: 2026-11-20, note: "The letter to <Acme> & co belongs to the course."}
  - {version: "1.0", on: 2026-11-20, note: Known to leads alone., audience: internal}
  - {version: "0.9", on: 2026-10-01, note: First version.}
"""


def _lay(place: Path) -> Path:
    base = write(place, {f"content/packs/{NAME}.yaml": PACK + HISTORY})
    shutil.copy(STARTER / "mkdocs.yml", base)
    return base


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = _lay(tmp_path_factory.mktemp("companions"))
    output_of(base, "pack", "build", NAME, "--format", "macros", "--format", "gift")
    return base / f"dist/{NAME}-1.0"


def _read(built: Path, name: str) -> str:
    return (built / name).read_text(encoding="utf-8")


def test_every_pack_has_them_and_nobody_chooses_them(built: Path) -> None:
    assert {path.name for path in built.iterdir()} == {
        *FILES,
        "macros.zip",
        "questions.gift",
        "pack.json",
        "SHA256SUMS",
    }
    always = {name for name, some in pack_formats().items() if some[0].is_always}
    assert not always & {*get_args(PackFormat)}
    assert {form.file for form in choose_formats(["gift"], [])} == {*FILES, "questions.gift"}
    assert json.loads(_read(built, "pack.json"))["files"].keys() >= {*FILES}


# INSTALL


def _install(*files: str) -> str:
    class Stub:
        id, title, version, pass_mark, recertify_after = "x", "T", "1.0.0", 80, "180d"

    return fill_template("install.md.j2", pack=Stub, vendor="Acme", effective="1 Nov 2026", files=files)


SYSTEMS = {
    "Moodle": ("scorm12.zip, questions.moodle.xml, site.zip", ("site.zip", "questions.moodle.xml", "scorm12.zip")),
    "TalentLMS": ("scorm12.zip, cmi5.zip", ("cmi5.zip", "scorm12.zip")),
    "Docebo": ("scorm2004.zip", ("scorm2004.zip",)),
    "SCORM Cloud": ("none in this pack; ask for scorm12.zip", ("site.zip",)),
    "Canvas, or a system that is not named here": ("questions.qti.zip", ("questions.qti.zip",)),
    "A folder on a locked-down machine": ("site.zip, handbook.pdf", ("handbook.pdf", "site.zip")),
    "Paper, or one file to read": ("handbook.pdf", ("handbook.pdf",)),
}


@pytest.mark.parametrize("system", SYSTEMS)
def test_each_system_is_told_its_files_of_this_pack(system: str, built: Path) -> None:
    wanted, files = SYSTEMS[system]
    assert f"| {system} | {wanted} |" in _install(*files)


def test_what_the_pack_does_not_have_is_not_explained() -> None:
    text = _install("site.zip")
    for name in ("scorm12.zip as it is", "questions.gift:", "macros.zip has", "Allow **more than one attempt**"):
        assert name not in text
    assert "can be forged" in text
    assert "ask for them; this pack has none" in text


ALWAYS_SAID = [
    "can be forged",
    "use a quiz of the learning system itself",
    "Keep the question files and the answer key with the trainers",
    "**A new major version is a new course.**",
    "Do not upload it over the old course",
]


@pytest.mark.parametrize("words", ALWAYS_SAID)
def test_what_a_score_proves_and_what_a_version_means_is_always_said(words: str) -> None:
    assert words in _install("scorm12.zip", "questions.moodle.xml")
    assert words in _install("handbook.pdf")


def test_a_course_is_told_what_to_set() -> None:
    text = _install("scorm12.zip")
    for words in ("mastery score** to 80", "more than one attempt", 'completion** to "passed"', "lose their progress"):
        assert words in text


def test_no_line_of_markdown_is_broken(built: Path) -> None:
    for text in (_read(built, "INSTALL.md"), _read(built, "CHANGELOG.md"), _install("scorm12.zip", "questions.csv")):
        assert "{%" not in text
        assert not re.search(r"\n{3,}", text), text
        rows = [line for line in text.splitlines() if line.startswith("|")]
        assert all(line.count("|") == 3 for line in rows)


# CHANGELOG


def test_the_changelog_is_the_history_as_its_readers_see_it(built: Path) -> None:
    text = _read(built, "CHANGELOG.md")
    assert text.index("## 1.0, 20 Nov 2026") < text.index("belongs to the course") < text.index("## 0.9, 1 Oct 2026")
    assert "leads alone" not in text


# attestation


def test_the_sheet_says_what_was_taught(built: Path) -> None:
    page = _read(built, "attestation.html")
    told = json.loads(_read(built, "pack.json"))
    words = re.sub(r"<[^>]+>", " ", page)
    for wanted in (
        "Account security for Acme",
        NAME,
        "1.0, effective 20 Nov 2026",
        "Acme Support",
        "Person",
        "Team",
        "Signature",
    ):
        assert wanted in words
    assert told["content"] in words.replace(" ", "")
    assert "<script" not in page
    assert "src=" not in page
    assert "http" not in page


def test_the_content_hash_is_of_what_is_taught_and_of_nothing_else(lay: Lay, built: Path) -> None:
    def content(changes: dict[str, str]) -> str:
        base = lay({f"content/packs/{NAME}.yaml": PACK + HISTORY} | changes)
        shutil.copy(STARTER / "mkdocs.yml", base)
        output_of(base, "pack", "build", NAME, "--format", "spreadsheet")
        return str(json.loads((base / f"dist/{NAME}-1.0/pack.json").read_text(encoding="utf-8"))["content"])

    same = json.loads(_read(built, "pack.json"))["content"]
    assert content({}) == same, "other formats of the same content"
    assert content({"content/packs/acme-accounts.yaml": PACK + HISTORY.replace("leads alone", "two leads")}) == same
    assert content({"macros/account-restored.yaml": MACRO.replace("Hi {{", "Hello {{")}) != same


# letters


@pytest.fixture(scope="module")
def letters(built: Path) -> dict[str, str]:
    with zipfile.ZipFile(built / "macros.zip") as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def test_letters_go_out_for_a_ticketing_system_and_as_a_table(letters: dict[str, str]) -> None:
    assert letters.keys() == {"macros.csv", "zendesk.json"}
    account = json.loads(letters["zendesk.json"])
    assert [macro["title"] for macro in account["macros"]] == ["Account restored"]
    assert len(account["items"][0]["variants"]) == 2
    rows = list(csv.DictReader(io.StringIO(letters["macros.csv"], newline="")))
    assert [(row["id"], row["language"], row["translates version"]) for row in rows] == [
        ("account-restored", "en", "1.2"),
        ("account-restored", "es", "1.2"),
    ]
    assert rows[0]["text"] == "Hi {{ name }},\n\nYour account is yours again. Please answer by {{ deadline }}."
    assert rows[0]["blanks"] == "name, deadline"


def test_the_letters_are_those_of_the_audience(lay: Lay) -> None:
    secret = MACRO.replace("id: account-restored", "id: secret").replace("audience: vendor", "audience: internal")
    formula = MACRO.replace("  Hi {{ name }},", '  =HYPERLINK("https://x.example") {{ name }},')
    base = lay(
        {"macros/secret.yaml": secret.replace("Account restored", "For staff"), "macros/account-restored.yaml": formula}
    )
    shutil.copy(STARTER / "mkdocs.yml", base)
    output_of(base, "pack", "build", NAME, "--format", "macros")
    with zipfile.ZipFile(base / f"dist/{NAME}-1.0/macros.zip") as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
        table = archive.read("macros.csv").decode("utf-8-sig")
    assert "For staff" not in everything
    assert "'=HYPERLINK" in table


def test_what_the_account_has_no_place_for_is_told_in_a_line(lay: Lay) -> None:
    odd = MACRO.replace("actions:\n", "actions:\n  - {set: mood, to: calm}\n  - {set: weather, to: fine}\n")
    base = lay({"macros/account-restored.yaml": odd})
    shutil.copy(STARTER / "mkdocs.yml", base)
    said = output_of(base, "pack", "build", NAME, "--format", "macros")
    assert (
        "Warning: macros.zip: a ticket action that Zendesk has no field or value for, only in `playbook` (2 times)"
        in said
    )
    assert said.count("Warning") == 1


def test_a_pack_without_a_letter_says_so(lay: Lay) -> None:
    alone = PACK.replace("  - title: Also referred to\n    select: {referred: true}\n", "")
    alone = alone.replace("documents: [account-takeover, restore-account]", "documents: [welcome]")
    page = "---\ntitle: Welcome\nowner: support\naudience: vendor\nsummary: Where to begin.\n---\n\nRead.\n"
    base = lay({f"content/packs/{NAME}.yaml": alone, "content/pages/welcome.md": page})
    shutil.copy(STARTER / "mkdocs.yml", base)
    result = run_command(base, "pack", "build", NAME, "--format", "macros")
    assert (result.exit_code, "macros.zip has no letter" in result.output) == (0, True), result.output
