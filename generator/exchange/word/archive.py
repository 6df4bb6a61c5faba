"""Opens a Word file, which may come from anybody: its parts, measured before they are read.

A Word file is a zip of XML. A small zip can unpack to gigabytes, and a few lines of XML to as much; both are refused.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from xml.etree import ElementTree
from xml.parsers import expat

from generator.exchange import UnfitInput

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of Word 97, and of every file with a password
LOCKED = "EncryptedPackage".encode("utf-16-le")
MOST_PARTS, MOST_BYTES = 5_000, 256 * 1024 * 1024
MOST_TEXT, MOST_LEVELS = 48 * 1024 * 1024, 250  # of one part
XML = (".xml", ".rels")
MAIN = "/officeDocument"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)

Parts = dict[str, bytes]


def open_word(path: str, raw: bytes) -> tuple[Parts, str]:
    """The parts of a Word file by name, and the name of the one with its text. Raises UnfitInput."""
    _refuse_others(path, raw)
    parts = _unpack(path, raw)
    main = _find_main(path, parts)
    return parts, main


def parse_part(path: str, name: str, content: bytes) -> ElementTree.Element:
    """The XML of a part. Raises UnfitInput, also where it is too deep or defines words of its own (DTD)."""
    depth = 0

    def begin(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_LEVELS:
            raise UnfitInput(f"{path} is nested more than {MOST_LEVELS} levels deep: save it anew in Word")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*_: object) -> None:
        raise UnfitInput(f"{path} defines entities in {name}, as no Word file does: save it anew in Word")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.StartDoctypeDeclHandler = begin, end, refuse
    try:
        parser.Parse(content, True)
        return ElementTree.fromstring(content)
    except (expat.ExpatError, ElementTree.ParseError, ValueError, LookupError):
        raise UnfitInput(f"{path} is damaged ({name} is no XML): open it in Word and save it anew") from None


def locate_part(base: str, target: str) -> str:
    """The name of the part that a relationship of the part `base` leads to."""
    if target.startswith("/"):
        return target.lstrip("/")
    names = base.split("/")[:-1]
    for one in target.split("/"):
        if one == "..":
            names = names[:-1]
        elif one not in ("", "."):
            names.append(one)
    return "/".join(names)


def list_relations(path: str, parts: Mapping[str, bytes], base: str) -> list[dict[str, str]]:
    """The relationships of a part: `Id`, `Type`, `Target`, `TargetMode`. Raises UnfitInput."""
    folder, _, name = base.rpartition("/")
    place = f"{folder}/_rels/{name}.rels".lstrip("/")
    if place not in parts:
        return []
    return [dict(one.attrib) for one in parse_part(path, place, parts[place]).iter(PACKAGE)]


def _refuse_others(path: str, raw: bytes) -> None:
    if raw.startswith(OLD):
        if LOCKED in raw:
            raise UnfitInput(f"{path} is protected with a password: save it without one, and import it again")
        raise UnfitInput(f"{path} is a file of Word 97 to 2003: open it in Word and save it as .docx")
    if not raw.strip(b"\0"):
        raise UnfitInput(f"{path} is empty: fetch it again from where it was written")
    if raw.startswith(b"%PDF"):
        raise UnfitInput(f"{path} is a PDF: import the file that it was made from, saved as .docx")
    if raw.startswith(b"{\\rtf"):
        raise UnfitInput(f"{path} is Rich Text: open it in Word and save it as .docx")
    if not raw.startswith(b"PK"):
        raise UnfitInput(f"{path} is no Word file, whatever its name says: open it and save it as .docx")


def _unpack(path: str, raw: bytes) -> Parts:
    parts: Parts = {}
    total = 0
    try:
        with zipfile.ZipFile(BytesIO(raw)) as file:
            entries = [one for one in file.infolist() if not one.is_dir()]
            if len(entries) > MOST_PARTS:
                raise UnfitInput(f"{path} has more than {MOST_PARTS:,} files in it: save it anew in Word")
            for entry in entries:
                total += entry.file_size  # no more than this is ever unpacked of an entry
                if total > MOST_BYTES or (entry.file_size > MOST_TEXT and entry.filename.lower().endswith(XML)):
                    raise UnfitInput(f"{path} unpacks to more than a Word file may: split it, or save it anew in Word")
                if entry.flag_bits & 1:
                    raise UnfitInput(f"{path} is protected with a password: save it without one, and import it again")
                parts[entry.filename.replace("\\", "/").lstrip("/")] = file.read(entry)
    except DAMAGED:
        raise UnfitInput(f"{path} is damaged, it cannot be unpacked: open it in Word and save it anew") from None
    return parts


def _find_main(path: str, parts: Mapping[str, bytes]) -> str:
    targets = [one["Target"] for one in list_relations(path, parts, "") if one.get("Type", "").endswith(MAIN)]
    main = locate_part("", targets[0]) if targets else "word/document.xml"
    kind = b"wordprocessingml"
    if main not in parts or (kind not in parts[main][:20_000] and not main.startswith("word/")):
        raise UnfitInput(f"{path} is a zip, but no Word file: save it as .docx in Word or Google Docs")
    return main
