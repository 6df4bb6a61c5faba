"""In go the files of a folder with their front matter, out comes where an address in one of them leads.

An address that begins with a slash counts from the top of a site that we do not have: it leads to a file whose path it
ends with, or to the file that says in `redirect_from` that it once stood there.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

ENDING = re.compile(r"(?:\.(?:md|markdown|html?))?/*$", re.IGNORECASE)
FRONT_PAGE = re.compile(r"(?:^|/)(?:index|readme)$", re.IGNORECASE)


class Addresses:
    """The addresses of files, by path; `name` is that of their folder, which a site often has in its addresses."""

    def __init__(self, files: Mapping[str, Iterable[str]], name: str) -> None:
        self._paths: dict[str, str] = {}
        self._former: dict[str, str] = {}
        for path, redirects in files.items():
            for known in (_normalise_address(path), FRONT_PAGE.sub("", _normalise_address(path))):
                self._paths.setdefault(known, path)
                self._paths.setdefault(f"{name}/{known}".strip("/").lower(), path)
            for address in redirects:
                self._former.setdefault(_normalise_address(address), path)

    def find(self, path: str, address: str) -> tuple[str, str] | None:
        """The file and the anchor that an address in the file at `path` leads to; None where it is none of ours."""
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
        found = next(
            (known[end] for known in (self._former, self._paths) for end in _list_suffixes(target) if end in known),
            None,
        )
        return (found, anchor) if found else None


def _normalise_address(address: str) -> str:
    return ENDING.sub("", address.strip("/")).lower()


def _list_suffixes(path: str) -> list[str]:
    """The path, and what is left of it without its first folder, its first two and so on; a bare name is too little."""
    parts = _normalise_address(path).split("/")
    return ["/".join(parts[n:]) for n in range(max(1, len(parts) - 1))]
