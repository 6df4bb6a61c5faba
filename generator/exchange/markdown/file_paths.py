"""Finds the picture or file of a folder that an address in one of its texts leads to, and writes the address anew."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import quote, unquote

from generator.documents.attachments import FILES, PICTURES, PLACE
from generator.exchange.markdown.addresses import list_suffixes

HIDDEN = re.compile(r"(?:^|(?<=/))\.+")
PLAIN = "?#&=%/:+,;@!-._~"  # signs behind the path of an address that stay as they are


class FilePaths:
    """The paths of files, `all` of them, by which they are found.

    An address that begins with a slash is relative to the root of a site that we do not have.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        self.all = frozenset(paths)
        self._by_small = {path.casefold(): path for path in sorted(self.all, reverse=True)}
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for path in self._by_small:
            self._by_name[posixpath.basename(path)].append(path)

    def find_first(self, ways: Iterable[tuple[str, str]]) -> str | None:
        """Where the first of some addresses leads that leads anywhere, each with the path of the text that it is in."""
        return next(filter(None, (self._find(path, read_target(address)) for path, address in ways)), None)

    def _find(self, path: str, target: str) -> str | None:
        if not target.startswith("/"):
            return self._look_up(posixpath.normpath(posixpath.join(posixpath.dirname(path), target)))
        rest = posixpath.normpath(target).strip("/")
        return next(filter(None, map(self._look_up, list_suffixes(rest))), None) or self._find_end(rest.casefold())

    def _look_up(self, path: str) -> str | None:
        return path if path in self.all else self._by_small.get(path.casefold())

    def _find_end(self, end: str) -> str | None:
        """The only file whose path ends so: a site's `/img/a.png` may lie in `static/img/`."""
        fits = [path for path in self._by_name.get(posixpath.basename(end), ()) if path.endswith(f"/{end}")]
        return self._by_small[fits[0]] if len(fits) == 1 else None


def is_enclosure(path: str) -> bool:
    """Whether a path has the ending of a picture that pages may show, or of a file that they may offer."""
    return path.lower().endswith(PICTURES + FILES)


def read_target(address: str) -> str:
    """The path in an address, as a disk has it."""
    return unquote(PLACE.sub("", address)).strip().replace("\\", "/")


def leads_out(path: str, address: str) -> bool:
    """Whether a relative address in the text at a path leads out of the folder."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), read_target(address))).startswith("../")


def write_address(place: str, home: str, address: str) -> str:
    """The address of a place in the document at `home`; what follows `?` or `#` is that of the older address."""
    behind = PLACE.search(address)
    to = posixpath.relpath(place, posixpath.dirname(home))
    return quote(to) + quote(behind[0] if behind else "", safe=PLAIN)


def unhide(path: str) -> str:
    """A path without the dots of hidden folders, which a knowledge base passes over."""
    return HIDDEN.sub("", path)
