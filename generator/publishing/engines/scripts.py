"""Moves the scripts that a theme writes into its pages to files of their own.

Learning systems and companies forbid scripts within pages (`script-src 'self'`), and a pack comes without a host that
would send their hashes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256

OPENING = re.compile(r"<script\b([^<>]*+)>", re.IGNORECASE)
CLOSING = "</script>"
TOLD = re.compile(r"""\s(src|type)\s*=\s*["']?([^"'\s]*+)""", re.IGNORECASE)
RUNS = ("", "module", "text/javascript", "application/javascript")  # any other type is data


def move_scripts(pages: Mapping[str, str]) -> dict[str, str | bytes]:
    """The pages that had scripts in them, now without, and a file for each script, by path."""
    files: dict[str, str | bytes] = {}
    for name, page in pages.items():
        up, done, pieces = "../" * name.count("/"), 0, list[str]()
        for attributes, start, end in _find_scripts(page):
            script = page[start:end].encode()
            path = f"assets/javascripts/inline.{sha256(script).hexdigest()[:8]}.js"
            files[path] = script
            opening = page.rindex("<", done, start)
            pieces += [page[done:opening], f'<script{attributes} src="{up}{path}">']
            done = end
        if pieces:
            files[name] = "".join([*pieces, page[done:]])
    return files


def _find_scripts(page: str) -> Iterator[tuple[str, int, int]]:
    """The attributes of each script in a page that runs, and where its text begins and ends."""
    at = 0
    while opening := OPENING.search(page, at):
        end = page.find(CLOSING, opening.end())
        if end < 0:
            return
        told = {name.lower(): value.lower() for name, value in TOLD.findall(opening[1])}
        if "src" not in told and told.get("type", "") in RUNS and page[opening.end() : end].strip():
            yield opening[1], opening.end(), end
        at = end
