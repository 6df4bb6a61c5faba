"""Pictures and files of imported policies: they are taken along, texts point to them, and they follow their source."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pytest
import yaml
from conftest import output_of, run_command
from drawn import picture
from knowledge import AS_OF, STARTER, check, put
from repository import commit
from test_import_follows import bring

STORE = "content/policies/files/docs"
SCRIPT = b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><script>x()</script><rect width="9" height="9"/></svg>'
FOREIGN = b'<svg xmlns="http://www.w3.org/2000/svg"><foreignObject>x</foreignObject></svg>'
PLACED = re.compile(r"files/docs/([^)#?\"' ]+)")
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 3\n"


RED, BLACK, FORM = picture(200), picture(0), b"%PDF-1.4 a form"
FILES = {
    "img/x.png": RED, "img/the form (1).png": BLACK, "img/UP.JPG": picture(9, form="JPEG"), "files/form.pdf": FORM,
    "static/shots/s.png": BLACK, ".attachments/h.png": RED, "img/s.svg": SCRIPT, "img/foreign.svg": FOREIGN,
    "img/broken.png": b"no picture", "img/lfs.png": POINTER, "files/large.pdf": FORM + b"x" * 2**21,
    "files/tool.zip": b"PK", "../outside.png": RED,
}  # fmt: skip
# Markdown in `terms/a.md`, and what the policy has for it.
SHOWN = {
    "![](../img/x.png)": "![](files/docs/img/x.png)",
    "![A form](/img/x.png)": "![A form](files/docs/img/x.png)",
    "![A form](/docs/img/x.png)": "![A form](files/docs/img/x.png)",
    "![A form](/shots/s.png)": "![A form](files/docs/static/shots/s.png)",
    "![A form](..\\img\\x.png)": "![A form](files/docs/img/x.png)",
    "![A form](../img/x.png?raw=true)": "![A form](files/docs/img/x.png?raw=true)",
    '![A form](../img/x.png "A title")': '![A form](files/docs/img/x.png "A title")',
    '![A form](../img/x.png "A \\"b\\" & \\\\c")': '![A form](files/docs/img/x.png "A &quot;b&quot; &amp; \\\\c")',
    "![A form](../img/the%20form%20(1).png)": "![A form](files/docs/img/the-form-1.png)",
    "![A form](<../img/the form (1).png>)": "![A form](files/docs/img/the-form-1.png)",
    "![A form](../img/UP.JPG)": "![A form](files/docs/img/UP.JPG)",
    "![A form](../IMG/X.PNG)": "![A form](files/docs/img/x.png)",
    "![A form](../.attachments/h.png)": "![A form](files/docs/attachments/h.png)",
    "![A form](/.attachments/h.png)": "![A form](files/docs/attachments/h.png)",
    "![A drawing](../img/s.svg)": "![A drawing](files/docs/img/s.svg)",
    "![A form][f]\n\n[f]: ../img/x.png 'A title'": '![A form](files/docs/img/x.png "A title")',
    "![A form][]\n\n[A form]: ../img/x.png": "![A form](files/docs/img/x.png)",
    "![A form]\n\n[A form]: ../img/x.png": "![A form](files/docs/img/x.png)",
    "[the form](../files/form.pdf#page=2&zoom=9)": "[the form](files/docs/files/form.pdf#page=2&zoom=9)",
    "[the form](../files/form.pdf#a&copy;)": "[the form](files/docs/files/form.pdf#a%C2%A9)",
    "[![A form](../img/x.png)](../files/form.pdf)": "[![A form](files/docs/img/x.png)](files/docs/files/form.pdf)",
    "[![A form](../img/x.png)](https://example.org)": "[![A form](files/docs/img/x.png)](https://example.org)",
    "[![A form](../img/x.png)](b.md)": "![A form](files/docs/img/x.png) ([[b]])",
    "| a |\n|---|\n| ![b \\| c](../img/x.png 'd \\| e') |":
        '| a |\n|---|\n| ![b \\| c](files/docs/img/x.png "d &#124; e") |',
    '<img src="../img/x.png" width=3 alt="A &quot;form&quot;">':
        '<img src="files/docs/img/x.png" alt="A &quot;form&quot;">',
    "<p>\n<img src='../img/x.png'>\n<a href='../files/form.pdf'>the <b>form</b></a>\n</p>":
        '<p>\n<img src="files/docs/img/x.png">\n<a href="files/docs/files/form.pdf">the <b>form</b></a>\n</p>',
    "`![A form](../img/x.png)`": "`![A form](../img/x.png)`",
    "![A form](https://example.org/x.png)": "[A form](https://example.org/x.png)",
    "![](https://example.org/x.png)": "[https://example.org/x.png](https://example.org/x.png)",
    "![A form][f] [words][f]\n\n[f]: https://example.org/x.png":
        "[A form](https://example.org/x.png) [words][f]\n\n[f]: https://example.org/x.png",
    "[![A badge](https://example.org/x.svg)](https://example.org)": "[A badge](https://example.org)",
    '<p>\n<img src="https://example.org/x.png" alt="A form">\n</p>':
        '<p>\n<a href="https://example.org/x.png">A form</a>\n</p>',
    "![A form](data:image/png;base64,iVBORw0KGgo=)": "A form",
}  # fmt: skip
NOT_IN, OUT, CANNOT = (
    f"a picture or file that {why}, its address now in the text:"
    for why in ("is not in the folder", "leads out of the folder", "cannot be taken along")
)
AWAY = "a link that leads out of the folder, its address now in the text:"
# What cannot be taken along, and the words of the import about it.
LEFT = {
    "../img/none.png": NOT_IN,
    "x.png": NOT_IN,
    "/files/none.pdf": NOT_IN,
    "../../outside.png": OUT,
    "../../../outside.png": OUT,
    "../img/foreign.svg": f"{CANNOT} img/foreign.svg contains HTML instead of text",
    "../img/broken.png": f"{CANNOT} img/broken.png is not a complete PNG picture",
    "../img/lfs.png": f"{CANNOT} img/lfs.png is only a pointer to a file in Git LFS: run `git lfs pull`",
    "../files/large.pdf": f"{CANNOT} files/large.pdf is 2.0 MiB in size",
    "../files/link.pdf": f"{CANNOT} files/link.pdf is a link that leads out of the folder",
    "../files/tool.zip": "a link to a file that is not imported, its address now in the text:",
    "javascript:x.png": AWAY,
    "//example.org/x.png": AWAY,
}


def text_of(base: Path, name: str = "a") -> str:
    one = yaml.safe_load((base / f"content/policies/{name}.yaml").read_text(encoding="utf-8"))
    return "\n".join(section["text"].rstrip() for section in one["sections"])


def taken(base: Path) -> dict[str, bytes]:
    """What was taken along, by its path in the store."""
    return {
        path.relative_to(base / STORE).as_posix(): path.read_bytes()
        for path in (base / STORE).rglob("*")
        if path.is_file()
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with pictures and files, of which no text shows any yet."""
    root = put(tmp_path / "docs", FILES | {"terms/b.md": "Words of b."})
    (root / "files/link.pdf").symlink_to(tmp_path / "outside.png")
    return root


