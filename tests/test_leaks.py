"""No byte of what is internal reaches a vendor: a mark is planted there, and every pack is searched for it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from conftest import Play, output_of
from knowledge import copy_starter, edit, put, snapshot

from generator.publishing.packs.archive import make_zip
from generator.publishing.packs.extras import tell_missing
from generator.publishing.packs.formats import handbook
from generator.publishing.packs.handbook.binding import Book

pypdf = pytest.importorskip("pypdf")

ROOT = Path(__file__).parents[1]
MARK = "zqxinternalmarkqz"
PACKS = ["brightdesk-content-review", "kestrel-account-security-and-fraud", "kestrel-privacy-first-line"]


def _plant(base: Path) -> None:
    """The mark in every kind of place that is not for vendors."""
    note = f"internal_note: {MARK}"
    edit(base, "sops/restore-account.yaml", "steps:\n", f"# {MARK}\nsteps:\n")
    edit(
        base,
        "sops/restore-account.yaml",
        "steps:\n",
        f"steps:\n  - {{id: hidden, title: {MARK}, audience: internal, text: {MARK}}}\n",
    )
    edit(base, "sops/crisis-contact.yaml", "steps:\n", f"steps:\n  - {{id: hidden, title: T, text: T, {note}}}\n")
    edit(
        base,
        "sops/crisis-contact.yaml",
        "history:\n",
        f'history:\n  - {{version: "9.0", on: 2026-11-01, note: {MARK}, audience: internal}}\n',
    )
    edit(
        base,
        "sops/restore-account.yaml",
        "history:\n",
        f'history:\n  - {{version: "9.0", on: 2026-11-01, note: Reviewed., by: {MARK}}}\n',
    )
    edit(
        base,
        "content/policies/account-integrity.yaml",
        "    changes:\n",
        f"    changes:\n      - {{section: {MARK}-old, kind: removed, note: {MARK}, audience: internal}}\n"
        f"      - {{section: {MARK}, kind: clarified, note: {MARK}}}\n",
    )
    edit(
        base,
        "content/policies/account-integrity.yaml",
        "history:\n",
        f"  - {{id: {MARK}, number: '9', title: {MARK}, revised: '2.0', audience: internal, text: {MARK}}}\n"
        f"reviews:\n  - {{on: 2026-11-01, by: {MARK}, note: {MARK}}}\nhistory:\n",
    )
    edit(base, "decision_trees/account-takeover.yaml", "start:", f"{note}\nstart:")
    edit(base, "decision_trees/account-takeover.yaml", "    answers:\n", f"    {note}\n    answers:\n")
    edit(base, "decision_trees/severity-routing.yaml", "inputs:\n", f"{note}\ninputs:\n")
    edit(base, "decision_trees/severity-routing.yaml", "    values:\n", f"    {note}\n    values:\n")
    edit(base, "decision_trees/severity-routing.yaml", "outcomes:\n", f"outcomes:\n  # {MARK}\n")
    edit(base, "macros/account-locked.yaml", "channel: ", f"{note}\nchannel: ")
    edit(
        base,
        "content/policies/account-integrity.yaml",
        "    internal_note: |\n",
        f"    internal_note: |\n      {MARK}\n",
    )
    edit(base, "content/packs/kestrel-privacy-first-line.yaml", "internal_note: |\n", f"internal_note: |\n  {MARK}\n")
    edit(base, "content/vocabulary.yaml", "\nqueues:\n", f"\n  {MARK}-team:\n    name: {MARK}\n\nqueues:\n")
    edit(base, "content/vocabulary.yaml", "  kestrel:\n", f"  {MARK}:\n    name: {MARK}\n  kestrel:\n")
    edit(
        base,
        "content/vocabulary.yaml",
        "teams:\n",
        f"teams:\n  extra:\n    name: Extra\n    audience: vendor\n    {note}\n",
    )
    for kind in ("internal", "restricted"):
        source = (base / "sops/vendor-onboarding.yaml").read_text(encoding="utf-8")
        text = source.replace("id: vendor-onboarding", f"id: {MARK}-{kind}\naudience: {kind}", 1)
        text = "\n".join(line for n, line in enumerate(text.split("\n")) if n < 2 or not line.startswith("audience:"))
        put(base, {f"sops/{MARK}-{kind}.yaml": text.replace("trigger: ", f"trigger: {MARK} ", 1)})
    page = (
        f"---\ntitle: {MARK}\nowner: content-integrity\nsummary: {MARK}\n---\n\n## {MARK}\n\nSee [[restore-account]].\n"
    )
    put(base, {f"content/pages/{MARK}.md": page})


def _build(base: Path, pack: str, *words: str) -> Path:
    output_of(base, "pack", "build", pack, *words)
    return next((base / "dist").glob(f"{pack}-*"))


def _holding(pack: Path) -> list[str]:
    """The files of a pack whose name or content has the mark, zips unpacked all the way."""
    return [name for path in sorted(pack.iterdir()) for name in _search(path.name, path.read_bytes())]


def _search(name: str, content: bytes) -> Iterator[str]:
    if MARK in name.lower() or MARK.encode() in content.lower():
        yield name
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for inner in archive.namelist():
                yield from _search(f"{name}/{inner}", archive.read(inner))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = copy_starter(tmp_path_factory.mktemp("knowledge base"))
    _plant(place)
    return place


def _keep_bound(book: Book, _: object) -> tuple[bytes, list[str]]:
    """All that a handbook is printed from, as a zip: to print the whole of it takes minutes."""
    return make_zip({"book.html": book.html.encode(), **book.files}, datetime(2026, 11, 28, tzinfo=UTC)), []


FORMATS = ["site", "scorm12", "gift", "moodle", "qti", "spreadsheet", "whats_changed", "delta", "macros"]


@pytest.mark.parametrize("pack", PACKS)
def test_a_vendor_receives_nothing_internal(base: Path, pack: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handbook, "print_book", _keep_bound)
    formats = FORMATS if tell_missing("pdf") else [*FORMATS, "handbook"]
    place = _build(base, pack, *(word for name in formats for word in ("--format", name)))
    assert _holding(place) == []
    assert {"macros.zip", "whats-changed.html"} <= {path.name for path in place.iterdir()}
    with zipfile.ZipFile(place / "site.zip") as archive:
        record = json.loads(archive.read(f"{pack}/pack.json"))
        files = {name.removeprefix(f"{pack}/"): sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
    files.pop("pack.json")
    assert record["files"] == files
    assert (record["id"], record["audience"]) == (pack, "vendor")
    assert all(document["version"] for document in record["documents"])


def test_two_builds_on_two_days_are_the_same_bytes(tmp_path: Path) -> None:
    place = _narrow(copy_starter(tmp_path), ["data-access-request", "account-takeover"])
    words = [word for name in FORMATS for word in ("--format", name)]
    first = snapshot(_build(place, PACKS[-1], *words))
    assert len(first) > 10
    assert snapshot(_build(place, PACKS[-1], "--as-of", "2027-01-31", *words)) == first, "two builds differ"


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    place = _narrow(copy_starter(tmp_path), ["data-access-request"])
    edit(place, "sops/data-access-request.yaml", "summary: ", f"summary: {MARK} ")
    held = _holding(_build(place, "kestrel-privacy-first-line", "--format", "site", "--format", "scorm12"))
    assert {name.split("/")[0] for name in held} == {"site.zip", "scorm12.zip"}


def test_the_bound_book_is_searched_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = _narrow(copy_starter(tmp_path), ["crisis-contact"])
    edit(place, "sops/crisis-contact.yaml", "summary: ", f"summary: {MARK} ")
    if not tell_missing("pdf"):
        monkeypatch.setattr(handbook, "print_book", _keep_bound)
        assert "handbook.pdf/book.html" in _holding(_build(place, PACKS[-1], "--format", "handbook"))


PLANTED = [
    "restore-account", "crisis-contact", "account-takeover", "severity-routing", "account-locked", "account-integrity",
]  # fmt: skip


def _narrow(base: Path, documents: list[str]) -> Path:
    """Leaves one pack with one module."""
    path = base / f"content/packs/{PACKS[-1]}.yaml"
    text = path.read_text(encoding="utf-8")
    before, after = text[: text.index("modules:\n")], text[text.index("pass_mark:") :]
    path.write_text(
        f"{before}modules:\n  - {{title: T, documents: [{', '.join(documents)}]}}\n{after}", encoding="utf-8"
    )
    return base


def test_nothing_internal_is_printed(tmp_path: Path) -> None:
    """A handbook of the documents of the starter library that have marks: its words, and every stream unpacked."""
    if missing := tell_missing("pdf"):
        pytest.skip(f"no handbook without {missing}")
    base = _narrow(copy_starter(tmp_path), PLANTED)
    _plant(base)
    place = _build(base, PACKS[-1], "--format", "handbook")
    pdf = pypdf.PdfReader(place / "handbook.pdf")
    assert MARK not in " ".join(page.extract_text() for page in pdf.pages).lower()
    assert MARK not in str(pdf.metadata)
    found = b""
    for number in range(1, pdf.trailer["/Size"]):
        thing = pdf.get_object(number)
        found += (thing.get_data() if isinstance(thing, pypdf.generic.StreamObject) else b"") + str(thing).encode()
    assert MARK.encode() not in found.lower()
    assert b"Restore a taken-over account" in found, "the search sees what is there"


def test_a_vendor_document_that_leads_inside_stops_the_pack(tmp_path: Path, play: Play) -> None:
    place = copy_starter(tmp_path)
    edit(place, "sops/data-access-request.yaml", "summary: ", "summary: See [[vendor-onboarding]]. ")
    result = play(place, "pack", "build", "kestrel-privacy-first-line")
    assert result.exit_code == 1
    assert "error[hidden-target]" in result.output
    assert "sops/data-access-request.yaml:" in result.output
    assert not (place / "dist").exists()
