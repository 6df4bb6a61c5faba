"""Procedures in Markdown and Word, brought in through the command line: steps, fields, links, and what had no place."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections import Counter
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from click.testing import Result
from conftest import output_of, run_command
from knowledge import AS_OF, check, edit, put, snapshot
from repository import commit
from word_cases import FILES
from word_files import PACKAGE, SPACES, TYPES, R, h, item, link, mark, p, picture, properties, word_file

from generator.exchange.word.word_file import read_word

IMPORTED = "generator.exchange.word.word_file"


def bring(base: Path, path: Path, *words: str) -> Result:
    return run_command(base, "import", "sops", str(path), "--as-of", AS_OF, "--verbose", *words)


def sop(base: Path, name: str) -> Any:
    return yaml.safe_load((base / f"sops/{name}.yaml").read_text(encoding="utf-8"))


def steps(one: Any) -> list[tuple[str, str, str]]:
    return [(step["id"], step["title"], step["text"].rstrip("\n")) for step in one["steps"]]


# Word: what a file has, the Markdown that it becomes, and what is said of it


@pytest.mark.parametrize("name", FILES)
def test_what_a_word_file_becomes(name: str) -> None:
    case = FILES[name]
    read = read_word("x.docx", case.file, "x-pictures")
    assert read.text.strip("\n") == case.becomes
    said = [f"{one.what}: {one.detail}" for one in read.unmapped]
    assert [part for part in case.said if not any(part in one for one in said)] == [], said
    assert case.said or not said, "said without need"
    assert len(read.paragraphs) == read.text.count("\n")


# What a procedure becomes, whatever wrote it: a text, and parts of the SOP that is made of it


BECOMES: dict[str, tuple[str, dict[str, Any]]] = {
    "a head of four columns": (
        "|Title|Appeals|No.|14|\n|---|---|---|---|\n| Version | 2.3 | Review by | 2027-05-01 |\n\n## Steps\n\nGo.\n",
        {"title": "Appeals", "version": "2.3", "review_by": "2027-05-01", "trigger": "**No.:** 14"},
    ),
    "a table with a key that is none": (
        "# A\n\n|Version|Date|By|Change|\n|---|---|---|---|\n| 2.3 | 2026-05-01 | RK | All |\n\n## Steps\n\n1. Go.\n",
        {"version": "0.1"},
    ),
    "labels instead of headings": (
        "# A\n\nPurpose: Keep it safe.\n\n**Trigger:** A member calls.\n\nNote: not now.\n\n## Steps\n\n1. Read it.\n",
        {"summary": "Keep it safe.", "trigger": "Note: not now.\n\nA member calls."},
    ),
    "two cases": (
        "# A\n\n## Steps\n\nFor adults:\n\n1. Warn.\n2. Close.\n\nFor minors:\n\n1. Lock.\n2. Tell.\n",
        {"steps": [("for-adults", "For adults", "1. Warn.\n2. Close."),
                   ("for-minors", "For minors", "1. Lock.\n2. Tell.")]},
    ),
    "a list that goes on": (
        "# A\n\n## Steps\n\n1. Warn.\n\nWait.\n\n2. Close.\n",
        {"steps": [("warn", "Warn", "Wait."), ("close", "Close", "Close.")]},
    ),
    "steps that count themselves": (
        "# A\n\n## Step 1: Look\n\nOnce.\n\n## Step 2 – Act\n\nTwice.\n\n## Step 5: Rest\n\nLong.\n",
        {"steps": [("look", "Look", "Once."), ("act", "Act", "Twice."), ("step-5-rest", "Step 5: Rest", "Long.")]},
    ),
    "German": (
        "# A\n\nStand: 1. Mai 2026\n\n## Zweck\n\nSicher.\n\n## Voraussetzungen\n\n- Zugang\n\n## Ablauf\n\n1. Los.\n",
        {"summary": "Sicher.", "prerequisites": ["Zugang"], "steps": [("los", "Los", "Los.")]},
    ),
    "Japanese": (
        "# 復旧\n\n## 目的\n\n返す。\n\n## 手順\n\n1. 開く。\n2. 戻す。\n",
        {"summary": "返す。", "steps": [("step-1", "開く", "開く。"), ("step-2", "戻す", "戻す。")]},
    ),
    "a note at a step": (
        "# A\n\n## Steps\n\n1. Ask[^1]\n   - once\n\n[^1]: In UTC.\n",
        {"steps": [("ask", "Ask", "Ask[^1]\n- once\n\n[^1]: In UTC.")]},
    ),
    "boxes to tick": ("# A\n\n## Prerequisites\n\n- ☐ Access\n- ☑ Time\n", {"prerequisites": ["Access", "Time"]}),
}  # fmt: skip


@pytest.mark.parametrize("name", BECOMES)
def test_what_a_procedure_becomes(name: str, base: Path, tmp_path: Path) -> None:
    text, wanted = BECOMES[name]
    put(tmp_path, {"given/some-file.md": text})
    assert bring(base, tmp_path / "given").exit_code == 0
    made = sop(base, "some-file")
    seen = {key: steps(made) if key == "steps" else made[key] for key in wanted}
    assert {key: value if isinstance(value, list) else str(value) for key, value in seen.items()} == wanted


# Word files that are refused, each with one line that says what to do


def many_bytes() -> bytes:
    done = io.BytesIO()
    with zipfile.ZipFile(done, "w", zipfile.ZIP_DEFLATED) as file:
        for n in range(6):
            file.writestr(f"word/media/image{n}.png", b"\0" * (50 * 2**20))
        file.writestr("word/document.xml", "<x/>")
    return done.getvalue()


def a_zip(files: dict[str, str]) -> bytes:
    done = io.BytesIO()
    with zipfile.ZipFile(done, "w") as file:
        for name, content in files.items():
            file.writestr(name, content)
    return done.getvalue()


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><w:document>&b;</w:document>'
DEEP = f"<w:document {SPACES}><w:body>{'<w:p>' * 400}{'</w:p>' * 400}</w:body></w:document>"
REFUSED: dict[str, tuple[str, bytes, str]] = {
    "Word 97": ("a.docx", OLD, "is a file of Word 97 to 2003: open it in Word and save it as .docx"),
    "Word 97 by its name": ("a.doc", OLD, "a.doc is neither Markdown nor Word: open it in Word and save it as .docx"),
    "a password": ("a.docx", OLD + "EncryptedPackage".encode("utf-16-le"), "is protected with a password: save it without"),  # noqa: E501
    "Rich Text": ("a.docx", b"{\\rtf1 a}", "is Rich Text: open it in Word and save it as .docx"),
    "text": ("a.docx", b"Hello", "is no Word file, whatever its name says"),
    "nothing": ("a.docx", b"", "a.docx is empty: fetch it again"),
    "a PDF": ("a.docx", b"%PDF-1.7", "a.docx is a PDF: import the file that it was made from"),
    "a PDF by its name": ("a.pdf", b"%PDF-1.7", "import the file that it was made from, saved as .docx"),
    "a spreadsheet by its name": ("a.xlsx", b"PK", "for a table of decisions there is `playbook import"),
    "a zip": ("a.docx", a_zip({"a.txt": "x"}), "is a zip, but no Word file: save it as .docx in Word or Google Docs"),
    "a spreadsheet": (
        "a.docx",
        a_zip({"[Content_Types].xml": TYPES, "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" '
               f'Type="{R}/officeDocument" Target="xl/workbook.xml"/></Relationships>', "xl/workbook.xml": "<x/>"}),
        "is a zip, but no Word file",
    ),
    "half a file": ("a.docx", word_file(p("Ask."))[:700], "is damaged, it cannot be unpacked: open it in Word"),
    "broken XML": ("a.docx", word_file(flaw={"word/document.xml": "<w:document"}), "is damaged (word/document.xml is no XML)"),  # noqa: E501
    "a bomb": ("a.docx", many_bytes(), "unpacks to more than a Word file may"),
    "entities": ("a.docx", word_file(flaw={"word/document.xml": LAUGHS}), "defines entities in word/document.xml"),
    "too deep": ("a.docx", word_file(flaw={"word/document.xml": DEEP}), "is nested more than 250 levels deep"),
    "no words": ("a.docx", word_file(), "a.docx has no text"),
    "another program": ("a.pages", b"PK", "open it in Pages and save it as .docx"),
    "not UTF-8": ("a.md", b"# \xff\xfe", "a.md is not UTF-8"),
    "broken front matter": ("a.md", b"---\n: : [\n---\n# A\n\nWords.\n", "the front matter of a.md is not valid YAML"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_in_one_line(name: str, base: Path, tmp_path: Path) -> None:
    called, content, told = REFUSED[name]
    put(tmp_path, {f"given/{called}": content})
    before = snapshot(base)
    result = bring(base, tmp_path / "given" / called)
    assert result.exit_code == 1
    assert result.output.startswith("Error: nothing was written: ")
    assert (told in result.output, result.output.count("\n")) == (True, 1), result.output
    assert snapshot(base) == before


def test_a_missing_extra_is_named(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mammoth", None)
    put(tmp_path, {"given/a.docx": word_file(p("Ask.")), "only/a.md": "# A\n\n1. Ask.\n"})
    result = bring(base, tmp_path / "given")
    assert (result.exit_code, "Word files need the extra `word`: pip install" in result.output) == (1, True), (
        result.output
    )
    assert bring(base, tmp_path / "only").exit_code == 0, "Markdown needs no extra"


def test_old_files_beside_others_are_left_out_by_name(base: Path, tmp_path: Path) -> None:
    put(tmp_path, {"given/a.md": "# A\n\n1. Ask.\n", "given/b.doc": OLD, "given/~$c.docx": b"lock"})
    result = bring(base, tmp_path / "given")
    assert "b.doc: a file that cannot be read, left out: open it in Word and save it as .docx" in result.output
    assert "1 SOP with 1 step" in result.output


# Markdown and outlines: fields and steps


class Made(NamedTuple):
    """Markdown, the steps that it becomes, and other keys of the SOP."""

    text: str
    steps: list[tuple[str, str, str]]
    keys: dict[str, Any] = {}


WHOLE = """\
---
title: Lost parcel
owner: Legal
last_reviewed: 3 September 2026
severity: Moderate
tags: parcel, post
colour: blue
---
# Lost parcel (old)

