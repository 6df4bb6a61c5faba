"""Judges what a pack is made of, for whoever has nothing else: links between pages, and what learning systems read."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from generator.publishing.written.page import read_page
from generator.publishing.written.whereabouts import Grounds

MANIFEST, UNIT = "imsmanifest.xml", "cmi5.xml"
FORBIDDEN = re.compile(rb"<!(DOCTYPE|ENTITY)")
PORTABLE = re.compile(r"[a-z0-9._/-]+")  # a name with another letter made systems lose the course
# Endings of programs for servers, for which systems refuse the whole zip.
PROGRAMS = (".sh", ".py", ".php", ".cgi", ".pl", ".rb", ".asp", ".jsp", ".htaccess")
SCHEMAS = (".xsd", ".dtd")  # which standards name, and nobody loads
SCORM = {"1.2", "2004 3rd Edition"}


def judge_structure(files: Mapping[str, bytes]) -> Iterator[str]:
    """What is wrong with the files of a folder or zip."""
    yield from _judge_links(files)
    for name, judge in ((MANIFEST, _judge_manifest), (UNIT, _judge_unit)):
        if name in files:
            root = _parse(files[name])
            if root is None:
                yield f"{name} is no XML that a learning system should read"
            else:
                yield from (f"{name}: {fault}" for fault in judge(root, files))


def _judge_links(files: Mapping[str, bytes]) -> Iterator[str]:
    """The addresses on pages that lead to no file, or to no part of one."""
    grounds = Grounds(frozenset(files), is_flat=True)
    pages = {
        name: read_page(content.decode("utf-8", "replace"))
        for name, content in files.items()
        if name.endswith((".html", ".htm"))
    }
    for name, page in pages.items():
        for _, address, _ in page.sources:
            to = grounds.find(name, address, page.base)
            if to.fault:
                yield f"{name} leads to `{address}`: {to.fault}"
            elif to.fragment and (target := pages.get(to.file)) and not _has_part(target.ids.keys() | target.names, to):
                yield f"{name} leads to `{address}`: that page has no such part"


def _has_part(parts: set[str], to: object) -> bool:
    fragment = getattr(to, "fragment", "")
    return fragment in parts or unquote(fragment) in parts or "=" in fragment or fragment == "top"


def _parse(content: bytes) -> Element | None:
    """An XML file without definitions of its own, by which a small one can grow to any size."""
    if FORBIDDEN.search(content):
        return None
    try:
        return ElementTree.fromstring(content)
    except (ElementTree.ParseError, ValueError):
        return None


def _find(root: Element, name: str) -> Iterator[Element]:
    return (one for one in root.iter() if one.tag.rpartition("}")[2] == name)


def _get(element: Element, name: str) -> str:
    """An attribute, whatever namespace it is in, and whatever case its letters have."""
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2].lower() == name), "")


def _judge_manifest(root: Element, files: Mapping[str, bytes]) -> Iterator[str]:
    """The manifest of a package of IMS: of SCORM, and of QTI."""
    if root.tag.rpartition("}")[2] != "manifest" or not root.get("identifier"):
        yield "it is no manifest with an identifier"
    resources = {_get(one, "identifier"): one for one in _find(root, "resource")}
    named = [_get(one, "href") for one in (*resources.values(), *_find(root, "file")) if _get(one, "href")]
    yield from _find_lost(named, files)
    for item in _find(root, "item"):
        if (wanted := _get(item, "identifierref")) and wanted not in resources:
            yield f"an item needs the resource `{wanted}`, and there is none"
    if any(_get(one, "scormtype") for one in resources.values()):
        yield from _judge_scorm(root, resources, files, named)


def _judge_scorm(
    root: Element, resources: Mapping[str, Element], files: Mapping[str, bytes], named: list[str]
) -> Iterator[str]:
    version = next((one.text or "" for one in _find(root, "schemaversion")), "")
    if version not in SCORM:
        yield f"its schemaversion is `{version}`; systems know {', '.join(sorted(SCORM))}"
    if not any(_get(one, "scormtype") == "sco" and _get(one, "href") for one in resources.values()):
        yield "no resource is a course that can be started (scormtype `sco` with an href)"
    organizations = next(_find(root, "organizations"), None)
    known = {_get(one, "identifier") for one in _find(root, "organization")}
    if organizations is None or _get(organizations, "default") not in known:
        yield "its default organization is not there"
    for score in _find(root, "masteryscore"):
        if not re.fullmatch(r"\d{1,2}|100", (score.text or "").strip()):
            yield f"its mastery score is `{score.text}`; it must be 0 to 100"
    unlisted = sorted(files.keys() - {*map(unquote, named), MANIFEST})
    yield from (f"{name} is in no resource" for name in unlisted if not name.endswith(SCHEMAS))
    yield from _judge_names(files)


def _judge_unit(root: Element, files: Mapping[str, bytes]) -> Iterator[str]:
    """The structure of a course of cmi5."""
    units = list(_find(root, "au"))
    if not units or not any(_get(one, "id") for one in _find(root, "course")):
        yield "it has no course with a unit"
    addresses = [(one.text or "").strip() for unit in units for one in _find(unit, "url")]
    yield from _find_lost([one for one in addresses if not urlsplit(one).scheme], files)
    for unit in units:
        score = unit.get("masteryScore", "0")
        if not re.fullmatch(r"0(\.\d+)?|1(\.0+)?", score):
            yield f"its mastery score is `{score}`; it must be 0 to 1"
    yield from _judge_names(files)


def _find_lost(named: list[str], files: Mapping[str, bytes]) -> Iterator[str]:
    for address in dict.fromkeys(named):
        parts = urlsplit(address)
        path = posixpath.normpath(unquote(parts.path))
        if parts.scheme or parts.netloc or path.startswith(("/", "..")):
            yield f"`{address}` leads out of the zip"
        elif path not in files:
            yield f"it names {path}, which is missing"


def _judge_names(files: Mapping[str, bytes]) -> Iterator[str]:
    for name in (name for name in files if not name.endswith(SCHEMAS)):
        if name.lower().endswith(PROGRAMS):
            yield f"{name} is a program for a server, for which systems refuse the zip"
        elif not PORTABLE.fullmatch(name):
            yield f"{name}: systems may lose a file whose name has more than small letters, digits, `.`, `_` and `-`"
