"""The course for learning systems that take cmi5, and keep records as xAPI statements."""

from __future__ import annotations

from generator.publishing.packs.courses import COURSES
from generator.publishing.packs.courseware import write_whole
from generator.publishing.packs.materials import Materials

NAME = COURSES["cmi5"].file


def write(materials: Materials) -> bytes:
    return write_whole(materials, COURSES["cmi5"])
