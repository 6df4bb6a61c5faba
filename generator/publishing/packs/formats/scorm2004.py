"""The course for learning systems that take SCORM 2004: 3rd edition, without sequencing."""

from __future__ import annotations

from generator.publishing.packs.courseware import write_courseware
from generator.publishing.packs.manifest import MANIFEST, SCORM_2004, write_manifest
from generator.publishing.packs.materials import Materials

NAME = "scorm2004.zip"


def write(materials: Materials) -> bytes:
    return write_courseware(
        materials, "SCORM 2004", lambda pack, _, names: {MANIFEST: write_manifest(SCORM_2004, pack, names)}
    )
