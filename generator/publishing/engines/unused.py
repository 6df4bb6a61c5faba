"""Leaves out of a pack what a theme brings along and no page of ours loads: a search of its own, and maps of scripts.

They were 2 MB of each zip unpacked, more than all pages of a small pack. A site keeps them: its host may serve whatever
the theme's authors thought of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

SEARCH_FOLDERS = ("assets/javascripts/lunr/", "assets/javascripts/workers/")  # of a theme; the search is our own
MAP = ".map"
NAMED = re.compile(rb"\n?//# sourceMappingURL=\S+\s*\Z")  # the last line of a script


def list_unused(names: Iterable[str]) -> Iterator[str]:
    """Which of the files of a built pack nobody loads."""
    return (name for name in names if name.startswith(SEARCH_FOLDERS) or name.endswith(MAP))


def forget_maps(scripts: Mapping[str, bytes]) -> dict[str, str | bytes]:
    """The scripts that named a map, now without: by their path."""
    return {name: made for name, script in scripts.items() if (made := NAMED.sub(b"\n", script)) != script}
