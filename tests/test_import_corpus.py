"""Years of a platform's real policies, brought in: what is said to be stale is what changed, and no word is lost."""

from __future__ import annotations

import gzip
import json
import re
import time
from collections import Counter
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from conftest import output_of
from knowledge import FILES, check, write
from repository import replay
from test_corpora import CORPORA

READ_ON = "2023-01-01"
FENCE = re.compile(r"^[ \t]*(```|~~~).*?^[ \t]*\1[ \t]*$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^ {0,3}(#+)[ \t]+(.*?)[ \t]*$", re.MULTILINE)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
LINK = re.compile(r"\]\(([/#](?:[^()\s]|\([^()\s]*\))*)\)")


class Revision(NamedTuple):
    """A file's text from a day on."""

    path: str
    day: str
    text: str


class Brought(NamedTuple):
    """A knowledge base with the imported policies, what the import said, and how long it took."""

    base: Path
    output: str
    seconds: float


@cache
def rows() -> list[dict[str, str]]:
    with gzip.open(CORPORA / "site-policy/history.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


@cache
def revisions() -> dict[str, list[Revision]]:
    """The revisions of each file, oldest first, by the id that its policy gets."""
    found: dict[str, list[Revision]] = {}
    for row in rows():
        found.setdefault(Path(row["path"]).stem, []).append(Revision(row["path"], row["date"][:10], row["text"]))
    return found


@pytest.fixture(scope="module")
def brought(tmp_path_factory: pytest.TempPathFactory) -> Brought:
    top = tmp_path_factory.mktemp("corpus")
    commits: dict[str, tuple[datetime, dict[str, str]]] = {}
    for row in sorted(rows(), key=lambda row: datetime.fromisoformat(row["date"])):
        moment = datetime.fromisoformat(row["date"])
        commits.setdefault(row["commit"], (moment, {}))[1][row["path"]] = row["text"]
    replay(top / "site-policy", commits.values())
    base = write(top / "base")
    began = time.monotonic()
    result = bring(base, top / "site-policy")
    return Brought(base, result, time.monotonic() - began)


def bring(base: Path, folder: Path) -> str:
    return output_of(base, "import", "policies", str(folder), "--as-of", last_day().isoformat(), "--verbose")


def last_day() -> date:
    return max(date.fromisoformat(row["date"][:10]) for row in rows()) + timedelta(days=1)


@cache
def policies(base: Path) -> dict[str, Any]:
    files = (base / "content/policies").glob("*.yaml")
    return {path.stem: yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader) for path in files}


# The same question, answered from the raw revisions alone


def body(text: str) -> str:
    """What a reader sees: without the front matter, and without comments, whose changes change no policy."""
    return COMMENT.sub("", text.split("\n---\n", 1)[1] if text.startswith("---\n") else text)


def pieces(text: str) -> dict[str, str]:
    """The sections of a raw revision: id and words."""
    text = body(text)
    masked = FENCE.sub(lambda code: re.sub("#", "x", code[0]), text)
    heads = [(m.start(), m.end(), len(m[1]), m[2]) for m in HEADING.finditer(masked)]
    if heads and not text[: heads[0][0]].strip() and [h[2] for h in heads if h[2] == 1] == [heads[0][2]]:
        text, masked = text[heads[0][1] :], masked[heads[0][1] :]
        heads = [(m.start(), m.end(), len(m[1]), m[2]) for m in HEADING.finditer(masked)]
    depth = 2 if any(h[2] == 2 for h in heads) else min((h[2] for h in heads), default=2)
    tops = [h for h in heads if h[2] <= depth]
    found = {"introduction": words(text[: tops[0][0]] if tops else text)}
    for head, end in zip(tops, [*(h[0] for h in tops[1:]), len(text)], strict=False):
        name, number = named(head[3]), 1
        while found.get(name):
            number += 1
            name = f"{named(head[3])}-{number}"
        found[name] = words(text[head[1] : end]) or "(nothing)"
    return {name: text for name, text in found.items() if text}


def named(heading: str) -> str:
    bare = re.sub(r"^([A-Z]|[IVXLC]+|[0-9.]*[0-9][A-Za-z]?)[.)]\s+(?=.)", "", heading)
    bare = re.sub(r"\]\([^()]*\)|['’*]", "", bare).lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:72].strip("-")


