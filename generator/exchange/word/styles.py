"""What the styles of a Word file say of a paragraph or a run, also by the styles that they are based on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from generator.exchange.word.names import attribute, child, children, is_on, number_of, value_of

# Word calls them `heading 1` in every language; some other programs write what their menus say.
HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titolo|kop|rubrik|overskrift|nagłówek|nadpis|заголовок|見出し|标题|標題|제목)"
    r" ?([1-9])",
    re.IGNORECASE,
)
TITLES = {"title", "titel", "titre", "título", "titolo", "表題", "标题", "標題", "제목"}
BODY = 9  # the outline level of what is no heading


class Styles:
    """The styles of a file, from its part `styles`, which may be missing."""

    def __init__(self, root: Element | None) -> None:
        self._styles = {attribute(one, "styleId"): one for one in children(root, "style")}
        self._default = next(
            (
                key
                for key, one in self._styles.items()
                if attribute(one, "type") == "paragraph" and attribute(one, "default") in ("1", "true")
            ),
            "",
        )

    def name(self, key: str) -> str:
        """The name of a style, in small letters; the one that Word gives it, whatever the language of its menus."""
        return (value_of(self._styles.get(key), "name") or key).lower()

    def is_title(self, paragraph: Element | None) -> bool:
        """Whether a paragraph is the title of the file."""
        return self.name(value_of(paragraph, "pStyle")) in TITLES

    def level(self, paragraph: Element | None) -> int:
        """The level of the heading that a paragraph with these properties is; 0 if it is none."""
        key = value_of(paragraph, "pStyle")
        for properties, style in [(paragraph, ""), *self._follow(key)]:
            if outline := value_of(properties, "outlineLvl"):
                return number_of(outline) + 1 if number_of(outline) < BODY else 0
            if match := HEADING.fullmatch(self.name(style)) if style else None:
                return int(match[1])
        return 0

    def lists(self, paragraph: Element | None) -> Iterator[tuple[str, int | None, str]]:
        """The list and the level of a paragraph: what it says itself, then what its styles say, each with its style."""
        for properties, style in [(paragraph, ""), *self._follow(value_of(paragraph, "pStyle"))]:
            numbers = child(properties, "numPr")
            if numbers is not None:
                level = value_of(numbers, "ilvl")
                yield value_of(numbers, "numId"), number_of(level) if level else None, style

    def indent(self, paragraph: Element | None) -> int:
        """How far a paragraph is indented, in twentieths of a point."""
        for properties, _ in [(paragraph, ""), *self._follow(value_of(paragraph, "pStyle"))]:
            one = child(properties, "ind")
            if found := attribute(one, "left") or attribute(one, "start"):
                return number_of(found)
        return 0

    def is_bold(self, paragraph: Element | None, run: Element | None) -> bool:
        """Whether a run of a paragraph is bold."""
        return self._has(paragraph, run, "b")

    def is_hidden(self, paragraph: Element | None, run: Element | None) -> bool:
        """Whether Word does not show a run of a paragraph."""
        return self._has(paragraph, run, "vanish")

    def _has(self, paragraph: Element | None, run: Element | None, name: str) -> bool:
        styles = [*self._list_runs(value_of(run, "rStyle")), *self._list_runs(value_of(paragraph, "pStyle"))]
        for properties in [run, *styles]:
            if child(properties, name) is not None:
                return is_on(properties, name)
        return False

    def _list_runs(self, key: str) -> list[Element | None]:
        return [child(self._styles.get(style), "rPr") for _, style in self._follow(key)]

    def _follow(self, key: str) -> list[tuple[Element | None, str]]:
        """The paragraph properties of a style, and of those that it is based on."""
        found: list[tuple[Element | None, str]] = []
        key = key or self._default
        seen: set[str] = set()
        while key in self._styles and key not in seen:
            seen.add(key)
            found.append((child(self._styles[key], "pPr"), key))
            key = value_of(self._styles[key], "basedOn")
        return found
