"""What no reader of a source sees (comments in prose) is in nothing that is published, and an import names it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from conftest import Play, output_of
from knowledge import LIBRARY_DAY, AsIs, copy_starter, put

from generator.documents.roles import leaves
from generator.documents.text.hidden import hidden, visible
from generator.documents.text.prose import survey, words_of
from generator.files.source import Source
from generator.files.tree import Folder
from generator.library.library import link
from generator.pipeline import gather
from generator.publishing.pages.emit import emit

ROOT = Path(__file__).parents[1]
MARK = "zqxcommentqz"

# A text, and what of it is seen.
SEEN = {
    "a comment in a line": ("One <!-- X --> two.", "One  two."),
    "two comments": ("<!-- X -->One<!-- X -->", "One"),
    "a comment on lines of its own": ("One.\n<!-- X\n\nX -->\nTwo.", "One.\nTwo."),
    "empty comments": ("<!-->One<!--->two", "Onetwo"),
    "two hyphens in a comment": ("<!-- X -- X -->One", "One"),
    "a comment without an end that begins a line": ("One.\n\n  <!-- X\n\nX", "One.\n\n"),
    "a comment without an end in a quote": ("> <!-- X\n> X", "> "),
    "a comment without an end in a list": ("3. <!-- X\n   X", "3. "),
    "a comment without an end within a line": ("One <!-- two", "One <!-- two"),
    "a processing instruction": ("One <?php X ?> two", "One  two"),
    "a declaration": ("One <!DOCTYPE X> two", "One  two"),
    "CDATA": ("One <![CDATA[ X ]]> two", "One  two"),
    "an instruction without an end that begins a line": ("One\n<? X\n\nX", "One\n"),
    "an end in another paragraph": ("A <?b c\n\nd ?> e", "A <?b c\n\nd ?> e"),
    "less than": ("1 <2, a <! b and <? c", "1 <2, a <! b and <? c"),
    "a comment in code": ("`<!-- code -->` and ``` <!-- ` --> ```", "`<!-- code -->` and ``` <!-- ` --> ```"),
    "a comment in a fence": ("~~~\n<!-- code -->\n~~~\n<!-- X -->", "~~~\n<!-- code -->\n~~~\n"),
    "a comment in a fence without an end": ("```\n<!-- code -->", "```\n<!-- code -->"),
    "an escaped comment": (r"\<!-- shown -->", r"\<!-- shown -->"),
    "a backtick without a partner before a comment": ("A `b\n<!-- X ` X -->", "A `b\n"),
    "a backtick in a comment": ("a <!-- ` --> `<!-- code -->`", "a  `<!-- code -->`"),
    "two comments that begin a line": ("<!-- ` --> `<!-- X -->`", " ``"),
    "a fence in a list, and a comment after it": ("- a\n\n  ```\n  b\n\n<!-- X -->\n", "- a\n\n  ```\n  b\n\n"),
    "a definition for a note": ("One.\n\n[//]: # (X)\n", "One.\n\n"),
    "a definition for a note of two lines": ("[//]: # (X\nX)\nOne.", "One."),
    "a note with brackets": ("[//]: # (X (X) X)\nOne.", "One."),
    "a note without brackets": ("[comment]: <> X\nOne.", "One."),
    "a note in quotes below": ('[x]: https://example.org\n  "X"\nOne.', "One."),
    "a definition that is used": ("[a][b]\n\n[B]: https://example.org 'T'", "[a][b]\n\n[B]: https://example.org 'T'"),
    "a definition that only itself names": ("[x]: # (X)\n[x]: # (X)", ""),
    "a definition that only a comment uses": ("<!-- [b] -->\n\n[b]: # (X)", "\n"),
    "a definition in code": ("```\n[//]: # (code)\n```", "```\n[//]: # (code)\n```"),
    "a definition that begins in code": ("`a\n[x]: # (code)`", "`a\n[x]: # (code)`"),
    "a label that ends in code": ("[a `]` b]: c (d)", "[a `]` b]: c (d)"),
    "a note with code": ("[//]: # (X `X` X)\nOne.", "One."),
    "a note, and how to write one in code": ("`[//]` hides.\n\n[//]: # (X)", "`[//]` hides.\n\n"),
    "words in bold that look like a definition": ("**[a]: b (c)", "**[a]: b (c)"),
    "a footnote": ("A[^1].\n\n[^1]: One (two)", "A[^1].\n\n[^1]: One (two)"),
    "brackets and a colon": ("See [this]: it helps (a lot).", "See [this]: it helps (a lot)."),
}


@pytest.mark.parametrize("what", SEEN)
def test_what_is_seen_of_a_text(what: str) -> None:
    text, seen = SEEN[what]
    assert visible(text) == seen
    assert "X" not in emit(text, AsIs())
    assert "X" not in words_of(text)
    assert bool(hidden(text)) == (text != seen)


def test_a_comment_in_a_footnote_that_is_left_out_ends_a_text() -> None:
    assert visible("One.\n\n[^1]: Two <!-- three -->") == "One.\n\n"


def test_a_comment_refers_to_nothing() -> None:
    text = "A <!-- [[a]] [b](c.md) --> [[d]] [e](f.md)\n\n[//]: # (see [[g]] and [h](i.md))"
    assert [(one.target.id, one.start) for one in survey(text).mentions] == [("d", text.index("[[d"))]
    assert [one.address for one in survey(text).links] == ["f.md"]


def _commented(source: Source, keys: tuple[str | int, ...]) -> tuple[int, str]:
    """Where a comment belongs that is to stand at the end of a prose value, and the comment."""
    node = None if keys == ("text",) and source.body_start is not None else source.node(*keys)
    if node is None:
        return len(source.text.rstrip()), f"\n\n<!-- {MARK} -->\n\n[//]: # ({MARK})\n"
    raw = source.text[node.start_mark.index : node.end_mark.index]
    end = node.start_mark.index + len(raw.rstrip())
    return end - (raw[:1] in ("'", '"')), f" <!-- {MARK} -->"


@pytest.fixture(scope="module")
def commented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter library with a comment in every value that is prose."""
    root = copy_starter(tmp_path_factory.mktemp("commented") / "base")
    library, sources, _ = gather(Folder(root), LIBRARY_DAY)
    bodies = {document.path: document.body for document in library.documents}
    for path, source in sources.items():
        body = bodies.get(path, library.vocabulary)
        assert body is not None
        places = [_commented(source, leaf.keys) for leaf in leaves(body) if leaf.role.name == "prose"]
        text = source.text
        for at, comment in sorted(places, reverse=True):
            text = text[:at] + comment + text[at:]
        (root / path).write_text(text, encoding="utf-8")
    return root


