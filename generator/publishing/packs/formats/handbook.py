"""The handbook: every page of the pack as a tagged PDF, for where nothing but paper or a file is at hand."""

from __future__ import annotations

from generator.publishing.packs.handbook.binding import bind
from generator.publishing.packs.handbook.printing import print_book
from generator.publishing.packs.materials import Materials

NAME = "handbook.pdf"
EXTRA = "pdf"


def write(materials: Materials) -> bytes:
    content, warnings = print_book(bind(materials), materials.tick)
    materials.warnings.extend(f"{NAME}: {one}" for one in warnings)
    return content
