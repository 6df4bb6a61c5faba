"""The handbook of a pack is read back: its words, outline, links, tags and metadata, and that nothing else is in it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from browser.conftest import missing
from conftest import output_of, run_command
from knowledge import MACRO, PACK, SOP, STARTER, TREE, VOCABULARY, write

from generator.publishing.packs.extras import EXTRAS, tell_missing
from generator.publishing.packs.handbook.article import Drawing
from generator.publishing.packs.handbook.binding import Book
from generator.publishing.packs.handbook.printing import print_book
from generator.publishing.packs.handbook.sheet import lie, quote_css

NAME = "acme-accounts"
MARK = "ZQINTERNALZQ"


def _needed() -> None:
    """WeasyPrint with its libraries must be there in continuous integration; elsewhere a test without it is skipped."""
    if told := tell_missing("pdf"):
        missing(f"handbooks need {told}")


LETTERS = """\
  es: {of: "1.2", variables: {name: {fallback: amigo}}, text: "Hola {{ name }}: responda antes del {{ deadline }}."}
  ja: {of: "1.2", variables: {name: {fallback: お客}}, text: "{{ name }}様、{{ deadline }}までにお返事ください。"}
  ar: {of: "1.2", variables: {name: {fallback: صديقنا}}, text: "مرحبا {{ name }}، نرجو الرد قبل {{ deadline }}."}
