"""Files that other programs wrote, brought in through the command line: what each becomes, and that no word is lost."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from conftest import Lay, Play
from knowledge import snapshot

PROGRAMS = Path(__file__).parent / "programs"
EXPECTED: dict[str, Any] = yaml.safe_load((PROGRAMS / "expected.yaml").read_text(encoding="utf-8"))
HEADS = {"outcome", "note"}  # of columns that have a place of their own
TEXTS = re.compile(r"word/(document|footnotes|comments)\.xml|xl/(sharedStrings|comments\d*|worksheets/sheet1)\.xml")


def test_every_file_has_its_expectation() -> None:
    assert sorted(EXPECTED) == sorted(one.name for one in PROGRAMS.iterdir() if one.suffix != ".yaml")


def list_words(text: str) -> set[str]:
    return {word for word in re.findall(r"[^\W\d_]+", text.casefold()) if len(word) > 1}


def words_of_file(path: Path) -> set[str]:
    """The words of an Office file, read from its XML without any program of ours."""
    if path.suffix == ".dmn":
        return {
            word for text in re.findall(r'"([^"]+)"</', path.read_text(encoding="utf-8")) for word in list_words(text)
        }
    texts: list[str] = []
    with zipfile.ZipFile(path) as parts:
        for name in filter(TEXTS.fullmatch, parts.namelist()):
            for element in ElementTree.fromstring(parts.read(name)).iter():
                tag = element.tag.rpartition("}")[2]
                texts.append(
                    element.text or ""
                    if tag in ("t", "delText")
                    else " "
                    if tag in ("p", "si", "is", "tab", "br")
                    else ""
                )
    return list_words("".join(texts))


def texts_in(data: Any) -> Iterator[str]:
    for one in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from texts_in(one)
    if not isinstance(data, dict | list):
        yield str(data)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_of_another_program(name: str, lay: Lay, play: Play) -> None:
    wanted = EXPECTED[name]
    root = lay({})
    before = snapshot(root)
    command = ["import", "sops"] if name.endswith(".docx") else ["import", "decision-table"]
    verbose = ["--verbose"] if name.endswith(".docx") else []
    told = play(root, *command, str(PROGRAMS / name), *verbose)
    assert told.exit_code == 0, told.output
    assert [part for part in wanted.get("said", ()) if part not in told.output] == [], told.output
    after = snapshot(root)
    assert {path: after.get(path) for path in before} == before, "nothing that was there is touched"
    [place] = [path for path in after if path not in before and path.endswith(".yaml")]
    made = yaml.safe_load((root / place).read_text(encoding="utf-8"))
    if "steps" in wanted:
        assert (made["title"], [step["title"] for step in made["steps"]]) == (wanted["title"], wanted["steps"])
    else:
        assert [one["ask"] for one in made["inputs"].values()] == wanted["asks"]
        assert [one["decision"] for one in made["outcomes"].values()] == wanted["outcomes"]
        labels = [
            str(one["label"]) for some in made["inputs"].values() for one in some["values"].values() if "label" in one
        ]
        assert wanted.get("labels", labels) == labels
    lost = (
        words_of_file(PROGRAMS / name)
        - list_words("\n".join([*texts_in(made), told.output]))
        - {*wanted.get("keys", ()), *HEADS}
    )
    assert lost == set()
    findings = json.loads(play(root, "check", "--format", "json").output)["findings"]
    assert [one["code"] for one in findings if one["path"] == place] == wanted.get("found", [])
    assert "0 files written" in play(root, *command, str(PROGRAMS / name)).output, "the same file again changes nothing"
