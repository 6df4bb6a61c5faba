"""Builds a pack as a zip for its vendor: the pages of its audience, and a list of what is in it.

The zip has the same bytes from every build of the same content: entries are sorted and dated alike.
"""

from __future__ import annotations

import calendar
import hashlib
import json
import os
import zipfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from generator.documents import Document
from generator.documents.days import EPOCH, stated
from generator.documents.types.pack import Pack
from generator.files import writer as publish
from generator.library.library import Library
from generator.library.packing import Contents, Packed, contents, too_wide
from generator.publishing import BuildError
from generator.publishing.engines.mkdocs import Made, Tick, make
from generator.publishing.engines.settings import Settings
from generator.publishing.pages.edition import Edition

EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
LATEST = datetime(2106, 2, 7, tzinfo=UTC)  # the last whole day that gzip can say; MkDocs writes one


def build_pack(library: Library, document: Document, settings: Settings, place: Path, tick: Tick) -> Made:
    """Writes the pack's zip to `place`; gives the number of documents in it, and warnings.

    A pack that its vendor must not get is refused here too, even where the finding about it was ignored. Raises
    BuildError, and publish.Unwritten where something else is in the place.
    """
    _refuse_wide(library, document)
    _refuse_foreign(place, document.id)
    edition = pack_edition(library, document)
    assert edition.packed is not None
    shown, pack, view, inside = edition.packed
    moment = _date_pack(pack)
    with publish.workshop(place) as work, _dated(moment):
        made = make(view.only(inside.ids), edition, settings, work, tick, strict=True)
        _record(work / "html", shown, inside)
        _write_zip(work / "html", work / place.name, moment, pack.id)
        _refuse_foreign(place, document.id)
        publish.swap(work / place.name, place)
    return made._replace(number=len(inside.documents))


def pack_edition(library: Library, document: Document) -> Edition:
    """What is in a pack, as its audience sees it."""
    view = library.for_audience(document.body.audience)
    shown = view.by_id[document.id]
    pack = shown.body
    assert isinstance(pack, Pack)
    return Edition(pack.title, packed=Packed(shown, pack, view, contents(view, pack)))


def _refuse_wide(library: Library, document: Document) -> None:
    pack = document.body
    assert isinstance(pack, Pack)
    assert library.vocabulary is not None
    if pack.vendor not in library.vocabulary.vendors or pack.audience not in library.vocabulary.audiences:
        raise BuildError(f"{document.path}: `vendor` and `audience` must be words of the vocabulary")
    if fault := too_wide(library.vocabulary, pack):
        raise BuildError(f"{document.path}: {fault[0]}; {fault[1]}")


def _refuse_foreign(place: Path, name: str) -> None:
    if os.path.lexists(place):
        with suppress(OSError, zipfile.BadZipFile), zipfile.ZipFile(place) as archive:
            if f"{name}/pack.json" in archive.namelist():
                return
        raise publish.Unwritten(f"nothing was built: {place} is not a pack that this tool built; move it away")


def _date_pack(pack: Pack) -> datetime:
    """When the pack says that it was made: SOURCE_DATE_EPOCH, or the day of its latest version; as a zip can say it.

    Raises days.NoMoment.
    """
    if moment := stated():
        return min(max(EARLIEST, moment), LATEST)
    days = [entry.on for entry in pack.history] or [pack.reviewed or EARLIEST.date()]
    return min(max(EARLIEST, datetime.combine(max(days), datetime.min.time(), UTC)), LATEST)


class _dated:  # noqa: N801
    """MkDocs takes the day of a build from the environment."""

    def __init__(self, moment: datetime) -> None:
        self.epoch = str(calendar.timegm(moment.utctimetuple()))
        self.before = os.environ.get(EPOCH)

    def __enter__(self) -> None:
        os.environ[EPOCH] = self.epoch

    def __exit__(self, *_: object) -> None:
        if self.before is None:
            del os.environ[EPOCH]
        else:
            os.environ[EPOCH] = self.before


def _record(folder: Path, document: Document, inside: Contents) -> None:
    """Writes pack.json: what the pack is, what is in it, and the SHA-256 of every other file."""
    pack = document.body
    assert isinstance(pack, Pack)
    record: dict[str, Any] = {
        "id": pack.id,
        "title": pack.title,
        "version": pack.version,
        "audience": pack.audience,
        "vendor": pack.vendor,
        "documents": [
            {"id": d.id, "type": d.kind.name, "title": d.body.title, "version": d.body.version}
            for d in sorted(inside.documents, key=lambda d: d.id)
        ],
        "files": {
            path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        },
    }
    text = json.dumps(record, indent=2, ensure_ascii=False) + "\n"
    (folder / "pack.json").write_text(text, encoding="utf-8", newline="\n")


def _write_zip(folder: Path, place: Path, moment: datetime, name: str) -> None:
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
            if path.is_file():
                entry = zipfile.ZipInfo(f"{name}/{path.relative_to(folder).as_posix()}", moment.timetuple()[:6])
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 3
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, path.read_bytes())
