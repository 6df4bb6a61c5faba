"""Finds which file of a folder an address in one of its files leads to.

An address that begins with a slash is relative to the root of a site that we do not have: it leads to the file whose
path it ends with, or to the file that names it in `redirect_from`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

ENDING = re.compile(r"(?:\.(?:md|markdown|html?))?/*$", re.IGNORECASE)
DEEPEST = 40  # folders of a path that are looked at
FRONT_PAGE = re.compile(r"(?:^|/)(?:index|readme)$", re.IGNORECASE)


class Addresses:
    """The addresses of files, by path; `name` is that of their folder, which a site's addresses often begin with.

    `names` has other paths by which a file is known, such as the one that it had before; files come first.
    """

    def __init__(self, files: Mapping[str, Iterable[str]], name: str, names: Mapping[str, str] = {}) -> None:
        self._paths: dict[str, str] = {}
        self._former: dict[str, str] = {}
        for known_as, path in [*zip(files, files, strict=True), *names.items()]:
            for known in (_normalise_address(known_as), FRONT_PAGE.sub("", _normalise_address(known_as))):
                self._paths.setdefault(known, path)
                self._paths.setdefault(f"{name}/{known}".strip("/").lower(), path)
        for path, redirects in files.items():
            for address in redirects:
                self._former.setdefault(_normalise_address(address), path)

    def find(self, path: str, address: str) -> tuple[str, str] | None:
        """The file and anchor that an address in the file at `path` leads to; None if it leads out of the folder."""
        whole, _, anchor = unquote(address).partition("#")
        target = whole.partition("?")[0]
        if not target:
            return path, anchor
        if not target.startswith("/"):
            found = self._paths.get(
                _normalise_address(posixpath.normpath(posixpath.join(posixpath.dirname(path), target)))
            )
            return (found, anchor) if found else None
        if entire := self._former.get(_normalise_address(unquote(address))):
            return entire, ""
        ends = list_suffixes(_normalise_address(target))
        found = next((known[end] for known in (self._former, self._paths) for end in ends if end in known), None)
        return (found, anchor) if found else None


def _normalise_address(address: str) -> str:
    return ENDING.sub("", address.strip("/")).lower()


def list_suffixes(path: str) -> list[str]:
    """The path, and the path without its first folder, its first two and so on, but never the file name alone."""
    parts = path.split("/")[-DEEPEST:]
    return ["/".join(parts[n:]) for n in range(max(1, len(parts) - 1))]
