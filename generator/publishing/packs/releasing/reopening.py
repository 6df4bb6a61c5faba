"""Opens a release as the knowledge base that it was frozen from, so that its pack is built again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from generator.documents import Document
from generator.files import writer as publish
from generator.files.tree import Unreadable
from generator.library.library import Library
from generator.library.releases import Release
from generator.library.thawing import Unthawable, thaw
from generator.publishing import BuildError
from generator.publishing.engines.settings import Settings, settings


def reopen(
    release: Release, library: Library, folder: Path, today: date, trusted: Collection[str]
) -> tuple[Library, Document, Settings]:
    """The library of a release, its pack and its settings; its files are written into a folder of their own.

    Raises BuildError.
    """
    try:
        files: dict[str, str | bytes] = {path: release.text(path) for path in release.record.texts}
        thawed = thaw(release, today, library.releases)
    except (Unreadable, Unthawable) as error:
        raise BuildError(f"{release.path}: {error}") from None
    if unsafe := [path for path in files if not (folder / path).resolve().is_relative_to(folder.resolve())]:
        raise BuildError(f"{release.path}: {unsafe[0]} would be written outside its folder; write back the record")
    publish.write_files(files, folder)
    document = thawed.by_id.get(release.record.pack)
    if document is None:
        raise BuildError(f"{release.path} has no pack `{release.record.pack}`; write back the files as they were")
    return thawed, document, settings(folder, trusted)
