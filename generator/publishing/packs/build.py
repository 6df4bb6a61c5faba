"""Builds a pack for its vendor: a folder with the pages of its audience as a zip, its questions, and what all of it is.

It has the same bytes from every build of the same content: entries of zips are sorted and dated alike.
"""

from __future__ import annotations

import calendar
import hashlib
import json
import os
import zipfile
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from generator.documents import Document
from generator.documents.days import EPOCH, stated
from generator.documents.types.pack import Pack
from generator.files import writer as publish
from generator.library.library import Library
from generator.library.packing import Contents, Packed, contents, too_wide
from generator.publishing import BuildError
from generator.publishing.engines.mkdocs import Tick, make
from generator.publishing.engines.settings import Settings
from generator.publishing.pages.edition import Edition
from generator.publishing.training.bank import Bank
from generator.publishing.training.formats import QuizFormat, question_formats
from generator.publishing.training.question import QuizQuestion

SITE, RECORD, SUMS = "site", "pack.json", publish.SUMS
EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
LATEST = datetime(2106, 2, 7, tzinfo=UTC)  # the last whole day that gzip can say; MkDocs writes one


class Built(NamedTuple):
    """What a build of a pack made: documents, questions, the names of its files, and warnings."""

    documents: int
    questions: int
    files: list[str]
    warnings: list[str]


def build_pack(
    library: Library, document: Document, settings: Settings, place: Path, tick: Tick, wanted: Collection[str] = ()
) -> Built:
    """Writes the pack's folder to `place`, in the formats that are wanted, or else in those of the pack.

    A pack that its vendor must not get is refused here too, even where the finding about it was ignored. Raises
    BuildError, and publish.Unwritten where something else is in the place.
    """
    _refuse_wide(library, document)
    _refuse_foreign(place, document.id)
    edition = pack_edition(library, document)
    assert edition.packed is not None
    shown, pack, view, inside = edition.packed
    moment, about = _date_pack(pack), _describe(shown, inside)
    names = wanted or pack.formats
    readers = view.only(inside.ids)
    taught = [one for one in readers.documents if one.id in inside.taught]
    bank = Bank(readers, taught if set(names) - {SITE} else [])
    with publish.workshop(place) as work, _dated(moment):
        result = work / place.name
        warnings = [f"{one.path} has no golden case, so nothing is asked about it" for one in bank.silent]
        result.mkdir()
        if SITE in names:
            warnings += make(readers, edition, settings, work, tick, strict=True).warnings
            _record(work / "html", about)
            pages = {f"{pack.id}/{name}": path.read_bytes() for name, path in _list_files(work / "html").items()}
            _write_zip(pages, result / f"{SITE}.zip", moment)
        for name in set(names) - {SITE}:
            _write_questions(question_formats()[name], pack.title.strip(), bank.questions, result, moment)
        _record(result, about | {"questions": len(bank.questions)})
        sums = hash_files(result)
        (result / SUMS).write_text("".join(f"{value}  {name}\n" for name, value in sums.items()), newline="\n")
        _refuse_foreign(place, document.id)
        publish.swap(result, place)
    return Built(len(inside.documents), len(bank.questions), [*sums, SUMS], warnings)


def _write_questions(
    form: QuizFormat, title: str, questions: list[QuizQuestion], folder: Path, moment: datetime
) -> None:
    written = form.write(title, questions)
    if isinstance(written, bytes):
        (folder / form.file).write_bytes(written)
    else:
        _write_zip(written, folder / form.file, moment)


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
        with suppress(OSError, ValueError, AttributeError):
            if json.loads((place / RECORD).read_bytes()).get("id") == name:
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


def _describe(document: Document, inside: Contents) -> dict[str, Any]:
    pack = document.body
    assert isinstance(pack, Pack)
    return {
        "id": pack.id,
        "title": pack.title,
        "version": pack.version,
        "audience": pack.audience,
        "vendor": pack.vendor,
        "pass_mark": pack.pass_mark,
        "recertify_after": pack.recertify_after,
        "documents": [
            {"id": d.id, "type": d.kind.name, "title": d.body.title, "version": d.body.version}
            for d in sorted(inside.documents, key=lambda d: d.id)
        ],
    }


def _record(folder: Path, what: dict[str, Any]) -> None:
    """Writes pack.json: what the pack is, what is in it, and the SHA-256 of every other file."""
    text = json.dumps(what | {"files": hash_files(folder)}, indent=2, ensure_ascii=False) + "\n"
    (folder / RECORD).write_text(text, encoding="utf-8", newline="\n")


def hash_files(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below a folder by its path from there, sorted."""
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in _list_files(folder).items()}


def _list_files(folder: Path) -> dict[str, Path]:
    """Every file below a folder by its path from there, sorted."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return dict(sorted(found.items()))


def _write_zip(files: Mapping[str, bytes], place: Path, moment: datetime) -> None:
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