def test_every_comment_is_a_warning(commented: Path, play: Play) -> None:
    result = play(commented, "check", "--format", "json")
    found = json.loads(result.stdout)["findings"]
    assert {one["code"] for one in found} == {"hidden-comment"}
    assert result.exit_code == 0
    library, _, _ = gather(Folder(commented), LIBRARY_DAY)
    assert len(library.unseen) > 500
    assert link(library.for_audience("internal").documents, None, library.today).unseen == ()


@pytest.mark.parametrize(("audience", "form"), [("public", "site"), ("internal", "markdown")])
def test_no_site_holds_a_comment(audience: str, form: str, commented: Path, tmp_path: Path) -> None:
    """One of them as finished pages: MkDocs, which takes most of the time, knows nothing but the Markdown."""
    output_of(commented, "build", "--audience", audience, "--format", form, "--to", str(tmp_path / "site"))
    files = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    assert len(files) > 50
    assert [path for path in files if MARK.encode() in path.read_bytes()] == []


def test_no_pack_export_or_walk_holds_a_comment(commented: Path, tmp_path: Path) -> None:
    calls = [
        ["pack", "build", "kestrel-account-security-and-fraud", "--to", str(tmp_path), "--format", "site"],
        ["export", "zendesk", "--output", str(tmp_path / "zendesk.json")],
        ["walk", "account-takeover", "1"],
        ["walk", "severity-routing"],
    ]
    for words in calls:
        assert MARK not in output_of(commented, *words)
    [packed] = tmp_path.rglob("site.zip")
    with zipfile.ZipFile(packed) as archive:
        assert len(archive.namelist()) > 10
        assert [name for name in archive.namelist() if MARK.encode() in archive.read(name)] == []
    assert MARK not in (tmp_path / "zendesk.json").read_text(encoding="utf-8")


def test_an_import_of_policies_leaves_comments_out_and_names_them(base: Path, tmp_path: Path) -> None:
    text = (
        f"---\nsummary: Who may join. <!-- {MARK} -->\n---\n# Terms <!-- {MARK} -->\n\n## Scope <!-- {MARK} -->\n\n"
        f"All members.\n\n<!-- {MARK}:\n\n## No heading\n\n[[{MARK}]] -->\n\n[//]: # ({MARK})\n\n"
        "```\n<!-- code -->\n```\n"
    )
    folder = put(tmp_path / "policies", {"terms.md": text})
    told = output_of(base, "import", "policies", str(folder), "--verbose")
    text = (base / "content/policies/terms.yaml").read_text(encoding="utf-8")
    assert MARK not in text
    assert "No heading" not in text
    assert "<!-- code -->" in text
    for place in ("the front matter `summary`", "line 4", "line 6", "line 10"):
        assert f"terms.md: an HTML comment, left out: {place}\n" in told
    assert "terms.md: a link definition that nothing uses, left out: line 16\n" in told


def test_an_import_of_replies_leaves_comments_out_and_names_them(base: Path, tmp_path: Path) -> None:
    account = {
        "macros": [
            {
                "title": "Rich",
                "actions": [
                    {"field": "comment_value_html", "value": f"<p>Hello.</p>\n<!-- {MARK} --><p>Bye.<!-- {MARK}"}
                ],
            }
        ]
    }
    put(tmp_path, {"rich/account.json": json.dumps(account), "plain/note.md": f"Hello.\n\n<!-- {MARK} -->\n"})
    for folder, place in (
        ("rich", "Rich: an HTML comment, left out: line 2"),
        ("plain", "note.md: an HTML comment, left out: line 3"),
    ):
        assert place in output_of(base, "import", "macros", str(tmp_path / folder), "--verbose")
    texts = [path.read_text(encoding="utf-8") for path in (base / "macros").glob("*.yaml")]
    assert len(texts) == 3
    assert not any(MARK in text for text in texts)
