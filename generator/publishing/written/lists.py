"""Verifies the lists of a site that scripts and programs read: the search's, a sitemap, feeds, manifests, styles."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatch
from html import unescape
from typing import Any

from generator.publishing.written.page import read_page

SEARCH = "search/index.js"
URL = re.compile(r"url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^)'\"]*))\s*\)")
LOCATION = re.compile(r"<loc>([^<]*)</loc>")


def listed(name: str, text: str) -> Iterator[str]:
    """The addresses in a list, as seen from it."""
    for pattern, read in READERS.items():
        if fnmatch(name, pattern):
            yield from read(text)
            return


def is_list(name: str) -> bool:
    """Whether a file of a site is a list of addresses that we can read."""
    return any(fnmatch(name, pattern) for pattern in READERS)


def _read_card(text: str) -> Iterator[str]:
    """What a result of the search leads to: a page and its parts. Its addresses begin at the top of the site."""
    card = _unpack(text)
    yield f"../../{card['address']}"
    yield from (f"../../{card['address']}#{part}" for part, *_ in card["parts"] if part)


def _read_index(text: str) -> Iterator[str]:
    manifest = _unpack(text)
    yield from (f"{manifest['version']}/d{number}.js" for number in range(manifest["documents"]))
    yield f"../{manifest['ids']}"


def _unpack(text: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(text.partition(",")[2].strip().removesuffix(");"))
    return found


def _read_manifest(text: str) -> Iterator[str]:
    manifest = json.loads(text)
    yield from (str(one["src"]) for key in ("icons", "screenshots") for one in manifest.get(key, ()) if one.get("src"))
    yield from (str(manifest[key]) for key in ("start_url", "scope") if key in manifest)


def _read_style(text: str) -> Iterator[str]:
    for one in URL.findall(text):
        if address := next(filter(None, one), "").strip():
            yield address


READERS: dict[str, Callable[[str], Iterator[str]]] = {
    SEARCH: _read_index,
    "search/*/d[0-9]*.js": _read_card,
    "sitemap.xml": lambda text: (unescape(one) for one in LOCATION.findall(text)),
    "*.xml": lambda text: (address for _, address, _ in read_page(text).sources),
    "*.webmanifest": _read_manifest,
    "*manifest.json": _read_manifest,
    "*.css": _read_style,
}
