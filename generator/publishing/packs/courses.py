"""How each kind of learning system gets a course, by the name of the format of the whole one."""

from __future__ import annotations

from generator.publishing.packs.course_structure import STRUCTURE, write_structure
from generator.publishing.packs.courseware import CourseFormat
from generator.publishing.packs.manifest import MANIFEST, SCORM_12, SCORM_2004, write_manifest

COURSES = {
    "scorm12": CourseFormat(
        "scorm12.zip", "SCORM 1.2", lambda pack, _, names: {MANIFEST: write_manifest(SCORM_12, pack, names)}
    ),
    "scorm2004": CourseFormat(
        "scorm2004.zip", "SCORM 2004", lambda pack, _, names: {MANIFEST: write_manifest(SCORM_2004, pack, names)}
    ),
    "cmi5": CourseFormat("cmi5.zip", "cmi5", lambda pack, summary, _: {STRUCTURE: write_structure(pack, summary)}),
}
