"""Real documents with accidents in them: `check` never stumbles, and every finding has a place in its file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from knowledge import FILES, LIBRARY_DAY

from generator.checks import checks, judge
from generator.documents import is_document
from generator.documents.structure import Structured, structure
from generator.files.source import Source
from generator.files.tree import Folder
from generator.findings import Finding, Place
from generator.library.library import link
from generator.pipeline import load, run

ROOT = Path(__file__).parents[1]
ONCE = {
    "deadline": None,
    "derandomize": True,
    "database": None,
    "suppress_health_check": list(HealthCheck),
}


class Files:
    """A tree in memory."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.held = files

    def files(self, folders: tuple[str, ...]) -> list[str]:
        return sorted(path for path in self.held if path.startswith(folders))

    def read(self, path: str) -> bytes:
        return self.held[path]


@cache
def library() -> dict[str, bytes]:
    """The project's own library, or the small knowledge base where a copy has none."""
    folder = Folder(ROOT)
    paths = folder.files(("content", "sops", "macros", "decision_trees"))
    own = {path: folder.read(path) for path in paths if is_document(path)}
    return own or {path: text.encode() for path, text in FILES.items()}


@cache
def paths() -> list[str]:
    return sorted(library())


@cache
def among(path: str) -> list[str]:
    """The vocabulary and the closest neighbours of a file: enough to judge it, and quick."""
    near = set(re.findall(rb"[a-z0-9]+(?:-[a-z0-9]+)+", library()[path]))
    return ["content/vocabulary.yaml", *[other for other in paths() if Path(other).stem.encode() in near][:4]]


@cache
def unharmed(path: str) -> tuple[Source, Structured]:
    """A file of the library as it is, read once for all examples."""
    sources, _ = load(Files(library()), [path])
    return sources[path], structure(sources.values())


def judged_alone(around: Iterable[str], path: str, raw: bytes) -> tuple[dict[str, Source], list[Finding]]:
    """What `pipeline.run` does, for one file among files that stay as they are."""
    sources, findings = load(Files({path: raw}), [path])
    parts = [structure(sources.values())]
    for other in set(around) - {path}:
        sources[other], part = unharmed(other)
        parts.append(part)
    vocabulary = next((part.vocabulary for part in parts if part.vocabulary), None)
    documents = [document for part in parts for document in part.documents]
    malformed = {name: source.text for part in parts for name, source in part.malformed.items()}
    findings += [finding for part in parts for finding in part.findings]
    linked = link(documents, vocabulary, LIBRARY_DAY, malformed, library())
    return sources, sorted([*findings, *judge(linked, sources)[0]], key=lambda finding: finding.order)


def said(around: Iterable[str], path: str, raw: bytes) -> list[Finding]:
    """What is found, after a look that all of it is in order and has a place."""
    sources, found = judged_alone(around, path, raw)
    for finding in found:
        assert finding.code in checks()
        assert finding.message
        assert finding.hint
        assert_inside(finding.place, sources)
        for place, _ in finding.related:
            assert_inside(place, sources)
    return found


def assert_inside(place: Place, sources: dict[str, Source]) -> None:
    """The place begins and ends in its file, and does not end before it begins."""
    path, line, column, end_line, end_column = place
    lines = sources[path].lines
    assert 1 <= line <= end_line <= len(lines), place
    assert 1 <= column <= len(lines[line - 1]) + 1, place
    assert 1 <= end_column <= len(lines[end_line - 1]) + 1, place
    assert (line, column) <= (end_line, end_column), place


