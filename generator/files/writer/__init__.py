"""The only writer: files that people write are changed all or none, and what is built is swapped in whole."""

from __future__ import annotations

from generator.files.writer.belongings import is_publishing, record
from generator.files.writer.building import swap, workshop, write
from generator.files.writer.changes import Edit, change, changed, forms_of, recover, settled
from generator.files.writer.disk import Unwritten, now

__all__ = [
    "Edit",
    "Unwritten",
    "change",
    "changed",
    "forms_of",
    "is_publishing",
    "now",
    "record",
    "recover",
    "settled",
    "swap",
    "workshop",
    "write",
]
