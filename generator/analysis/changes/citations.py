"""Finds the citations of a document that name another version or section than before, that came, and that went."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from generator.documents import Document
from generator.documents.types.macro import Macro
from generator.library.library import Library
from generator.library.meaning.lessons import Pairing
from generator.library.rewording import Referrer, referrer_of


class MovedCitation(NamedTuple):
    """A section with the parts that cite it; `before` and `after` are versions, empty if it was, or is, not cited."""

    name: str
    before: str
    after: str
    parts: tuple[str, ...]


def citations_of(pair: Pairing) -> list[MovedCitation]:
    """What is cited otherwise than before, by the section."""
    refer = referrer_of(pair.now)
    then, now = _list_cited(pair.then, pair.old, refer), _list_cited(pair.now, pair.new, refer)
    renamed = {old: name for name, part in pair.new.parts.items() for old in part.formerly}
    then = {(renamed.get(part, part), name): version for (part, name), version in then.items()}
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    is_letter = isinstance(pair.new.body, Macro)  # which cites as a whole
    for part, name in dict.fromkeys((*now, *then)):
        before, after = then.get((part, name), ""), now.get((part, name), "")
        if before != after:
            found[name, before, after].append("" if is_letter else part)
    return [MovedCitation(*key, tuple(dict.fromkeys(filter(None, parts)))) for key, parts in found.items()]


def _list_cited(library: Library, document: Document, refer: Referrer) -> dict[tuple[str, str], str]:
    """The version of each citation, by the part that cites and what it names; texts and lists alike."""
    found: dict[tuple[str, str], str] = {}
    outgoing = library.outgoing.get(document.path)
    for one in outgoing.references if outgoing else ():
        if one.is_citation and one.target.version:
            found[document.body.part_at(one.at.keys), refer.refer(one.target)] = one.target.version
    return found
