"""The scripts and styles of the pages: their order, which page loads which, and that no style paints another's part."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest
from conftest import Lay, Play
from knowledge import TABLE

from generator.documents.header import Status
from generator.publishing.engines.assets import COURSE, EVERY, FOLDER, ON_DEMAND, SCRIPTS, STYLES, assets
from generator.publishing.pages.naming import TEMPLATES
from generator.publishing.search.engine import SearchEngine

PAGES = TEMPLATES.parent
NOTHING = {"synonyms": {}, "dangers": [], "facets": {}, "otherwise": [], "whom": "", "ids": ""}
COMMENT = re.compile(r"/\*.*?\*/|^ *//.*?$", re.DOTALL | re.MULTILINE)
CLASS = re.compile(r"\.(pb-[a-z-]*[a-z])")
# The parts of a page that each style is for: none of its rules is about anything else.
BLOCKS = {
    "practice.css": {"pb-practice", "pb-practice-said"},
    "rows.css": {
        *("pb-entries", "pb-entries-head", "pb-counted", "pb-row-name", "pb-row-facts", "pb-row-text", "pb-row-why"),
        *("pb-row-count", "pb-sev", "pb-clock", "pb-languages"),
    },
    "desk.css": {
        "pb-ask",
        "pb-ask-field",
        "pb-danger",
        "pb-desk",
        "pb-shelf",
        "pb-forget",
        "pb-team",
        "pb-due",
        "pb-nearest",
    },
    "report.css": {"pb-report", "pb-flag", "pb-flag-part"},
    "since.css": {"pb-since", "pb-since-head", "pb-since-links", "pb-reading"},
    "procedure.css": {
        *(
            "pb-ribbon",
            "pb-clocks",
            "pb-severity",
            "pb-pop",
            "pb-panel",
            "pb-way",
            "pb-trigger",
            "pb-fold",
            "pb-ready",
            "pb-oncall",
            "pb-warned",
        ),
        *("pb-step", "pb-number", "pb-within", "pb-lines", "pb-branches", "pb-branch", "pb-if", "pb-then"),
    },
    "case.css": {
        *("pb-case-open", "pb-case-left"),
        *(
            "pb-case",
            "pb-case-button",
            "pb-case-head",
            "pb-case-facts",
            "pb-case-note",
            "pb-case-copies",
            "pb-case-clear",
        ),
        *(
            "pb-case-said",
            "pb-case-done",
            "pb-case-skip",
            "pb-open-main",
            "pb-open-also",
            "pb-case-end",
            "pb-case-ticked",
            "pb-case-when",
            "pb-case-left",
            "pb-case-over",
        ),
        *(
            "pb-open-here",
            "pb-inside",
            "pb-inside-frame",
            "pb-inside-case",
            "pb-case-there",
            "pb-case-told",
            "pb-case-listed",
            "pb-case-by",
            "pb-case-words",
            "pb-case-shut",
            "pb-inside-shown",
        ),
    },
    "health.css": {"pb-wide"},
    "table.css": {"pb-table"},
    "drawing.css": {"pb-drawing", "pb-sheet", "pb-end", "pb-large", "pb-asked"},
    "composer.css": {"pb-composer"},
    "walker.css": {"pb-walker", "pb-walk-it"},
    "walker-map.css": {"pb-walk", "pb-map", "pb-section"},
}


def read(name: str) -> str:
    """A script or a style without its comments."""
    return COMMENT.sub("", (FOLDER / name).read_text(encoding="utf-8"))


def selectors(style: str) -> list[str]:
    """The selectors of a style's rules, one by one: those in the lists of `:is()` stay with it."""
    heads = re.findall(r"([^{};]+)\{", read(style))
    one_by_one = (re.split(r",(?![^(]*\))", head) for head in heads if not head.strip().startswith("@"))
    return [one.strip() for some in one_by_one for one in some]


PLACES = {file: bundle for table in (SCRIPTS, ON_DEMAND) for bundle in table.values() for file in bundle.files}
ORDER = [file for bundle in SCRIPTS.values() for file in bundle.files]
LATER = ON_DEMAND["finder.js"].files
SESSION = COURSE["session.js"].files
OF_COURSE = [file for file in COURSE["course.js"].files if file not in ORDER and "/" not in file]
ALL_SCRIPTS = [*ORDER, *LATER, *SESSION, *OF_COURSE, "search-index.js"]
STYLES_OF = {
    file: name
    for name, bundle in (STYLES | ON_DEMAND | COURSE).items()
    for file in bundle.files
    if file.endswith("css")
}
ALL_STYLES = [*STYLES_OF]

