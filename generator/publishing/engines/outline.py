"""Shortens the table of contents of very long pages, so that it can be read next to the page."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

MOST = 100


class Outline(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Leaves the chapters of a page that has hundreds of parts, such as a decision with 150 questions."""

    def on_page_content(self, html: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        chapters = [one for top in page.toc for one in top.children]
        if sum(len(one.children) for one in chapters) > MOST:
            for one in chapters:
                one.children = []
        return html
