"""Finds the policy that an earlier import made of a file, also if the file has another name now.

The first line of a policy names its file and the folder that was imported: policies of several folders may be in one
knowledge base. A copy of the folder may have another name, as every archive of a release has.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from generator.files.renames import pair_renames

LABEL = re.compile(r"(?P<path>.*?)(?: in (?P<folder>[^/]*)/)?")


class Origin(NamedTuple):
    """Where a policy comes from: the path of a file, and the name of the folder that it is in; empty if unknown."""

    path: str
    folder: str

    @property
    def label(self) -> str:
        """How the first line of the policy names it."""
        return f"{self.path} in {self.folder}/" if self.folder else self.path


class MadePolicy(NamedTuple):
    """What an earlier import made: the path of the policy, where it comes from, and the words of its sections."""

    place: str
    origin: Origin
    words: str

    @property
    def id(self) -> str:
        return posixpath.splitext(posixpath.basename(self.place))[0]


def read_label(label: str) -> Origin:
    """The origin that a label names."""
    match = LABEL.fullmatch(label)
    return Origin(match["path"], match["folder"] or "") if match else Origin(label, "")


class Followed(NamedTuple):
    """By path of a file, the policy that was made of it; those whose file is not there; and the folder's name."""

    policies: dict[str, MadePolicy]
    left: list[MadePolicy]
    folder: str


NOTHING_MADE = Followed({}, [], "")


def follow(
    made: Iterable[MadePolicy],
    texts: Mapping[str, str],
    former: Mapping[str, Collection[str]],
    name: str,
) -> Followed:
    """Finds the policy of each file of a folder, from the texts of its files by path.

    `former` has the other paths that git knows of each file, and those of files that are no longer there.
    """
    known = {*texts, *former, *(old for names in former.values() for old in names)}
    made, folder = _choose_folder(list(made), known, name)
    by_path = {_locate(one.origin, known, name): one for one in made}
    new = {path: text for path, text in texts.items() if path not in by_path}
    heirs = {old: path for path in new for old in former.get(path, ()) if old in by_path}
    # Where a file was renamed and another has its name now, the words tell whose policy it is.
    changed = {path for path in texts if path in by_path and new and not _is_alike(by_path[path].words, texts[path])}
    found = {path: by_path[path] for path in texts if path in by_path and path not in changed}
    found |= {path: by_path[old] for old, path in heirs.items() if old not in texts}
    lost = {one.place: one.words for one in made if one.place not in _list_places(found)}
    pairs = pair_renames(lost, {path: text for path, text in texts.items() if path not in found})
    by_place = {one.place: one for one in made}
    found |= {path: by_place[place] for path, place in pairs.items()}
    taken = _list_places(found)
    found |= {path: one for path, one in by_path.items() if path in texts and one.place not in taken}
    taken = _list_places(found)
    ours = [one for one in made if one.origin.folder or _locate(one.origin, known, name)]
    return Followed(found, [one for one in ours if one.place not in taken], folder)


def _is_alike(one: str, other: str) -> bool:
    return bool(pair_renames({"": one}, {"": other}))


def _list_places(found: Mapping[str, MadePolicy]) -> set[str]:
    return {one.place for one in found.values()}


def _choose_folder(made: list[MadePolicy], known: Collection[str], name: str) -> tuple[list[MadePolicy], str]:
    """The policies that are from this folder, whatever its name was then, and the name to write.

    If none names this folder, it is each of those at least half of whose files are here.
    """
    sizes = Counter(one.origin.folder for one in made)
    if name in sizes:
        return [one for one in made if one.origin.folder in ("", name)], name
    here = Counter(one.origin.folder for one in made if _locate(one.origin, known, name))
    whole = [folder for folder, number in here.items() if folder and 2 * number >= sizes[folder]]
    is_copy = len(whole) == 1 and any(one.origin.path in known for one in made if one.origin.folder in whole)
    return [one for one in made if one.origin.folder in ("", *whole)], whole[0] if is_copy else name


def _locate(origin: Origin, known: Collection[str], name: str) -> str:
    """The path that the file of an origin has here; empty if it has none.

    The folder may be one above, or one below, the folder of an earlier import.
    """
    paths = (origin.path, f"{origin.folder}/{origin.path}", origin.path.removeprefix(f"{name}/"))
    return next((path for path in paths if path in known), "")
