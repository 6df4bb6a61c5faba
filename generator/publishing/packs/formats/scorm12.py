"""The course for learning systems that take SCORM 1.2, which nearly all do."""

from __future__ import annotations

from generator.publishing.packs.courses import COURSES
from generator.publishing.packs.courseware import write_whole
from generator.publishing.packs.materials import Materials

NAME = COURSES["scorm12"].file


def write(materials: Materials) -> bytes:
    return write_whole(materials, COURSES["scorm12"])
