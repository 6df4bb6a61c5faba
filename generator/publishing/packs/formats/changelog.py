"""What changed from version to version, as the history of the pack says it."""

from __future__ import annotations

from itertools import groupby

from generator.publishing.packs.materials import Materials
from generator.publishing.packs.templates import fill_template

NAME = "CHANGELOG.md"
ALWAYS = True


def write(materials: Materials) -> bytes:
    pack = materials.pack
    versions = [(version, list(some)) for version, some in groupby(pack.history, key=lambda entry: entry.version)]
    return fill_template("changelog.md.j2", pack=pack, versions=versions).encode()