A parcel did not come. Read on.

Use it every day.

## Scope

Parcels in the EU.

## Before you start

- [ ] The case is open.
- A number.

## Procedure

Work in this order.

1. **Ask for the number.** Wait a day.
   - by mail
   - by phone
2. Note it

   ```sh
   1. no step
   ```
3. Go to the post office and ask them for a written confirmation that the parcel was handed over, signed.

After that, close the case.

## Never

- Promise a date.
- Name the driver.

## If nothing fits

Ask the lead.

## References

The [post's page](https://example.org).
"""
MADE: dict[str, Made] = {
    "all fields": Made(
        WHOLE,
        [
            ("ask-for-the-number", "Ask for the number", "Work in this order.\n\nWait a day.\n- by mail\n- by phone"),
            ("note-it", "Note it", "```sh\n1. no step\n```"),
            (
                "go-to-the-post-office-and-ask",
                "Go to the post office and ask them for a written…",
                "Go to the post office and ask them for a written confirmation that the parcel was handed over, signed."  # noqa: ISC004
                "\n\nAfter that, close the case.",
            ),
            ("references", "References", "The [post's page](https://example.org)."),
        ],
        {
            "title": "Lost parcel",
            "owner": "legal",
            "audience": "internal",
            "status": "draft",
            "version": "0.1",
            "severity": "S2",
            "reviewed": "2026-09-03",
            "review_by": "2027-03-02",
            "aliases": ["parcel", "post"],
            "summary": "A parcel did not come. Read on.",
            "trigger": "**Lost parcel (old)**\n\nUse it every day.\n\nParcels in the EU.",
            "prerequisites": ["The case is open.", "A number."],
            "never": ["Promise a date.", "Name the driver."],
            "otherwise": "Ask the lead.",
        },
    ),
    "headings are steps": Made(
        "# A\n\nWhat it is.\n\n## 1. Find it\n\nLook.\n\n## 2. Decide\n\n### When it is ours\n\nKeep.\n\n### 2.2 If not\n\nSend.\n",  # noqa: E501
        [
            ("find-it", "Find it", "Look."),
            ("when-it-is-ours", "When it is ours", "**2 Decide**\n\nKeep."),
            ("if-not", "2.2 If not", "Send."),
        ],
        {"summary": "What it is.", "trigger": "When this applies."},
    ),
    "one list alone": Made(
        "When a parcel is lost.\n\n1) Ask: who?\n2) e.g. note it. Then close.\n",
        [("ask-who", "Ask: who?", "Ask: who?"), ("e-g-note-it", "e.g. note it", "Then close.")],
        {"title": "A", "summary": "When a parcel is lost."},
    ),
    "one section with a list": Made(
        "# A\n\n## How we do it\n\n1. Ask.\n2. Note.\n", [("ask", "Ask", "Ask."), ("note", "Note", "Note.")]
    ),
    "a table of steps": Made(
        "# A\n\n## Steps\n\n| Step | Action | Who |\n|---|---|---|\n| 1 | Ask. | Desk |\n| Close | Note it.<br>Then go. | |\n\nEnd.\n",  # noqa: E501
        [("ask", "Ask", "Ask.\n\n**Who:** Desk"), ("close-note-it", "Close: Note it", "Then go.\n\nEnd.")],
    ),
    "words alone": Made("Only words.\n", [("only-words", "Only words", "Only words.")]),
    "bullets under Steps": Made("## Steps\n\n* Ask\n* Note\n", [("ask", "Ask", "Ask"), ("note", "Note", "Note")]),
    "two steps of one name, and one without letters": Made(
        "1. Ask.\n2. Ask.\n3. 質問する。\n",
        [("ask", "Ask", "Ask."), ("ask-2", "Ask", "Ask."), ("step-3", "質問する", "質問する。")],
    ),
    "a reserved name": Made(
        "## Steps\n\n1. Index\n2. Con\n", [("step-index", "Index", "Index"), ("step-con", "Con", "Con")]
    ),
    "footnotes and definitions come along": Made(
        "# A\n\n## One\n\nAsk[^1] [there][t].\n\n## Two\n\nGo.\n\n[^1]: Twice.\n\n[t]: https://example.org 'The page'\n",  # noqa: E501
        [
            ("one", "One", "Ask[^1] [there][t].\n\n[^1]: Twice.\n\n[t]: https://example.org 'The page'"),
            ("two", "Two", "Go."),
        ],
    ),
    "a list that begins again": Made(
        "## Steps\n\n1. Ask.\n2. Note.\n\nThen:\n\n1. Close.\n",
        [("ask", "Ask", "Ask."), ("note", "Note", "Then:"), ("close", "Close", "Close.")],
    ),
    "the head of a document as a table": Made(
        "# A\n\n| Owner | Support |\n|---|---|\n| Version | v2 |\n| Last reviewed | 2026-09-01 |\n\nWords.\n\n## Steps\n\n1. Ask.\n",  # noqa: E501
        [("ask", "Ask", "Ask.")],
        {
            "owner": "support",
            "version": "2.0",
            "reviewed": "2026-09-01",
            "summary": "Words.",
            "trigger": "When this applies.",
        },
    ),
    "what the head says and we have no word for stays": Made(
        "# A\n\n| Owner | Nobody |\n|---|---|\n| Version | v2 |\n\n**Owner:** Marketing\n\n## Steps\n\n1. Ask.\n",
        [("ask", "Ask", "Ask.")],
        {
            "owner": "support",
            "version": "2.0",
            "trigger": "**Owner:** Nobody\n\n**Owner:** Marketing",
        },
    ),
    "comments are not published": Made("# A\n\n<!-- secret -->\n\n1. Ask.\n", [("ask", "Ask", "Ask.")]),
    "windows lines": Made("# A\r\n\r\n1. Ask.\r\n2. Note.\r\n", [("ask", "Ask", "Ask."), ("note", "Note", "Note.")]),
}


@pytest.mark.parametrize("name", MADE)
def test_what_markdown_becomes(name: str, base: Path, tmp_path: Path) -> None:
    made = MADE[name]
    put(tmp_path, {"given/a.md": made.text.encode()})
    result = bring(base, tmp_path / "given/a.md")
    assert result.exit_code == 0, result.output
    one = sop(base, "a")
    assert steps(one) == made.steps
    assert {key: str(one.get(key)) if "review" in key else one.get(key) for key in made.keys} == made.keys
    assert [f"{f.code} {f.message}" for f in check(base).findings] == []
    before = snapshot(base)
    assert "; 0 files written" in bring(base, tmp_path / "given/a.md").output
    assert snapshot(base) == before


def test_what_had_no_place_is_named_with_its_line(base: Path, tmp_path: Path) -> None:
    text = WHOLE.replace("Parcels in", "<!-- ask -->\n![x](https://example.org/x.png) [y](none.md) Parcels in")
    put(tmp_path, {"given/a.md": text})
    output = bring(base, tmp_path / "given").output
    for told in (
        "a.md: the front matter `colour`, left out: colour: blue",
        "a.md: a heading that is the field `trigger` of an SOP: line 15: Scope",
        "a.md: an HTML comment, left out: line 17",
        "a.md: a picture on the web, now a link: line 18: https://example.org/x.png",
        "its address now in the text: line 18: none.md",
    ):
        assert told in output, output


# Links, pictures, and the files of a folder


def test_links_between_files_are_references(base: Path, tmp_path: Path) -> None:
    links = {
        "rId80": "Lost%20parcel.docx",
        "rId81": "file:///C:/SOPs/Refunds.docx",
        "rId82": "../md/tables.md#two-words",
    }
    links |= {"rId83": "https://example.org/sites/x/Refunds.docx?web=1", "rId84": "#_Here"}
    first = word_file(
        h("Steps"),
        item("Read ", link("that", "rId80"), ", ", link("money", "rId81"), ", ", link("more", "rId82"), "."),
        item("Or ", link("it", "rId83"), " and ", link("here", bookmark="_Here"), "."),
        item(mark("_Here"), "Look."),
        links=links,
    )
    put(
        tmp_path,
        {
            "given/w/first.docx": first,
            "given/w/Lost parcel.docx": word_file(h("Steps"), item("Ask.")),
            "given/w/Refunds.docx": word_file(h("Steps"), item("Pay.")),
            "given/md/tables.md": "# T\n\n## One\n\nSee [it](../w/first.docx) and [two](#two-words).\n\n## Two words\n\nGo.\n",  # noqa: E501
        },
    )
    result = bring(base, tmp_path / "given")
    assert result.exit_code == 0, result.output
    assert [text for _, _, text in steps(sop(base, "first"))] == [
        "Read [[lost-parcel|that]], [[refunds|money]], [[tables#two-words|more]].",
        "Or [[refunds|it]] and [[first#look|here]].",
        "Look.",
    ]
    assert steps(sop(base, "tables"))[0][2] == "See [[first|it]] and [[tables#two-words|two]]."
    assert not check(base).findings


def test_pictures_come_along_without_what_nobody_sees(base: Path, tmp_path: Path) -> None:
    from PIL import Image, PngImagePlugin

    told, done = PngImagePlugin.PngInfo(), io.BytesIO()
    told.add_text("Comment", "taken at home")
    Image.new("RGB", (3, 3), "red").save(done, "PNG", pnginfo=told)
    file = word_file(h("Steps"), item("Look: ", picture()), parts={"media/image1.png": done.getvalue()})
    put(
        tmp_path, {"given/a.docx": file, "given/b.md": "# B\n\n1. ![The desk](x.png)\n", "given/x.png": done.getvalue()}
    )
    result = bring(base, tmp_path / "given")
    assert result.exit_code == 0, result.output
    assert steps(sop(base, "a"))[0][2] == "Look: ![The queue](files/a/picture-1.png)"
    assert steps(sop(base, "b"))[0][2] == "![The desk](files/b/x.png)"
    for place in ("a/picture-1.png", "b/x.png"):
        content = (base / "sops/files" / place).read_bytes()
        assert b"taken at home" in done.getvalue()
        assert b"taken at home" not in content
    assert not check(base).findings
    assert "; 0 files written" in bring(base, tmp_path / "given").output


# Who reviewed it: nobody, unless the source says so


REVIEWED: dict[str, tuple[str, dict[str, str]]] = {
    "no word": ("", {}),
    "front matter": ("---\nlast_reviewed: 2026-09-03\n---\n", {"reviewed": "2026-09-03", "review_by": "2027-03-02"}),
    "a label": ("# A\n\nLast reviewed: 3 September 2026\n", {"reviewed": "2026-09-03", "review_by": "2027-03-02"}),
    "and the next": (
        "---\nreviewed: 2026-09-03\nnext review: 2027-01-01\n---\n",
        {"reviewed": "2026-09-03", "review_by": "2027-01-01"},
    ),
    "the next alone": ("# A\n\nReview by: 2027-01-01\n", {"review_by": "2027-01-01"}),
    "the day of the text": ("# A\n\nLast updated: 2026-05-01\n", {}),
    "any day": ("---\ndate: 2026-05-01\n---\n", {}),
    "German": ("# A\n\n**Stand:** 2026-05-01\n", {}),
    "a day ahead": ("---\nreviewed: 2031-05-01\n---\n", {"reviewed": AS_OF, "review_by": "2027-05-22"}),
}


@pytest.mark.parametrize("name", REVIEWED)
def test_an_import_signs_no_review(name: str, base: Path, tmp_path: Path) -> None:
    text, wanted = REVIEWED[name]
    put(tmp_path, {"given/a.md": f"{text}\n## Steps\n\n1. Ask.\n"})
    assert bring(base, tmp_path / "given").exit_code == 0
    one = sop(base, "a")
    assert {key: str(one[key]) for key in ("reviewed", "review_by") if key in one} == wanted
    if "2026-05-01" in text:
        assert one["history"][0]["note"] == "Imported from a.md, where it is of 2026-05-01."
    assert not check(base).findings


# What stands after the steps


TABLE = "| Version | Date | Author | Change |\n|---|---|---|---|\n"
LOGS: dict[str, tuple[str, list[tuple[str, str, str, str]]]] = {
    "a table": (
        f"## Change log\n\n{TABLE}| 2.1 | 2026-05-01 | Robin Hale | All new |\n| v1 | 1 March 2025 | | First |\n",
        [("2.1", "2026-05-01", "All new", "Robin Hale"), ("1.0", "2025-03-01", "First", "")],
    ),
    "the oldest first": (
        f"## 7. Revision history\n\n{TABLE}| 1 | 2025-03-01 | Kim | First |\n| 2 | 2026-05-01 | Kim | More |\n",
        [("2.0", "2026-05-01", "More", "Kim"), ("1.0", "2025-03-01", "First", "Kim")],
    ),
    "a column more": (
        "## History\n\n|Rev|Date|Description|Approved by|\n|-|-|-|-|\n| 3 | 2026-05-01 | New step. | Robin |\n",
        [("3.0", "2026-05-01", "New step. Approved by: Robin", "")],
    ),
    "a list": (
        "## Changelog\n\n- 2.1 (2026-05-01): All new\n- v2.0, 1 March 2025 – First\n",
        [("2.1", "2026-05-01", "All new", ""), ("2.0", "2025-03-01", "First", "")],
    ),
    "the day first": ("## Änderungshistorie\n\n- 2026-05-01 – 2.1: Neu\n", [("2.1", "2026-05-01", "Neu", "")]),
    "headings": (
        "## Version history\n\n### 2.1 (2026-05-01)\n\n- All new\n\n### 2.0 (2025-03-01)\n\n- First\n",
        [("2.1", "2026-05-01", "All new", ""), ("2.0", "2025-03-01", "First", "")],
    ),
    "Japanese": (
        "## 改訂履歴\n\n|版|日付|内容|\n|-|-|-|\n|1.2|2026-05-01|追記|\n", [("1.2", "2026-05-01", "追記", "")],
    ),
    "no days": ("## Change log\n\n- 2.1: All new\n", []),
    "a day ahead": ("## Change log\n\n- 2.1 (2031-05-01): All new\n", []),
    "two days in one": ("## Change log\n\n- 2.1 (04/05/2026): All new\n", []),
    "out of order": ("## Change log\n\n- 1 (2026-01-01): A\n- 3 (2026-02-01): B\n- 2 (2026-03-01): C\n", []),
    "a link": ("## Change log\n\n- 2.1 (2026-05-01): See [it](https://example.org)\n", []),
    "words above": ("## Change log\n\nAsk Kim.\n\n- 2.1 (2026-05-01): All new\n", []),
}  # fmt: skip


@pytest.mark.parametrize("name", LOGS)
def test_a_change_log_becomes_the_history(name: str, base: Path, tmp_path: Path) -> None:
    """All of it, or it stays a step that is named: nothing is lost, and nothing made up."""
    log, wanted = LOGS[name]
    put(tmp_path, {"given/a.md": f"# A\n\n## Steps\n\n1. Ask.\n2. Note.\n\n{log}"})
    result = bring(base, tmp_path / "given")
    assert result.exit_code == 0, result.output
    one = sop(base, "a")
    entries = [  # YAML 1.1 reads `on` as true
        (entry["version"], str(entry[True]), entry["note"], entry.get("by", "")) for entry in one["history"][1:]
    ]
    assert entries == wanted
    assert one["version"] == one["history"][0]["version"] == (wanted[0][0] if wanted else "0.1")
    assert len(one["steps"]) == (2 if wanted else 3)
    told = "1 heading after the steps became a step: move it if it is none: Change log"
    assert (told in result.output) == (not wanted), result.output
    assert not check(base).findings
    assert "; 0 files written" in bring(base, tmp_path / "given").output


def test_the_history_gets_what_the_change_log_gets(base: Path, tmp_path: Path) -> None:
    text = "# A\n\n## Steps\n\n1. Ask.\n\n## Change log\n\n{}- 2.0 (2026-05-01): Two\n- 1.0 (2025-03-01): One\n"
    folder = put(tmp_path / "given", {"a.md": text.format("")})
    bring(base, folder)
    edit(base, "sops/a.yaml", "note: One\n", "note: The first one\n")
    edit(base, "sops/a.yaml", "history:\n", 'history:\n  - {version: "2.1", on: 2026-11-23, note: Ours}\n')
    put(folder, {"a.md": text.format("- 3.0 (2026-11-01): Three\n")})
    assert "; 1 file written" in bring(base, folder).output
    notes = ["Three", "Ours", "Imported from a.md.", "Two", "The first one"]
    assert [entry["note"] for entry in sop(base, "a")["history"]] == notes
    assert "; 0 files written" in bring(base, folder).output


AFTER = """\
# A

## Steps

1. Ask.

## FAQ

Why? Because.

## Template reply

Dear member, thanks.

## 4. Contacts

The lead.

## Anhang B: Karten

None.
"""


def test_parts_after_the_steps_are_named(base: Path, tmp_path: Path) -> None:
    put(tmp_path, {"given/a.md": AFTER})
    output = output_of(base, "import", "sops", str(tmp_path / "given"), "--as-of", AS_OF)
    assert "a.md: 3 headings after the steps became steps: move what is none: FAQ, Contacts, Anhang B: Karten" in output
    assert "a.md: a reply to send, kept as a step: save it as a text file, `playbook import macros` it" in output
    assert "line 11: Template reply" in output
    texts = [text for _, _, text in steps(sop(base, "a"))]
    assert texts == ["Ask.", "Why? Because.", "Dear member, thanks.", "The lead.", "None."]


def test_parts_that_are_no_steps_are_named_where_each_heading_is_one(base: Path, tmp_path: Path) -> None:
    put(tmp_path, {"given/a.md": "# A\n\n## Find it\n\nLook.\n\n## Close it\n\nNow.\n\n## よくある質問\n\nNone.\n"})
    assert "1 heading after the steps became a step: move it if it is none: よくある質問" in (
        bring(base, tmp_path / "given").output
    )


def test_each_file_names_its_parts_however_much_there_is_to_tell(base: Path, tmp_path: Path) -> None:
    put(tmp_path, {f"given/{name}.md": f"{AFTER}\n<!-- no -->\n" for name in "abcdefg"})
    output = output_of(base, "import", "sops", str(tmp_path / "given"), "--as-of", AS_OF)
    for name in "abcdefg":
        assert f"{name}.md: 3 headings after the steps became steps" in output
    assert "     7 x an HTML comment, left out, such as " in output


# Words that the vocabulary lacks, and names of files


UNKNOWN = {
    "owner: Marketplace": "no team of that name in content/vocabulary.yaml, took `support` instead, left out",
    "severity: Awful": "no severity of that name in content/vocabulary.yaml, left out",
    "queue: Nobody": "no queue of that name in content/vocabulary.yaml, left out",
    "audience: Friends": "no audience of that name in content/vocabulary.yaml, took `internal` instead, left out",
    "reviewed: 04/05/2026": "a day that cannot be read, or may be two, left out: write it by hand, as 2026-12-31",
    "version: new": "a version that cannot be read, took `0.1` instead, left out",
}


@pytest.mark.parametrize("line", UNKNOWN)
def test_a_word_that_the_vocabulary_lacks_is_named_with_what_was_taken(line: str, base: Path, tmp_path: Path) -> None:
    told = UNKNOWN[line]
    head, text = f"---\n{line}\n---\n# A\n\n## Steps\n\n1. Ask.\n", f"# B\n\n{line}\n\n## Steps\n\n1. Ask.\n"
    put(tmp_path, {"given/a.md": head, "given/b.md": text})
    output = bring(base, tmp_path / "given").output
    assert f"a.md: {told}: {line}\n" in output, output
    assert f"b.md: {told.replace('left out', 'now in the text')}: line 3: {line}\n" in output, output
    assert sop(base, "b")["trigger"] == line


NAMES = {
    "Doxing report-v2-final.md": "# Lost parcel",
    "lost-parcel (1).md": "Words.",
    "Copy of Lost parcel.md": "Words.",
    "2026-05-01 Lost parcel.md": "Words.",
    "Lost_parcel_20260501_DRAFT.md": "Words.",
    "lost parcel v1.2.md": "Words.",
    "SOP-14 rev 3 FINAL.md": "---\ntitle: Lost parcel\n---\nWords.",
    "Lost parcel - Copy.md": "Words.",
}


@pytest.mark.parametrize("name", NAMES)
def test_versions_and_copies_stay_out_of_ids(name: str, base: Path, tmp_path: Path) -> None:
    put(tmp_path, {f"given/{name}": f"{NAMES[name]}\n\n## Steps\n\n1. Ask.\n"})
    assert bring(base, tmp_path / "given").exit_code == 0
    assert sop(base, "lost-parcel")["title"].lower() == "lost parcel"


def test_two_files_of_one_name_keep_what_tells_them_apart(base: Path, tmp_path: Path) -> None:
    names = ["Lost parcel.md", "Lost parcel (1).md", "Refund v1.md", "Refund v2.md", "Final v3.md", "2026-05-01.md"]
    put(tmp_path, {f"given/{name}": "1. Ask.\n" for name in names})
    assert bring(base, tmp_path / "given").exit_code == 0
    made = {path.stem for path in (base / "sops").glob("*.yaml")} - {"restore-account"}
    assert made == {"lost-parcel", "lost-parcel-1", "refund-v1", "refund-v2", "final", "2026-05-01"}


@pytest.mark.parametrize("words", ["generated by python-docx", "Created with DocGen 4", "Exported from a wiki"])
def test_what_a_program_says_of_itself_is_no_summary(words: str, base: Path, tmp_path: Path) -> None:
    told = properties("Document1", description=words, subject=words)
    file = word_file(item("Ask."), item("Note."), parts=told)
    put(tmp_path, {"given/Lost.docx": file, "given/b.md": f"---\ndescription: {words}\n---\n\n1. Ask.\n"})
    assert bring(base, tmp_path / "given").exit_code == 0
    assert [sop(base, name)["summary"] for name in ("lost", "b")] == ["Imported from Lost.docx.", "Imported from b.md."]
    assert sop(base, "lost")["title"] == "Lost"


def test_paths_of_pictures_name_nothing_of_the_authors_computer(base: Path, tmp_path: Path) -> None:
    shown = "![x](My%20shots/Screen%20Shot%201.png) ![y](<other/Screen Shot 1.png>) ![z](写真.png)"
    given = {
        "given/Word docs (new)/Lost.md": f"1. Look: {shown}\n",
        "given/Word docs (new)/Other.md": "1. Look: ![x](<My shots/Screen Shot 1.png>)\n",
        "given/Word docs (new)/My shots/Screen Shot 1.png": png("red"),
        "given/Word docs (new)/other/Screen Shot 1.png": png("blue"),
        "given/Word docs (new)/写真.png": png("green"),
    }
    put(tmp_path, given)
    folder = tmp_path / "given/Word docs (new)"
    output = bring(base, folder).output
    assert "3 pictures copied to sops/files/" in output
    text = (base / "sops/lost.yaml").read_text(encoding="utf-8") + (base / "sops/other.yaml").read_text("utf-8")
    places = re.findall(r"\]\(([^)]+)\)", text)
    assert len(places) == 4
    assert [one for one in places if not re.fullmatch(r"files/lost/[a-z0-9-]+\.png", one)] == []
    assert (places[0], len({*places})) == ("files/lost/screen-shot-1.png", 3)
    assert not check(base).errors
    assert "; 0 files written" in bring(base, folder).output
    (folder / "写真.png").unlink()
    output = bring(base, folder).output
    assert ("kept as it was" in output, "; 0 files written" in output) == (True, True), output


def test_pictures_stay_where_an_earlier_import_put_them(base: Path, tmp_path: Path) -> None:
    folder = put(tmp_path / "given", {"lost.md": "1. ![x](a/x.png)\n", "a/x.png": png("red")})
    bring(base, folder)
    edit(base, "sops/lost.yaml", "files/lost/x.png", "files/given/a/x.png")
    put(base, {"sops/files/lost/x.png": None, "sops/files/given/a/x.png": png("red")})
    for picture_now in (png("red"), png("blue"), None):
        put(folder, {"a/x.png": picture_now})
        assert bring(base, folder).exit_code == 0
        assert "files/given/a/x.png" in sop(base, "lost")["steps"][0]["text"]
        assert not list((base / "sops/files/lost").glob("*"))


def png(colour: str) -> bytes:
    from PIL import Image

    done = io.BytesIO()
    Image.new("RGB", (3, 3), colour).save(done, "PNG")
    return done.getvalue()


# What people edited since


FIRST = "# Lost parcel\n\nA parcel did not come.\n\n## Steps\n\n1. Ask for it.\n2. Note it.\n"


@pytest.fixture
def given(base: Path, tmp_path: Path) -> Path:
    folder = put(tmp_path / "given", {"lost.md": FIRST, "other.md": "# Other\n\n1. Go.\n"})
    assert bring(base, folder).exit_code == 0
    return folder


def test_what_was_edited_is_kept_and_the_rest_follows(base: Path, given: Path) -> None:
    edit(base, "sops/lost.yaml", "A parcel did not come.", "My own words.")
    edit(base, "sops/lost.yaml", "status: draft", "status: active\nqueue: accounts")
    put(given, {"lost.md": FIRST.replace("Note it.", "Write it down.").replace("did not come", "is late")})
    result = bring(base, given)
    one = sop(base, "lost")
    assert (one["summary"], one["status"], one["queue"]) == ("My own words.", "active", "accounts")
    assert [title for _, title, _ in steps(one)] == ["Ask for it", "Write it down"]
    assert "; 1 file written" in result.output
    kept = "sops/lost.yaml: `summary` stays as it is: somebody edited it, and lost.md has changed since"
    again = bring(base, given).output
    assert (kept in result.output, kept in again, "; 0 files written" in again) == (True, True, True)


def test_what_was_added_to_a_step_stays(base: Path, given: Path) -> None:
    edit(base, "sops/lost.yaml", "    title: Ask for it\n", "    title: Ask for it\n    macro: account-restored\n")
    put(given, {"lost.md": FIRST.replace("Note it.", "Note it well.")})
    assert bring(base, given).exit_code == 0
    assert [step.get("macro") for step in sop(base, "lost")["steps"]] == ["account-restored", None]
    assert sop(base, "lost")["steps"][1]["title"] == "Note it well"


def test_edited_steps_are_kept(base: Path, given: Path) -> None:
    edit(base, "sops/lost.yaml", "      Ask for it.", "      Ask for it twice.")
    before = (base / "sops/lost.yaml").read_text()
    assert "; 0 files written" in bring(base, given).output
    put(given, {"lost.md": FIRST.replace("Note it.", "Write it down.")})
    assert "`steps` stays as it is: somebody edited it, and lost.md has changed" in bring(base, given).output
    assert (base / "sops/lost.yaml").read_text().split("\n")[2:] == before.split("\n")[2:]


def test_comments_of_people_are_never_lost(base: Path, given: Path) -> None:
    edit(base, "sops/lost.yaml", "status: draft", "status: draft  # until Kim has read it")
    put(given, {"lost.md": FIRST.replace("Note it.", "Write it down.")})
    for words, told in (
        ([], "sops/lost.yaml: `steps` stays as it is: the file has comments of its own, and lost.md has changed since"),
        (["--take-theirs", "lost#steps"], "keeps what is here, or take over by hand what is new"),
    ):
        assert told in bring(base, given, *words).output
        assert "# until Kim has read it" in (base / "sops/lost.yaml").read_text()
    assert "stays as it is" not in bring(base, given, "--keep-ours", "lost#steps").output
    assert "# until Kim has read it" in (base / "sops/lost.yaml").read_text()
    assert "stays as it is" not in bring(base, given).output


# What was edited here and has changed in the source: the words of the call, which steps are there after it, and how
# often each of the next imports tells of it.
SETTLED: dict[str, tuple[list[str], list[str], int]] = {
    "nothing said": ([], ["Ask for it twice", "Note it"], 1),
    "ours": (["--keep-ours", "lost#steps"], ["Ask for it twice", "Note it"], 0),
    "ours, whatever it is": (["--keep-ours", "lost"], ["Ask for it twice", "Note it"], 0),
    "theirs": (["--take-theirs", "lost#steps"], ["Ask for it", "Write it down"], 0),
    "something else": (["--take-theirs", "lost#summary"], ["Ask for it twice", "Note it"], 1),
}


@pytest.mark.parametrize("name", SETTLED)
def test_it_is_told_until_somebody_settles_it(name: str, base: Path, given: Path) -> None:
    words, wanted, times = SETTLED[name]
    edit(base, "sops/lost.yaml", "title: Ask for it", "title: Ask for it twice")
    put(given, {"lost.md": FIRST.replace("Note it.", "Write it down.")})
    assert bring(base, given, *words).exit_code == 0
    for _ in range(2):
        result = bring(base, given)
        assert [title for _, title, _ in steps(sop(base, "lost"))] == wanted
        assert result.output.count("`steps` stays as it is") == times, result.output
        assert "; 0 files written" in result.output
    put(given, {"lost.md": FIRST.replace("Note it.", "Write it down well.")})
    told = "theirs" not in name
    assert ("`steps` stays as it is" in bring(base, given).output) == told, "the source has changed again"


def test_whoever_writes_what_the_source_says_has_settled_it(base: Path, given: Path) -> None:
    edit(base, "sops/lost.yaml", "A parcel did not come.", "My own words.")
    put(given, {"lost.md": FIRST.replace("did not come", "is late")})
    assert "`summary` stays as it is" in bring(base, given).output
    edit(base, "sops/lost.yaml", "My own words.", "A parcel is late.")
    assert "stays as it is" not in bring(base, given).output
    put(given, {"lost.md": FIRST.replace("did not come", "is very late")})
    assert "stays as it is" not in bring(base, given).output
    assert sop(base, "lost")["summary"] == "A parcel is very late."


def test_what_differs_is_shown_word_by_word(base: Path, given: Path) -> None:
    """With the words that the source had before, if they are in git."""
    edit(base, "sops/lost.yaml", "A parcel did not come.", "My parcel did not come.")
    put(given, {"lost.md": FIRST.replace("did not come", "is late")})
    told = bring(base, given).output
    assert "    from what is here to the source: [-My-] {+A+} parcel [-did not come-] {+is late+}." in told, told
    assert "    --keep-ours lost#summary keeps what is here, --take-theirs lost#summary takes the source's\n" in told
    edit(base, "sops/lost.yaml", "My parcel did not come.", "A parcel did not come.")
    commit(base, "imported", AS_OF)
    edit(base, "sops/lost.yaml", "A parcel did not come.", "My parcel did not come.")
    commit(base, "edited", AS_OF)
    told = bring(base, given).output
    assert "    in the source: A parcel [-did not come-] {+is late+}.\n    here: [-A-] {+My+} parcel did not" in told, (
        told
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--keep-ours", "lots#steps"], "`lots` is not imported by this call; did you mean `lost`?"),
        (["--take-theirs", "lost#step"], "`lost#step` names no field that is imported; did you mean `steps`?"),
        (["--keep-ours", "lost", "--take-theirs", "lost"], "`lost` is in --keep-ours too: choose one"),
    ],
)
def test_what_cannot_be_settled_is_refused(words: list[str], told: str, base: Path, given: Path) -> None:
    before = snapshot(base)
    result = bring(base, given, *words)
    assert (result.exit_code, told in result.output, snapshot(base)) == (2, True, before), result.output


def test_headings_within_a_step_are_no_comments(base: Path, tmp_path: Path) -> None:
    text = "## Steps\n\n1. Ask.\n\n   ##### Then # 2\n\n   Note it.\n"
    folder = put(tmp_path / "given", {"lost.md": text})
    assert bring(base, folder).exit_code == 0
    put(folder, {"lost.md": text.replace("Note it.", "Write it.")})
    assert "; 1 file written" in bring(base, folder).output
    assert "Write it." in steps(sop(base, "lost"))[0][2]


def test_what_is_not_from_an_import_is_not_touched(base: Path, tmp_path: Path) -> None:
    put(tmp_path, {"given/restore-account.md": FIRST})
    before = snapshot(base)
    result = bring(base, tmp_path / "given")
    assert "sops/restore-account.yaml already exists and was not imported from restore-account.md" in result.output
    assert (result.exit_code, snapshot(base)) == (1, before)


def test_a_renamed_source_is_followed_and_one_that_is_gone_is_named(base: Path, given: Path) -> None:
    put(given, {"lost.md": None, "missing.md": FIRST.replace("late", "very late"), "other.md": None})
    output = bring(base, given).output
    assert "a file with another name than before, followed in sops/lost.yaml" in output
    assert "sops/other.yaml stays, but its source other.md is gone" in output
    assert not (base / "sops/missing.yaml").exists()


def test_a_file_alone_leads_to_what_came_before(base: Path, tmp_path: Path) -> None:
    """A link to a Word file leads to its SOP, once that is there; until then it is named."""
    one = word_file(p("See ", link("the other", "rId80")), links={"rId80": "other.docx"})
    put(tmp_path, {"given/one.docx": one, "given/other.docx": word_file(h("Steps"), item("Ask."))})
    assert "if it is a procedure, import it, then this one again" in bring(base, tmp_path / "given/one.docx").output
    bring(base, tmp_path / "given/other.docx")
    bring(base, tmp_path / "given/one.docx")
    assert "[[other|the other]]" in sop(base, "one")["steps"][0]["text"]


def test_a_file_alone_does_not_miss_the_others(base: Path, given: Path) -> None:
    output = bring(base, given / "lost.md").output
    assert ("is gone" in output, "1 SOP with 2 steps; 0 files written" in output) == (False, True), output


# All files at once: no word is lost, and all of them pass


def counted(words: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", words.casefold()))


def words_in(file: bytes) -> str:
    """The words that a reader of a Word file sees, by its bare XML."""
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        names = [name for name in parts.namelist() if re.fullmatch(r"word/(?:document|footnotes)\.xml", name)]
        xml = " ".join(parts.read(name).decode() for name in names)
    xml = re.sub(r'(<w:t xml:space="preserve">)\d\)', r"\1", xml)  # the number of an item, typed by hand
    xml = xml.replace("<w:noBreakHyphen/>", "-").replace("\u00ad", "")
    for gone in (
        r"<w:instrText> TOC .*?(?=</w:p>)",
        r"<w:instrText>.*?</w:instrText>",
        r"<w:sdt><w:sdtPr><w:docPartObj>.*?</w:sdt>",
        r"<w:moveFrom .*?</w:moveFrom>",
        r"<mc:Fallback>.*?</mc:Fallback>",
    ):
        xml = re.sub(gone, "", xml)
    return unescape(re.sub(r"<[^>]*>", "", re.sub(r"</w:p>|<w:br/>|<w:tab/>|<w:cr/>|</w:rt>", " ", xml)))


def test_no_word_of_any_file_is_lost_and_all_are_clean(base: Path, tmp_path: Path) -> None:
    files = {f"given/case-{n}.docx": case.file for n, case in enumerate(FILES.values())}
    assert len(files) >= 30
    put(tmp_path, files)
    result = bring(base, tmp_path / "given")
    assert result.exit_code == 0, result.output
    for name, content in files.items():
        path = Path(name).name
        said = " ".join(line for line in result.output.split("\n") if line.startswith(f"{path}: "))
        one = (base / f"sops/{Path(name).stem}.yaml").read_text(encoding="utf-8")
        lost = counted(words_in(content)) - counted(f"{one} {said}")
        assert not lost, (path, lost, one)
    assert [f"{f.place.path} {f.code} {f.message}" for f in check(base).findings] == []
    before = snapshot(base)
    assert "; 0 files written" in bring(base, tmp_path / "given").output
    assert snapshot(base) == before


def test_properties_are_read_and_those_of_people_are_not(base: Path, tmp_path: Path) -> None:
    told = properties("Microsoft Word - x", creator="Kim Example", description="All of it.", subject="Posts")
    put(tmp_path, {"given/a.docx": word_file(p("Lost parcel", style="Title"), item("Ask."), parts=told)})
    output = bring(base, tmp_path / "given").output
    one = sop(base, "a")
    assert (one["title"], one["summary"]) == ("Lost parcel", "All of it.")
    assert "Kim" not in output + (base / "sops/a.yaml").read_text()
