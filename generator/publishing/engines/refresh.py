"""Brings a preview up to date page by page: at once the pages of the documents that changed, then all others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from generator.documents.days import dated
from generator.files import writer as publish
from generator.library.library import Library
from generator.publishing import BuildError
from generator.publishing.engines.mkdocs import Made, build_site, listening, write_beside
from generator.publishing.engines.parallel import finish_page, knows_all_code, make_page
from generator.publishing.engines.settings import Settings
from generator.publishing.pages.edition import Edition
from generator.publishing.pages.markdown import navigation, render_documents, render_pages
from generator.publishing.search.index import FOLDER as SEARCH
from generator.publishing.search.index import search_files
from generator.workers import aside, spread

AT_ONCE = 200  # pages between two looks at whether somebody saved again

Beside = dict[str, str | bytes]


class Witness(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Keeps what MkDocs knows when it begins to write pages."""

    kept: MkDocsConfig
    files: Files
    nav: Navigation
    env: Environment
    texts: dict[str, str]
    beside: list[str]

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        self.nav = nav
        return nav

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        self.kept, self.files, self.env = config, files, env
        others = (file.src_uri for file in files if not file.is_documentation_page())
        self.beside = [path for path in others if not path.startswith("assets/")]
        self.texts = {file.src_uri: file.content_string for file in files.documentation_pages()}
        return env


class State(NamedTuple):
    """What all pages depend on: where any of it changes, everything is built anew."""

    title: str
    settings: Any
    vocabulary: Any
    nav: list[dict[str, Any]]

    @classmethod
    def of(cls, library: Library, edition: Edition, settings: Settings) -> State:
        return cls(edition.title, settings.data, library.vocabulary, navigation(library, edition))


class Refreshed(NamedTuple):
    """What a refresh did: how many pages it wrote, what MkDocs warned of, how many other files changed."""

    number: int
    warnings: list[str]
    others: int = 0


