"""Makes MkDocs' pages on every core.

MkDocs converts one page after the other, puts each into the theme and writes it: that is most of a build. Nothing else
of its build changes; its validation runs on what the workers found.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple

from jinja2 import ChoiceLoader, DictLoader, Environment
from mkdocs.commands.build import _build_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from generator.publishing.engines.settings import PLUGINS, THEMES
from generator.workers import is_worth_it, spread

FIELDS = ("content", "toc", "meta", "_title_from_render", "present_anchor_ids")
TOO_LATE = ("pre_page", "page_markdown")  # events that change what workers have read by then
OURS = "playbook/"  # how the plugins are called that a build adds itself
EMPTY = "playbook/empty.html"  # the template of pages that are written already: MkDocs writes no empty page


class Rendered(NamedTuple):
    """What a worker sends back of one page."""

    fields: dict[str, Any]
    anchors: dict[str, dict[str, str]] | None
    warnings: list[tuple[str, int, str]]


class Finished(Page):
    """A page that another process has read and rendered already."""

    def read_source(self, config: MkDocsConfig) -> None:
        """Nothing is left to read."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Nothing is left to render."""


class ParallelPages(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Makes all pages as soon as MkDocs knows them. `tick` is called for each page that is done.

    Workers write finished pages if all code that sees them is known; code that was trusted may look from one page at
    any other, so there they only convert the Markdown.
    """

    def __init__(self, tick: Callable[[str], None], config: MkDocsConfig) -> None:
        self.tick = tick
        self.writes = knows_all_code(config)

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        pages = [file.page or Page(None, file, config) for file in files.documentation_pages()]
        if is_worth_it(pages) and not any(config.plugins.events[event] for event in TOO_LATE):
            docs = files.documentation_pages()
            write = partial(finish_page, docs=docs, nav=nav, env=config.theme.get_env()) if self.writes else None
            for page, rendered in zip(pages, spread(partial(make_page, config, files, write), pages), strict=True):
                _finish(page, rendered, files)
                self.tick(page.file.src_uri)
        return nav

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        assert env.loader is not None
        env.loader = ChoiceLoader([DictLoader({EMPTY: ""}), env.loader])
        return env


def knows_all_code(config: MkDocsConfig) -> bool:
    """Whether nothing takes part that had to be trusted, and could ask for more of a page than its address."""
    theme = config.theme
    is_known = theme.name in THEMES and not theme.custom_dir and not config.extra_templates
    return is_known and {name for name in config.plugins if not name.startswith(OURS)} <= PLUGINS


def make_page(
    config: MkDocsConfig, files: Files, write: Callable[[Page, MkDocsConfig, Files], None] | None, page: Page
) -> Rendered:
    """Runs in a worker, for one page."""
    with _keeping_notes() as heard:
        page.read_source(config)
        try:
            page.render(config, files)
        except RecursionError:
            name = page.file.src_uri
            raise MkDocsException(f"Error reading page '{name}': it is nested too deep for Markdown") from None
        if write:
            write(page, config, files)
    links = page.links_to_anchors
    anchors = None if links is None else {target.src_uri: found for target, found in links.items()}
    return Rendered({field: getattr(page, field) for field in FIELDS}, anchors, heard)


def finish_page(
    page: Page, config: MkDocsConfig, files: Files, docs: Sequence[File], nav: Navigation, env: Environment
) -> None:
    """Puts a page into the theme and writes it, as MkDocs would later; what is left of it is an empty page."""
    page.content = config.plugins.on_page_content(page.content or "", page=page, config=config, files=files)
    _build_page(page, config, docs, nav, env)
    page.content, page.toc, page.meta = "", TableOfContents([]), {"template": EMPTY}


def _finish(page: Page, rendered: Rendered, files: Files) -> None:
    """Puts what a worker made into the page, and repeats here what MkDocs warned of there."""
    for field, value in rendered.fields.items():
        setattr(page, field, value)
    if rendered.anchors is not None:
        targets = {name: files.get_file_from_path(name) for name in rendered.anchors}
        page.links_to_anchors = {target: rendered.anchors[name] for name, target in targets.items() if target}
    page.markdown = ""
    page.__class__ = Finished
    for name, level, message in rendered.warnings:
        logging.getLogger(name).log(level, message)


@contextmanager
def _keeping_notes() -> Iterator[list[tuple[str, int, str]]]:
    """What MkDocs warns of meanwhile, which nobody else hears."""
    heard: list[tuple[str, int, str]] = []
    logger = logging.getLogger("mkdocs")
    handlers, logger.handlers = logger.handlers, [_Notes(heard)]
    try:
        yield heard
    finally:
        logger.handlers = handlers


class _Notes(logging.Handler):
    """Keeps warnings as plain data, which can travel between processes."""

    def __init__(self, heard: list[tuple[str, int, str]]) -> None:
        super().__init__(logging.WARNING)
        self.heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append((record.name, record.levelno, record.getMessage()))
