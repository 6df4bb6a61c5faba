"""Writes cmi5.xml, by which a system for cmi5 reads a course: itself, and its only unit."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from generator.documents.types.pack import Pack
from generator.publishing.packs.courseware import clip_text, course_urn
from generator.publishing.packs.manifest import print_xml
from generator.publishing.training.course.shell import PAGE

STRUCTURE = "cmi5.xml"
SCHEMA = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"
LANGUAGE = "en"  # of titles and summaries; letters may have others
LONGEST = 1000  # characters of a text


def write_structure(pack: Pack, summary: str) -> bytes:
    """The structure of a course: itself, and its only unit."""
    structure = Element("courseStructure", xmlns=SCHEMA)
    course = SubElement(structure, "course", id=course_urn(pack))
    # The default of `moveOn` would have a system ask for nothing.
    judged = {"moveOn": "CompletedAndPassed", "masteryScore": f"{pack.pass_mark / 100:.2f}"}
    unit = SubElement(structure, "au", {"id": course_urn(pack, "unit"), "launchMethod": "AnyWindow", **judged})
    for one in (course, unit):
        _add_text(one, "title", pack.title)
        _add_text(one, "description", summary)
    SubElement(unit, "url").text = PAGE
    return print_xml(structure)


def _add_text(to: Element, tag: str, text: str) -> None:
    SubElement(SubElement(to, tag), "langstring", lang=LANGUAGE).text = clip_text(text, LONGEST)
