"""Writes the pages as Markdown beside an mkdocs.yml, from which MkDocs and Zensical build the site by themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from markupsafe import Markup
from yaml.representer import RepresenterError, SafeRepresenter

from generator.files import writer as publish
from generator.library.library import Library
from generator.publishing import BuildError
from generator.publishing.engines.assets import MARK
from generator.publishing.engines.mkdocs import configure, described, overrides, write_pages
from generator.publishing.engines.settings import NAME, Settings
from generator.publishing.pages.edition import Edition
from generator.publishing.search.index import search_files

DOCS = "docs"
MARKDOWN_FILES = (NAME, f"{DOCS}/{MARK}")  # by which a folder of ours is known
# Settings that name files of the knowledge base, which are code and stay there.
FILES_OF_CODE = ("hooks", "extra_templates", "theme.custom_dir")


def build_markdown(library: Library, edition: Edition, settings: Settings, place: Path, strict: bool = True) -> int:
    """Puts the Markdown of all pages and their settings into `place` in one move; gives the number of pages.

    What no build made in `place` stays, such as the site that an engine built there. Raises BuildError, and
    publish.Unwritten.
    """
    with publish.workshop(place) as work:
        pages = make_markdown(library, edition, settings, work / "markdown", strict)
        publish.record_belongings(work / "markdown")
        publish.swap(work / "markdown", place)
    return pages


def make_markdown(library: Library, edition: Edition, settings: Settings, folder: Path, strict: bool) -> int:
    """Writes `docs/` and `mkdocs.yml` into a folder. Raises BuildError."""
    ours = overrides(library, edition)
    text = _write_settings(described(settings, ours))
    pages = write_pages(library, edition, settings, folder / DOCS, strict)
    publish.write_files(search_files(library, is_flat=edition.is_pack), folder / DOCS)
    configure(settings, ours | {"docs_dir": str(folder / DOCS)})
    publish.write_files({NAME: text}, folder)
    return pages


class _Settings(yaml.SafeDumper):
    """Writes the texts that are fit for HTML as what they are: texts."""


_Settings.add_representer(Markup, SafeRepresenter.represent_str)


def _write_settings(data: dict[str, Any]) -> str:
    """Settings as YAML, without those that are empty: an empty address of the site is an address to Zensical.

    Raises BuildError where they name code of the knowledge base.
    """
    flat = data | {f"theme.{key}": value for key, value in data["theme"].items()}
    for key in FILES_OF_CODE:
        if flat.get(key):
            raise BuildError(f"{NAME}: `{key}` is code of this folder and does not go with the Markdown: remove it")
    said = {key: value for key, value in data.items() if value not in (None, "")}
    try:
        return yaml.dump(said, Dumper=_Settings, allow_unicode=True, sort_keys=False, width=1000)
    except RepresenterError:
        raise BuildError(f"{NAME}: holds a tag of Python, which does not go with the Markdown: remove it") from None
