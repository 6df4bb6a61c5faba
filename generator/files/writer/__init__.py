"""The only code that writes: people's files are changed all or none, and what is built is swapped in as a whole."""

from __future__ import annotations

from generator.files.writer.belongings import SUMS, is_foreign, is_publishing, record_belongings
from generator.files.writer.building import swap, workshop, write_files
from generator.files.writer.changes import FileEdit, change, changed_meanwhile, forms_of, recover, settled
from generator.files.writer.disk import Unwritten, content_now, save

__all__ = [
    "SUMS",
    "FileEdit",
    "Unwritten",
    "change",
    "changed_meanwhile",
    "content_now",
    "forms_of",
    "is_foreign",
    "is_publishing",
    "record_belongings",
    "recover",
    "save",
    "settled",
    "swap",
    "workshop",
    "write_files",
]
