"""The scripts and styles of the pages: what is put together into which file, in what order, and which page loads it.

The Markdown does not mention them. MkDocs gets all of them in this order, and by itself would load them all on every
page, where a script that finds nothing to do does nothing. Our build drops from each page what it does not use.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from copy import copy
from pathlib import Path
from typing import NamedTuple

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from generator.publishing.engines.not_found import NAME as NOT_FOUND
from generator.publishing.engines.not_found import write_lost

FOLDER = Path(__file__).parents[1] / "assets"
COMMENT = re.compile(rb"^[ \t]*(?:/\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*\n", re.DOTALL | re.MULTILINE)
MARK = "assets/playbook.css"  # a folder that has it is a site of ours

EVERY = ("",)
REPLY = ("data-pb-composer", "data-pb-practice-letter")
DOCUMENT = ("data-pb-sheet",)
STEPS = ("pb-ribbon",)
WALK = ("data-pb-ways", "data-pb-practice-walk")
DESK = ("data-pb-shelf",)
ASK = ("data-pb-ask",)
PRACTICE = (REPLY[-1], WALK[-1])


class Bundle(NamedTuple):
    """Files that become one, in their order; a page whose HTML holds one of the marks loads it."""

    marks: tuple[str, ...]
    files: tuple[str, ...]


# A script may use those before it; a style may have its say over those before it.
SCRIPTS = {
    "playbook.js": Bundle(
        EVERY,
        (
            *("playbook.js", "keys.js", "search-soon.js", "search.js", "days.js", "reading.js", "freshness.js"),
            *("shelf.js", "clipboard.js", "case-note.js", "case-clock.js", "case-file.js", "case.js", "case-desk.js"),
            *("search-tab.js", "contents.js", "course-keys.js", "course-page.js"),
        ),
    ),
    "lists.js": Bundle(
        (*ASK, *DESK, "data-pb-filter", "data-version=", "data-queue=", "data-pb-changes"),
        ("ask.js", "desk.js", "filter.js", "since-lists.js"),
    ),
    "lost.js": Bundle(("data-pb-lost",), ("nearest.js", "not-found.js")),
    "steps.js": Bundle(STEPS, ("procedure.js", "case-bar.js", "case-steps.js", "case-tools.js")),
    "reply.js": Bundle(
        REPLY,
        ("composer-letter.js", "composer-blanks.js", "composer-languages.js", "composer-case.js", "composer.js"),
    ),
    "walk.js": Bundle(
        WALK,
        (
            *("drawing.js", "walker-values.js", "walker-typed.js", "walker-way.js", "walker-words.js"),
            *("walker-keys.js", "walker-forms.js", "walker-map.js", "walker-case.js", "walker.js", "walker-fold.js"),
        ),
    ),
    "inside.js": Bundle(REPLY + WALK, ("case-inside.js",)),
    "practice.js": Bundle(PRACTICE, ("practice.js",)),
    "practice-walk.js": Bundle(PRACTICE[1:], ("practice-walk.js",)),
    "practice-letter.js": Bundle(PRACTICE[:1], ("practice-judge.js", "practice-letter.js")),
    # After what reads the headings of a page.
    "document.js": Bundle(DOCUMENT, ("star.js", "report.js", "since.js")),
}
STYLES = {
    "playbook.css": Bundle(EVERY, ("playbook.css", "case.css")),
    "lists.css": Bundle(("pb-entries", *ASK, *DESK), ("rows.css", "desk.css")),
    "steps.css": Bundle(STEPS, ("procedure.css",)),
    "document.css": Bundle((*DOCUMENT, "data-pb-changes"), ("report.css", "since.css")),
    "table.css": Bundle(("pb-wide", "pb-table"), ("health.css", "table.css")),
    "walk.css": Bundle(("pb-drawing", *WALK), ("drawing.css", "walker.css", "walker-map.css")),
    "reply.css": Bundle(REPLY, ("composer.css",)),
    "practice.css": Bundle(PRACTICE, ("practice.css",)),
}
# What the search loads when somebody searches; only the maker of an index needs search-index.js.
ON_DEMAND = {
    "finder.js": Bundle(  # no name that a script of every page had: a browser may keep that one
        (),
        (
            *("search-words.js", "search-code.js", "search-danger.js", "search-slots.js", "search-score.js"),
            *("search-explain.js", "search-rank.js", "search-facets.js", "search-memory.js", "search-results.js"),
            *("search-nothing.js", "search-narrow.js", "search-select.js", "search-box.js"),
        ),
    ),
    "search.css": Bundle((), ("search.css",)),
}
# What the course of a pack loads beside its pages.
COURSE = {
    "session.js": Bundle(
        (),
        (
            *("session.js", "session-forms.js", "session-api.js", "session-scorm.js", "session-cmi5.js"),
            *("session-local.js", "session-open.js"),
        ),
    ),
    "course.js": Bundle(
        (),
        (
            *("playbook.js", "keys.js", "search-soon.js", "kept/ts-fsrs.js", "course-digest.js", "course-state.js"),
            *("course-draw.js", "course-again.js", "course-route.js", "course-marks.js", "course-keys.js"),
            *("course-view.js", "course-warning.js", "course-reads.js", "course-question.js", "course-check.js"),
            *("course-sheet.js", "course-end.js", "course-frame.js", "course-start.js", "course.js"),
        ),
    ),
    "course.css": Bundle((), ("course.css",)),
}
MARKS = {mark for table in (SCRIPTS, STYLES) for bundle in table.values() for mark in bundle.marks}


def assets(has_course: bool = False) -> dict[str, bytes]:
    """The scripts and styles, by their path below the folder of Markdown files."""
    every = SCRIPTS | STYLES | ON_DEMAND | (COURSE if has_course else {})
    return {f"assets/{name}": b"".join(_shrink(FOLDER / file) for file in every[name].files) for name in every}


def _shrink(file: Path) -> bytes:
    """A script without its comments, which are a third of it; a style, and what is not ours, as it is.

    Each comment begins a line. A minifier that is kept (rjsmin) took spaces out of a template within a template.
    """
    written = file.read_bytes()
    return COMMENT.sub(b"", written) if file.suffix == ".js" and file.parent == FOLDER else written


def paths(table: Mapping[str, Bundle], held: Collection[str] = MARKS) -> list[str]:
    """The paths of the bundles of a table in their order: all, or those of a page that holds these marks."""
    return [f"assets/{name}" for name, bundle in table.items() if any(mark in held for mark in bundle.marks)]


class OnlyUsed(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Has each page load the scripts and styles that it uses, and no others."""

    def on_page_context(
        self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        context["config"] = _choose_files(config, page.content or "")
        return context

    def on_template_context(
        self, context: TemplateContext, /, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """For pages that the theme makes without Markdown, such as the one for addresses that do not exist."""
        context["config"] = _choose_files(config, write_lost("") if template_name == NOT_FOUND else "")
        return context


def _choose_files(config: MkDocsConfig, html: str) -> MkDocsConfig:
    """The configuration as a page with this HTML sees it."""
    mine = copy(config)
    held = {mark for mark in MARKS if mark in html}
    mine["extra_javascript"], mine["extra_css"] = paths(SCRIPTS, held), paths(STYLES, held)
    return mine
