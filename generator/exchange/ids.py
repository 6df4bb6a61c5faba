"""Derives the ids of documents from the paths of the files that they are imported from."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from generator.documents.fields import RESERVED
from generator.exchange import UnfitInput
from generator.exchange.legible import is_spelled, short_hash, slug

FRONT_PAGE = re.compile(r"_?index|readme", re.IGNORECASE)
VERSION = r"(?:v|ver|version|rev|revision|fassung|versión|versão)[\s._-]?\d+(?:[._-]\d+)*"
DATE = r"\d{4}[-._]\d{1,2}[-._]\d{1,2}|\d{1,2}[-._]\d{1,2}[-._]\d{4}|(?:19|20)\d{6}"
STATE = r"final|finale|endfassung|entwurf|draft|borrador|brouillon"
# What authors add to the name of a file and is not what it is about: `-v2-final`, ` (1)`, `Copy of `, a day.
TAIL = re.compile(
    rf"(?:[\s_.–-]*[\[(]\s*(?:\d{{1,3}}|{VERSION}|{DATE}|{STATE})\s*[\])]|[\s_.–-]+(?:{VERSION}|{DATE}|{STATE})|"
    r"\s+-\s+(?:copy|kopie|copia|copie)|[\s_]+copy)$",
    re.IGNORECASE,
)
LEAD = re.compile(
    rf"^(?:(?:copy of|kopie von|copia de|copie de)\s+|(?:{DATE})[\s_.–-]+|(?:final|draft)\s+-\s+)", re.IGNORECASE
)


def bare_name(name: str) -> str:
    """The name of a file without versions, days and copies; the name itself if nothing with a letter is left."""
    bare, before = name, ""
    while bare != before:
        before, bare = bare, LEAD.sub("", TAIL.sub("", bare))
    return bare if any(sign.isalpha() for sign in bare) else name


def name_of(path: str) -> str:
    """What a file is called, without its ending: `refunds/index.md`, the front page of a folder, is `refunds`."""
    stem = posixpath.splitext(posixpath.basename(path))[0]
    return posixpath.basename(posixpath.dirname(path)) or stem if FRONT_PAGE.fullmatch(stem) else stem


def ids(
    paths: list[str], name: str, known: Mapping[str, str] = {}, titles: Mapping[str, str] | None = None
) -> dict[str, str]:
    """An id for each path: that of `known`, or else the file's name, after its folders' as far as that is not unique.

    With titles, a file whose name has a version or the like gets an id from its title instead. Raises UnfitInput.
    """
    made = {path: known[path] for path in paths if path in known}
    new = [path for path in paths if path not in known]
    if titles is not None:
        made |= _choose_titles(new, titles, {*made.values()})
        new = [path for path in new if path not in made]
    pages, fronts = _split_fronts(new)
    # A front page gives way to a file that has the name of its folder.
    for some in (pages, fronts):
        made |= _choose(some, name, {*made.values()})
    firsts: dict[str, str] = {}
    for path, document_id in made.items():
        if (other := firsts.setdefault(document_id, path)) != path:
            raise UnfitInput(f"{other} and {path} would both get the id `{document_id}`: rename one of them")
        if not document_id or document_id in RESERVED:
            raise UnfitInput(f"no id can be made from the name of {path}: rename it with letters or digits")
    return {path: made[path] for path in paths}


def _choose_titles(paths: list[str], titles: Mapping[str, str], taken: set[str]) -> dict[str, str]:
    """The ids of files whose names have more than what they are about, as far as nothing else has them."""
    bare = {path: bare_name(name_of(path)) for path in paths}
    words = {path: one if one == name_of(path) else titles.get(path) or one for path, one in bare.items()}
    stems = {path: slug(one) for path, one in words.items()}
    counts = Counter([*stems.values(), *taken])
    return {
        path: stem
        for path, stem in stems.items()
        if words[path] != name_of(path)
        and counts[stem] == 1
        and stem
        and stem not in RESERVED
        and is_spelled(words[path])
    }


def _split_fronts(paths: Iterable[str]) -> tuple[list[str], list[str]]:
    """The paths of ordinary files, and those of the front pages of folders."""
    fronts = {path for path in paths if name_of(path) != posixpath.splitext(posixpath.basename(path))[0]}
    return [path for path in paths if path not in fronts], [path for path in paths if path in fronts]


def _choose(paths: list[str], name: str, taken: set[str]) -> dict[str, str]:
    """An id for each path, which is none of those that are taken if the names of its folders make it another."""
    stems = {path: slug(name_of(path)) for path in paths}
    counts = Counter([*stems.values(), *taken])
    made = {}
    for path, stem in stems.items():
        is_good = counts[stem] == 1 and stem and stem not in RESERVED
        folder = _name_folder(path) or name
        made[path] = stem if is_good else slug(f"{folder} {stem}")
        # What letters from a to z cannot spell has a sign of its own, or two names could look alike.
        if not is_good and not is_spelled(f"{folder} {name_of(path)}"):
            made[path] = slug(f"{slug(folder) or 'text'} {stem}", short_hash(path))
    again = Counter([*made.values(), *taken])
    longer = {path: slug(posixpath.splitext(path)[0]) for path, name in made.items() if again[name] > 1}
    again.update(longer.values())
    return made | {path: one for path, one in longer.items() if again[one] == 1}


def _name_folder(path: str) -> str:
    """The folder of a file; of a front page, the one above its folder."""
    folder, (stem, _) = posixpath.dirname(path), posixpath.splitext(posixpath.basename(path))
    return posixpath.basename(posixpath.dirname(folder) if FRONT_PAGE.fullmatch(stem) else folder)
