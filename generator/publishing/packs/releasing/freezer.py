"""Makes the files of a release: its record, and each text that no earlier release has."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import yaml

from generator.documents import VOCABULARY, Document
from generator.documents.attachments import is_picture
from generator.documents.release_record import (
    REMARK,
    FrozenText,
    ReleaseRecord,
    place_of_record,
    place_of_text,
)
from generator.documents.structure import structure
from generator.files.pictures import UnfitPicture, clean_picture
from generator.files.source import read
from generator.files.tree import Tree, Unreadable
from generator.library.freezing import dump, freeze, hash_words, policies_of
from generator.library.packing import Packed
from generator.publishing import BuildError
from generator.publishing.engines.settings import NAME, Settings
from generator.publishing.packs.releasing.legible_yaml import write_page, write_yaml

SETTINGS = ("site_description", "site_author", "copyright", "theme", "markdown_extensions", "validation")
NO_HASH = "0" * 64


class FrozenRelease(NamedTuple):
    """The record of a release, and all its files by their path in the knowledge base."""

    record: ReleaseRecord
    files: dict[str, bytes]


def freeze_release(packed: Packed, settings: Settings, tree: Tree, on: date, supersedes: str | None) -> FrozenRelease:
    """What a vendor gets with a pack as it is now. `tree` has the pictures. Raises BuildError."""
    pack, frozen = packed.pack, freeze(packed)
    texts: dict[str, FrozenText] = {}
    files: dict[str, bytes] = {}

    def keep(path: str, content: bytes, document: Document | None = None) -> None:
        told = (document.id, document.body.version, hash_words(document)) if document else (None, None, None)
        one = FrozenText(id=told[0], version=told[1], says=told[2], sha256=hashlib.sha256(content).hexdigest())
        texts[path] = one
        files[place_of_text(path, one)] = content

    keep(VOCABULARY, write_yaml(dump(frozen.vocabulary)).encode())
    keep(NAME, _write_settings(settings, pack.title))
    for path, document in frozen.documents.items():
        keep(path, _write_document(document), document)
    for path, content in _read_pictures(tree, frozen.pictures):
        keep(path, content)
    record = ReleaseRecord(
        pack=pack.id,
        version=pack.version,
        on=on,
        title=pack.title,
        vendor=pack.vendor,
        audience=pack.audience,
        supersedes=supersedes,
        hash=NO_HASH,
        policies=policies_of(frozen.documents),
        outside=frozen.outside,
        texts=dict(sorted(texts.items())),
    )
    record = record.model_copy(update={"hash": record.compute_hash()})
    written = REMARK + write_yaml(dump(record))
    return FrozenRelease(record, files | {place_of_record(pack.id, pack.version): written.encode()})


def _write_document(document: Document) -> bytes:
    """A document as a file that is read back as the same document. Raises BuildError."""
    data = dump(document.body)
    if document.path.endswith(".md"):
        data.pop("id")
        written = write_page(data).encode()
    else:
        written = write_yaml(data).encode()
    found = structure([read(document.path, written)[0]]).documents
    if not found or found[0].body != document.body:
        raise BuildError(f"{document.path} cannot be frozen: it would not be read back as it is; please report this")
    return written


def _write_settings(settings: Settings, title: str) -> bytes:
    """The part of mkdocs.yml that a pack is built with. Raises BuildError."""
    data: dict[str, Any] = {"site_name": title} | {
        key: settings.data[key] for key in SETTINGS if settings.data.get(key) is not None
    }
    written = write_yaml(data)
    try:
        is_same = yaml.safe_load(written) == data
    except yaml.YAMLError:
        is_same = False
    if not is_same:
        raise BuildError(f"{NAME} has settings that a release cannot keep: write them as plain texts and numbers")
    return written.encode()


def _read_pictures(tree: Tree, paths: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """What pages show and offer, without what nobody sees of it. Raises BuildError."""
    for path in paths:
        try:
            content = tree.read(path)
            yield path, clean_picture(path, content) if is_picture(path) else content
        except (UnfitPicture, Unreadable) as error:
            raise BuildError(f"{path} {error}: {error.hint}") from None
