"""What a written page has: its ids, addresses, pictures, headings and languages, and the scripts written into it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from generator.publishing.written.markup import Opening, openings

SRCSET = re.compile(r"\s*([^\s,]\S*[^\s,]|[^\s,])(?:\s+[^,]*)?(?:,|$)")
REFRESH = re.compile(r"\s*[\d.]*\s*[;,]?\s*url\s*=\s*[\"']?([^\"']*)", re.IGNORECASE)
# Attributes with an address, and the elements that have them; None for all.
ADDRESSES: dict[str, frozenset[str] | None] = {
    "href": None,
    "src": None,
    "poster": None,
    "xlink:href": None,
    "formaction": None,
    "action": frozenset({"form"}),
    "data": frozenset({"object"}),
    "cite": frozenset({"blockquote", "q", "ins", "del"}),
}
SETS = ("srcset", "imagesrcset")
# Attributes that name ids of the same page, each with spaces between several.
REFERENCES = (
    *("aria-controls", "aria-labelledby", "aria-describedby", "aria-owns", "aria-details", "aria-activedescendant"),
    *("aria-errormessage", "aria-flowto", "for", "headers", "list", "form", "popovertarget"),
)
ASKED = frozenset({"id", "name", "style", "lang", "role", "alt", "content", "usemap", *SETS, *ADDRESSES, *REFERENCES})
TITLED = re.compile(r"[^>]*+>\s*+<title[\s>]")
HEADING = re.compile("h[1-6]")
WHOLES = ("article", "main")  # elements or roles that a theme puts our part of a page into, the narrowest first
EXECUTED = re.compile(
    r"|module|importmap|speculationrules|(?:text|application)/(?:x-)?(?:java|ecma|j|live)script[\d.]*", re.IGNORECASE
)


@dataclass
class WrittenPage:
    """A page as it was written; every number is a place in its text, and `start` to `end` is our part of it.

    `sources` are the addresses, each with the element's name. `references` name ids that the page must have.
    """

    text: str
    start: int = -1
    end: int = -1
    base: str = ""
    ids: dict[str, list[int]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    sources: list[tuple[str, str, int]] = field(default_factory=list)
    references: list[tuple[str, str, int]] = field(default_factory=list)
    untold: list[int] = field(default_factory=list)
    headings: list[tuple[int, int]] = field(default_factory=list)
    languages: list[tuple[str, str, int]] = field(default_factory=list)
    scripts: list[tuple[str, int]] = field(default_factory=list)
    handlers: list[tuple[str, int]] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    styled: list[str] = field(default_factory=list)

    def is_ours(self, at: int) -> bool:
        """Whether a place is in our part of the page, and not in what the theme puts around it."""
        return self.start <= at < self.end


def read_page(text: str) -> WrittenPage:
    """A page from its HTML."""
    page = WrittenPage(text)
    wholes: dict[str, tuple[int, int]] = {}
    for one in openings(text):
        whole = one.name if one.name in WHOLES else one.attributes.get("role")
        if whole in WHOLES and whole not in wholes:
            wholes[whole] = one.at, text.rfind(f"</{one.name}")
        _note_element(page, one)
        if is_noted(frozenset(one.attributes)):
            _note_attributes(page, one)
    page.start, page.end = next((wholes[whole] for whole in WHOLES if whole in wholes), (-1, -1))
    return page


@lru_cache(1 << 12)
def is_noted(names: frozenset[str]) -> bool:
    """Whether any of these attributes says something that is verified."""
    return not ASKED.isdisjoint(names) or any(name.startswith("on") for name in names)


def _note_element(page: WrittenPage, one: Opening) -> None:
    name, known = one.name, one.attributes
    if name == "html":
        page.languages.append((name, known.get("lang", ""), one.at))
    elif name == "base":
        page.base = page.base or known.get("href", "")
    elif name in ("script", "style") and "src" not in known:
        if name == "style":
            page.styles.append(one.inside)
        elif EXECUTED.fullmatch(known.get("type", "").strip()) and one.inside.strip():
            page.scripts.append((one.inside, one.at))
    elif name == "img" or (name == "input" and known.get("type") == "image") or (name == "area" and "href" in known):
        if "alt" not in known:
            page.untold.append(one.at)
    elif HEADING.fullmatch(name):
        page.headings.append((int(name[1]), one.at))


def _note_attributes(page: WrittenPage, one: Opening) -> None:
    name, known = one.name, one.attributes
    if known.get("id"):
        page.ids.setdefault(known["id"], []).append(one.at)
    if known.get("name") and name in ("a", "map"):
        page.names.add(known["name"])
    if known.get("style"):
        page.styled.append(known["style"])
    if "lang" in known and name != "html":
        page.languages.append((name, known["lang"], one.at))
    is_drawing = name == "svg" and known.get("role") == "img"
    if (
        is_drawing
        and known.keys().isdisjoint(("aria-label", "aria-labelledby"))
        and not TITLED.match(page.text, one.at)
    ):
        page.untold.append(one.at)
    page.handlers += [(key, one.at) for key in known if key.startswith("on")]
    page.sources += [(name, address, one.at) for address in _list_addresses(one)]
    for key in REFERENCES:
        if key in known:
            page.references += [(key, wanted, one.at) for wanted in known[key].split()]
    if known.get("usemap"):
        page.references.append(("usemap", known["usemap"].removeprefix("#"), one.at))


def _list_addresses(one: Opening) -> Iterator[str]:
    name, known = one.name, one.attributes
    if name == "base":
        return
    for key, value in known.items():
        if key in ADDRESSES and ((where := ADDRESSES[key]) is None or name in where):
            yield value
        elif key in SETS:
            yield from SRCSET.findall(value)
    is_forwarding = name == "meta" and known.get("http-equiv", "").lower() == "refresh"
    if is_forwarding and (to := REFRESH.match(known.get("content", ""))):
        yield to[1]
