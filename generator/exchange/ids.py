"""Derives the ids of documents from the paths of the files that they are imported from."""

from __future__ import annotations

import posixpath
from collections import Counter

from generator.documents.fields import RESERVED
from generator.exchange import UnfitInput
from generator.exchange.legible import is_spelled, short_hash, slug


def ids(paths: list[str], name: str) -> dict[str, str]:
    """An id for each path: the file's name, after its folder's if that name is not unique. Raises UnfitInput."""
    stems = {path: slug(posixpath.splitext(posixpath.basename(path))[0]) for path in paths}
    counts = Counter(stems.values())
    made: dict[str, str] = {}
    for path, stem in stems.items():
        folder = posixpath.basename(posixpath.dirname(path)) or name
        is_good = counts[stem] == 1 and stem and stem not in RESERVED
        made[path] = stem if is_good else slug(f"{folder} {stem}")
        # What letters from a to z cannot spell has a sign of its own, or two names could look alike.
        if not is_good and not is_spelled(f"{folder} {posixpath.basename(path)}"):
            made[path] = slug(f"{slug(folder) or 'text'} {stem}", short_hash(path))
    for path, document_id in made.items():
        other = next(p for p, o in made.items() if o == document_id)
        if other != path:
            raise UnfitInput(f"{other} and {path} would both get the id `{document_id}`: rename one of them")
        if not document_id or document_id in RESERVED:
            raise UnfitInput(f"no id can be made from the name of {path}: rename it with letters or digits")
    return made
