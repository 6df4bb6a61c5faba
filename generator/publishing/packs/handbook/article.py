"""Takes the article out of a written page and makes it fit for paper: no controls, one heading level further down.

What a page says is said in one place, its template; here only that goes which needs a screen, a click or a script.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import takewhile
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
ARTICLE = re.compile(r"<article\b.*</article>", re.DOTALL)
VIEW_BOX = re.compile(r'viewBox="0 0 (\d+) (\d+)"')
HEADING = re.compile(r"h([1-6])")
# What a reader of paper cannot use, or has elsewhere in the book.
GONE = {
    "headerlink", "pb-path", "pb-foot", "pb-mark", "pb-way", "pb-asked", "pb-lacking", "pb-uncovered", "pb-walk-it",
    "pb-unseen", "pb-number", "task-list-control", "pb-fresh",
}  # fmt: skip
GONE_TAGS = {"script", "style", "button", "input", "select", "template"}
# Sections that are about the site, or that would give the answers of the knowledge checks away.
LEFT_OUT = {"_used-by", "_changes", "_reviews", "_cases"}
ABOUT = "_about"
ESCALATION = "_escalate"
SHORT = 8  # rows of a table that stays on one page
WIDE = 6  # columns of a table that an upright page has room for
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Drawing(NamedTuple):
    """A drawing as SVG, with its width and height in its own units."""

    svg: str
    width: int
    height: int


class PaperArticle(NamedTuple):
    """The article of a document: its elements, its drawings, and the names of its numbered parts by their ids."""

    root: Element
    drawings: list[Drawing]
    labels: dict[str, str]


def read_article(page: str, fits: Callable[[Drawing], str]) -> PaperArticle:
    """The article of a page. `fits` says how a drawing lies on paper; one that fits in no way is left out."""
    found = ARTICLE.search(page)
    assert found is not None, "a page without an article"
    drawings: list[Drawing] = []

    def lift(match: re.Match[str]) -> str:
        size = VIEW_BOX.search(match[0])
        if size and 'role="group"' in match[0]:  # an icon has no words
            drawing = Drawing(match[0], int(size[1]), int(size[2]))
            if lie := fits(drawing):
                drawings.append(drawing)
                return f'<img class="drawing {lie}" data-drawing="{len(drawings) - 1}">'
        return ""

    html = import_module("tinyhtml5").parse(SVG.sub(lift, found[0]), namespace_html_elements=False)
    root: Element = html.find(".//article")
    root.tag, root.attrib = "div", {"class": "article"}
    _keep_warning(root)
    _remove(root, _is_gone)
    _drop_sections(root)
    _open_folds(root)
    _move_about(root)
    _arrange_tables(root)
    labels = _number_parts(root)
    for element in root.iter():
        if level := HEADING.fullmatch(str(element.tag)):
            element.tag = f"h{min(6, int(level[1]) + 1)}"
    return PaperArticle(root, drawings, labels)


def classes(element: Element) -> set[str]:
    return set(element.get("class", "").split())


def words_in(element: Element) -> str:
    """The words of an element, on one line."""
    return " ".join("".join(element.itertext()).split())


def serialise(element: Element) -> str:
    """An element as HTML."""
    return ElementTree.tostring(element, encoding="unicode", method="html")


def parents(root: Element) -> dict[Element, Element]:
    """The parent of each element."""
    return {child: parent for parent in root.iter() for child in parent}


def _is_gone(element: Element) -> bool:
    return (
        element.tag in GONE_TAGS
        or not isinstance(element.tag, str)  # a comment
        or "hidden" in element.attrib
        or bool(classes(element) & GONE)
    )


def _keep_warning(root: Element) -> None:
    """The content warning in the way to a page gets a line of its own below the title."""
    for warned in [one for one in root.iter() if "pb-warned" in classes(one)]:
        line = Element("p", {"class": "pb-warned"})
        line.text = words_in(warned)
        root.insert(next((at for at, one in enumerate(root) if one.tag == "h1"), -1) + 1, line)


def _remove(parent: Element, gone: Callable[[Element], bool]) -> None:
    """Removes elements, and keeps the text that follows each of them."""
    before: Element | None = None
    for child in list(parent):
        if gone(child):
            tail = child.tail or ""
            if before is None:
                parent.text = (parent.text or "") + tail
            else:
                before.tail = (before.tail or "") + tail
            parent.remove(child)
        else:
            _remove(child, gone)
            before = child


def _take_section(root: Element, name: str) -> list[Element]:
    """A section of an article with its heading: up to the next heading of its level, or a higher one."""
    elements = list(root)
    start = next((at for at, one in enumerate(elements) if one.get("id") == name), None)
    if start is None:
        return []
    level = str(elements[start].tag)
    rest = takewhile(lambda one: not HEADING.fullmatch(str(one.tag)) or str(one.tag) > level, elements[start + 1 :])
    return [elements[start], *rest]


def _drop_sections(root: Element) -> None:
    for name in LEFT_OUT:
        for element in _take_section(root, name):
            root.remove(element)
    drawing = _take_section(root, "_drawing")
    for element in drawing:
        if element.tag == "p" or not any(one.tag == "img" for one in drawing for one in one.iter()):
            root.remove(element)  # what says how to use it on a screen; all of it where it is not on paper
    if any(one.get("id") == ESCALATION for one in root):  # it has the list, and the ribbon only whom to tell
        for panel in [one for one in root.iter() if "pb-panel" in classes(one)]:
            _remove(panel, lambda element: element.tag == "ul")
    for resting in [one for one in root.iter() if "pb-rests" in classes(one)]:
        _remove(resting, lambda element: element.tag == "ul")  # who cites a section


def _open_folds(root: Element) -> None:
    """What folds on a screen is open on paper, below the bold words of its summary."""
    for fold in root.iter("details"):
        fold.tag, fold.attrib = "div", {"class": fold.get("class", "")}
        summary = fold.find("summary")
        if summary is not None:
            bold = summary.find("b")
            words = words_in(bold) if "pb-fold" in classes(fold) and bold is not None else (summary.text or "").strip()
            summary.clear()
            summary.tag, summary.attrib, summary.text = "p", {"class": "fold-head"}, words


def _move_about(root: Element) -> None:
    """What a procedure's page says of itself at its end stands below the title of a printed one."""
    about = _take_section(root, ABOUT)
    heading = next((at for at, one in enumerate(root) if one.tag == "h1"), -1)
    ribbon = [one for one in root if "pb-ribbon" in classes(one)]
    lifted = [*about[1:], *ribbon]
    for element in [*about[:1], *lifted]:
        root.remove(element)
    heading = next((at for at, one in enumerate(root) if one.tag == "h1"), -1)
    for at, element in enumerate(lifted, heading + 1):
        root.insert(at, element)


