"""A sheet to print and sign: who has read and understood which version of the pack."""

from __future__ import annotations

from generator.publishing.packs.materials import Materials
from generator.publishing.packs.templates import fill_template

NAME = "attestation.html"
ALWAYS = True


def write(materials: Materials) -> bytes:
    return fill_template(
        "attestation.html.j2",
        pack=materials.pack,
        vendor=materials.vendor,
        effective=materials.effective_day,
        content=materials.content_hash,
    ).encode()
