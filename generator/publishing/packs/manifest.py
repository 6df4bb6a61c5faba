"""Writes imsmanifest.xml, by which a system for SCORM reads a course: one unit with all of its files."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from generator.documents.types.pack import Pack
from generator.publishing.packs.courseware import clip_text, course_id
from generator.publishing.training.course.shell import PAGE

MANIFEST = "imsmanifest.xml"
LONGEST_TITLE = 200  # characters, by the schema of SCORM 1.2
UNIT = "unit"


class ScormEdition(NamedTuple):
    """What manifests of two editions do not have in common."""

    version: str
    packaging: str
    extension: str
    kind: str
    has_mark: bool


SCORM_12 = ScormEdition(
    "1.2",
    "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
    "http://www.adlnet.org/xsd/adlcp_rootv1p2",
    "adlcp:scormtype",
    has_mark=True,
)
SCORM_2004 = ScormEdition(
    "2004 3rd Edition",
    "http://www.imsglobal.org/xsd/imscp_v1p1",
    "http://www.adlnet.org/xsd/adlcp_v1p3",
    "adlcp:scormType",
    has_mark=False,  # there it is a matter of sequencing, which few systems do
)


def write_manifest(edition: ScormEdition, pack: Pack, names: Collection[str]) -> bytes:
    """The manifest of a pack whose other files have these names."""
    title, course = clip_text(pack.title, LONGEST_TITLE), course_id(pack)
    told = {"xmlns": edition.packaging, "xmlns:adlcp": edition.extension}
    manifest = Element("manifest", {"identifier": course, "version": pack.version, **told})
    about = SubElement(manifest, "metadata")
    SubElement(about, "schema").text = "ADL SCORM"
    SubElement(about, "schemaversion").text = edition.version
    organizations = SubElement(manifest, "organizations", default=f"{course}-plan")
    organization = SubElement(organizations, "organization", identifier=f"{course}-plan")
    SubElement(organization, "title").text = title
    item = SubElement(organization, "item", identifier=f"{course}-item", identifierref=UNIT, isvisible="true")
    SubElement(item, "title").text = title
    if edition.has_mark:
        SubElement(item, "adlcp:masteryscore").text = str(pack.pass_mark)
    resources = SubElement(manifest, "resources")
    kind = {"type": "webcontent", edition.kind: "sco"}
    unit = SubElement(resources, "resource", {"identifier": UNIT, **kind, "href": PAGE})
    for name in names:
        SubElement(unit, "file", href=name)
    return print_xml(manifest)


def print_xml(root: Element) -> bytes:
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"
