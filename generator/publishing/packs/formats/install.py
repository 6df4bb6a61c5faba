"""How to install the pack: which file for which system, what to set, and what a score proves."""

from __future__ import annotations

from generator.publishing.packs.materials import Materials
from generator.publishing.packs.templates import fill_template

NAME = "INSTALL.md"
ALWAYS = True
DELTA = "delta."


def write(materials: Materials) -> bytes:
    return fill_template(
        "install.md.j2",
        pack=materials.pack,
        vendor=materials.vendor,
        effective=materials.effective_day,
        files=[name for name in materials.files if not name.startswith(DELTA) or materials.delta_course],
        since=materials.supersedes,
    ).encode()
