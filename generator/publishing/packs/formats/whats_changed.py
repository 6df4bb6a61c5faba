"""What changed since the release before, for those who were trained on that: one page that opens anywhere."""

from __future__ import annotations

from generator.publishing.packs.materials import CHANGES, Materials

NAME = CHANGES


def write(materials: Materials) -> bytes:
    return materials.changes_page.encode()
