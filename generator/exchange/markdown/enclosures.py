"""Takes along the pictures and files that the texts of a folder show or offer.

A file of a policy keeps the path that it has in its folder, in a store beside the policies; a file of a procedure lies
in a folder with the id of the first one that shows it. Nothing is written down of that: what the documents of an
earlier import link to in the store is what that import put there.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import NamedTuple

from generator.documents.attachments import PICTURES
from generator.documents.text.prose import scheme
from generator.exchange import UnfitInput, Unmapped
from generator.exchange.legible import plain_name, short_hash
from generator.exchange.markdown.file_paths import (
    FilePaths,
    is_enclosure,
    leads_out,
    read_target,
    unhide,
    write_address,
)
from generator.exchange.markdown.links import WrittenLink
from generator.files.pictures import UnfitPicture, judge_picture
from generator.files.terminal import disarm_line

POINTER = b"version https://git-lfs.github.com/spec/"


class Store(NamedTuple):
    """A folder of the knowledge base for what an import takes along, and the paths of all that lies there.

    `own` are those that only policies of this import link to, `others` those that any other document links to; `read`
    gives the bytes of one. `former` is the folder in which earlier versions put what they took along, if another.
    """

    folder: str
    held: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    read: Callable[[str], bytes] = lambda path: b""
    former: str = ""


NO_STORE = Store("")


class Enclosures:
    """The pictures and files of a folder, which has files at `paths`; `read` gives their bytes, or raises UnfitInput.

    `taken` has the bytes of what texts show, by place in the knowledge base; `unmapped` says what was left out.
    `shelves` has the folder of the store for what a text shows, by the path of the text; without one, a file keeps its
    path.
    """

    def __init__(
        self, paths: Iterable[str] = (), read: Callable[[str], bytes] = lambda path: b"", store: Store = NO_STORE
    ) -> None:
        self._paths = FilePaths(paths)
        self._read = read
        self._store = store
        self._places: dict[str, str] = {}
        self._reasons: dict[str, str] = {}
        self._kept: set[str] = set()
        self.shelves: dict[str, str] = {}
        self.taken: dict[str, bytes] = {}
        self.unmapped: list[Unmapped] = []

    def point(self, link: WrittenLink, files: list[str], folders: list[str], home: str) -> WrittenLink | None:
        """The link with the address of what is taken along; None if it leads to nothing of that kind, which is noted.

        It is in the first of some files, which are the languages of one text; `folders` are those that its front matter
        names, `home` is the document that is made of it.
        """
        path, address = files[0], link.address
        ways = [(file, way) for file in files for way in (address, *(f"{folder}/{address}" for folder in folders))]
        if scheme(address) or not is_enclosure(read_target(address)):
            is_here = not scheme(address) and self._paths.find_first(ways)
            what = "a link to a file that is not imported" if is_here else "a link that leads out of the folder"
            self._note(f"{what}, its address now in the text", path, address)
            return None
        place = None
        try:
            if found := self._paths.find_first(ways):
                place = self._take(found, path)
            elif place := self._find_kept(ways, path):
                self._kept.add(place)
                self._note("a picture or file that is gone from the folder, kept as it was", path, address)
            else:
                why = "leads out of" if leads_out(path, address) else "is not in"
                self._note(f"a picture or file that {why} the folder, its address now in the text", path, address)
        except UnfitInput as error:
            self._note("a picture or file that cannot be taken along, its address now in the text", path, str(error))
        return link._replace(address=write_address(place, home, address)) if place else None

    @property
    def left(self) -> list[str]:
        """The places of files in the store that no document links to any more."""
        used = self._store.others.union(self.taken, self._kept)
        return sorted(path for path in self._store.held - used if is_enclosure(path))

    @cached_property
    def _mine(self) -> frozenset[str]:
        return self._store.own & self._store.held

    def _find_kept(self, ways: list[tuple[str, str]], path: str) -> str | None:
        """The place to which an import before took a file that is gone from the folder now."""
        if path in self.shelves:
            names = (posixpath.basename(read_target(address)) for _, address in ways)
            places = (self._name_place(name, path) for name in names)
            if found := next((place for place in places if place in self._mine), None):
                return found
        home = self._store.former or self._store.folder
        by_path = {_spell_path(place.removeprefix(f"{home}/")): place for place in sorted(self._mine, reverse=True)}
        by_path |= {place.removeprefix(f"{home}/"): place for place in self._mine}
        kept = FilePaths(by_path).find_first(ways) or FilePaths(by_path).find_first(
            [(_spell_path(file), _spell_path(read_target(address))) for file, address in ways]
        )
        return by_path[kept] if kept else None

    def _name_place(self, path: str, shown_in: str) -> str:
        """The place that a file gets, unless something else lies there."""
        if shown_in in self.shelves:
            return f"{self._store.folder}/{self.shelves[shown_in]}/{plain_name(posixpath.basename(path))}"
        return f"{self._store.folder}/{_spell_path(unhide(path))}"

    def _note(self, what: str, path: str, detail: str) -> None:
        self.unmapped.append(Unmapped(what, path, detail))

    def _take(self, found: str, path: str) -> str:
        """The place in the knowledge base of a file that the text at a path shows. Raises UnfitInput."""
        if found not in self._places and found not in self._reasons:
            try:
                self._places[found] = self._put(found, path)
            except UnfitInput as error:
                self._reasons[found] = str(error)
        if found in self._reasons:
            raise UnfitInput(self._reasons[found])
        return self._places[found]

    def _put(self, path: str, shown_in: str) -> str:
        if disarm_line(path) != path:
            raise UnfitInput(f"{path!a} has a name that cannot be shown: rename the file")
        content = self._read(path)
        if content.startswith(POINTER):
            raise UnfitInput(f"{path} is only a pointer to a file in Git LFS: run `git lfs pull`")
        if path.lower().endswith(PICTURES):
            try:
                judge_picture(path, content)
            except UnfitPicture as error:
                raise UnfitInput(f"{path} {error}: {error.hint}") from None
        mirror = self._name_place(path, shown_in)
        older = f"{self._store.former or self._store.folder}/{unhide(path)}"
        if older != mirror and older in self._mine and older not in self._store.others:
            mirror = older
        former = None if mirror in self._store.held else self._find_former(path, content)
        if former:
            what = f"a picture or file with another name than before, followed in {former}"
            self._note(what, shown_in, path)
        place = former or self._choose_place(path, mirror, content)
        self.taken[place] = content
        return place

    def _choose_place(self, path: str, mirror: str, content: bytes) -> str:
        """A place where nothing of others lies."""
        name, suffix = posixpath.splitext(mirror)
        places = [mirror, f"{name}-{short_hash(path)}{suffix}"]
        is_taken = unhide(path) != path and unhide(path) in self._paths.all
        for place in places[is_taken:]:
            if self._is_free(place, content):
                return place
        raise UnfitInput(f"{path} has no place: {mirror} is another file, which is not from this folder; rename that")

    def _is_free(self, place: str, content: bytes) -> bool:
        """Whether a file may be put at a place: nothing else is there, or what an import before put there."""
        if place in self.taken:
            return self.taken[place] == content
        is_ours = place in self._store.own and place not in self._store.others
        return place not in self._store.held or is_ours or self._store.read(place) == content

    def _find_former(self, path: str, content: bytes) -> str | None:
        """The place of the same file under a name that it has no longer."""
        suffix = posixpath.splitext(path)[1].lower()
        fits = (one for one in self._gone if one.lower().endswith(suffix) and self._store.read(one) == content)
        return next(fits, None)

    @cached_property
    def _gone(self) -> list[str]:
        """What an import before took along from a path at which there is no file any more."""
        home = self._store.former or self._store.folder
        here = {f"{home}/{way(unhide(one))}" for one in self._paths.all for way in (str, _spell_path)}
        names = {plain_name(posixpath.basename(one)) for one in self._paths.all} if self.shelves else set()
        return sorted(one for one in self._mine - here if posixpath.basename(one) not in names)


def _spell_path(path: str) -> str:
    return "/".join(plain_name(part) if part.strip(".") else part for part in path.split("/"))
