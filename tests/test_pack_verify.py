"""`pack verify`: whoever has nothing but a pack can tell whether it is what was built."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Play, output_of
from knowledge import STARTER, write


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack with its pages and questions."""
    base = write(tmp_path_factory.mktemp("pack"))
    shutil.copy(STARTER / "mkdocs.yml", base)
    output_of(base, "pack", "build", "acme-accounts", "--format", "site", "--format", "qti", "--format", "gift")
    return base / "dist/acme-accounts-1.0"


@pytest.fixture
def pack(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "pack with a space"))


def _zipped(place: Path, *entries: tuple[str | zipfile.ZipInfo, str]) -> None:
    with zipfile.ZipFile(place, "a") as archive:
        for name, text in entries:
            archive.writestr(name, text)


def _link(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.create_system, entry.external_attr = 3, 0o120777 << 16
    return entry


def _flip(place: Path) -> None:
    content = bytearray(place.read_bytes())
    content[len(content) // 2] ^= 1
    place.write_bytes(bytes(content))


def _swap_record(pack: Path) -> None:
    """A change that also knows pack.json, but not SHA256SUMS."""
    (pack / "questions.gift").write_text("other", encoding="utf-8")
    told = json.loads((pack / "pack.json").read_text(encoding="utf-8"))
    told["files"]["questions.gift"] = "d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa"
    (pack / "pack.json").write_text(json.dumps(told), encoding="utf-8")


AMISS: dict[str, tuple[Callable[[Path], object], str]] = {
    "one bit of the pages": (lambda pack: _flip(pack / "site.zip"), "site.zip is not what was built"),
    "a file is missing": (lambda pack: (pack / "questions.gift").unlink(), "questions.gift is missing"),
    "a file was added": (lambda pack: (pack / "more.txt").write_text("x"), "more.txt was not built"),
    "the questions": (lambda pack: (pack / "questions.gift").write_text("x"), "questions.gift is not what was built"),
    "questions and record": (_swap_record, "SHA256SUMS does not have the hash of pack.json"),
    "no hashes": (lambda pack: (pack / "SHA256SUMS").unlink(), "SHA256SUMS does not have the hash of pack.json"),
    "cut short": (lambda pack: (pack / "site.zip").write_bytes((pack / "site.zip").read_bytes()[:900]), "is no zip"),
    "a page outside": (lambda pack: _zipped(pack / "site.zip", ("../evil.html", "x")), "would be written outside"),
    "a drive": (lambda pack: _zipped(pack / "site.zip", ("c:/evil.html", "x")), "would be written outside"),
    "backslashes": (lambda pack: _zipped(pack / "site.zip", ("..\\evil.html", "x")), "would be written outside"),
    "a link": (lambda pack: _zipped(pack / "site.zip", (_link("a/l"), "/etc")), "a/l is a link"),
}


@pytest.mark.parametrize("what", AMISS)
def test_what_is_not_as_it_was_built_is_named(what: str, pack: Path, play: Play) -> None:
    harm, told = AMISS[what]
    harm(pack)
    result = play(None, "pack", "verify", str(pack))
    assert result.exit_code == 1, result.output
    assert told in result.output
    assert "Traceback" not in result.output


def test_a_pack_is_as_it_was_built(pack: Path, play: Play) -> None:
    for place, files in ((pack, "6 files"), (pack / "site.zip", " files")):
        result = play(None, "pack", "verify", str(place))
        assert result.exit_code == 0, result.output
        assert result.output.startswith("Account security for Acme, version 1.0: ")
        assert files in result.output


def test_a_page_in_the_zip_that_was_exchanged_is_named(pack: Path, tmp_path: Path, play: Play) -> None:
    other = tmp_path / "site.zip"
    with zipfile.ZipFile(pack / "site.zip") as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"Restore", b"Destroy"))
    result = play(None, "pack", "verify", str(other))
    assert (result.exit_code, "sops/restore-account.html is not what was built" in result.output) == (1, True)


NO_PACK = {
    "a text": b"hello",
    "an empty zip": b"PK\x05\x06" + bytes(18),
    "nothing": b"",
}


@pytest.mark.parametrize("what", NO_PACK)
def test_what_is_no_pack_is_told_in_a_line(what: str, tmp_path: Path, play: Play) -> None:
    place = tmp_path / "x.zip"
    place.write_bytes(NO_PACK[what])
    result = play(None, "pack", "verify", str(place))
    assert (result.exit_code, len(result.output.splitlines())) == (1, 1), result.output


def test_a_folder_without_a_record_is_no_pack(tmp_path: Path, play: Play) -> None:
    for text in (None, "[]", "{}", '{"files": 3, "title": "T", "version": "1.0"}'):
        if text is not None:
            (tmp_path / "pack.json").write_text(text, encoding="utf-8")
        result = play(None, "pack", "verify", str(tmp_path))
        assert (result.exit_code, len(result.output.splitlines())) == (1, 1), result.output