def words(text: str) -> str:
    """The words of a section; at which level its own headings stand is no word."""
    return " ".join(re.sub(r"^ {0,3}#+[ \t]", "", text, flags=re.MULTILINE).split())


def answer() -> tuple[set[str], set[str]]:
    """The sections that there were when all were read, and those of them whose text has changed since."""
    there, changed = set(), set()
    for policy, states in revisions().items():
        old = [state for state in states if state.day <= READ_ON]
        read = pieces(old[-1].text) if old else {}
        later = [pieces(state.text) for state in states if state.day > READ_ON]
        there |= {f"{policy}#{section}" for section in read}
        changed |= {f"{policy}#{s}" for s, text in read.items() if any(new.get(s) != text for new in later)}
    return there, changed


# What the import and the check say


def test_the_stale_citations_are_those_of_sections_that_really_changed(brought: Brought) -> None:
    there, changed = answer()
    cite(brought.base, there)
    outcome = check(brought.base, last_day())
    told = [f for f in outcome.findings if f.code in ("stale-policy", "gone-section") and "citing-" in f.place.path]
    stale = {re.search(r"`([^`#]+#[^`]+)`", finding.message)[1] for finding in told}  # type: ignore[index]
    print(f"\n{len(there)} sections cited, {len(stale)} stale; imported in {brought.seconds:.1f} s")
    assert 0 < len(changed) < len(there)
    assert stale - changed == set(), "a false alarm"
    assert changed - stale == set(), "missed"
    others = [f for f in outcome.errors if f not in told and f.place.path not in FILES]  # these are of a later day
    assert [f"{f.place.path}: {f.message}" for f in others] == []


def cite(base: Path, sections: set[str]) -> None:
    """A procedure for each policy, with a step for each section that cites it as it was on the day of reading."""
    for policy in sorted({name.partition("#")[0] for name in sections}):
        history = policies(base)[policy]["history"]
        version = next(entry["version"] for entry in history if entry["effective"] <= READ_ON)
        mine = sorted(name for name in sections if name.startswith(f"{policy}#"))
        steps = [
            {"id": f"step-{n}", "title": "Read", "text": "Read it.", "cites": [f"{name}@{version}"]}
            for n, name in enumerate(mine)
        ]
        sop = {"id": f"citing-{policy}", "title": "T", "version": "1.0", "status": "active", "owner": "support"}
        rest = {"summary": "S.", "trigger": "Always.", "steps": steps}
        (base / f"sops/citing-{policy}.yaml").write_text(yaml.safe_dump({**sop, **rest}), encoding="utf-8")


def test_what_was_imported_comes_again_as_it_is(brought: Brought) -> None:
    assert len(policies(brought.base)) == 57 + 1
    before = {path: path.read_bytes() for path in (brought.base / "content/policies").iterdir()}
    assert "; 0 files written" in bring(brought.base, brought.base.parent / "site-policy")
    assert {path: path.read_bytes() for path in (brought.base / "content/policies").iterdir()} == before


def test_no_word_is_lost(brought: Brought) -> None:
    for policy, states in revisions().items():
        one = policies(brought.base)[policy]
        parts = [f"{s['number']} {s['title']} {s['text']}" for s in one["sections"]]
        lost = counted(LINK.sub("]", body(states[-1].text))) - counted(f"{one['title']} {' '.join(parts)}")
        assert not lost, policy


def counted(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text))


def test_every_link_between_the_files_is_a_reference(brought: Brought) -> None:
    paths, former = set(), set()
    for states in revisions().values():
        front = yaml.safe_load(states[-1].text.split("\n---\n")[0])
        paths.add("/site-policy/" + states[-1].path.removesuffix(".md"))
        former |= set(front.get("redirect_from", []))
    links = [
        link.partition("#")[0]
        for states in revisions().values()
        for link in LINK.findall(body(states[-1].text))
        if link[0] == "/"
    ]
    assert sum(link in former - paths for link in links) > 0
    out = re.findall(r"(?:leads out of|is not in) the folder, its address now in the text: ([^\s#]+)", brought.output)
    assert sorted(out) == sorted(link for link in links if link not in paths | former)
