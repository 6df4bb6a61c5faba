"""Real playbooks for incidents, brought in as procedures: no word is lost, and links between them are references."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from conftest import output_of
from knowledge import AS_OF, check, snapshot, write
from test_corpora import CORPORA

SOURCE = CORPORA / "aws-incident-response"
ORIGIN = re.compile(r"# Imported by playbook import sops from (.*) in aws-incident-response/;")
LINK = re.compile(r"\]\(\s*([^()\s]+\.md)(?:#[^()]*)?\s*\)")
NAMED = re.compile(r": (?:line \d+: )?(.*)")
LIST_SIGN = re.compile(r"^\s*\d+[.)] ", re.MULTILINE)
# Codes that tell of what the source has: paragraphs that are long, and HTML that nobody sees anywhere.
OF_THE_SOURCE = {"dense-step", "unread-markup"}


class Brought(NamedTuple):
    """A knowledge base with the imported procedures, and what the import said."""

    base: Path
    output: str


@pytest.fixture(scope="module")
def brought(tmp_path_factory: pytest.TempPathFactory) -> Brought:
    base = write(tmp_path_factory.mktemp("corpus") / "base")
    return Brought(base, bring(base))


def bring(base: Path) -> str:
    return output_of(base, "import", "sops", str(SOURCE), "--as-of", AS_OF, "--verbose")


def sources() -> dict[str, str]:
    files = sorted(SOURCE.rglob("*.md"))
    assert len(files) == 16, f"{SOURCE} must be there where PLAYBOOK_CORPORA names it"
    return {file.relative_to(SOURCE).as_posix(): file.read_text(encoding="utf-8") for file in files}


def sops(base: Path) -> dict[str, tuple[str, Any]]:
    """By the path of its source: the text of an SOP's file, and its data."""
    texts = [file.read_text(encoding="utf-8") for file in (base / "sops").glob("*.yaml")]
    return {match[1]: (one, yaml.safe_load(one)) for one in texts if (match := ORIGIN.match(one))}


def counted(words: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", words))


def test_each_playbook_is_a_procedure_with_steps(brought: Brought) -> None:
    made = sops(brought.base)
    assert made.keys() == sources().keys()
    numbers = {path: len(one["steps"]) for path, (_, one) in made.items()}
    print(f"\n{len(made)} procedures, {sum(numbers.values())} steps")
    assert min(numbers.values()) > 3
    assert f"16 SOPs with {sum(numbers.values())} steps; 16 files written" in brought.output


def test_no_word_is_lost(brought: Brought) -> None:
    for path, text in sources().items():
        said = " ".join(
            match[1]
            for line in brought.output.split("\n")
            if line.startswith(f"{path}: ") and (match := NAMED.search(line.removeprefix(f"{path}: ")))
        )
        one, _ = sops(brought.base)[path]
        address = re.compile(r"\]\([^()]*(?:\.md|#)[^()]*\)")  # of a file or a step, which is a reference now
        lost = counted(LIST_SIGN.sub("", address.sub("]", text))) - counted(f"{one} {said}")
        # A word that the head of the file said, such as `Version`, is a key of the SOP now.
        lost -= counted("Playbook Version Last Reviewed")
        assert not lost, (path, lost)


def test_links_between_the_playbooks_are_references(brought: Brought) -> None:
    names = {Path(path).name for path in sources()}
    links = [link for text in sources().values() for link in LINK.findall(text)]
    inside = [link for link in links if Path(link).name in names]
    references = [one for text, _ in sops(brought.base).values() for one in re.findall(r"\[\[[^\]]+\]\]", text)]
    print(f"\n{len(references)} references")
    assert len(references) >= len(inside) > 50


def test_what_is_found_is_in_the_source(brought: Brought) -> None:
    findings = check(brought.base).findings
    print(f"\n{Counter(finding.code for finding in findings)}")
    assert {finding.code for finding in findings} <= OF_THE_SOURCE


def test_what_was_imported_comes_again_as_it_is(brought: Brought) -> None:
    before = snapshot(brought.base)
    assert "; 0 files written" in bring(brought.base)
    assert snapshot(brought.base) == before