def _arrange_tables(root: Element) -> None:
    """A table with many columns lies across its page, with the heading before it; one with few rows is not broken."""
    for table in root.iter("table"):
        if sum(1 for _ in table.iter("tr")) <= SHORT:
            table.set("class", f"{table.get('class', '')} short".strip())
    before: Element | None = None
    for framed in root:
        inner = framed if framed.tag == "table" else framed.find("table") if "pb-table" in classes(framed) else None
        row = inner.find(".//tr") if inner is not None else None
        if row is not None and len(row) > WIDE:
            for one in (framed, before) if before is not None and HEADING.fullmatch(str(before.tag)) else (framed,):
                one.set("class", f"{one.get('class', '')} across".strip())
        before = framed


def _number_parts(root: Element) -> dict[str, str]:
    """Numbers steps, questions and decisions, in words that an answer can name; gives them by the ids of the parts."""
    labels: dict[str, str] = {}
    for kind, (word, name) in NUMBERED.items():
        for number, part in enumerate((one for one in root.iter() if kind in classes(one)), 1):
            labels[part.get("id", "")] = f"{word} {name(number)}"
            label = Element("span", {"class": "label"})
            label.text, label.tail, part.text = f"{word} {name(number)}", f" {(part.text or '').lstrip()}", None
            part.insert(0, label)
    return labels


def _name_letter(number: int) -> str:
    """A, B, up to Z, then AA, AB."""
    name = ""
    while number:
        number, rest = divmod(number - 1, len(LETTERS))
        name = LETTERS[rest] + name
    return name


NUMBERED: dict[str, tuple[str, Callable[[int], str]]] = {
    "pb-step": ("Step", str),
    "pb-question": ("Question", str),
    "pb-outcome": ("Decision", _name_letter),
}


def links(root: Element) -> Iterator[Element]:
    """The links of an article that have an address."""
    return (element for element in root.iter("a") if element.get("href"))
