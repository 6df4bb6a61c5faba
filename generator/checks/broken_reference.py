"""A reference leads nowhere.

No document has the id, the document has no such part, or it is not of the type that the key asks for.

Bad:
    Answer with [[acount-locked]], then go on with [[restore-account#verifi]].

Good:
    Answer with [[account-locked]], then go on with [[restore-account#verify]].
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial
from pathlib import PurePosixPath

from generator.documents import Document, kinds
from generator.findings import Fault, Hint
from generator.library.library import Glimpse, Library, is_policy
from generator.library.pointers import Reference
from generator.wording import a, did_you_mean, fold, nearest


def check(library: Library) -> Iterator[Fault]:
    broken = {reference.use for reference in library.distinct if any(_check_reference(library, reference))}
    for reference in library.references if broken else ():
        if reference.use in broken:
            yield from _check_reference(library, reference)


def _check_reference(library: Library, reference: Reference) -> Iterator[Fault]:
    target = reference.target
    if target.id in library.ambiguous:
        return
    document = library.find(target.id)
    if reference.is_citation or is_policy(document):
        if reference.kind and reference.kind != "policy" and is_policy(document):
            yield _make_kind_fault(reference, "policy")
    elif not target.id:
        hint: Hint = "write [[id]], [[id#part]] or [[id|words]]"
        yield Fault(reference.at.spot, f"`{reference.text}` is not a reference", hint)
    elif document is None:
        if target.id not in library.malformed and library.is_complete:
            yield _make_unknown_fault(library, reference)
    elif reference.kind and document.kind.name != reference.kind:
        yield _make_kind_fault(reference, document.kind.name)
    elif target.part and document.sound and target.part not in document.parts:
        hint = partial(_suggest_part, library, document, target.part)
        message, cause = f"`{document.id}` has no part `{target.part}`", f"{document.id}#{target.part}"
        yield Fault(reference.at.spot, message, hint, cause=cause)


def _make_unknown_fault(library: Library, reference: Reference) -> Fault:
    name = reference.target.id
    hint = partial(_suggest_document, library, name)
    return Fault(reference.at.spot, f"no document has the id `{name}`", hint, cause=name)


def _suggest_document(library: Library, name: str) -> str:
    """What brings a document back that several others refer to, or the id that somebody meant who wrote it once.

    With each dead reference to a deleted procedure, another one was recommended.
    """
    if renamed := _list_by_file(library).get(name):
        return f"{renamed.path} has the id `{renamed.id}` now: add `formerly: [{name}]` to it"
    match = nearest(name, _list_in_use(library))
    if library.uses[name].total() == 1 or fold(match) == fold(name):
        return did_you_mean(name, _list_in_use(library), "fix the id, or write the document")
    return f"if it was renamed, add `formerly: [{name}]` to the document; if it is gone, remove the references"


def _suggest_part(library: Library, document: Document, part: str) -> str:
    near, elsewhere = nearest(part, document.parts), _list_by_part(library).get(part)
    if elsewhere and fold(near) != fold(part):
        return f"the part may have moved: write [[{elsewhere}]]"
    used = sum(number for (_, one), number in library.uses[document.id].items() if one == part)
    if used > 1 and fold(near) != fold(part):
        return f"if it was renamed, add `formerly: [{part}]` to the part; if it is gone, remove the references"
    return did_you_mean(part, document.parts, f"look at the parts in {document.path}")


@lru_cache(maxsize=8)
def _list_in_use(library: Library) -> list[str]:
    """The ids of the documents that somebody may be sent to."""
    return [one.id for one in library.glimpses if not one.is_gone]


@lru_cache(maxsize=8)
def _list_by_file(library: Library) -> dict[str, Glimpse]:
    """The documents by the names of their files."""
    return {PurePosixPath(one.path).stem: one for one in library.glimpses}


@lru_cache(maxsize=8)
def _list_by_part(library: Library) -> dict[str, str]:
    """A part that somebody may be sent to, by each id that it has or had."""
    in_use = [one for one in library.glimpses if not one.is_gone]
    former = {old: f"{one.id}#{name}" for one in in_use for old, name in one.renamed.items()}
    return former | {name: f"{one.id}#{name}" for one in in_use for name in one.parts}


def _make_kind_fault(reference: Reference, kind: str) -> Fault:
    actual, wanted = a(kinds()[kind].noun), a(kinds()[reference.kind].noun)
    return Fault(reference.at.spot, f"`{reference.target.id}` is {actual} where {wanted} belongs", f"name {wanted}")