"""
HISTORY = 'history:\n  - {version: "1.0", on: 2026-11-20, note: First version.}\n'


def _base(place: Path) -> Path:
    """The small knowledge base with letters in four languages, a step that branches, and marks on what is internal."""
    sop = SOP.replace("    text: Send [[account-restored|the reply]].", BRANCHES)
    base = write(
        place,
        {
            f"content/packs/{NAME}.yaml": PACK + HISTORY,
            "sops/restore-account.yaml": sop.replace("Legal reads along.", f"{MARK} reads along."),
            "macros/account-restored.yaml": MACRO.replace(
                MACRO[MACRO.index("  es: {of") : MACRO.index("actions:")], LETTERS
            ),
            "content/vocabulary.yaml": VOCABULARY.replace(
                "locales:\n", "locales:\n  ja: {name: 日本語}\n  ar: {name: العربية}\n"
            ),
            "decision_trees/account-takeover.yaml": TREE.replace(
                "outcomes:", f"    internal_note: {MARK} question.\noutcomes:", 1
            ),
        },
    )
    shutil.copy(STARTER / "mkdocs.yml", base)
    return base


BRANCHES = """\
    within: 30m
    text: Send [[account-restored|the reply]].
    branches:
      - if: Nobody answers.
        then: Go on at [[restore-account#verify]]."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    _needed()
    base = _base(tmp_path_factory.mktemp("handbook"))
    output_of(base, "pack", "build", NAME, "--format", "handbook")
    return base


@pytest.fixture(scope="module")
def pdf(built: Path) -> Any:
    import pypdf

    return pypdf.PdfReader(built / f"dist/{NAME}-1.0/handbook.pdf")


@pytest.fixture(scope="module")
def pages(pdf: Any) -> list[str]:
    """The words of each page, on one line."""
    return [" ".join(page.extract_text().split()) for page in pdf.pages]


def _page_with(pages: list[str], words: str) -> int:
    """The number of the page that has words, from 1."""
    found = [number for number, text in enumerate(pages, 1) if words in text]
    assert found, f"{words!r} is on no page"
    return found[-1]


def test_every_page_says_what_it_is_and_to_check_before_use(pages: list[str]) -> None:
    for number, text in enumerate(pages, 1):
        for told in (
            "Account security for Acme · version 1.0 · effective 20 Nov 2026",
            "Acme Support",
            "Check before use",
            f"page {number} of {len(pages)}",
        ):
            assert told in text, (number, told)


SHOWN = {
    "a step with its time": "Step 2 Answer the member Within 30 minutes",
    "a branch": "If: Nobody answers. Then: Go on at",
    "an answer that leads to a decision": "Yes → Decision A: Lock the account",
    "the question where a tree starts": "Start here: Question 1: Did the member lose access?",
    "a letter in Spanish": "Hola {{ name }}",
    "a letter in Japanese": "お返事ください",
    "a letter in Arabic": "مرحبا",
    "a section of a policy": "An account has one owner.",
    "how quality is judged": "Identity proven before any change critical 3",
    "where an id is found": "account-recovery, see Restore a taken-over account",
    "whom to reach": "Whom to reach Teams",
}


@pytest.mark.parametrize("what", SHOWN)
def test_the_handbook_shows_what_the_pages_show(what: str, pages: list[str]) -> None:
    assert SHOWN[what] in " ".join(pages)


NOT_SHOWN = [
    "Used by",
    "Golden cases",
    "A member cannot log in any more",
    "Select a box",
    "¶",
    "Copy",
    "Kept by",
]


@pytest.mark.parametrize("words", NOT_SHOWN)
def test_nothing_of_the_site_around_the_pages_is_printed(words: str, pages: list[str]) -> None:
    assert words not in " ".join(pages)


def test_contents_and_references_name_the_page_on_which_it_is(pages: list[str]) -> None:
    contents = pages[1]
    assert contents.startswith("Contents")
    for title in ("Restore a taken-over account", "Is it a takeover?", "Account restored", "Account integrity"):
        told = re.search(rf"{re.escape(title)}[ .]+(\d+)", contents)
        assert told, f"{title} is not in the contents"
        assert title in pages[int(told[1]) - 1]
    own = pages[_page_with(pages, "Step 2 Answer the member") - 1]
    told = re.search(r"Send the reply \(p\. (\d+)\)", own)
    assert told
    assert "Hola" in pages[int(told[1]) - 1]


def test_each_document_begins_a_page(pdf: Any, pages: list[str]) -> None:
    starts = [pdf.get_destination_page_number(one) for one in _outline(pdf.outline, 1)]
    assert len(starts) == len(set(starts)) == 4


def _outline(entries: list[Any], wanted: int, depth: int = 0) -> list[Any]:
    found = []
    for entry in entries:
        if isinstance(entry, list):
            found += _outline(entry, wanted, depth + 1)
        elif depth == wanted:
            found.append(entry)
    return found


def test_the_outline_has_modules_and_documents(pdf: Any) -> None:
    modules = [entry.title for entry in _outline(pdf.outline, 0)]
    assert modules[0] == "Account security for Acme"
    assert modules[-2:] == ["Whom to reach", "Index of names and ids"]
    documents = [entry.title for entry in _outline(pdf.outline, 1)]
    assert any("Restore a taken-over account" in title for title in documents)
    assert any("Account restored" in title for title in documents)


def test_links_lead_into_the_book(pdf: Any) -> None:
    links = [note.get_object() for page in pdf.pages for note in page.get("/Annots", [])]
    names = set(pdf.named_destinations)
    targets = [
        one["/Dest"] if "/Dest" in one else one["/A"].get("/D") for one in links if "/URI" not in one.get("/A", {})
    ]
    assert len(targets) > 20
    assert {str(name) for name in targets if isinstance(name, str)} <= names


def test_it_is_tagged_and_says_its_title_and_language(pdf: Any) -> None:
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title == "Account security for Acme, version 1.0"
    assert pdf.metadata.author == "Example Platform"
    assert b"pdfuaid" in root["/Metadata"].get_data()
    kinds = _tags(root["/StructTreeRoot"])
    assert {"/Document", "/H1", "/H2", "/P", "/Table", "/TH", "/Link", "/L", "/LI"} <= kinds


def _tags(node: Any) -> set[str]:
    found: set[str] = set()
    open_nodes = [node]
    while open_nodes:
        one = open_nodes.pop().get_object()
        if isinstance(one, list):
            open_nodes += one
        elif isinstance(one, dict):
            found.add(str(one.get("/S", "")))
            if "/K" in one:
                open_nodes.append(one["/K"])
    return found


def test_fonts_are_in_the_file(pdf: Any) -> None:
    for page in pdf.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            for one in font.get_object().get("/DescendantFonts", [font]):
                assert {"/FontFile", "/FontFile2", "/FontFile3"} & one.get_object()["/FontDescriptor"].keys()


def test_two_builds_on_two_days_in_two_folders_are_the_same_bytes(built: Path, tmp_path: Path) -> None:
    other = _base(tmp_path / "another folder")
    result = run_command(
        None, "pack", "build", NAME, "--format", "handbook", "--root", str(other), "--as-of", "2026-11-29"
    )
    assert result.exit_code == 0, result.output
    name = f"dist/{NAME}-1.0/handbook.pdf"
    assert (other / name).read_bytes() == (built / name).read_bytes()


def test_nothing_internal_is_in_it(built: Path, pdf: Any, pages: list[str]) -> None:
    """The words, and every stream after unpacking: pages, metadata, outline."""
    assert MARK not in " ".join(pages)
    assert MARK not in str(pdf.metadata)
    found = 0
    for number in range(1, pdf.trailer["/Size"]):
        thing = pdf.get_object(number)
        data = thing.get_data() if hasattr(thing, "get_data") else str(thing).encode()
        found += "taken-over account" in str(thing)
        assert MARK.encode() not in data
    assert found, "the search sees what is there"


def _ask(built: Path, program: str, *words: str) -> str:
    """What a program of Poppler says of the handbook: it shares no code with what writes or reads it above."""
    if shutil.which(program) is None:
        missing(f"no {program}; run tests/packs/get_programs.sh")
    place = str(built / f"dist/{NAME}-1.0/handbook.pdf")
    after = ("-",) if program == "pdftotext" else ()
    done = subprocess.run([program, *words, place, *after], capture_output=True, check=True)
    assert done.stderr == b"", "it complains of nothing"
    return done.stdout.decode()


def test_another_program_says_the_same_of_it(built: Path, pdf: Any) -> None:
    told = dict(re.findall(r"^([A-Z][\w ]*?): +(.*)$", _ask(built, "pdfinfo"), re.MULTILINE))
    wanted = {"Tagged": "yes", "Suspects": "no", "JavaScript": "no", "Encrypted": "no", "Pages": str(len(pdf.pages))}
    assert {name: told[name] for name in wanted} == wanted
    assert told["Title"] == "Account security for Acme, version 1.0"
    assert "version 1.0, effective 20 Nov 2026" in told["Subject"]


def test_another_program_reads_its_headings_and_its_words(built: Path) -> None:
    structure = _ask(built, "pdfinfo", "-struct-text")
    headings = [
        " ".join(one.split()) for one in re.findall(r'^ +H[1-6] .*\n(?:.*\n)*?.*"(.*)"$', structure, re.MULTILINE)
    ]
    assert {"Account security for Acme", "Restore a taken-over account"} <= {*headings}
    words = " ".join(_ask(built, "pdftotext", "-enc", "UTF-8").split())
    for part in ("Hola", "までにお返事ください", "Restore a taken-over account", "version 1.0"):
        assert part in words
    assert MARK not in words + structure


def test_every_page_is_a_step_of_the_work_that_a_terminal_shows() -> None:
    _needed()
    steps: list[str] = []
    book = Book("<p>one</p><p style='break-before: page'>two</p><img src='gone.png' alt='x'>", {})
    _, warnings = print_book(book, steps.append)
    assert sum("Page" in step for step in steps) >= 2
    assert any("gone.png is not in the book" in one for one in warnings), "nothing is fetched"


# odd things

ODD = """\
---
title: 'Odd </style> "page" \\ 猫 مرحبا 😀'
owner: support
audience: vendor
summary: Odd `things` & more.
aliases: [ATO & co, "</li>"]
formerly: [strange]
---

![A teal box](teal.png)

| a | b | c | d | e | f | g | h |
|---|---|---|---|---|---|---|---|
| Donaudampfschifffahrtsgesellschaftskapitän | two | three | four | five | six | seven | eight |

See [[odd-page#二つ目の見出し|below]], [[strange|itself]] and [the web](https://example.org/).

## 二つ目の見出し

The end of it.
"""
ODD_PACK = PACK.replace("title: Account security for Acme", """title: 'Acme </style> "x" 😀 {} ; content'""").replace(
    "documents: [account-takeover, restore-account]",
    "documents: [odd-page, account-takeover, odd-page]\n    text: |\n      After it:\n\n      - **one**\n      - two",
)


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Any:
    _needed()
    import pypdf
    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (900, 500), "teal").save(picture, "PNG")
    files = {
        "content/pages/odd-page.md": ODD,
        "content/pages/teal.png": picture.getvalue(),
        f"content/packs/{NAME}.yaml": ODD_PACK,
        "content/vocabulary.yaml": VOCABULARY.replace("Acme Support", '"Acme/😀 </style>"'),
    }
    base = write(tmp_path_factory.mktemp("odd"), files)
    shutil.copy(STARTER / "mkdocs.yml", base)
    said = output_of(base, "pack", "build", NAME, "--format", "handbook")
    assert "Warning" not in said
    return pypdf.PdfReader(base / f"dist/{NAME}-1.0/handbook.pdf")


ODD_TEXTS = {
    "a title that could end the style": 'Acme </style> "x"',
    "the list of a module": "After it: one two Odd",
    "a wide table": "Donaudampfschifffahrtsgesellschaftskapitän two three four five six seven eight",
    "an alias that could end its list": "</li>, see Odd </style>",
    "a heading in Japanese": "二つ目の見出し",
}


@pytest.mark.parametrize("what", ODD_TEXTS)
def test_odd_things_are_shown_as_they_are(what: str, odd: Any) -> None:
    words = " ".join(" ".join(page.extract_text() for page in odd.pages).split())
    assert ODD_TEXTS[what] in words
    assert "description:" not in words, "the head of a page's file"


def test_a_picture_is_in_the_book_with_its_words(odd: Any) -> None:
    assert [image for page in odd.pages for image in page.images]
    alternatives = set()
    for number in range(1, odd.trailer["/Size"]):
        thing = odd.get_object(number)
        if isinstance(thing, dict) and "/Alt" in thing:
            alternatives.add(str(thing["/Alt"]))
    assert "A teal box" in alternatives
    assert any(words.startswith("The decision as a drawing: Is it a takeover?") for words in alternatives)


def test_a_wide_table_lies_across_its_page(odd: Any) -> None:
    across = [page for page in odd.pages if page.mediabox.width > page.mediabox.height]
    assert ["Donaudampf" in page.extract_text() for page in across] == [True]


def test_a_document_that_is_named_twice_is_bound_once(odd: Any) -> None:
    assert sum("The end of it." in page.extract_text() for page in odd.pages) == 1


# what it needs

MISSING = {
    "no package": (
        ImportError("no module"),
        f"handbook.pdf needs the extra `pdf`: pip install '{EXTRAS['pdf'].package}'",
    ),
    "no library": (OSError("cannot load libpango"), "on Debian: apt-get install libpango"),
}


@pytest.mark.parametrize("what", MISSING)
def test_what_is_missing_is_told_first(what: str, base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(STARTER / "mkdocs.yml", base)
    error, told = MISSING[what]

    def refuse(name: str) -> Any:
        raise error

    monkeypatch.setattr("generator.publishing.packs.extras.import_module", refuse)
    monkeypatch.setattr("generator.publishing.packs.build.Materials", None)  # nothing is made
    result = run_command(base, "pack", "build", NAME, "--format", "handbook")
    assert (result.exit_code, told in result.output) == (1, True), result.output
    assert not (base / "dist").exists()


def test_the_extras_are_those_of_the_project() -> None:
    project = (STARTER / "pyproject.toml").read_text(encoding="utf-8")
    for name, extra in EXTRAS.items():
        assert f'{name} = ["{extra.package}"]' in project


def test_a_format_without_an_extra_loads_none(base: Path) -> None:
    shutil.copy(STARTER / "mkdocs.yml", base)
    before = "weasyprint" in sys.modules
    output_of(base, "pack", "build", NAME, "--format", "gift")
    assert ("weasyprint" in sys.modules) == before


# on the sheet


@pytest.mark.parametrize(
    ("width", "height", "lies"),
    [
        (300, 200, "upright"),
        (640, 880, "upright"),
        (960, 560, "across"),
        (1400, 800, "across"),
        (3000, 200, ""),
        (900, 3000, ""),
    ],
)
def test_a_drawing_lies_as_it_can_be_read(width: int, height: int, lies: str) -> None:
    assert lie(Drawing("", width, height)) == lies


def test_a_title_cannot_end_the_string_that_it_is_in() -> None:
    assert quote_css('A "b" \\ } c · 猫') == '"A \\22 b\\22  \\5c  \\7d  c · 猫"'
