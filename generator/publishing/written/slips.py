"""What is wrong on one written page, as far as the page itself and the list of all files can tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from generator.publishing.written.page import WrittenPage
from generator.publishing.written.whereabouts import Grounds

LANGUAGE = re.compile(
    r"(?:[a-z]{2,3}|[a-z]{4,8})(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-\w+)*", re.IGNORECASE
)
LOADED = frozenset(
    {"img", "script", "source", "video", "audio", "track", "iframe", "embed", "object", "input", "use", "image"}
)
NAMES = {
    "a": "link",
    "area": "link",
    "img": "picture",
    "image": "picture",
    "link": "stylesheet or icon",
    "meta": "forwarding",
}
# Ids of Material's own controls: where a page hides its contents list, a hidden label for it stays, on every page.
THEIRS = "__"
LONGEST = 60


class Slip(NamedTuple):
    """Something wrong on a page of a site; `sought` is what to look for in the document that the page was made of.

    A grave one stops a build: it is in our part of a page, and a reader would be led astray.
    """

    page: str
    what: str
    sought: tuple[str, ...] = ()
    is_grave: bool = True


class Crossing(NamedTuple):
    """An address that leads to a part of another page: that page, its part, and where the address is."""

    file: str
    part: str
    at: int
    address: str


def judge_page(name: str, page: WrittenPage, grounds: Grounds, language: str) -> tuple[list[Slip], list[Crossing]]:
    """The slips of a page, and the addresses of it that only other pages can tell about."""
    slips, crossings = _judge_addresses(name, page, grounds)
    slips += [Slip(name, what, sought, page.is_ours(at)) for what, sought, at in _judge_ids(page)]
    slips += [Slip(name, what, (), is_grave) for what, is_grave in _judge_texts(page, language)]
    slips += [Slip(name, what) for what in _judge_scripts(page)]
    return slips, crossings


def describe(page: WrittenPage, element: str, at: int, address: str) -> str:
    """An address with what it says: the link “the rules” leads to `../rules/`."""
    end = page.text.find("</a", at) if element == "a" else -1
    inside = page.text[page.text.find(">", at) + 1 : end] if end > at else ""
    words = " ".join(re.sub(r"<[^>]*+>?", "", inside[: 20 * LONGEST]).split())
    words = words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
    return f"the {NAMES.get(element, element)}{f' “{words}”' if words else ''} leads to `{address}`"


def seek(address: str) -> tuple[str, ...]:
    """What the document may have where a page has an address, the most telling first."""
    try:
        to = urlsplit(address)
    except ValueError:
        return (address,)
    path, part = unquote(to.path), unquote(to.fragment)
    last = path.removesuffix("index.html").rstrip("/").rpartition("/")[2]
    stem = last.removesuffix(".html")
    both = f"{stem}#{part}" if stem and part else ""
    return tuple(
        dict.fromkeys(one for one in (both, address, last, stem, f"#{part}" if part else "") if one.strip("."))
    )


def _judge_addresses(name: str, page: WrittenPage, grounds: Grounds) -> tuple[list[Slip], list[Crossing]]:
    slips, crossings, seen = [], [], {}
    for element, address, at in page.sources:
        is_ours = page.is_ours(at)
        key = element, address, is_ours
        if key in seen:
            continue
        seen[key] = True
        to = grounds.find(name, address, page.base)
        if to.fault:
            is_grave = is_ours or (bool(address) and _is_own_file(address))
            slips.append(Slip(name, f"{describe(page, element, at, address)}: {to.fault}", seek(address), is_grave))
        elif not to.file:
            if element in LOADED and urlsplit(address).scheme in ("http", "https"):
                what = f"the {NAMES.get(element, element)} `{address}` is on another host, from where nothing is loaded"
                slips.append(Slip(name, what, (address,), False))
        elif to.fragment and to.file == name:
            if not has_part(page, to.fragment):
                what = f"{describe(page, element, at, address)}: this page has no such part"
                slips.append(Slip(name, what, seek(address), is_ours))
        elif to.fragment and to.file.endswith(".html"):
            crossings.append(Crossing(to.file, to.fragment, at, address))
    return slips, crossings


def _is_own_file(address: str) -> bool:
    return re.search(r"(?:^|/)assets/[\w-]+\.(?:js|css)$", address) is not None


def has_part(page: WrittenPage, fragment: str) -> bool:
    """Whether a browser finds a part of a page: as it is written, and else decoded."""
    return any(one in page.ids or one in page.names or one.lower() == "top" for one in (fragment, unquote(fragment)))


def _judge_ids(page: WrittenPage) -> Iterator[tuple[str, tuple[str, ...], int]]:
    for one, places in page.ids.items():
        if len(places) > 1:
            yield f"the id `{one}` is there {len(places)} times", (one,), max(places, key=page.is_ours)
    for key, one, at in page.references:
        is_known = one in page.ids or (key == "usemap" and one in page.names)
        if not is_known and not (one.startswith(THEIRS) and not page.is_ours(at)):
            yield f"`{key}` names the id `{one}`, which the page does not have", (), at


def _judge_texts(page: WrittenPage, language: str) -> Iterator[tuple[str, bool]]:
    """Pictures without words, headings, languages: what is wrong, and whether it is grave."""
    for at in page.untold:
        shown = " ".join(page.text[at : at + 2 * LONGEST].partition(">")[0].split())
        yield f"the picture `{shown}>` has no words for those who cannot see it (`alt`)", page.is_ours(at)
    levels = [level for level, at in page.headings if page.is_ours(at)]
    if levels.count(1) > 1:
        yield f"has {levels.count(1)} headings of the first level: one is the title", False
    if levels and levels[0] != 1 and 1 not in levels:
        yield "has no heading of the first level", False
    for above, below in pairwise(levels):
        if below > above + 1:
            yield f"a heading of level {below} follows one of level {above}", False
    for element, said, at in page.languages:
        if element == "html" and not said:
            yield "does not say its language (`<html lang>`)", False
        elif element == "html" and language and said.lower().split("-")[0] != language.lower().split("-")[0]:
            yield f"says that its language is `{said}`, and the site's is `{language}`", False
        elif said and not LANGUAGE.fullmatch(said):
            yield f"the language `{said}` of `<{element}>` is none: write it as `en` or `pt-BR`", page.is_ours(at)


def _judge_scripts(page: WrittenPage) -> Iterator[str]:
    """Scripts in our part of a page: the content policy lets those of the theme run, and no others."""
    if any(page.is_ours(at) for _, at in page.scripts):
        yield "has a script written into its text, which no browser may run"
    for key in dict.fromkeys(key for key, at in page.handlers if page.is_ours(at)):
        yield f"has a script in an attribute (`{key}`), which no browser may run"
