"""The words of elements of a Word file, what they show, and new runs."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from generator.exchange import Unmapped
from generator.exchange.word.names import attribute, child, local, make_like

CHOICES = ("dropDownList", "comboBox")
SHOWN = 60  # characters of a comment
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def list_set_values(element: Element, name: str) -> list[str]:
    properties = child(element, "sdtPr")
    return [] if properties is None else [attribute(one, "val") for one in properties.iter() if local(one) == name]


def list_choices(element: Element) -> list[str]:
    """What a control offers to choose from."""
    lists = [one for one in child(element, "sdtPr") or () if local(one) in CHOICES]
    return [attribute(one, "displayText") or attribute(one, "value") for some in lists for one in some]


def split_ruby(element: Element) -> tuple[Element | None, Element | None]:
    return child(element, "rubyBase"), child(element, "rt")


def has_picture(element: Element) -> bool:
    return any(local(one) in ("drawing", "pict", "object") for one in element.iter())


def is_cropped(element: Element) -> bool:
    edges = [element.get(side, "0") for side in "ltrb"] if local(element) == ":srcRect" else []
    return any(edge.isdecimal() and int(edge) > 0 for edge in edges)


def read_picture_relation(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.endswith(f"}}{name}")), "")


def read_run_words(element: Element) -> str:
    """The words of an element on one line, those that a tracked change deletes too."""
    return " ".join("".join(_list_run_words(element)).split())


def _list_run_words(element: Element) -> Iterator[str]:
    for one in element.iter():
        name = local(one)
        if name in ("t", "delText", ":t"):
            yield one.text or ""
        elif name in ("tab", "br", "cr", "p"):
            yield " "


def make_text(like: Element, words: str) -> Element:
    made = make_like(like, "t")
    made.text = words
    made.set(SPACE, "preserve")
    return made


def make_run(like: Element, words: str) -> Element:
    run = make_like(like, "r")
    run.append(make_text(like, words))
    return run


def list_comments(root: Element, places: dict[str, str], path: str) -> Iterator[Unmapped]:
    """The comments of the part with comments."""
    for one in root.iter():
        if local(one) == "comment":
            where = places.get(attribute(one, "id"), "paragraph unknown")
            words = read_run_words(one)
            yield Unmapped("a comment, left out", path, f"{where}: {words[:SHOWN]}{'…' * (len(words) > SHOWN)}")


def read_edge(root: Element) -> str:
    """The words of a header or footer, without numbers of pages."""
    return " ".join(word for word in read_run_words(root).split() if not word.isdecimal())
