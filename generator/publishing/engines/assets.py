"""The scripts and styles of the pages: in what order they load, and which page loads which.

The Markdown does not mention them. MkDocs gets all of them in this order, and by itself would load them all on every
page, where a script that finds nothing to do does nothing. Our build drops from each page what it does not use.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from copy import copy
from pathlib import Path

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
DATES = ("data-pb-fresh", "data-pb-since", "data-pb-version")
REPLY = ("data-pb-composer",)
DOCUMENT = ("data-pb-sheet",)
STEPS = ("pb-ribbon",)
WALK = ("data-pb-ways",)
DESK = ("data-pb-shelf",)
LOST = ("data-pb-lost",)
CASE = DOCUMENT + STEPS + REPLY + WALK

# Each file with its marks: a page whose HTML holds one of them loads it. A script may use those above it; a style may
# have its say over those above it.
SCRIPTS: dict[str, tuple[str, ...]] = {
    "playbook.js": EVERY,
    "keys.js": EVERY,
    "search.js": EVERY,
    "ask.js": ("data-pb-ask",),
    "shelf.js": DOCUMENT + DESK,
    "star.js": DOCUMENT,
    "desk.js": DESK,
    "nearest.js": LOST,
    "not-found.js": LOST,
    "filter.js": ("data-pb-filter",),
    "days.js": DATES + REPLY + WALK + DOCUMENT,
    "freshness.js": DATES + WALK,
    "procedure.js": STEPS,
    "clipboard.js": CASE,
    "case-note.js": CASE,
    "case-clock.js": CASE,
    "case-file.js": CASE,
    "case.js": CASE,
    "case-desk.js": CASE,
    "case-steps.js": STEPS,
    "composer-letter.js": REPLY,
    "composer-blanks.js": REPLY,
    "composer-languages.js": REPLY,
    "composer-case.js": REPLY,
    "composer.js": REPLY,
    "drawing.js": WALK,
    "walker-values.js": WALK,
    "walker-way.js": WALK,
    "walker-words.js": WALK,
    "walker-keys.js": WALK,
    "walker-forms.js": WALK,
    "walker-map.js": WALK,
    "walker.js": WALK,
    "walker-fold.js": WALK,
    "case-inside.js": REPLY + WALK,
    "report.js": DOCUMENT,  # after what reads the headings of a page
}
STYLES: dict[str, tuple[str, ...]] = {
    "playbook.css": EVERY,
    "health.css": ("pb-wide",),
    "rows.css": ("pb-entries", *DESK),
    "desk.css": ("data-pb-ask", *DESK),
    "procedure.css": STEPS,
    "report.css": DOCUMENT,
    "case.css": CASE,
    "table.css": ("pb-table",),
    "drawing.css": ("pb-drawing",),
    "composer.css": REPLY,
    "walker.css": WALK,
    "walker-map.css": WALK,
}
# What search.js loads when somebody searches, in an order of its own; only the maker of an index needs search-index.js.
ON_DEMAND = (
    *sorted(path.name for path in FOLDER.glob("search-*.js") if path.name != "search-index.js"),
    "days.js",
    "search.css",
)
MARKS = {mark for table in (SCRIPTS, STYLES) for marks in table.values() for mark in marks}


def assets() -> dict[str, bytes]:
    """The scripts and styles, by their path below the folder of Markdown files."""
    every = [*paths(SCRIPTS), *paths(STYLES), *(f"assets/{name}" for name in ON_DEMAND)]
    return {path: _shrink(FOLDER / Path(path).name) for path in every}


def _shrink(file: Path) -> bytes:
    """A script without its comments, which are a third of it; a style as it is.

    Each comment begins a line. A minifier that is kept (rjsmin) took spaces out of a template within a template.
    """
    written = file.read_bytes()
    return COMMENT.sub(b"", written) if file.suffix == ".js" else written


def paths(table: Mapping[str, tuple[str, ...]], held: Collection[str] = MARKS) -> list[str]:
    """The paths of the files of a table in their order: all, or those of a page that holds these marks."""
    return [f"assets/{name}" for name, marks in table.items() if any(mark in held for mark in marks)]


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