@pytest.mark.parametrize("text", SHOWN)
def test_what_a_text_shows_is_taken_along(text: str, base: Path, folder: Path) -> None:
    put(folder, {"terms/a.md": f"Before.\n\n{text}\n"})
    assert bring(base, folder)[0] == 0
    assert text_of(base).removeprefix("Before.").strip() == SHOWN[text]
    places = [unquote(place) for place in PLACED.findall(SHOWN[text])]
    sources = {place: place.replace("the-form-1", "the form (1)") for place in places}
    assert taken(base) == {place: FILES.get(source) or FILES[f".{source}"] for place, source in sources.items()}
    assert {finding.code for finding in check(base).findings} <= {"orphan", "missing-alternative"}
    assert "; 0 files written" in bring(base, folder)[1], "a second import changes nothing"


@pytest.mark.parametrize("address", LEFT)
def test_what_cannot_be_taken_along_is_named(address: str, base: Path, folder: Path) -> None:
    put(folder, {"terms/a.md": f"![A form]({address})\n"})
    code, output = bring(base, folder)
    assert (code, LEFT[address] in output) == (0, True), output
    assert text_of(base) == f"A form (`{address}`)"
    assert not taken(base)
    assert not check(base).errors


def test_the_words_of_an_html_picture_stay_where_it_cannot(base: Path, folder: Path) -> None:
    put(folder, {"a.md": '<img src="none.png" alt="A form">\n'})
    assert bring(base, folder)[0] == 0
    assert text_of(base) == "A form (`none.png`)"


