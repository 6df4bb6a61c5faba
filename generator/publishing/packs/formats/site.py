"""The pages of the audience, to be unpacked and read without a server."""

from __future__ import annotations

from generator.publishing.packs.materials import Materials
from generator.publishing.packs.record import RECORD, write_record

NAME = "site.zip"


def write(materials: Materials) -> dict[str, bytes]:
    files = dict(materials.site)
    files[RECORD] = write_record(materials.describe(), files)
    return {f"{materials.pack.id}/{name}": content for name, content in sorted(files.items())}
