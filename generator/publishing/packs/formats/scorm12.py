"""The course for learning systems that take SCORM 1.2, which nearly all do."""

from __future__ import annotations

from generator.publishing.packs.courseware import write_courseware
from generator.publishing.packs.manifest import MANIFEST, SCORM_12, write_manifest
from generator.publishing.packs.materials import Materials

NAME = "scorm12.zip"


def write(materials: Materials) -> bytes:
    return write_courseware(
        materials, "SCORM 1.2", lambda pack, _, names: {MANIFEST: write_manifest(SCORM_12, pack, names)}
    )
