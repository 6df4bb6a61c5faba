"""What changed since the release before, for those who were trained on that: one page that opens anywhere."""

from __future__ import annotations

from generator.publishing.packs.materials import Materials
from generator.publishing.packs.releasing.changes_page import write_changes_page, write_first_page

NAME = "whats-changed.html"


def write(materials: Materials) -> bytes:
    delta = materials.delta
    return (write_first_page(materials.packed) if delta is None else write_changes_page(delta)).encode()