Mutate = Callable[[list[bytes], st.DataObject], list[bytes]]
ODDITIES = [
    b"\t", b"\0", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\x85", b"\x1b", b"\r",
    b"\r\n", b": ", b"- ", b"? ", b"[", b"]", b"{", b"}", b"&a ",
    b"*a", b"!!int ", b"|", b">", b"%", b"@", b"`", b'"', b"'",
    b"#", b"---\n", b"...\n", b"<<<<<<< HEAD\n", b"<<: ", b"[[", b"]]", b"[[x]]", b"[[x#y@1.0|z]]", b"](",
    b"](javascript:x)", b"{{", b"}}", b"{%", b"{{ x }}", b"~", b"null", b"\xf0\x9f\x99\x82", b"```", b"~~~",
]  # fmt: skip
VALUES = [b"", b"[]", b"{}", b"~", b"no", b"12", b"1.5", b"[a, b]", b"{a: b}", b"2026-02-30", b"!!set {a}", b"|", b'""']


def line_of(lines: list[bytes], data: st.DataObject) -> int:
    return data.draw(st.integers(0, max(0, len(lines) - 1)), "line")


def delete(lines: list[bytes], data: st.DataObject) -> list[bytes]:
    at = line_of(lines, data)
    return lines[:at] + lines[at + data.draw(st.integers(1, 5), "how many") :]


def duplicate(lines: list[bytes], data: st.DataObject) -> list[bytes]:
    at = line_of(lines, data)
    return lines[: at + 1] + lines[at:]


def swap(lines: list[bytes], data: st.DataObject) -> list[bytes]:
    one, other = line_of(lines, data), line_of(lines, data)
    lines[one], lines[other] = lines[other], lines[one]
    return lines


def insert(lines: list[bytes], data: st.DataObject) -> list[bytes]:
    at = line_of(lines, data)
    column = data.draw(st.integers(0, len(lines[at])), "column")
    odd = data.draw(st.one_of(st.sampled_from(ODDITIES), st.binary(min_size=1, max_size=4)), "what")
    lines[at] = lines[at][:column] + odd + lines[at][column:]
    return lines


def indent(lines: list[bytes], data: st.DataObject) -> list[bytes]:
    at = line_of(lines, data)
    lines[at] = b" " * data.draw(st.integers(0, 6), "spaces") + lines[at].lstrip()
    return lines


def retype(lines: list[bytes], data: st.DataObject) -> list[bytes]:
    at = line_of(lines, data)
    key, colon, _ = lines[at].partition(b": ")
    lines[at] = key + (colon or b": ") + data.draw(st.sampled_from(VALUES), "value")
    return lines


def truncate(lines: list[bytes], data: st.DataObject) -> list[bytes]:
    at = line_of(lines, data)
    return [*lines[:at], lines[at][: data.draw(st.integers(0, len(lines[at])), "column")]]


def splice(lines: list[bytes], data: st.DataObject) -> list[bytes]:
    other = library()[data.draw(st.sampled_from(paths()), "other file")].split(b"\n")
    return lines[: line_of(lines, data)] + other[line_of(other, data) :]


MUTATIONS: list[Mutate] = [delete, duplicate, swap, insert, indent, retype, truncate, splice]


@pytest.mark.parametrize("mutate", MUTATIONS, ids=lambda one: one.__name__)
@settings(max_examples=200, **ONCE)
@given(data=st.data())
def test_accidents(mutate: Mutate, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(paths()), "file")
    lines = library()[path].split(b"\n")
    for _ in range(data.draw(st.integers(1, 2), "times")):
        lines = mutate(lines, data) or [b""]
    said(among(path), path, b"\n".join(lines))


def test_the_library_is_sound() -> None:
    assert run(Files(library()), LIBRARY_DAY).findings == []


# Single mistakes, in the whole library: each gives one more finding, on its own line.

REQUIRED = re.compile(
    rb"^(title|version|status|owner|summary|trigger|steps|sections|questions|inputs|rows|start|effective):", re.M
)
KEYS = re.compile(rb"^(?:    )?([a-z_]{5,}):(?= |$)", re.M)
REFERENCES = re.compile(rb"\[\[([a-z-]{6,})[\]#|]")
LISTS = re.compile(
    rb"^((?:  )?(?:- )?(?:steps|sections|questions|inputs|rows|outcomes|modules|history|cases|quality|never)):$", re.M
)
LINES = re.compile(rb"^(?:status|reviewed|review_by|version|severity|queue|owner): (.+)$", re.M)


