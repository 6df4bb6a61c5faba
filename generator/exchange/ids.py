"""In go the paths of files, out comes the id of the document that each becomes."""

from __future__ import annotations

import posixpath
from collections import Counter

from generator.documents.fields import RESERVED
from generator.exchange import UnfitInput
from generator.exchange.legible import slug


def ids(paths: list[str], name: str) -> dict[str, str]:
    """An id for each file: its name, with that of its folder where another file has it too. Raises Unfit."""
    stems = {path: slug(posixpath.splitext(posixpath.basename(path))[0]) for path in paths}
    counts = Counter(stems.values())
    found: dict[str, str] = {}
    for path, stem in stems.items():
        folder = posixpath.basename(posixpath.dirname(path)) or name
        is_good = counts[stem] == 1 and stem and stem not in RESERVED
        found[path] = stem if is_good else slug(f"{folder} {stem}")
    for path, one in found.items():
        other = next(p for p, o in found.items() if o == one)
        if other != path:
            raise UnfitInput(f"{other} and {path} would both get the id `{one}`: rename one of them")
        if not one or one in RESERVED:
            raise UnfitInput(f"{path} has a name of which no id can be made: rename it with letters from a to z")
    return found