class Preview:
    """A site in a folder that is built whole once, and then brought up to date.

    `aside` is a folder on the same disk, in which pages are made.
    """

    def __init__(self, place: Path, aside: Path) -> None:
        self._place, self._aside = place, aside
        self._state: State | None = None
        self._witness = Witness()
        self._pages: dict[str, str] = {}
        self._unsure: set[str] = set()  # pages with a link to what may only come later
        self._beside: set[str] = set()

    def is_there(self) -> bool:
        """Whether anything was built by now."""
        return any(self._place.iterdir())

    def can_refresh(self, library: Library, edition: Edition, settings: Settings) -> bool:
        """Whether pages can be made one by one: nothing changed that all depend on, and all code is known."""
        state = self._state
        return (
            state is not None and knows_all_code(self._witness.kept) and state == State.of(library, edition, settings)
        )

    def build(self, library: Library, edition: Edition, settings: Settings) -> Made:
        """Builds everything. Raises BuildError, and publish.Unwritten."""
        self._state, self._witness, self._beside = None, Witness(), set()
        made = build_site(library, edition, settings, self._place, lambda _: None, False, self._witness)
        self._pages = self._witness.texts
        self._beside = set(self._witness.beside)
        for path in (self._place / SEARCH).rglob("*"):
            self._beside |= {path.relative_to(self._place).as_posix()} if path.is_file() else set()
        self._state = State.of(library, edition, settings)
        return made

    def refresh(self, library: Library, edition: Edition, paths: Collection[str]) -> Refreshed:
        """Makes the pages of the documents in some files. Raises BuildError."""
        return self._make(library, render_documents(library, edition, paths), ())

    def complete(
        self, library: Library, edition: Edition, settings: Settings, is_wanted: Callable[[], bool]
    ) -> Refreshed:
        """Makes every page and file that is otherwise than before, until it is no longer wanted. Raises BuildError.

        Pages that MkDocs warns of are made once more at the end: what they lead to may have come meanwhile.
        """
        rendered = aside(lambda: render_pages(library, edition), is_wanted)
        if rendered is None:
            return Refreshed(0, [])
        changed = [path for path, text in rendered.items() if self._pages.get(path) != text]
        number = self._make(library, {}, self._pages.keys() - rendered.keys()).number
        for start in range(0, len(changed), AT_ONCE):
            number += self._make(
                library, {path: rendered[path] for path in changed[start : start + AT_ONCE]}, ()
            ).number
            if not is_wanted():
                return Refreshed(number, [])
        found = aside(lambda: search_files(library, is_flat=False), is_wanted)
        if found is None:
            return Refreshed(number, [])
        others = self._put({**write_beside(library, edition, settings, False), **found})
        again = {path: self._pages.pop(path) for path in self._unsure & self._pages.keys()}
        last = self._make(library, again, ())
        if number or others:
            publish.record_belongings(self._place)
        return Refreshed(number, last.warnings, others)

    def _make(self, library: Library, rendered: Mapping[str, str], gone: Iterable[str]) -> Refreshed:
        """Makes pages of Markdown that is not the same as before, and removes those that are gone."""
        witness, config = self._witness, self._witness.kept
        changed = {path: text for path, text in rendered.items() if self._pages.get(path) != text}
        removed = [self._drop(path) for path in list(gone)]
        if not changed and not removed:
            return Refreshed(0, [])
        made = self._aside / "html"
        config.site_dir = str(made)
        pages = [self._make_anew(path, text) for path, text in changed.items()]
        docs = witness.files.documentation_pages()
        write = partial(finish_page, docs=docs, nav=witness.nav, env=witness.env)
        with listening(lambda _: None) as warnings, dated(library.today):
            try:
                made_pages = list(spread(partial(make_page, config, witness.files, write), pages))
            except (MkDocsException, SystemExit, RecursionError) as error:
                raise BuildError("\n".join(warnings) or str(error)) from None
        heard = {path: [words for _, _, words in one.warnings] for path, one in zip(changed, made_pages, strict=True)}
        self._unsure = (self._unsure - heard.keys()) | {path for path, some in heard.items() if some}
        self._pages |= changed
        publish.bring_in(made, self._place, removed)
        return Refreshed(len(pages) + len(removed), [*warnings, *(words for some in heard.values() for words in some)])

    def _make_anew(self, path: str, text: str) -> Page:
        """The page of a Markdown file, unread; one in the navigation stays where it is there."""
        witness = self._witness
        known = witness.files.get_file_from_path(path)
        file = File.generated(witness.kept, path, content=text, inclusion=InclusionLevel.NOT_IN_NAV)
        if known is not None:
            witness.files.remove(known)
        witness.files.append(file)
        if known is not None and known.page in witness.nav.pages:
            page = known.page
            page.__class__, page.file, file.page = Page, file, page
            return page
        return Page(None, file, witness.kept)

    def _drop(self, path: str) -> str:
        """Forgets a page; gives the path of its file in the site."""
        del self._pages[path]
        file = self._witness.files.get_file_from_path(path)
        if file is None:
            return path
        self._witness.files.remove(file)
        return file.dest_uri

    def _put(self, contents: Beside) -> int:
        """Writes what lies beside the pages where it is not there yet as it is now; gives how many files."""
        changed = {path: content for path, content in contents.items() if not self._has(path, content)}
        for path in changed.keys() - self._witness.files.src_uris.keys():
            if not path.startswith(f"{SEARCH}/"):  # which no page links to
                self._witness.files.append(File.generated(self._witness.kept, path, content=b""))
        made = self._aside / "beside"
        publish.write_files(changed, made)
        publish.bring_in(made, self._place, self._beside - contents.keys())
        self._beside = set(contents)
        return len(changed)

    def _has(self, path: str, content: str | bytes) -> bool:
        place = self._place / path
        return place.is_file() and place.read_bytes() == (content.encode() if isinstance(content, str) else content)