STYLED = {style: {name for one in selectors(style) for name in CLASS.findall(one)} for style in ALL_STYLES}
SOURCES = {path.name: path.read_text(encoding="utf-8") for path in [*PAGES.rglob("*.j2"), *PAGES.rglob("*.py")]} | {
    name: read(name) for name in ALL_SCRIPTS
}
OFFERS = {name: other for other in ALL_SCRIPTS for name in re.findall(r"^  playbook\.(\w+) = ", read(other), re.M)}

TRUST = re.search(r"@typedef \{([^}]*)\} Trust", (FOLDER / "days.js").read_text(encoding="utf-8"))
assert TRUST
# The words of a chip: `pb-status pb-draft`, `pb-status pb-late`. A template or script puts them together.
CHIPS = {f"pb-{word}" for word in [*get_args(Status), *re.findall(r'"(\w+)"', TRUST[1])]}
MADE = CHIPS | {"pb-mark-missing", "pb-mark-outdated"}


# -- the order


def test_every_script_and_style_has_its_place_in_the_order() -> None:
    there = {path.name for path in FOLDER.iterdir() if path.is_file()}
    assert there == {*ALL_SCRIPTS, *ALL_STYLES}, "a file is in no page, or a page asks for one that is not there"
    assert len(ALL_SCRIPTS) == len({*ALL_SCRIPTS}), "a page runs a script twice"


def used_by(script: str) -> set[str]:
    """The scripts that offer what a script uses."""
    return {OFFERS[name] for name in re.findall(r"\bplaybook\.(\w+)", read(script))} - {script}


@pytest.mark.parametrize("script", ORDER)
def test_what_a_script_uses_is_loaded_before_it_wherever_it_is(script: str) -> None:
    used = {"playbook.js"} - {script} | used_by(script)
    if script == "search.js":
        used -= {*LATER}
    late = [other for other in used if ORDER.index(other) > ORDER.index(script)]
    assert not late, f"{script} uses {late}, which load after it"
    mine = {*PLACES[script].marks}
    absent = [other for other in used if PLACES[other].marks != EVERY and not mine <= {*PLACES[other].marks}]
    assert not absent, f"some page loads {script} without {absent}"


@pytest.mark.parametrize("script", LATER)
def test_what_the_search_loads_uses_what_is_there(script: str) -> None:
    assert used_by(script) <= {*SCRIPTS["playbook.js"].files, *LATER[: LATER.index(script)]}


@pytest.mark.parametrize("script", OF_COURSE)
def test_what_a_course_loads_uses_what_is_there(script: str) -> None:
    files = COURSE["course.js"].files
    assert used_by(script) <= {*files[: files.index(script)]}


@pytest.mark.parametrize("script", ALL_SCRIPTS)
def test_a_script_leaves_nothing_behind_but_what_it_offers(script: str) -> None:
    """Pages open from folders, where modules do not load: each script is a strict function, called at once."""
    named = {"playbook.js": "playbook", "session.js": "playbookSession"}.get(script)
    space = rf"const {named} = .*\(\{{\}}\);\s*" if named else ""
    whole = rf'\s*{space}\(\(\) => \{{\n  "use strict";\n.*\n\}}\)\(\);\s*'
    assert re.fullmatch(whole, read(script), re.DOTALL), f"{script} is more than one strict function"
    assert "window.playbook" not in read(script)


# -- what a page loads

ALWAYS = ["playbook.css", "playbook.js"]
LISTS = ["playbook.css", "lists.css", "playbook.js", "lists.js"]
LOADED = {
    "404.html": [*LISTS, "lost.js"],
    "index.html": LISTS,
    "changes/index.html": ["playbook.css", "document.css", "playbook.js", "lists.js"],
    "checks/index.html": ALWAYS,
    "teams/index.html": ALWAYS,
    "ids/index.html": [*ALWAYS, "lists.js"],
    "sops/restore-account/index.html": [
        *("playbook.css", "steps.css", "document.css", "playbook.js", "steps.js", "document.js"),
    ],
    "policies/account-integrity/index.html": ["playbook.css", "document.css", "playbook.js", "document.js"],
    "queues/accounts/index.html": LISTS,
    "health/index.html": ["playbook.css", "table.css", "playbook.js"],
    "macros/account-restored/index.html": [
        *("playbook.css", "document.css", "reply.css", "playbook.js", "reply.js", "inside.js", "document.js"),
    ],
    "decision_trees/account-takeover/index.html": [
        *(
            "playbook.css",
            "document.css",
            "table.css",
            "walk.css",
            "playbook.js",
            "walk.js",
            "inside.js",
            "document.js",
        ),
    ],
}


def loaded(page: Path) -> list[str]:
    """The scripts and styles of ours that a finished page loads, in their order."""
    return re.findall(r'(?:href|src)="[./]*assets/([\w-]+\.(?:css|js))"', page.read_text(encoding="utf-8"))


