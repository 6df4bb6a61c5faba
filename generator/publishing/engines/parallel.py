"""Converts the Markdown of MkDocs' pages on every core.

MkDocs converts one page after the other, and that is most of a build. Nothing else of its build changes:
its own validation, templates and writing run on the finished pages.
"""

from __future__ import annotations

import ctypes
import gc
import logging
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import Any, NamedTuple

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

CHUNK = 16
PR_SET_PDEATHSIG = 1
WORTH_IT = 64
FIELDS = ("content", "toc", "meta", "_title_from_render", "present_anchor_ids")

_shared: tuple[MkDocsConfig, Files] | None = None


class Rendered(NamedTuple):
    """What a worker sends back of one page."""

    page: str
    fields: dict[str, Any]
    anchors: dict[str, dict[str, str]] | None
    warnings: list[tuple[str, int, str]]


class Finished(Page):
    """A page that another process has read and rendered already."""

    def read_source(self, config: MkDocsConfig) -> None:
        """Nothing is left to read."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Nothing is left to render."""


class ParallelMarkdown(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Renders all pages as soon as MkDocs knows them. `tick` is called for each page that is done."""

    def __init__(self, tick: Callable[[str], None]) -> None:
        self.tick = tick

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        pages = [file.page or Page(None, file, config) for file in files.documentation_pages()]
        if len(pages) >= WORTH_IT and cores() > 1 and sys.platform == "linux":
            for rendered in _render(pages, config, files):
                _finish(rendered, files)
                self.tick(rendered.page)
        return nav


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _render(pages: list[Page], config: MkDocsConfig, files: Files) -> Iterator[Rendered]:
    global _shared
    _shared = (config, files)
    names = [page.file.src_uri for page in pages]
    chunks = [names[start : start + CHUNK] for start in range(0, len(names), CHUNK)]
    try:
        gc.freeze()  # a worker that collects would copy every page it was forked with
        with ProcessPoolExecutor(cores(), multiprocessing.get_context("fork"), _stay_calm, (os.getpid(),)) as pool:
            for chunk in pool.map(_work, chunks):
                yield from chunk
    except BrokenProcessPool:
        raise MkDocsException("a worker process was killed, perhaps because the machine ran out of memory") from None
    finally:
        _shared = None


def _stay_calm(builder: int) -> None:
    """Whoever interrupts a build means the process that runs it; a worker ends when that one does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with suppress(OSError, AttributeError):  # a build that is killed cannot end its workers, who hold its locks
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != builder:
        os._exit(1)


def _work(names: list[str]) -> list[Rendered]:
    """Runs in a worker, which was forked and so has the configuration and the files."""
    assert _shared is not None
    config, files = _shared
    heard: list[tuple[str, int, str]] = []
    logger = logging.getLogger("mkdocs")
    logger.handlers = [_Notes(heard)]
    return [_render_page(name, config, files, heard) for name in names]


def _render_page(name: str, config: MkDocsConfig, files: Files, heard: list[tuple[str, int, str]]) -> Rendered:
    file = files.get_file_from_path(name)
    assert file is not None
    assert file.page is not None
    page = file.page
    heard.clear()
    page.read_source(config)
    try:
        page.render(config, files)
    except RecursionError:
        raise MkDocsException(f"Error reading page '{name}': it is nested too deep for Markdown") from None
    links = page.links_to_anchors
    anchors = None if links is None else {target.src_uri: found for target, found in links.items()}
    return Rendered(name, {field: getattr(page, field) for field in FIELDS}, anchors, list(heard))


def _finish(rendered: Rendered, files: Files) -> None:
    """Puts what a worker made into the page, and repeats here what MkDocs warned of there."""
    file = files.get_file_from_path(rendered.page)
    assert file is not None
    assert file.page is not None
    page = file.page
    for field, value in rendered.fields.items():
        setattr(page, field, value)
    if rendered.anchors is not None:
        targets = {name: files.get_file_from_path(name) for name in rendered.anchors}
        page.links_to_anchors = {target: rendered.anchors[name] for name, target in targets.items() if target}
    page.markdown = ""
    page.__class__ = Finished
    for name, level, message in rendered.warnings:
        logging.getLogger(name).log(level, message)


class _Notes(logging.Handler):
    """Keeps warnings as plain data, which can travel between processes."""

    def __init__(self, heard: list[tuple[str, int, str]]) -> None:
        super().__init__(logging.WARNING)
        self.heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append((record.name, record.levelno, record.getMessage()))
