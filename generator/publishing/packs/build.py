"""Builds a pack for its vendor: a folder with a file for each of its formats, and what all of it is.

It has the same bytes from every build of the same content: entries of zips are sorted and dated alike.
"""

from __future__ import annotations

import calendar
import json
import os
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from generator.documents import Document
from generator.documents.days import EPOCH
from generator.documents.types.pack import Pack
from generator.files import writer as publish
from generator.library.library import Library
from generator.library.packing import too_wide
from generator.publishing import BuildError
from generator.publishing.engines.mkdocs import Tick
from generator.publishing.engines.settings import Settings
from generator.publishing.packs.archive import built_files, hash_files, write_zip
from generator.publishing.packs.formats import PackFile, choose_formats
from generator.publishing.packs.materials import Materials
from generator.publishing.packs.record import RECORD, write_record

SUMS = publish.SUMS


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
    assert isinstance(document.body, Pack)
    forms = choose_formats(wanted, document.body.formats)
    with publish.workshop(place) as work:
        materials = Materials(library, document, settings, work, tick, files=tuple(form.file for form in forms))
        bank = materials.bank
        materials.warnings.extend(f"{one.path} has no golden case, so nothing is asked about it" for one in bank.silent)
        result = work / place.name
        result.mkdir()
        with _dated(materials.moment):
            for form in forms:
                _write(form, materials, result)
        said = materials.describe() | {"questions": len(bank.questions)}
        written = {name: path.read_bytes() for name, path in built_files(result).items()}
        (result / RECORD).write_bytes(write_record(said, written))
        sums = hash_files(result)
        (result / SUMS).write_text("".join(f"{value}  {name}\n" for name, value in sums.items()), newline="\n")
        _refuse_foreign(place, document.id)
        publish.swap(result, place)
    return Built(len(materials.contents.documents), len(bank.questions), [*sums, SUMS], materials.warnings)


def _write(form: PackFile, materials: Materials, folder: Path) -> None:
    written = form.write(materials)
    if written is None:
        materials.warnings.append(f"there is no {form.file}: nothing that is taught changed since the release before")
    elif isinstance(written, bytes):
        (folder / form.file).write_bytes(written)
    else:
        write_zip(written, folder / form.file, materials.moment)


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
