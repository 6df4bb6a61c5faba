"""Reads a Word file: its text as Markdown, its pictures, its properties, and what had no place."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from typing import Any, NamedTuple
from xml.etree import ElementTree

from generator.exchange import UnfitInput, Unmapped
from generator.exchange.legible import is_filler, legible
from generator.exchange.word.archive import Parts, list_relations, locate_part, open_word, parse_part
from generator.exchange.word.hypertext import UNFIT, Writer
from generator.exchange.word.names import local
from generator.exchange.word.numbers import Numbering
from generator.exchange.word.runs import list_comments, read_edge
from generator.exchange.word.styles import Styles
from generator.exchange.word.tidying import Tidying

SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")
OLD_SUFFIXES = (".doc", ".dot", ".rtf", ".odt", ".fodt", ".pages", ".pdf")
MISSING = "Word files need the extra `word`: pip install 'mammoth>=1.11,<2'"
ENDINGS = {
    "image/png": ".png", "image/jpeg": ".jpg", "image/jpg": ".jpg", "image/gif": ".gif", "image/svg+xml": ".svg",
    "image/webp": ".webp",
}  # fmt: skip
PROPERTIES = {"docProps/core.xml", "docProps/custom.xml"}
EDGES = ("header", "footer")
FILLED = ("title", "subject", "description")  # by programs, where authors say nothing


class WordText(NamedTuple):
    """A Word file: Markdown, the paragraph of each line, pictures by name, properties, and what had no place."""

    text: str
    paragraphs: list[int]
    pictures: dict[str, bytes]
    properties: dict[str, str]
    unmapped: list[Unmapped]


def read_word(path: str, raw: bytes, folder: str) -> WordText:
    """The text of a Word file; its pictures are shown from `folder`. Raises UnfitInput."""
    try:
        mammoth: Any = import_module("mammoth")
    except ImportError:
        raise UnfitInput(f"{path} cannot be read: {MISSING}") from None
    zips: Any = import_module("mammoth.zips")
    parts, main = open_word(path, raw)
    tidied, unmapped = _tidy_parts(path, parts, main)
    pictures: dict[str, bytes] = {}
    writer = Writer(path)
    try:
        file = BytesIO(raw)
        zips.update_zip(file, tidied)
        file.truncate()  # what is left of a longer one
        file.seek(0)
        result = mammoth.convert_to_html(
            file,
            include_default_style_map=False,
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(lambda image: {"src": _take_picture(image, pictures, folder)}),
        )
        written = writer.write(ElementTree.fromstring(f"<body>{result.value}</body>"))
    except RecursionError:
        raise UnfitInput(f"{path} is nested too deep: save it anew in Word") from None
    except (ElementTree.ParseError, KeyError, ValueError, AttributeError, TypeError, IndexError, OSError):
        raise UnfitInput(f"{path} is damaged, its text cannot be read: open it in Word and save it anew") from None
    told = dict.fromkeys(one.message for one in result.messages if one.message.startswith(("A w:sym", "An unrec")))
    unmapped += [Unmapped("something of Word that has no place, left out", path, message) for message in told]
    return WordText(
        legible(written.text),
        written.paragraphs,
        pictures,
        _read_properties(path, parts),
        [*unmapped, *writer.unmapped],
    )


def _tidy_parts(path: str, parts: Parts, main: str) -> tuple[Parts, list[Unmapped]]:
    """The text and the notes of a file, tidied, and what could not be kept."""
    relations = list_relations(path, parts, main)
    named = {
        one.get("Type", "").rpartition("/")[2]: locate_part(main, one["Target"])
        for one in relations
        if one.get("TargetMode") != "External" and "Target" in one
    }
    trees = {
        kind: parse_part(path, place, parts[place])
        for kind, place in named.items()
        if place in parts and kind in ("styles", "numbering", "footnotes", "endnotes", "comments")
    }
    tidying = Tidying(path, Styles(trees.get("styles")), Numbering(trees.get("numbering")))
    tidied: Parts = {}
    for place, kind, tree in [
        (main, "paragraph", parse_part(path, main, parts[main])),
        *((named[kind], kind.removesuffix("s"), trees[kind]) for kind in ("footnotes", "endnotes") if kind in trees),
    ]:
        tidying.tidy(tree, kind)
        tidied[place] = ElementTree.tostring(tree, encoding="utf-8", xml_declaration=True)
    notes = list(tidying.unmapped)
    if "comments" in trees:
        notes += list_comments(trees["comments"], tidying.commented, path)
    return tidied, [*notes, *_list_edges(path, parts, main, relations), *_list_macros(path, parts)]


def _list_edges(path: str, parts: Parts, main: str, relations: list[dict[str, str]]) -> Iterator[Unmapped]:
    """The words of headers and footers, each once."""
    told: set[str] = set()
    for one in relations:
        kind, place = one.get("Type", "").rpartition("/")[2], locate_part(main, one.get("Target", ""))
        if kind in EDGES and place in parts:
            words = read_edge(parse_part(path, place, parts[place]))
            if words and words not in told:
                told.add(words)
                yield Unmapped(f"the words of a {kind}, left out", path, words[:120])


def _list_macros(path: str, parts: Parts) -> Iterator[Unmapped]:
    if any(name.rpartition("/")[2] == "vbaProject.bin" for name in parts):
        yield Unmapped("macros (programs), left out", path, "vbaProject.bin")


def _read_properties(path: str, parts: Parts) -> dict[str, str]:
    """What the file says of itself: title, subject, creator, version ..., and what its authors added."""
    found: dict[str, str] = {}
    if "docProps/core.xml" in parts:
        for one in parse_part(path, "docProps/core.xml", parts["docProps/core.xml"]):
            found[local(one).lstrip(":")] = " ".join((one.text or "").split())
    if "docProps/custom.xml" in parts:
        for one in parse_part(path, "docProps/custom.xml", parts["docProps/custom.xml"]):
            found[one.get("name", "")] = " ".join("".join(one.itertext()).split())
    return {
        key: legible(value)
        for key, value in found.items()
        if key and value and not (key in FILLED and is_filler(value))
    }


def _take_picture(image: Any, pictures: dict[str, bytes], folder: str) -> str:
    """Where a picture is shown from; the words behind `unfit:` say why it is not."""
    kind = str(image.content_type or "")
    ending = ENDINGS.get(kind.lower())
    if ending is None:
        form = kind.rpartition("/")[2].removeprefix("x-").upper() or "UNKNOWN"
        return f"{UNFIT}a picture in the format {form}, left out: pages cannot show it, save it as PNG"
    try:
        with image.open() as file:
            content: bytes = file.read()
    except (KeyError, ValueError, OSError):
        return f"{UNFIT}a picture that is not in the file, left out: nothing is fetched"
    for name, known in pictures.items():
        if known == content and name.endswith(ending):
            return f"{folder}/{name}"
    name = f"picture-{len(pictures) + 1}{ending}"
    pictures[name] = content
    return f"{folder}/{name}"
