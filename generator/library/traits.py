"""What ties a document to others: what these may depend on in it, and which of them it depends on."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from generator.documents import Document
from generator.documents.face import face
from generator.documents.text.prose import scheme
from generator.library.library import Library, glimpse
from generator.library.pointers import Outgoing

PASSED_ON = ("superseded_by", "history")  # what refers to a document may depend on where these lead from it


class Traits(NamedTuple):
    """What ties one file to others, as plain data.

    `names` are the ids that it has and had, `uses` what it refers to: `id`, or `id#part`, with how many times. Whoever
    depends on it depends on what it is `via` too. `face` is the hash of what others may read in it; `links` says if it
    has links to files. `notes` are hashes of what the checks of the whole read in it, by check; `short` is a glimpse.
    """

    names: tuple[str, ...]
    uses: Mapping[str, int]
    via: tuple[str, ...]
    face: str
    links: bool
    notes: Mapping[str, str]
    short: tuple[Any, ...]

    @property
    def targets(self) -> set[str]:
        """The ids that it refers to."""
        return {use.partition("#")[0] for use in self.uses}


class Whole(NamedTuple):
    """The note of a check that may read all of a document that a release of a pack has, and of any other just this."""

    note: object = None


def names_of(document: Document) -> tuple[object, ...]:
    """What decides which document an id leads to, and whether it can be asked anything."""
    return document.path, document.sound, document.id, *document.body.formerly


def hash_data(value: object) -> str:
    """A short hash of plain data."""
    return hashlib.blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def traits_of(document: Document | None, outgoing: Outgoing, notes: Mapping[str, str]) -> Traits:
    """The traits of a document; None is the vocabulary, to which nothing refers."""
    uses = Counter(f"{one.id}#{one.part}" if one.part else one.id for _, one, _, _ in outgoing.references)
    links = any(not scheme(link.address) for link in outgoing.links)
    if document is None:
        return Traits((), uses, (), "", links, notes, ())
    via = {one.id for at, one, _, _ in outgoing.references if at.keys[0] in PASSED_ON}
    names = (document.id, *document.body.formerly)
    return Traits(names, uses, tuple(sorted(via)), hash_data(face(document)), links, notes, tuple(glimpse(document)))


class Remainder(NamedTuple):
    """What could not be read, and which files there are besides: anything may depend on it.

    `malformed` are the ids, each with the words that may be ids; `is_open` says whether everything could be looked
    into and has a text, so that what is not mentioned is not there.
    """

    malformed: Mapping[str, frozenset[str]]
    is_open: tuple[bool, bool]
    files: frozenset[str]

    @classmethod
    def of(cls, library: Library) -> Remainder:
        """What could not be read of a library."""
        return cls(library.malformed, (library.is_complete, all(library.malformed.values())), library.files)

    @property
    def mentioned(self) -> frozenset[str]:
        """Every word in a file that cannot be read."""
        return frozenset().union(*self.malformed.values())


def find_affected(
    changed: Mapping[str, tuple[Traits | None, Traits | None]],
    before: Remainder,
    after: Remainder,
    list_naming: Callable[[set[str]], Mapping[str, Traits]],
) -> set[str] | None:
    """The paths of the files about which something else may be found than before; None if that may be all.

    `changed` has the traits, before and after, of files that are new, gone or have another text. `list_naming` gives
    at least those files, as they are now, that have or name any of some ids; all of them if there are none.
    """
    if before.is_open != after.is_open:
        return None
    touched = {name for name, _ in before.malformed.items() ^ after.malformed.items()}
    used = set(before.mentioned ^ after.mentioned)
    for was, now in changed.values():
        if _is_seen(was, now):
            touched |= {name for one in (was, now) if one for name in one.names}
        used |= _compare_uses(was, now)
    size, is_filed = 0, before.files != after.files
    while len(touched) > size:  # what leads on to something that others see changed is seen changed itself
        size = len(touched)
        leading = list_naming(touched).values()
        touched |= {name for one in leading if not touched.isdisjoint(one.via) for name in one.names}
    found = {path for path, (_, now) in changed.items() if now}
    for path, one in list_naming(touched | used).items() if touched or used else ():
        if not (touched.isdisjoint(one.targets) and touched.isdisjoint(one.names) and used.isdisjoint(one.names)):
            found.add(path)
    return found | {path for path, one in list_naming(set()).items() if one.links} if is_filed else found


def _is_seen(was: Traits | None, now: Traits | None) -> bool:
    """Whether what others may read in a file is not what it was."""
    return was is None or now is None or (was.names, was.via, was.face) != (now.names, now.via, now.face)


def _compare_uses(was: Traits | None, now: Traits | None) -> set[str]:
    """The ids that a file refers to more or less often than it did."""
    one, other = (Counter(each.uses) if each else Counter[str]() for each in (was, now))
    return {use.partition("#")[0] for use in (one - other) + (other - one)}
