"""Counts the items of a Word file as Word does: the number or bullet before a paragraph, and its level."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple
from xml.etree.ElementTree import Element

from generator.exchange.word.names import attribute, child, children, number_of, value_of

ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
LEVELS = 9


class NumberedLevel(NamedTuple):
    """A level of a list: how its numbers look (`decimal`, `bullet` ...), where they begin, and the text around them."""

    form: str
    start: int
    text: str
    style: str
    indent: int = 0


class Count(NamedTuple):
    """The number of a paragraph: level, number, how it is written (`1.2`, `b)`), and whether it is only a bullet.

    If `is_blank`, nothing is shown: pandoc and LibreOffice write so what goes on below an item. `indent` is that of the
    level in twentieths of a point, `key` says which list it is.
    """

    level: int
    number: int
    label: str
    is_bullet: bool
    indent: int
    key: str
    is_blank: bool = False


class Numbering:
    """The lists of a file, from its part `numbering`, which may be missing; `take` counts paragraphs one by one."""

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[str, tuple[str, dict[int, NumberedLevel], dict[int, int]]] = {}
        self._by_style: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._restarted: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def find_by_style(self, style: str) -> tuple[str, int] | None:
        """The list and the level of the paragraphs that have a style."""
        return self._by_style.get(style)

    def take(self, list_id: str, level: int) -> Count | None:
        """The number of the next paragraph of a list at a level; None if there is no such list."""
        if list_id not in self._lists or not 0 <= level < LEVELS:
            return None
        abstract, levels, overrides = self._lists[list_id]
        shape = levels.get(level, NumberedLevel("decimal", 1, f"%{level + 1}.", ""))
        if shape.form in ("bullet", "none"):
            is_blank = not shape.text.strip()
            return Count(level, 0, "", True, shape.indent, abstract, is_blank)
        counts = self._counts[abstract]
        start = shape.start
        if level in overrides and (list_id, level) not in self._restarted:
            self._restarted.add((list_id, level))
            counts.pop(level, None)
            start = overrides[level]
        counts[level] = counts[level] + 1 if level in counts else start
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        label = shape.text
        for one in range(level + 1):
            other = levels.get(one, shape)
            label = label.replace(f"%{one + 1}", _write_number(counts.get(one, other.start), other.form))
        return Count(level, counts[level], label.strip(), False, shape.indent, abstract)

    def _read(self, root: Element) -> None:
        abstracts: dict[str, dict[int, NumberedLevel]] = {}
        links: dict[str, str] = {}
        named: dict[str, str] = {}
        for one in children(root, "abstractNum"):
            key = attribute(one, "abstractNumId")
            abstracts[key] = {number_of(attribute(inner, "ilvl")): _read_level(inner) for inner in children(one, "lvl")}
            links[key] = value_of(one, "numStyleLink")
            if name := value_of(one, "styleLink"):
                named[name] = key
        for one in children(root, "num"):
            key = value_of(one, "abstractNumId")
            if links.get(key) in named:
                key = named[links[key]]
            levels, overrides = dict(abstracts.get(key, {})), {}
            for inner in children(one, "lvlOverride"):
                at = number_of(attribute(inner, "ilvl"))
                if (level := child(inner, "lvl")) is not None:
                    levels[at] = _read_level(level)
                if (start := value_of(inner, "startOverride")) != "":
                    overrides[at] = number_of(start)
            self._lists[attribute(one, "numId")] = key, levels, overrides
            for at, shape in levels.items():
                if shape.style:
                    self._by_style.setdefault(shape.style, (attribute(one, "numId"), at))


def _read_level(element: Element) -> NumberedLevel:
    start = value_of(element, "start")
    form = value_of(element, "numFmt") or "decimal"
    place = child(child(element, "pPr"), "ind")
    return NumberedLevel(
        form,
        number_of(start) if start else 1,
        value_of(element, "lvlText"),
        value_of(element, "pStyle"),
        number_of(attribute(place, "left") or attribute(place, "start")),
    )


def _write_number(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and 0 < number < 40:
        rest, made = number, ""
        for size, sign in ROMAN:
            made += sign * (rest // size)
            rest %= size
        return made.upper() if form == "upperRoman" else made
    return str(number)
