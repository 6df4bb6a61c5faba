"""The course of what changed since the release before, for learning systems that take SCORM 1.2."""

from __future__ import annotations

from generator.publishing.packs.courseware import write_courseware
from generator.publishing.packs.manifest import MANIFEST, SCORM_12, write_manifest
from generator.publishing.packs.materials import Materials

NAME = "delta.scorm12.zip"


def write(materials: Materials) -> bytes | None:
    """The zip; None where there is no release before, or nothing that is taught is another."""
    course, pages = materials.delta_course, materials.delta_site
    if course is None:
        return None
    return write_courseware(
        materials,
        "SCORM 1.2",
        lambda pack, _, names: {MANIFEST: write_manifest(SCORM_12, pack, names)},
        course,
        pages,
    )