def sound_files(pattern: re.Pattern[bytes]) -> list[str]:
    return [path for path in paths() if path != "content/vocabulary.yaml" and pattern.search(library()[path])]


def one_more(path: str, changed: bytes, at: int) -> Finding:
    """The only finding after a change in one file, which must be in the line of the change."""
    found = said(paths(), path, changed)
    assert len(found) == 1, "\n".join(f"{f.place} {f.code} {f.message}" for f in found)
    line = changed.count(b"\n", 0, at) + 1
    assert (found[0].place.path, found[0].place.line) == (path, line), found[0]
    return found[0]


def pick(pattern: re.Pattern[bytes], data: st.DataObject) -> tuple[str, bytes, re.Match[bytes]]:
    path = data.draw(st.sampled_from(sound_files(pattern)), "file")
    raw = library()[path]
    if path.endswith(".md") and pattern in (REQUIRED, KEYS, LINES, LISTS):
        end = raw.index(b"\n---", 3)
        matches = list(pattern.finditer(raw, 0, end)) or list(REQUIRED.finditer(raw, 0, end))
    else:
        matches = list(pattern.finditer(raw))
    return path, raw, data.draw(st.sampled_from(matches), "place")


@settings(max_examples=12, **ONCE)
@given(data=st.data())
def test_a_misspelt_id_in_a_reference(data: st.DataObject) -> None:
    path, raw, match = pick(REFERENCES, data)
    at = match.start(1) + data.draw(st.integers(1, len(match[1]) - 2), "letter")
    found = one_more(path, raw[:at] + b"q" + raw[at:], match.start())
    assert found.code in ("broken-reference", "broken-citation")


@settings(max_examples=12, **ONCE)
@given(data=st.data())
def test_a_value_of_the_wrong_type(data: st.DataObject) -> None:
    path, raw, match = pick(LINES, data)
    value = data.draw(st.sampled_from([b"[a, b]", b"{a: b}"]), "value")
    found = one_more(path, raw[: match.start(1)] + value + raw[match.end(1) :], match.start())
    assert found.code == "invalid-value"


@settings(max_examples=12, **ONCE)
@given(data=st.data())
def test_a_misspelt_key(data: st.DataObject) -> None:
    path, raw, match = pick(KEYS, data)
    at = match.start(1) + data.draw(st.integers(1, len(match[1]) - 1), "letter")
    found = one_more(path, raw[:at] + b"q" + raw[at:], match.start(1))
    assert found.code == "unknown-key"


@settings(max_examples=10, **ONCE)
@given(data=st.data())
def test_a_key_that_was_deleted(data: st.DataObject) -> None:
    path, raw, match = pick(REQUIRED, data)
    following = re.compile(rb"^(?=[a-z_-])", re.M).search(raw, match.end())
    end = following.start() if following else len(raw)
    found = said(paths(), path, raw[: match.start()] + raw[end:])
    key = match[1].decode()
    assert [(f.place.path, f.place.line, f.code) for f in found] == [
        (path, 2 if path.endswith(".md") else found[0].place.line, "missing-key")
    ], found
    assert f"`{key}`" in found[0].message


@settings(max_examples=10, **ONCE)
@given(data=st.data())
def test_a_list_that_became_a_word(data: st.DataObject) -> None:
    path, raw, match = pick(LISTS, data)
    following = re.compile(rb"^(?=[a-z_])", re.M).search(raw, match.end())
    end = following.start() if following else len(raw)
    changed = raw[: match.start()] + match[1] + b": nothing\n" + raw[end:]
    assert one_more(path, changed, match.start()).code == "invalid-value"
