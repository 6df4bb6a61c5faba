"""A platform's real replies, brought in: every one is there word for word, and what was left blank is a variable."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from conftest import output_of
from knowledge import check, write
from test_corpora import CORPORA

REPLIES = CORPORA / "legalmattic/DMCA/Predefined Replies"
# What people find who read all of them, with what stands in the file where the variable is.
BLANKS = {
    "To Complainant/Counter Notice (to complainant).txt": {"date": "/////INSERT DATE/////", "counter_notice": ""},
    "To Complainant/Incomplete DMCA Notice.txt": {
        "remove_parts_that_have_been_provided": "****REMOVE PARTS THAT HAVE BEEN PROVIDED****"
    },
    "To Complainant/Photon Cached File.txt": {"blank": "XXXXXXXXXXXXXXXXXXX"},
    "To User/DMCA Received - Full Site Copied": {"notice": ""},
    "To User/Fair Use Response Notification (to user).txt": {"notice": ""},
    "To User/Final Strike Warning.txt": {"notice": ""},
    "To User/Processed CloudUp Notice": {"notice": ""},
    "To User/Processed Notice.txt": {"notice": ""},
}
TWINS = {
    ("site-suspended-but-content-hosted-elsewhere", "site-suspended-embedded-or-linked-content"),
    ("dmca-received-full-site-copied", "processed-notice"),
}


class Brought(NamedTuple):
    """A knowledge base with the replies, by the file that each came from, and what the import said."""

    base: Path
    macros: dict[str, Any]
    output: str


@pytest.fixture(scope="module")
def brought(tmp_path_factory: pytest.TempPathFactory) -> Brought:
    base = write(tmp_path_factory.mktemp("replies") / "base")
    output = bring(base)
    macros = {}
    for file in (base / "macros").glob("*.yaml"):
        one = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
        if one["summary"].startswith("Imported from "):
            macros[one["summary"].removeprefix("Imported from ").removesuffix(".")] = one
    return Brought(base, macros, output)


def bring(base: Path) -> str:
    return output_of(base, "import", "macros", str(REPLIES))


def files() -> dict[str, str]:
    found = (file for file in REPLIES.rglob("*") if file.is_file())
    return {file.relative_to(REPLIES).as_posix(): file.read_text(encoding="utf-8") for file in found}


def test_every_reply_is_there_word_for_word(brought: Brought) -> None:
    assert len(files()) == 36
    assert brought.macros.keys() == files().keys()
    for path, text in files().items():
        reply = brought.macros[path]["text"]
        for name, stood in BLANKS.get(path, {}).items():
            reply = reply.replace(f"{{{{ {name} }}}}", stood)
        assert reply == "\n".join(line.rstrip() for line in text.split("\n")).strip("\n") + "\n", path


def test_what_was_left_blank_is_a_variable(brought: Brought) -> None:
    found = {path: sorted(one["variables"]) for path, one in brought.macros.items() if "variables" in one}
    assert found == {path: sorted(blanks) for path, blanks in BLANKS.items()}


def test_the_name_of_a_file_is_the_title(brought: Brought) -> None:
    titles = {path: one["title"] for path, one in brought.macros.items()}
    assert titles == {path: Path(path).name.removesuffix(".txt") for path in files()}


def test_the_check_finds_nothing_in_them(brought: Brought) -> None:
    assert [f"{f.place.path}: {f.message}" for f in check(brought.base).findings] == []


def test_pairs_that_are_alike_are_reported(brought: Brought) -> None:
    lines = [line for line in brought.output.splitlines() if "% alike: " in line]
    assert len(lines) == 6
    assert {tuple(line.partition(": ")[2].split(" and ")) for line in lines if "100%" in line} == TWINS


def test_they_come_again_as_they_are(brought: Brought) -> None:
    before = {file: file.read_bytes() for file in (brought.base / "macros").iterdir()}
    assert "36 macros; 0 files written" in bring(brought.base)
    assert {file: file.read_bytes() for file in (brought.base / "macros").iterdir()} == before


def test_policies_have_no_blank_but_one(tmp_path: Path) -> None:
    """57 long texts of lawyers, with quotations, asides, links and tables: only `[TBD]` is to be filled in."""
    base = write(tmp_path / "base")
    said = output_of(base, "import", "macros", str(CORPORA / "site-policy/current"), "--verbose").splitlines()
    assert [line.partition(": ")[2] for line in said if "a blank, now" in line] == ["a blank, now a variable: [TBD]"]
    assert "57 macros" in said[0]
