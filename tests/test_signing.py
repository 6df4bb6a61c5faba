"""A pack is signed, and one flipped byte is refused, offline, by us and by minisign itself."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from browser.conftest import missing
from conftest import output_of, run_command
from knowledge import STARTER, write

from generator.publishing.packs import unpacking
from generator.publishing.packs.extras import tell_missing
from generator.publishing.packs.structure import judge_structure

NAME = "acme-accounts"
COMMENT = f"pack {NAME} version 1.0 audience vendor"
PASSWORD = "a password of the tests"


class Keys:
    """A pair of keys in files, one of them with a password."""

    def __init__(self, folder: Path, password: str = "") -> None:
        if told := tell_missing("sign"):
            missing(f"signing needs {told}")
        minisign = import_module("minisign")
        pair = minisign.KeyPair.generate()
        self.public, self.secret = folder / "test.pub", folder / "test.key"
        self.public.write_bytes(bytes(pair.public_key))
        if password:
            pair.secret_key.encrypt(password)
        self.secret.write_bytes(bytes(pair.secret_key))
        self.text = pair.public_key.to_base64().decode()


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return Keys(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory, keys: Keys) -> Path:
    base = write(tmp_path_factory.mktemp("signed"))
    shutil.copy(STARTER / "mkdocs.yml", base)
    output_of(base, "pack", "build", NAME, "--format", "site", "--format", "gift")
    place = base / f"dist/{NAME}-1.0"
    said = output_of(None, "pack", "sign", str(place), "--key", str(keys.secret))
    assert COMMENT in said
    return place


@pytest.fixture
def pack(signed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(signed, tmp_path / "a pack"))


def _verify(place: Path, *words: str) -> tuple[int, str]:
    result = run_command(None, "pack", "verify", str(place), *words)
    assert "Traceback" not in result.output
    return result.exit_code, result.output


def _flip(place: Path, at: int = -1) -> None:
    content = bytearray(place.read_bytes())
    content[at if at >= 0 else len(content) // 2] ^= 1
    place.write_bytes(bytes(content))


def test_a_signed_pack_is_verified_with_the_key_or_its_file(pack: Path, keys: Keys) -> None:
    for key in (str(keys.public), keys.text):
        code, said = _verify(pack, "--key", key)
        assert (code, f"Signed: {COMMENT}" in said) == (0, True), said


def test_minisign_verifies_it_too(pack: Path, keys: Keys) -> None:
    program = shutil.which("minisign")
    if program is None:
        missing("no minisign found; apt-get install minisign")
    call = [program, "-V", "-p", str(keys.public), "-m", str(pack / "SHA256SUMS")]
    told = subprocess.run(call, check=False, capture_output=True, text=True, timeout=60)
    assert told.returncode == 0, told.stderr
    assert COMMENT in told.stdout


@pytest.mark.parametrize(
    "name", ["site.zip", "questions.gift", "pack.json", "INSTALL.md", "SHA256SUMS", "SHA256SUMS.minisig"]
)
def test_one_flipped_byte_of_any_file_is_refused(name: str, pack: Path, keys: Keys) -> None:
    _flip(pack / name)
    code, said = _verify(pack, "--key", str(keys.public))
    assert code == 1, said


def test_whoever_changes_all_hashes_has_no_key(pack: Path, keys: Keys) -> None:
    """Whole in itself, with the signature of what it was."""
    (pack / "INSTALL.md").write_text("Send your password to us.\n", encoding="utf-8")
    record = json.loads((pack / "pack.json").read_text(encoding="utf-8"))
    record["files"]["INSTALL.md"] = hashlib.sha256((pack / "INSTALL.md").read_bytes()).hexdigest()
    (pack / "pack.json").write_text(json.dumps(record), encoding="utf-8")
    sums = {name: hashlib.sha256((pack / name).read_bytes()).hexdigest() for name in [*record["files"], "pack.json"]}
    (pack / "SHA256SUMS").write_text("".join(f"{value}  {name}\n" for name, value in sums.items()), encoding="utf-8")
    code, said = _verify(pack)
    assert (code, "Its signature was not checked" in said) == (0, True), said
    code, said = _verify(pack, "--key", str(keys.public))
    assert (code, "the signature does not hold" in said) == (1, True), said


def test_what_is_not_signed_is_said_and_fails_where_a_key_is_given(pack: Path, keys: Keys) -> None:
    (pack / "SHA256SUMS.minisig").unlink()
    assert _verify(pack) == (
        0,
        "Account security for Acme, version 1.0: 5 files, each as it was built\nIt is not signed\n",
    )
    for place in (pack, pack / "site.zip"):
        code, said = _verify(place, "--key", str(keys.public))
        assert (code, "it is not signed" in said) == (1, True), said


def test_another_key_and_the_signature_of_another_pack_are_refused(pack: Path, keys: Keys, tmp_path: Path) -> None:
    other = Keys(tmp_path)
    code, said = _verify(pack, "--key", str(other.public))
    assert (code, "the signature does not hold" in said) == (1, True), said
    for wrong in ("RWQ", "nonsense", str(keys.secret), str(tmp_path)):
        code, said = _verify(pack, "--key", wrong)
        assert (code, "no public key" in said) == (1, True), said


def test_the_signature_is_the_same_each_time_and_can_be_renewed(pack: Path, keys: Keys) -> None:
    before = (pack / "SHA256SUMS.minisig").read_bytes()
    output_of(None, "pack", "sign", str(pack), "--key", str(keys.secret))
    assert (pack / "SHA256SUMS.minisig").read_bytes() == before
    assert sorted(path.name for path in pack.parent.iterdir()) == ["a pack"]


def test_a_broken_pack_is_not_signed(pack: Path, keys: Keys) -> None:
    (pack / "SHA256SUMS.minisig").unlink()
    _flip(pack / "questions.gift")
    result = run_command(None, "pack", "sign", str(pack), "--key", str(keys.secret))
    assert (result.exit_code, "nothing was signed: questions.gift is not what was built" in result.output) == (1, True)
    assert not (pack / "SHA256SUMS.minisig").exists()


def test_a_password_comes_from_a_prompt_or_a_file(pack: Path, tmp_path: Path) -> None:
    keys = Keys(tmp_path, PASSWORD)
    file = tmp_path / "password.txt"
    file.write_text(f"{PASSWORD}\n", encoding="utf-8")
    call = ["pack", "sign", str(pack), "--key", str(keys.secret)]
    for typed, more in ((f"{PASSWORD}\n", []), (None, ["--password-file", str(file)])):
        result = run_command(None, *call, *more, typed=typed)
        assert result.exit_code == 0, result.output
        assert PASSWORD not in result.output
        assert _verify(pack, "--key", str(keys.public))[0] == 0
    result = run_command(None, *call, typed="wrong\n")
    assert (result.exit_code, "nothing was signed" in result.output) == (1, True), result.output
    assert "--password " not in run_command(None, "pack", "sign", "--help").output


def test_what_is_no_key_is_told(pack: Path, tmp_path: Path) -> None:
    (tmp_path / "no.key").write_text("hello", encoding="utf-8")
    result = run_command(None, "pack", "sign", str(pack), "--key", str(tmp_path / "no.key"))
    assert (result.exit_code, "no secret key of minisign" in result.output) == (1, True), result.output


def test_a_zip_of_the_whole_pack_is_verified_as_its_folder_is(pack: Path, keys: Keys, tmp_path: Path) -> None:
    whole = Path(shutil.make_archive(str(tmp_path / "whole"), "zip", pack.parent, pack.name))
    code, said = _verify(whole, "--key", str(keys.public))
    assert (code, f"Signed: {COMMENT}" in said) == (0, True), said
    (pack / "questions.gift").write_text("other", encoding="utf-8")
    whole = Path(shutil.make_archive(str(tmp_path / "changed"), "zip", pack.parent, pack.name))
    assert _verify(whole, "--key", str(keys.public))[0] == 1


# zips from anybody


def _zip(**files: bytes | str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def _nested(depth: int) -> bytes:
    content = _zip(**{"x.txt": "x"})
    for _ in range(depth):
        content = _zip(**{"inner.zip": content})
    return content


ZIPS: dict[str, tuple[Callable[[], bytes], str]] = {
    "outside, in a zip within": (
        lambda: _zip(**{"a.zip": _zip(**{"../evil": "x"})}),
        "a.zip: ../evil would be written outside",
    ),
    "at the top of the disk": (lambda: _zip(**{"/etc/passwd": "x"}), "would be written outside"),
    "two names on Windows": (lambda: _zip(**{"a.html": "x", "A.html": "y"}), "A.html is a.html in other letters"),
    "zips in zips in zips": (lambda: _nested(6), "a zip within more than 3 others"),
    "a zip by another name, damaged": (lambda: _zip(**{"a.bin": b"PK\x03\x04 no zip"}), "a.bin is no zip any more"),
}


@pytest.mark.parametrize("what", ZIPS)
def test_zips_that_could_do_harm_are_named(what: str, pack: Path) -> None:
    make, told = ZIPS[what]
    (pack / "more.zip").write_bytes(make())
    code, said = _verify(pack)
    assert (code, told in said) == (1, True), said
    assert "more.zip was not built" in said


def test_a_bomb_is_not_unpacked(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MOST", 10**6)
    bomb = _zip(zeros=bytes(10**5))
    for _ in range(2):
        bomb = _zip(**{f"{n}.zip": bomb for n in range(10)})
    (pack / "bomb.zip").write_bytes(bomb)
    code, said = _verify(pack)
    assert (code, "would unpack to more than" in said) == (1, True), said


def test_a_link_in_a_folder_is_named(pack: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    (pack / "link.txt").symlink_to(tmp_path / "secret.txt")
    code, said = _verify(pack)
    assert (code, "link.txt is a link" in said) == (1, True), said


# structure

MANIFEST = """\
<manifest identifier="m" version="1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>T</title>
<item identifier="i" identifierref="r"><title>T</title><adlcp:masteryscore>80</adlcp:masteryscore></item>
</organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="index.html">
<file href="index.html"/><file href="a.js"/></resource></resources></manifest>
"""
COURSE = {"imsmanifest.xml": MANIFEST, "index.html": "<a href='index.html'>x</a>", "a.js": ""}
UNIT = """\
<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"><course id="https://x.example/c"/>
<au id="https://x.example/a" masteryScore="0.8"><url>index.html</url></au></courseStructure>
"""

STRUCTURES: dict[str, tuple[dict[str, str | None], str]] = {
    "as it must be": ({}, ""),
    "a file is missing": ({"a.js": None}, "imsmanifest.xml: it names a.js, which is missing"),
    "a file is in no resource": ({"b.js": "x"}, "b.js is in no resource"),
    "a program for a server": ({"b.php": "x"}, "b.php is a program for a server"),
    "an accent": ({"é.html": "x"}, "systems may lose a file whose name"),
    "a score of 800": ({"imsmanifest.xml": MANIFEST.replace(">80<", ">800<")}, "its mastery score is `800`"),
    "another version": ({"imsmanifest.xml": MANIFEST.replace("1.2<", "9<")}, "its schemaversion is `9`"),
    "no course": ({"imsmanifest.xml": MANIFEST.replace('"sco"', '"asset"')}, "no resource is a course"),
    "no organization": ({"imsmanifest.xml": MANIFEST.replace('default="o"', 'default="p"')}, "default organization"),
    "an item without": (
        {"imsmanifest.xml": MANIFEST.replace('identifierref="r"', 'identifierref="s"')},
        "resource `s`",
    ),
    "out of the zip": ({"imsmanifest.xml": MANIFEST.replace('"a.js"', '"../a.js"')}, "`../a.js` leads out of the zip"),
    "cut short": ({"imsmanifest.xml": MANIFEST[:200]}, "imsmanifest.xml is no XML"),
    "entities": ({"imsmanifest.xml": f'<!DOCTYPE m [<!ENTITY a "b">]>{MANIFEST}'}, "imsmanifest.xml is no XML"),
    "a link to nothing": ({"index.html": "<a href='gone.html'>x</a>"}, "index.html leads to `gone.html`"),
    "a part that is not there": ({"index.html": "<a href='index.html#x'>x</a>"}, "that page has no such part"),
    "a unit": ({"imsmanifest.xml": None, "cmi5.xml": UNIT}, ""),
    "a unit without its page": ({"imsmanifest.xml": None, "index.html": None, "cmi5.xml": UNIT}, "it names index.html"),
    "a unit with 80": ({"imsmanifest.xml": None, "cmi5.xml": UNIT.replace("0.8", "80")}, "its mastery score is `80`"),
}


@pytest.mark.parametrize("what", STRUCTURES)
def test_the_structure_is_as_learning_systems_need_it(what: str) -> None:
    changes, told = STRUCTURES[what]
    files: dict[str, Any] = {name: text.encode() for name, text in (COURSE | changes).items() if text is not None}
    said = list(judge_structure(files))
    assert [one for one in said if told in one] if told else not said, said


def test_nothing_that_is_read_stays_on_the_disk(pack: Path) -> None:
    before = sorted(path.name for path in pack.parent.rglob("*"))
    _verify(pack)
    assert sorted(path.name for path in pack.parent.rglob("*")) == before