@pytest.fixture
def site(lay: Lay, play: Play) -> Path:
    root = lay({"mkdocs.yml": "site_name: Example\n", "decision_trees/account-takeover.yaml": TABLE})
    result = play(root, "build")
    assert result.exit_code == 0, result.output
    return root / "site"


def test_a_page_loads_what_it_uses_and_in_order(site: Path) -> None:
    found = {page: loaded(site / page) for page in LOADED}
    assert found == LOADED


def test_every_part_of_a_page_has_its_style(site: Path) -> None:
    """What a page's class is styled by is loaded there."""
    for page in site.rglob("*.html"):
        used = {
            name for some in re.findall(r'class="([^"]*)"', page.read_text(encoding="utf-8")) for name in some.split()
        }
        lacking = [style for style, names in STYLED.items() if names & used and STYLES_OF[style] not in loaded(page)]
        assert not lacking, f"{page.relative_to(site)} has parts that {lacking} paints, and does not load it"


# -- styles


def test_no_class_is_styled_in_two_files() -> None:
    files = Counter(name for names in STYLED.values() for name in names)
    assert {name: [style for style in ALL_STYLES if name in STYLED[style]] for name in files if files[name] > 1} == {}


@pytest.mark.parametrize("style", BLOCKS)
def test_a_style_paints_its_own_part_of_a_page_only(style: str) -> None:
    """The warning of the composer once stood as a red bar before words on 24 other pages."""
    beyond = [one for one in selectors(style) if BLOCKS[style].isdisjoint(CLASS.findall(one))]
    assert not beyond, f"{style} paints whatever else is called so: put the block's class before {beyond}"


def test_every_style_that_is_not_for_all_pages_says_what_it_is_for() -> None:
    assert {style for bundle in STYLES.values() for style in bundle.files if style != "playbook.css"} == {*BLOCKS}


def named_in(text: str) -> set[str]:
    """The classes that a template, module or script names in full."""
    return set(re.findall(r"(?<![\w-])pb-[a-z-]*[a-z](?![\w-]*[{$])", text))


def test_every_class_that_is_styled_is_somewhere() -> None:
    there = MADE.union(*map(named_in, SOURCES.values()))
    assert {style: sorted(names - there) for style, names in STYLED.items() if names - there} == {}


def test_every_class_that_is_given_is_styled_or_looked_up() -> None:
    whole = "\n".join(SOURCES.values())
    given = named_in(" ".join(re.findall(r'class(?:Name)?(?:=|: )[`"]([^`"]*)[`"]', whole)))
    given |= set(re.findall(r"[{ ]\.(pb-[a-z-]+) ", whole))
    given |= set(re.findall(r'classList\.\w+\("(pb-[a-z-]+)"', whole))
    looked_up = {name for script in ALL_SCRIPTS for name in CLASS.findall(read(script))}
    assert len(given) > 80
    assert given - looked_up - set().union(*STYLED.values()) == set()


def test_the_words_of_a_chip_are_on_chips_only() -> None:
    """The heading "Never" of a procedure once had the colour of the chip "never reviewed"."""
    for name, text in SOURCES.items():
        for some in [*re.findall(r'class="([^"]*)"', text), *re.findall(r"\{ (#[^}]*) \}", text)]:
            classes = {one.lstrip(".") for one in some.split()}
            assert "pb-status" in classes or CHIPS.isdisjoint(classes), f"{name}: {some}"
    rules = [one for one in selectors("playbook.css") if not CHIPS.isdisjoint(CLASS.findall(one))]
    assert len(rules) == 3
    assert [one for one in rules if not one.startswith(".pb-status")] == []


@pytest.mark.parametrize("path", [path for path in assets() if path.endswith(".js")])
def test_a_script_without_its_comments_is_still_a_script(path: str) -> None:
    written = assets()[path].decode()
    SearchEngine([], NOTHING).run(f"new Function({json.dumps(written)}); 0")
    assert "@typedef" not in written


def test_no_style_is_of_one_direction() -> None:
    """On a page of Arabic the letters of a step's lines were at its left edge, far from the lines, once."""
    drawn = ("drawing.css", "walker-map.css")  # a drawing has its places in numbers, and reads from left to right
    sided = re.compile(
        r"\b(?:margin|padding|border)-(?:left|right)\b|(?<![-\w])(?:left|right)\s*:|:\s*(?:left|right)\b"
    )
    found = {path.name: sided.findall(path.read_text()) for path in FOLDER.glob("*.css") if path.name not in drawn}
    assert len(found) > 8
    assert {name: some for name, some in found.items() if some} == {}
