"""Pictures and files beside any document are on its page, and go to the readers of what shows them only."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pytest
from conftest import Play, output_of
from drawn import picture
from knowledge import FILES, put

from generator.publishing.pages.naming import place_of_attachment

ROOT = Path(__file__).parents[1]
SOP, TREE = "sops/restore-account.yaml", "decision_trees/account-takeover.yaml"
POLICY = "content/policies/account-integrity.yaml"
PDF = b"%PDF-1.4 a form"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A library whose SOP shows and offers files, some of them to its own people only."""
    text = "Send [[account-restored|the reply]]."
    shown = "![Where to press](pictures/the%20form.png), [the form](forms/form.pdf#page=2)."
    shown += " Or [all](../content/pages/all.csv)."
    sop = FILES[SOP].replace(text, f'"{shown}"').replace("Legal reads along.", '"See [the memo](forms/memo.pdf)."')
    assert sop != FILES[SOP]
    base = put(tmp_path / "a base", FILES | {SOP: sop})
    shutil.copy(ROOT / "mkdocs.yml", base)
    files = {"sops/pictures/the form.png": picture(), "sops/forms/form.pdf": PDF, "sops/forms/memo.pdf": b"%PDF secret",
             "content/pages/all.csv": b"a,b\n", "sops/forms/unused.csv": b"a,b"}  # fmt: skip
    for path, content in files.items():
        (base / path).parent.mkdir(parents=True, exist_ok=True)
        (base / path).write_bytes(content)
    return base


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in (".png", ".pdf", ".csv")
            and "assets" not in path.parts}  # fmt: skip


@pytest.mark.parametrize(
    ("audience", "private"), [("internal", {"sops/forms/memo.pdf"}), ("vendor", set())], ids=["internal", "vendor"]
)
def test_a_site_has_the_files_of_its_readers(audience: str, private: set[str], root: Path) -> None:
    output_of(root, "build", "--audience", audience)
    site = root / "site"
    assert names(site) == {"sops/pictures/the form.png", "sops/forms/form.pdf", "pages/all.csv"} | private
    page = (site / "sops/restore-account/index.html").read_text(encoding="utf-8")
    for there in ('src="../pictures/the%20form.png"', 'href="../forms/form.pdf#page=2"', 'href="../../pages/all.csv"'):
        assert there in page
    assert ("memo" in page) == (audience == "internal")


def test_a_pack_takes_them_along(root: Path) -> None:
    output_of(root, "pack", "build", "acme-accounts")
    with zipfile.ZipFile(next((root / "dist").rglob("site.zip"))) as archive:
        held = {name.rpartition("acme-accounts/")[2] for name in archive.namelist()}
        page = archive.read("acme-accounts/sops/restore-account.html").decode()
    [plain] = [name for name in held if name.startswith("sops/pictures/the-form-")]
    assert {"sops/forms/form.pdf", "pages/all.csv"} <= held
    assert f'src="{plain.removeprefix("sops/")}"' in page
    assert not [name for name in held if "memo." in name or "unused" in name]


def test_a_file_that_is_not_there_is_named_with_the_one_that_was_meant(root: Path, play: Play) -> None:
    (root / "sops/forms/form.pdf").rename(root / "sops/forms/Form.PDF")
    told = play(root, "check").output
    assert "error[broken-link]: there is no file `forms/form.pdf`" in told
    assert "did you mean `forms/Form.PDF`?" in told


@pytest.mark.parametrize("path", [SOP, TREE, POLICY])
def test_a_script_is_no_file_to_offer(path: str, root: Path, play: Play) -> None:
    (root / path).with_name("run.html").write_text("<script></script>", encoding="utf-8")
    text = (root / path).read_text(encoding="utf-8")
    (root / path).write_text(text.replace("summary: ", "summary: See [this](run.html). ", 1), encoding="utf-8")
    assert "links to the file `run.html`" in play(root, "check").output


NAMES = {
    "sops/forms/form.pdf": r"sops/forms/form\.pdf",
    "content/pages/all.csv": r"pages/all\.csv",
    "sops/the form.PNG": r"sops/the-form-\w{6}\.png",
    "sops/Größe.pdf": r"sops/gro\w*-\w{6}\.pdf",
    "sops/Bilder 1/日本.png": r"sops/bilder-1-\w{6}/\w{6}\.png",
    "sops/_x.png": r"sops/x-\w{6}\.png",
}


@pytest.mark.parametrize("path", NAMES)
def test_in_a_pack_a_file_has_a_name_that_every_system_takes(path: str) -> None:
    plain = place_of_attachment(path, is_plain=True)
    assert re.fullmatch(NAMES[path], plain)
    assert place_of_attachment(path, is_plain=False) == path.removeprefix("content/")


def test_names_that_differ_in_letters_alone_stay_apart() -> None:
    spelled = [place_of_attachment(f"sops/{name}.pdf", is_plain=True) for name in ("a b", "A b", "ä b", "a-b", "a  b")]
    assert len({*spelled}) == len(spelled)