def test_two_pictures_of_one_name_and_one_picture_of_two_texts(base: Path, folder: Path) -> None:
    texts = {"eu/c.md": "![A form](logo.png)", "us/d.md": "![A form](logo.png) ![A form](../eu/logo.png)"}
    put(folder, texts | {"eu/logo.png": RED, "us/logo.png": BLACK})
    assert bring(base, folder)[0] == 0
    assert taken(base) == {"eu/logo.png": RED, "us/logo.png": BLACK}
    assert text_of(base, "d") == "![A form](files/docs/us/logo.png) ![A form](files/docs/eu/logo.png)"


def test_a_hidden_folder_and_a_folder_of_the_same_name(base: Path, folder: Path) -> None:
    put(folder, {"c.md": "![A form](.img/x.png) ![A form](img/x.png)", ".img/x.png": BLACK})
    for _ in range(2):
        assert bring(base, folder)[0] == 0
        held = taken(base)
        assert sorted(held.values()) == sorted([RED, BLACK])
        assert held["img/x.png"] == RED


def test_the_front_matter_and_its_folder(base: Path, folder: Path) -> None:
    front = "summary: See ![A form](img/x.png) first.\ntypora-root-url: ../docs/static"
    texts = {
        "c.md": f"---\n{front}\n---\n![S](/shots/s.png)",
        "d.md": "---\nmedia_subpath: /static/shots\n---\n![S](s.png)",
    }
    put(folder, texts)
    code, output = bring(base, folder)
    assert (code, "front matter" in output) == (0, False), output
    assert "summary: See ![A form](files/docs/img/x.png) first." in (base / "content/policies/c.yaml").read_text()
    assert text_of(base, "c") == text_of(base, "d") == "![S](files/docs/static/shots/s.png)"


def test_translations_show_their_own_pictures_or_those_of_the_policy(base: Path, folder: Path) -> None:
    texts = {"c.md": "![A form](img/x.png)\n", "es/c.md": "![Uno](img/x.png) ![Dos](img/own.png)\n"}
    put(folder, texts | {"es/img/own.png": BLACK})
    assert bring(base, folder)[0] == 0
    one = yaml.safe_load((base / "content/policies/c.yaml").read_text(encoding="utf-8"))
    text = one["translations"]["es"]["sections"]["introduction"]["text"]
    assert text == "![Uno](files/docs/img/x.png) ![Dos](files/docs/es/img/own.png)\n"
    assert set(taken(base)) == {"img/x.png", "es/img/own.png"}


def test_a_policy_that_lies_deeper_points_up(base: Path, folder: Path) -> None:
    put(folder, {"terms/a.md": "![A form](../img/x.png)"})
    assert bring(base, folder)[0] == 0
    (base / "content/policies/legal").mkdir()
    (base / "content/policies/a.yaml").rename(base / "content/policies/legal/a.yaml")
    assert bring(base, folder)[0] == 0
    text = (base / "content/policies/legal/a.yaml").read_text(encoding="utf-8")
    assert "![A form](../files/docs/img/x.png)" in text
    assert not check(base).errors


def test_the_site_shows_them_without_what_could_run(base: Path, folder: Path) -> None:
    text = (
        "![A form](../img/the%20form%20(1).png) ![A drawing](../img/s.svg) [![A form](../img/x.png)](../files/form.pdf)"
    )
    put(folder, {"terms/a.md": text})
    assert bring(base, folder)[0] == 0
    shutil.copy(STARTER / "mkdocs.yml", base)
    output_of(base, "build", "--audience", "public")
    page = (base / "site/policies/a/index.html").read_text(encoding="utf-8")
    store = base / "site/policies/files/docs"
    for there in (
        'src="../files/docs/img/the-form-1.png"',
        '<a href="../files/docs/files/form.pdf"><img alt="A form" src="../files/docs/img/x.png"',
    ):
        assert there in page
    assert (store / "files/form.pdf").read_bytes() == FORM
    drawing = (store / "img/s.svg").read_bytes()
    assert b"<rect" in drawing
    assert b"x()" not in drawing


# Imports that are repeated


class Life(NamedTuple):
    """What happens in the folder before the second import, what lies in the store then, and what the import says."""

    changes: dict[str, bytes | str | None]
    store: dict[str, bytes]
    shown: str
    words: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


