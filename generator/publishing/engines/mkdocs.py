"""Builds a folder of pages from a library with MkDocs, with all of its validation switched on."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

from markdown import Markdown
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from generator.documents.attachments import attachment, is_picture
from generator.documents.days import dated, stated
from generator.files import writer as publish
from generator.files.pictures import UnfitPicture, clean_picture
from generator.files.tree import Folder, Unreadable
from generator.library.library import Library
from generator.publishing import BuildError
from generator.publishing.engines.assets import MARK, SCRIPTS, STYLES, OnlyUsed, assets, paths
from generator.publishing.engines.inline import FoundInline
from generator.publishing.engines.not_found import NotFound
from generator.publishing.engines.outline import Outline
from generator.publishing.engines.parallel import ParallelPages
from generator.publishing.engines.settings import NAME, Settings
from generator.publishing.pages import naming
from generator.publishing.pages.changes import write_versions
from generator.publishing.pages.edition import Edition
from generator.publishing.pages.feeds import feeds
from generator.publishing.pages.markdown import navigation, render_pages
from generator.publishing.search.index import search_files

SITE_FILES = ("index.html", MARK)  # by which a site of ours is known
SITE_OVERRIDES: dict[str, Any] = {"use_directory_urls": True}
PACK_OVERRIDES: dict[str, Any] = {"use_directory_urls": False, "site_url": ""}
ESCAPED = ("site_description", "site_author", "copyright")  # which themes print as they are

TRIAL = "# Heading\n\n    code\n\n```python\ncode\n```\n"
Tick = Callable[[str], None]


def described(settings: Settings, overrides: dict[str, Any]) -> dict[str, Any]:
    """The settings of a build: what mkdocs.yml says, with what we set ourselves."""
    texts = {
        key: naming.html_line(str(value))
        for key, value in settings.data.items()
        if key in ESCAPED and value is not None
    }
    data = deepcopy(settings.data)  # MkDocs takes lists apart while it validates them
    theme = data.get("theme") or {}
    theme = {"name": "material", "font": False} | ({"name": theme} if isinstance(theme, str) else theme)
    return data | texts | {"theme": theme, "validation": _allow_omitted_pages(data.get("validation"))} | overrides


def _allow_omitted_pages(said: Any) -> Any:
    """What MkDocs warns of, without the pages that are in no navigation: by design that is most of them."""
    if said is not None and not isinstance(said, dict):
        return said
    nav = (said or {}).get("nav")
    quiet = {"omitted_files": "ignore"}
    return (said or {}) | quiet | ({"nav": nav | quiet} if isinstance(nav, dict) else {})


def configure(settings: Settings, overrides: dict[str, Any]) -> MkDocsConfig:
    """The configuration of a build, validated. Raises BuildError."""
    config = MkDocsConfig(config_file_path=str(settings.root / NAME))
    config.load_dict(described(settings, overrides))
    errors, _ = config.validate()
    if errors:
        raise BuildError("\n".join(f"{NAME}: `{key}`: {_shorten(error)}" for key, error in errors))
    try:
        Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs).convert(TRIAL)
    except Exception as error:  # whatever an extension makes of options that it cannot use
        raise BuildError(f"{NAME}: the options in `markdown_extensions` cannot be used: {_shorten(error)}") from None
    return config


def _shorten(error: object) -> str:
    """What is wrong, without the way there: MkDocs hands on the whole trace of an extension that cannot be loaded."""
    return str(error).strip().split("\n")[-1]


def place_of(wanted: Path, root: Path, known_by: Collection[str] = SITE_FILES) -> Path:
    """The folder for what is built, links followed; an earlier build of it has the files `known_by`.

    Raises BuildError where something else is there.
    """
    place = wanted.absolute().resolve()
    if root.resolve().is_relative_to(place):
        raise BuildError(f"{place} holds the knowledge base itself; name a folder for what is built")
    is_there = os.path.exists(place)  # noqa: PTH110 - a name that is too long is none that is there
    is_free = not is_there or (place.is_dir() and all(publish.is_publishing(one.name) for one in place.iterdir()))
    if not is_free and not all((place / name).is_file() for name in known_by):
        raise BuildError(f"{place} holds something that this tool did not build; name an empty or a new folder")
    return place


def build_site(
    library: Library, edition: Edition, settings: Settings, place: Path, tick: Tick, strict: bool = True
) -> int:
    """Builds the pages and puts them into `place` in one move; gives the number of pages.

    What no build made in `place` stays. Raises BuildError, and publish.Unwritten.
    """
    with publish.workshop(place) as work:
        pages = make(library, edition, settings, work, tick, strict)
        publish.record_belongings(work / "html")
        publish.swap(work / "html", place)
    return pages


def make(library: Library, edition: Edition, settings: Settings, work: Path, tick: Tick, strict: bool) -> int:
    """Builds the pages into `work/html`. Raises BuildError, days.NoMoment."""
    stated()
    pages = write_pages(library, edition, settings, work / "docs", strict)
    folders = {"docs_dir": str(work / "docs"), "site_dir": str(work / "html")}
    config = configure(settings, overrides(library, edition) | folders)
    config.strict = strict
    config.markdown_extensions.append(FoundInline())  # type: ignore[arg-type]  # Markdown takes both
    config.plugins["playbook/parallel"] = ParallelPages(tick, config)
    config.plugins["playbook/outline"] = Outline()
    config.plugins["playbook/assets"] = OnlyUsed()
    config.plugins["playbook/not_found"] = NotFound()
    with _listening(tick) as warnings, dated(library.today):
        try:
            config.plugins.on_startup(command="build", dirty=False)
            mkdocs_build(config)
        except (MkDocsException, SystemExit, RecursionError) as error:
            raise BuildError("\n".join(warnings) or str(error)) from None
        finally:
            config.plugins.on_shutdown()
    _finish(library, edition, Path(config.site_dir))
    return pages


def write_pages(library: Library, edition: Edition, settings: Settings, folder: Path, strict: bool) -> int:
    """Writes all that an engine makes pages of: Markdown, styles, scripts and pictures; gives the number of pages.

    Raises BuildError.
    """
    pages = render_pages(library, edition)
    told = feeds(library, edition, str(settings.data.get("site_url") or "")) | write_versions(library)
    publish.write_files(pages | assets() | told | _collect_attachments(library, settings.root, strict), folder)
    return len(pages)


def overrides(library: Library, edition: Edition) -> dict[str, Any]:
    """The settings that are not an author's to choose."""
    return {
        "site_name": naming.html_line(edition.title),
        "nav": navigation(library, edition),
        "repo_url": "",
        "edit_uri": "",
        "extra_css": paths(STYLES),
        "extra_javascript": paths(SCRIPTS),
        "extra": {"generator": False},
        "plugins": [],  # the search is our own
    } | (PACK_OVERRIDES if edition.is_pack else SITE_OVERRIDES)


def _collect_attachments(library: Library, root: Path, strict: bool) -> dict[str, bytes]:
    """The pictures and files that the pages of this library show or offer, and no others.

    Whatever is not seen of a picture is gone. One that cannot be cleaned is left out where errors are allowed. Raises
    BuildError.
    """
    shown = {path for at, address in library.links if (path := attachment(at.path, address)) in library.files and path}
    folder = Folder(root)
    found = {}
    for path in sorted(shown):
        try:
            content = folder.read(path)
            found[naming.place_of_attachment(path)] = clean_picture(path, content) if is_picture(path) else content
        except (UnfitPicture, Unreadable) as error:
            if strict:
                raise BuildError(f"{path} {error}: {error.hint}") from None
    return found


def _finish(library: Library, edition: Edition, site: Path) -> None:
    """Writes the index of the search. A pack has no address of its own, and nothing that would need one."""
    if edition.is_pack:
        for name in ("sitemap.xml", "sitemap.xml.gz", "404.html"):
            (site / name).unlink(missing_ok=True)
    publish.write_files(search_files(library, is_flat=edition.is_pack), site)


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
