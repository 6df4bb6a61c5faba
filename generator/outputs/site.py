"""In go a library's Markdown files, out comes a folder of pages, made by MkDocs with all its validation on."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from generator import publish
from generator.documents.page import picture
from generator.library import Library
from generator.outputs import naming
from generator.outputs.markdown import navigation, render, search_entries
from generator.outputs.outline import Outline
from generator.outputs.pages import Edition
from generator.outputs.parallel import ParallelMarkdown
from generator.tree import Folder

ASSETS = Path(__file__).parents[1] / "assets"
MARK = "assets/playbook.css"
STYLES = [f"assets/{path.name}" for path in sorted(ASSETS.glob("*.css"))]
SCRIPTS = [f"assets/{path.name}" for path in sorted(ASSETS.glob("*.js"))]
SITE_OVERRIDES: dict[str, Any] = {"use_directory_urls": True}
PACK_OVERRIDES: dict[str, Any] = {"use_directory_urls": False, "plugins": [], "site_url": ""}

Tick = Callable[[str], None]


class BuildError(Exception):
    """Pages that could not be made, with the reasons; the last good result is still in its place."""


class Settings(NamedTuple):
    """What mkdocs.yml says of the site: its name, and the address below which the YAML can be edited."""

    title: str
    source: str


def settings(root: Path) -> Settings:
    """The settings of the knowledge base below `root`. Raises BuildError."""
    config = configure(root, {"docs_dir": str(root / "content")})
    home = (config.repo_url or "").rstrip("/")
    return Settings(config.site_name, f"{home}/{config.edit_uri}" if home and config.edit_uri else "")


def configure(root: Path, overrides: dict[str, Any]) -> MkDocsConfig:
    """The site's configuration: mkdocs.yml with what we set ourselves."""
    path = root / "mkdocs.yml"
    if not path.is_file():
        raise BuildError(f"{root} has no mkdocs.yml, which names the theme; copy the one of this project")
    try:
        return load_config(config_file=str(path), **overrides)
    except MkDocsException as error:
        raise BuildError(f"mkdocs.yml: {error}") from None


def place_of(wanted: Path, root: Path) -> Path:
    """The folder for a site, links followed. Raises BuildError where something else stands there."""
    place = wanted.absolute().resolve()
    if root.resolve().is_relative_to(place):
        raise BuildError(f"{place} holds the knowledge base itself; name a folder for the site alone")
    is_free = not place.exists() or (place.is_dir() and all(publish.is_publishing(one.name) for one in place.iterdir()))
    if not is_free and not all((place / name).is_file() for name in ("index.html", MARK)):
        raise BuildError(f"{place} holds something that is no site of this tool; name an empty or a new folder")
    return place


def build(library: Library, edition: Edition, root: Path, place: Path, tick: Tick, strict: bool = True) -> int:
    """Builds the pages and puts them into `place` in one move; gives the number of pages.

    What no build made in `place` stays. Raises BuildError, and publish.Unwritten.
    """
    with publish.workshop(place) as work:
        pages = make(library, edition, root, work, tick, strict)
        publish.record(work / "html")
        publish.swap(work / "html", place)
    return pages


def make(library: Library, edition: Edition, root: Path, work: Path, tick: Tick, strict: bool) -> int:
    """Builds the pages into `work/html`."""
    files = render(library, edition)
    pages = len(files)
    publish.write(files | assets() | _pictures(library, root), work / "docs")
    config = configure(root, _overrides(library, edition, work))
    config.strict = strict
    _index_ourselves(config)
    config.plugins["playbook/parallel"] = ParallelMarkdown(tick)
    config.plugins["playbook/outline"] = Outline()
    with _listening(tick) as warnings:
        try:
            config.plugins.on_startup(command="build", dirty=False)
            mkdocs_build(config)
        except (MkDocsException, SystemExit) as error:
            raise BuildError("\n".join(warnings) or str(error)) from None
        finally:
            config.plugins.on_shutdown()
    _write_index(library, edition, Path(config.site_dir))
    return pages


def _overrides(library: Library, edition: Edition, work: Path) -> dict[str, Any]:
    return {
        "docs_dir": str(work / "docs"),
        "site_dir": str(work / "html"),
        "site_name": naming.plain_line(edition.title),
        "nav": navigation(library, edition),
        "repo_url": "",
        "edit_uri": "",
        "extra_css": STYLES,
        "extra_javascript": SCRIPTS,
        "extra": {"generator": False},
    } | (PACK_OVERRIDES if edition.contents else SITE_OVERRIDES)


def assets() -> dict[str, bytes]:
    """The styles and scripts of the pages, by their path below the folder of Markdown files."""
    return {f"assets/{path.name}": path.read_bytes() for path in sorted(ASSETS.iterdir()) if path.is_file()}


def _pictures(library: Library, root: Path) -> dict[str, bytes]:
    """The pictures that the pages of this library show, and no others."""
    shown = [path for at, address in library.links if (path := picture(at.path, address)) in library.files and path]
    folder = Folder(root)
    return {naming.place_of_picture(path): folder.read(path) for path in shown}


def _index_ourselves(config: MkDocsConfig) -> None:
    """Spares Material's search the reading of every finished page: the library knows the words already."""
    for methods in config.plugins.events.values():
        methods[:] = [m for m in methods if not _reads_pages(m)]


def _reads_pages(method: Any) -> bool:
    owner = getattr(method, "__self__", None)
    return method.__name__ == "on_page_context" and type(owner).__module__.startswith("material.plugins.search")


def _write_index(library: Library, edition: Edition, site: Path) -> None:
    path = site / "search" / "search_index.json"
    if path.is_file():
        index = json.loads(path.read_text(encoding="utf-8"))
        index["docs"] = search_entries(library)
        path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    if edition.contents:
        for name in ("sitemap.xml", "sitemap.xml.gz", "404.html"):
            (site / name).unlink(missing_ok=True)
        shutil.rmtree(site / "search", ignore_errors=True)


@contextmanager
def _listening(tick: Tick) -> Iterator[list[str]]:
    """Collects what MkDocs warns of, and tells of every page that it begins."""
    ear = _Ear(tick)
    every, steps = logging.getLogger("mkdocs"), logging.getLogger("mkdocs.commands.build")
    levels = every.level, steps.level, every.propagate
    every.addHandler(ear)
    every.propagate = False
    every.setLevel(logging.INFO)  # at DEBUG, MkDocs leaves anchors unchecked
    steps.setLevel(logging.DEBUG)
    try:
        yield ear.warnings
    finally:
        every.removeHandler(ear)
        every.setLevel(levels[0])
        steps.setLevel(levels[1])
        every.propagate = levels[2]


class _Ear(logging.Handler):
    def __init__(self, tick: Tick) -> None:
        super().__init__()
        self.tick = tick
        self.warnings: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if record.levelno >= logging.WARNING:
            self.warnings.append(message)
        elif message.startswith("Building page "):
            self.tick(message)
