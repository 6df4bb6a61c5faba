"""Builds a folder of pages from a library with MkDocs, with all of its validation switched on."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

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
from generator.publishing.engines.scripts import move_scripts
from generator.publishing.engines.settings import NAME, Settings
from generator.publishing.engines.unused import forget_maps, list_unused
from generator.publishing.pages import naming
from generator.publishing.pages.changes import write_versions
from generator.publishing.pages.edition import Edition
from generator.publishing.pages.feeds import feeds
from generator.publishing.pages.markdown import navigation, render_pages
from generator.publishing.search.index import FOLDER as SEARCH
from generator.publishing.search.index import search_files
from generator.publishing.written.policy import HEADERS, LONGEST, Inline, policy, write_headers
from generator.publishing.written.report import tell_slips
from generator.publishing.written.verify import verify

SITE_FILES = ("index.html", MARK)  # by which a site of ours is known
SITE_OVERRIDES: dict[str, Any] = {"use_directory_urls": True}
PACK_OVERRIDES: dict[str, Any] = {"use_directory_urls": False, "site_url": ""}
ESCAPED = ("site_description", "site_author", "copyright")  # which themes print as they are
# What our Markdown is written for, whatever else mkdocs.yml names: without it, no part of a page has its id.
NEEDED = ("attr_list", "md_in_html")

TRIAL = "# Heading\n\n    code\n\n```python\ncode\n```\n"
Tick = Callable[[str], None]


class Made(NamedTuple):
    """What a build made: how much, what it has to warn of, and what its pages have inline."""

    number: int
    warnings: list[str]
    inline: Inline


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
    extensions = _add_needed(data.get("markdown_extensions") or [])
    validation = _allow_omitted_pages(data.get("validation"))
    return data | texts | {"theme": theme, "validation": validation, "markdown_extensions": extensions} | overrides


def _add_needed(extensions: Any) -> Any:
    """The Markdown extensions that are named, and those that are needed; what is no list is left for MkDocs to name."""
    if not isinstance(extensions, (list, dict)):
        return extensions
    named = {str(key).removeprefix("markdown.extensions.") for one in extensions for key in _list_names(one)}
    missing = [name for name in NEEDED if "extra" not in named and name not in named]
    return extensions | {name: {} for name in missing} if isinstance(extensions, dict) else [*extensions, *missing]


def _list_names(entry: Any) -> list[Any]:
    return list(entry) if isinstance(entry, dict) else [entry]


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
) -> Made:
    """Builds the pages and puts them into `place` in one move; gives the number of pages, and warnings.

    What no build made in `place` stays. Raises BuildError, and publish.Unwritten.
    """
    with publish.workshop(place) as work:
        made = make(library, edition, settings, work, tick, strict)
        warnings = made.warnings + _write_policy(made.inline, work / "html", place)
        publish.record_belongings(work / "html")
        publish.swap(work / "html", place)
    return made._replace(warnings=warnings)


def _write_policy(inline: Inline, site: Path, place: Path) -> list[str]:
    """Writes what hosts are to send with a site, unless somebody put a file of their own for it there."""
    if publish.is_foreign(place, HEADERS):
        return [f"{place / HEADERS} was not made by a build and stays; the pages need the policy: {policy(inline)}"]
    hashed = [path.relative_to(site).as_posix() for path in (site / SEARCH).iterdir() if path.is_dir()]
    text = write_headers(inline, hashed)
    publish.write_files({HEADERS: text}, site)
    if max(map(len, text.splitlines())) > LONGEST:
        return [f"{HEADERS} has a line of more than {LONGEST:,} characters, which some hosts do not read"]
    return []


def make(library: Library, edition: Edition, settings: Settings, work: Path, tick: Tick, strict: bool) -> Made:
    """Builds the pages into `work/html`, and reads them again. Raises BuildError, days.NoMoment."""
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
    slips, inline = verify(work / "html", config.site_url or "", edition.is_pack, config.theme.get("language") or "")
    grave = [slip for slip in slips if slip.is_grave and strict]
    if grave:
        told = "\n".join(tell_slips(grave, library, settings.root, edition.is_pack))
        raise BuildError(f"nothing was published, for the pages are not as they should be:\n{told}")
    return Made(pages, tell_slips(slips, library, settings.root, edition.is_pack), inline)


def write_pages(library: Library, edition: Edition, settings: Settings, folder: Path, strict: bool) -> int:
    """Writes all that an engine makes pages of: Markdown, styles, scripts and pictures; gives the number of pages.

    Raises BuildError.
    """
    pages = render_pages(library, edition)
    told = feeds(library, edition, str(settings.data.get("site_url") or "")) | write_versions(library)
    attached = _collect_attachments(library, edition, settings.root, strict)
    publish.write_files(pages | assets(edition.is_pack) | told | attached, folder)
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


def _collect_attachments(library: Library, edition: Edition, root: Path, strict: bool) -> dict[str, bytes]:
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
            place = naming.place_of_attachment(path, edition.is_pack)
            found[place] = clean_picture(path, content) if is_picture(path) else content
        except (UnfitPicture, Unreadable) as error:
            if strict:
                raise BuildError(f"{path} {error}: {error.hint}") from None
    return found


def _finish(library: Library, edition: Edition, site: Path) -> None:
    """Writes the index of the search, and what is beside the pages.

    A pack has no address of its own, and nothing that would need one. No host sends headers with a pack that would
    allow its scripts one by one, so that none is in its pages.
    """
    if edition.is_pack:
        names = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
        unused = {"sitemap.xml", "sitemap.xml.gz", "404.html", *list_unused(names)}
        for name in unused:
            (site / name).unlink(missing_ok=True)
        scripts = {name: (site / name).read_bytes() for name in names if name.endswith(".js") and name not in unused}
        pages = {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
        publish.write_files(forget_maps(scripts) | move_scripts(pages), site)
    publish.write_files(search_files(library, is_flat=edition.is_pack) | dict(edition.beside), site)


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
