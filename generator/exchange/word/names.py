"""The names of WordprocessingML, in both of its namespaces."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

WORD = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)


def local(element: Element) -> str:
    """The name of an element of Word itself; of any other, with `:` in front."""
    space, _, name = str(element.tag).rpartition("}")
    return name if f"{space}}}" in WORD else f":{name}"


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that name."""
    return next(children(element, name), None)


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The children of that name."""
    yield from (one for one in (() if element is None else element) if local(one) == name)


def attribute(element: Element | None, name: str) -> str:
    """An attribute of Word itself; empty if there is none."""
    if element is None:
        return ""
    return next((element.attrib[space + name] for space in WORD if space + name in element.attrib), "")


def value_of(element: Element | None, name: str) -> str:
    """The value of the first child of that name; empty if there is none."""
    return attribute(child(element, name), "val")


def is_on(element: Element | None, name: str) -> bool:
    """Whether a property is there and not switched off."""
    one = child(element, name)
    return one is not None and attribute(one, "val") not in ("0", "false", "off", "none")


def number_of(text: str) -> int:
    """A number; 0 if the text is none."""
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 10 else 0


def make_like(element: Element, name: str) -> Element:
    """A new element of Word, in the namespace of another."""
    return Element(f"{str(element.tag).rpartition('}')[0]}}}{name}")
