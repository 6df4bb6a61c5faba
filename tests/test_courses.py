"""Courses as learning systems get them: what a zip may hold, by what a system reads it, and what is refused before."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from browser.conftest import ROOT, missing
from conftest import Play, output_of
from knowledge import FILES, STARTER, edit, write
from lms.courses import DELTAS, FORMATS, build_courses

from generator.documents.types.pack import Pack
from generator.publishing.engines.scripts import move_scripts
from generator.publishing.packs import courseware
from generator.publishing.packs.course_structure import write_structure
from generator.publishing.packs.courseware import FORBIDDEN, clip_text, find_unfit
from generator.publishing.packs.manifest import SCORM_12, SCORM_2004, write_manifest

etree: Any = pytest.importorskip("lxml.etree")

PACK = "content/packs/acme-accounts.yaml"
SCHEMAS = ROOT / ".cache/node/schemas/package/lib/schemas/definitionFiles"
IMPORTED = {
    "scorm12": [
        ("http://www.imsproject.org/xsd/imscp_rootv1p1p2", SCHEMAS / "scorm12edition/imscp_rootv1p1p2.xsd"),
        ("http://www.adlnet.org/xsd/adlcp_rootv1p2", SCHEMAS / "scorm12edition/adlcp_rootv1p2.xsd"),
    ],
    "scorm2004": [
        ("http://www.imsglobal.org/xsd/imscp_v1p1", SCHEMAS / "scorm20043rdedition/imscp_v1p1.xsd"),
        ("http://www.adlnet.org/xsd/adlcp_v1p3", SCHEMAS / "scorm20043rdedition/adlcp_v1p3.xsd"),
    ],
    "cmi5": [("https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd", ROOT / "tests/lms/cmi5.xsd")],
}
READ = {"scorm12": "imsmanifest.xml", "scorm2004": "imsmanifest.xml", "cmi5": "cmi5.xml"}
ZIPS = (*FORMATS, *DELTAS)
SYSTEMS = {"scorm12": "SCORM 1.2", "scorm2004": "SCORM 2004", "cmi5": "cmi5"}


def kind_of(name: str) -> str:
    """The format of a zip, whether it has the whole course or what changed."""
    return name.removeprefix("delta.")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_courses(tmp_path_factory.mktemp("courses"))


@cache
def schema(name: str) -> Any:
    """The schema by which a file is read, with all that it imports."""
    if not all(path.is_file() for _, path in IMPORTED[name]):
        missing("no schemas of SCORM; run tests/scripts/get_tools.sh, which needs npm")
    lines = [f'<import namespace="{space}" schemaLocation="{path.as_uri()}"/>' for space, path in IMPORTED[name]]
    text = f'<schema xmlns="http://www.w3.org/2001/XMLSchema">{"".join(lines)}</schema>'
    return etree.XMLSchema(etree.fromstring(text))


def read(built: Path, name: str) -> str:
    with zipfile.ZipFile(built / f"{name}.zip") as archive:
        return archive.read(READ[kind_of(name)]).decode()


def faults(name: str, text: str) -> list[str]:
    judge = schema(name)
    judge.validate(etree.fromstring(text.encode()))
    return [str(error.message) for error in judge.error_log]


def told_of(**changes: Any) -> dict[str, str]:
    """What systems read of the small pack, if it were another."""
    pack = Pack.model_validate(yaml.safe_load(FILES[PACK])).model_copy(update=changes)
    written = {"scorm12": write_manifest(SCORM_12, pack, []), "scorm2004": write_manifest(SCORM_2004, pack, [])}
    return {name: text.decode() for name, text in (written | {"cmi5": write_structure(pack, pack.summary)}).items()}


# -- the zips


@pytest.mark.parametrize("name", ZIPS)
def test_a_zip_is_as_every_system_takes_it(name: str, built: Path) -> None:
    with zipfile.ZipFile(built / f"{name}.zip") as archive:
        entries = archive.infolist()
        held = archive.namelist()
        assert archive.testzip() is None
    assert held == sorted(held)
    assert [one for one in held if not re.fullmatch(r"[a-z0-9][a-z0-9._/-]*", one)] == []
    assert {"course.html", "pack.json", "assets/session.js", READ[kind_of(name)]} <= {*held}
    assert {one.external_attr >> 16 for one in entries} == {0o644}
    assert {one.extract_version for one in entries} == {20}  # 45 would be zip64
    assert {one.date_time for one in entries} == {entries[0].date_time}


@pytest.mark.parametrize("name", ZIPS)
def test_its_record_has_the_hash_of_every_file(name: str, built: Path, play: Play) -> None:
    found = play(None, "pack", "verify", str(built / f"{name}.zip"))
    assert found.exit_code == 0, found.output
    record = json.loads((built / name / "pack.json").read_text(encoding="utf-8"))
    assert (record["id"], record["pass_mark"]) == ("acme-accounts", 80)
    with zipfile.ZipFile(built / f"{name}.zip") as archive:
        assert {*record["files"], "pack.json"} == {*archive.namelist()}


@pytest.mark.parametrize("name", ZIPS)
def test_a_course_looks_for_the_system_that_it_was_packed_for(name: str, built: Path) -> None:
    """A page of a system may offer two, of which one is not for this course."""
    text = (built / name / "assets/session.js").read_text(encoding="utf-8")
    assert text.endswith(f'\nplaybookSession.systems = ["{SYSTEMS[kind_of(name)]}"];\n')


def test_two_builds_have_the_same_bytes(built: Path, tmp_path: Path) -> None:
    again = build_courses(tmp_path / "another place")
    for name in ZIPS:
        assert (again / f"{name}.zip").read_bytes() == (built / f"{name}.zip").read_bytes(), name


# -- what a system reads


@pytest.mark.parametrize("name", ZIPS)
def test_what_a_system_reads_is_valid(name: str, built: Path) -> None:
    assert faults(kind_of(name), read(built, name)) == []


SPOILED = {
    "scorm12": [
        ("a title that is too long", "<title>", f"<title>{'x' * 200}"),
        ("no identifier", 'identifier="course-acme-accounts-1" ', ""),
        ("an identifier that begins with a digit", 'identifier="unit"', 'identifier="1unit"'),
        ("an unknown kind", 'scormtype="sco"', 'scormtype="unit"'),
        ("no resources", "resources>", "sources>"),
        ("a mark that is too long", "80</adlcp", f"{'1' * 201}</adlcp"),
    ],
    "scorm2004": [
        ("the spelling of 1.2", "scormType", "scormtype"),
        ("no identifier", 'identifier="course-acme-accounts-1" ', ""),
    ],
    "cmi5": [
        ("a mark of 80", 'masteryScore="0.80"', 'masteryScore="80"'),
        ("an unknown rule", "CompletedAndPassed", "PassedAndCompleted"),
        ("no description", "description>", "about>"),
        ("an id that is no address", 'course id="urn:uuid:', 'course id="'),
    ],
}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [pytest.param(name, *how[1:], id=f"{name}-{how[0]}") for name, some in SPOILED.items() for how in some],
)
def test_the_schemas_see_what_is_wrong(name: str, old: str, new: str, built: Path) -> None:
    text = read(built, name)
    assert old in text
    assert faults(name, text.replace(old, new))


@pytest.mark.parametrize("name", [name for name in ZIPS if "scorm" in name])
def test_a_manifest_names_every_other_file_once(name: str, built: Path) -> None:
    named = re.findall(r'<file href="([^"]*)"', read(built, name))
    with zipfile.ZipFile(built / f"{name}.zip") as archive:
        assert sorted([*named, "imsmanifest.xml"]) == archive.namelist()
    assert 'href="course.html"' in read(built, name)


@pytest.mark.parametrize(("mark", "share"), [(80, "0.80"), (100, "1.00"), (0, "0.00"), (7, "0.07")])
def test_a_system_learns_what_it_takes_to_pass(mark: int, share: str) -> None:
    told = told_of(pass_mark=mark)
    assert f"<adlcp:masteryscore>{mark}</adlcp:masteryscore>" in told["scorm12"]
    assert f'moveOn="CompletedAndPassed" masteryScore="{share}"' in told["cmi5"]
    assert [fault for name in told for fault in faults(name, told[name])] == []


@pytest.mark.parametrize(("version", "is_same"), [("1.1", True), ("1.10.2", True), ("2.0", False), ("11.0", False)])
def test_a_new_major_version_is_another_course(version: str, is_same: bool) -> None:
    """A system goes on with an update of the course it has; what is another course is taken anew."""
    before, after = told_of(), told_of(version=version)
    for name, pattern in {"scorm12": r'manifest identifier="([^"]*)"', "cmi5": r' id="([^"]*)"'}.items():
        ids = [re.findall(pattern, told[name]) for told in (before, after)]
        assert len({*ids[0]}) == len(ids[0]) > 0
        assert (ids[0] == ids[1]) == is_same, name
    assert f'version="{version}"' in after["scorm12"]


@pytest.mark.parametrize("name", FORMATS)
def test_the_course_of_what_changed_is_a_course_of_its_own(name: str, built: Path) -> None:
    """Its id and its title are not those of the whole one, or a system would take it for an update."""
    tag = "langstring" if name == "cmi5" else "title"
    told = []
    for zipped in (name, f"delta.{name}"):
        root = etree.fromstring(read(built, zipped).encode())
        ids = [one.get("identifier") or one.get("id") for one in root.iter() if one.get("identifier") or one.get("id")]
        told.append(({*ids} - {"unit"}, next(root.iter(f"{{*}}{tag}")).text))
    (whole, title), (part, since) = told
    assert not whole & part
    assert since == f"{title}: what changed since 1.0"
    assert (built / f"delta.{name}/whats-changed.html").is_file()
    assert not (built / f"{name}/whats-changed.html").exists()


def test_how_to_install_names_the_courses_of_what_changed(built: Path) -> None:
    text = (built / "INSTALL.md").read_text(encoding="utf-8")
    assert "## A course for those who passed 1.0\n\ndelta.scorm12.zip, delta.scorm2004.zip, delta.cmi5.zip: " in text
    record = json.loads((built / "pack.json").read_text(encoding="utf-8"))
    assert {f"{name}.zip" for name in DELTAS} <= record["files"].keys()


# What a pack lists, what is asked for, and the deltas that it gets, or words of the line that refuses it.
CHOSEN = {
    "beside one course": ("site, cmi5, delta", [], ["delta.cmi5.zip"]),
    "beside what is asked for": ("site, cmi5", ["scorm12", "delta"], ["delta.scorm12.zip"]),
    "alone, beside what is listed": ("site, scorm2004", ["delta"], ["delta.scorm2004.zip"]),
    "not asked for": ("scorm12, delta", ["scorm12"], []),
    "beside none": (
        "site, delta",
        [],
        "Error: `delta` is made for each course of a pack, and this one has none: add one",
    ),
}


@pytest.fixture(scope="module")
def released(built: Path) -> Path:
    """The base that the courses were built from."""
    return built.parents[1]


@pytest.mark.parametrize("what", CHOSEN)
def test_what_changed_is_packed_beside_the_whole_course(what: str, released: Path, tmp_path: Path, play: Play) -> None:
    listed, asked, wanted = CHOSEN[what]
    base = shutil.copytree(released, tmp_path / "base", ignore=shutil.ignore_patterns("dist"))
    edit(base, PACK, "formats: [site]", f"formats: [{listed}]")
    found = play(base, "pack", "build", "acme-accounts", *(word for name in asked for word in ("--format", name)))
    if isinstance(wanted, str):
        assert (found.exit_code, len(found.output.splitlines()), (base / "dist").exists()) == (1, 1, False)
        assert found.output.startswith(wanted)
        return
    assert found.exit_code == 0, found.output
    place = base / "dist/acme-accounts-1.1"
    assert sorted(path.name for path in place.glob("delta.*")) == wanted
    text = (place / "INSTALL.md").read_text(encoding="utf-8")
    assert re.findall(r"delta\.\w+\.zip", text) == wanted


def test_a_course_of_nothing_is_told_of_and_not_named(tmp_path: Path) -> None:
    base = write(tmp_path)
    shutil.copy(STARTER / "mkdocs.yml", base)
    said = output_of(base, "pack", "build", "acme-accounts", "--format", "delta", "--format", "cmi5")
    assert "Warning: there is no delta.cmi5.zip: nothing that is taught changed since the release before" in said
    assert "delta" not in (base / "dist/acme-accounts-1.0/INSTALL.md").read_text(encoding="utf-8")


def test_two_vendors_have_two_courses() -> None:
    assert told_of(vendor="other")["cmi5"] != told_of()["cmi5"]


@pytest.mark.parametrize("title", ['<b>A & B</b> "C" 🛟', "A very long title " * 60, "Acme; naïve ]]> café", "&amp;"])
def test_any_title_is_told_as_it_is(title: str) -> None:
    told = told_of(title=title)
    for name, text in told.items():
        assert faults(name, text) == []
        tag = "langstring" if name == "cmi5" else "title"
        found = next(etree.fromstring(text.encode()).iter(f"{{*}}{tag}")).text
        assert found == title or (found.endswith("…") and title.startswith(found[:-1])), name


# -- what is refused


def test_a_course_that_no_system_would_take_is_refused(
    tmp_path: Path, play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = write(tmp_path)
    shutil.copy(STARTER / "mkdocs.yml", base)
    monkeypatch.setattr(courseware, "MOST", 1 << 18)
    found = play(base, "pack", "build", "acme-accounts", "--format", "scorm12")
    assert found.exit_code == 1
    assert re.search(rf"{PACK}: learning systems would not take a zip of \d\.\d MB", found.output)
    assert not (base / "dist").exists()


UNFIT = {
    "a capital": (["assets/A.js"], "'assets/A.js'"),
    "a space": (["a b.pdf"], "'a b.pdf'"),
    "an accent": (["größe.pdf"], "größe"),
    "a way out": (["../x"], "'../x'"),
    "a root": (["/x"], "'/x'"),
    "a folder without a name": (["a//b"], "'a//b'"),
    "a hidden file": ([".htaccess"], "'.htaccess'"),
    **{f"a file for a server ({one})": ([f"a/x{one}"], "run by a server") for one in FORBIDDEN},
    "more than fits": ([f"{number}" for number in range(65_536)], "65,536 files"),
    "nothing": (["course.html", "a-b/c_d.1.js"], ""),
}


@pytest.mark.parametrize("what", UNFIT)
def test_a_name_that_a_system_would_trip_over_is_found(what: str) -> None:
    names, told = UNFIT[what]
    found = find_unfit(names)
    assert (told in found) if told else found == ""


def test_a_text_for_xml_has_no_sign_that_it_cannot_hold() -> None:
    assert clip_text("a\x0bb\ud800c\n d\uffff", 10) == "abc d"
    assert clip_text("x" * 11, 10) == "x" * 9 + "…"


# -- scripts within pages

MOVED = '<script src="assets/javascripts/inline.X.js"></script>'
WITHIN = {
    "none": ("<p>script</p>", None),
    "one": ("<p><script>a()</script></p>", f"<p>{MOVED}</p>"),
    "a module": ('<script type="module">a()</script>', MOVED.replace(" src", ' type="module" src')),
    "data": ('<script id="c" type="application/json">{"a": "<p>"}</script>', None),
    "a file": ('<script src="a.js"></script>', None),
    "one that never ends": ("<script>a()", None),
    "empty": ("<script></script>", None),
    "shown": ("<code>&lt;script&gt;a()&lt;/script&gt;</code>", None),
    "two that are alike": ("<script>a()</script>" * 2, MOVED * 2),
}


@pytest.mark.parametrize("what", WITHIN)
def test_a_script_within_a_page_becomes_a_file(what: str) -> None:
    page, expected = WITHIN[what]
    made = move_scripts({"index.html": page})
    moved = str(made.pop("index.html", page))
    assert re.sub(r"inline\.[0-9a-f]{8}", "inline.X", moved) == (expected or page)
    assert [*made.values()] == ([b"a()"] if expected else [])


def test_a_page_in_a_folder_reaches_its_scripts() -> None:
    made = move_scripts({"a/b/c.html": "<script>a()</script>"})
    assert 'src="../../assets/javascripts/inline.' in str(made["a/b/c.html"])