AGAIN = f"{STORE}/img/x.png is no longer shown by any document: remove it"
KEPT = "a picture or file that is gone from the folder, kept as it was: img/x.png in c.md"
FOLLOWED = f"a picture or file with another name than before, followed in {STORE}/img/x.png: pics/y.png in c.md"
LIVES = {
    "nothing": Life({}, {"img/x.png": RED}, "img/x.png", silent=("no longer", "kept")),
    "another picture": Life({"img/x.png": BLACK}, {"img/x.png": BLACK}, "img/x.png", silent=("no longer",)),
    "renamed": Life(
        {"img/x.png": None, "pics/y.png": RED, "c.md": "![A form](pics/y.png)"},
        {"img/x.png": RED}, "img/x.png", (FOLLOWED,), ("no longer",),
    ),
    "renamed, and another has its name": Life(
        {"img/x.png": BLACK, "pics/y.png": RED, "c.md": "![A form](pics/y.png) ![B](img/x.png)"},
        {"img/x.png": BLACK, "pics/y.png": RED}, "pics/y.png", silent=("no longer",),
    ),
    "renamed and changed": Life(
        {"img/x.png": None, "pics/y.png": BLACK, "c.md": "![A form](pics/y.png)"},
        {"img/x.png": RED, "pics/y.png": BLACK}, "pics/y.png", (AGAIN,),
    ),
    "gone": Life({"img/x.png": None}, {"img/x.png": RED}, "img/x.png", (KEPT,), ("no longer",)),
    "gone, and no longer shown": Life(
        {"img/x.png": None, "c.md": "Words."}, {"img/x.png": RED}, "", (AGAIN,), ("kept",)
    ),
    "no longer shown": Life({"c.md": "Words."}, {"img/x.png": RED}, "", (AGAIN,)),
    "broken": Life(
        {"img/x.png": b"no picture"}, {"img/x.png": RED}, "", (f"{CANNOT} img/x.png is not a complete PNG", AGAIN)
    ),
}  # fmt: skip


@pytest.mark.parametrize("has_git", [True, False], ids=["git", "no git"])
@pytest.mark.parametrize("life", LIVES)
def test_what_becomes_of_a_picture(life: str, has_git: bool, base: Path, tmp_path: Path) -> None:
    told = LIVES[life]
    folder = put(tmp_path / "docs", {"c.md": "![A form](img/x.png)", "img/x.png": RED})
    if has_git:
        commit(folder, "first", "2026-01-01")
    bring(base, folder)
    put(folder, told.changes)
    if has_git:
        commit(folder, "second", "2026-02-01")
    for _ in range(2):
        code, output = bring(base, folder)
        assert code == 0, output
        assert taken(base) == told.store, output
        assert text_of(base, "c").startswith(
            f"![A form](files/docs/{told.shown})" if told.shown else ("Words", "A form (")
        )
        assert [words for words in told.words if words not in output] == []
        assert [words for words in told.silent if words in output] == []
        assert not check(base).errors
    assert "; 0 files written" in output


def test_a_picture_that_somebody_put_there_is_never_replaced(base: Path, folder: Path) -> None:
    put(base, {f"{STORE}/img/x.png": BLACK})
    put(folder, {"terms/a.md": "![A form](../img/x.png)"})
    for _ in range(2):
        assert bring(base, folder)[0] == 0
        held = taken(base)
        assert (held.pop("img/x.png"), list(held.values())) == (BLACK, [RED])
        assert next(iter(held)) in text_of(base)


def test_a_picture_of_a_policy_whose_source_is_gone_stays_as_it_was(base: Path, tmp_path: Path) -> None:
    one = put(tmp_path / "one/docs", {"c.md": "![A form](x.png)", "x.png": RED})
    other = put(tmp_path / "other/docs", {"d.md": "![A form](x.png)", "x.png": BLACK})
    for folder in (one, other, one):
        assert bring(base, folder)[0] == 0
    shown = {name: text_of(base, name).removeprefix("![A form](").rstrip(")") for name in ("c", "d")}
    assert (base / "content/policies" / shown["c"]).read_bytes() == RED
    assert (base / "content/policies" / shown["d"]).read_bytes() == BLACK


def test_nothing_is_written_where_something_is_refused(base: Path, folder: Path) -> None:
    put(folder, {"terms/a.md": "![A form](../img/x.png)", "account-integrity.md": "Words."})
    result = run_command(base, "import", "policies", str(folder), "--as-of", AS_OF)
    assert result.exit_code == 1
    assert not taken(base)
