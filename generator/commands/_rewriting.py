"""Writes the new texts of files that people keep, unless somebody changed them meanwhile."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Mapping
from pathlib import Path

from generator.commands._refusal import writing
from generator.files import writer as publish
from generator.files.source import Source


def rewrite(root: Path, sources: Mapping[str, Source], texts: Mapping[str, str]) -> int:
    """Writes texts by path, all or none, with the byte order marks that the files had; returns how many changed."""
    with writing():
        edits = []
        for path, text in texts.items():
            before = read_unchanged(root, sources[path])
            edits.append(publish.FileEdit(path, before, publish.forms_of(before, text)))
        return publish.change(root, edits)


def read_unchanged(root: Path, source: Source) -> bytes:
    """The bytes of a file that still says what was read. Raises Unwritten."""
    content = publish.content_now(root, source.path)
    if content is None or content.removeprefix(BOM_UTF8) != source.text.encode():
        raise publish.changed_meanwhile(source.path)
    return content
