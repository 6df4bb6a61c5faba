"""A reference leads nowhere.

No document has the id, the document has no such part, or it is not of the type that the key asks for.

Bad:
    Answer with [[acount-locked]], then go on with [[restore-account#verifi]].

Good:
    Answer with [[account-locked]], then go on with [[restore-account#verify]].
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.documents import kinds
from generator.findings import Fault, Hint
from generator.library.library import Library, is_policy
from generator.library.pointers import Reference
from generator.wording import a, did_you_mean


def check(library: Library) -> Iterator[Fault]:
    for reference in library.references:
        target = reference.target
        if target.id in library.ambiguous:
            continue
        document = library.find(target.id)
        if reference.is_citation or is_policy(document):
            if reference.kind and reference.kind != "policy" and is_policy(document):
                yield _make_kind_fault(reference, "policy")
            continue
        if not target.id:
            hint: Hint = "write [[id]], [[id#part]] or [[id|words]]"
            yield Fault(reference.at.spot, f"`{reference.text}` is not a reference", hint)
        elif document is None:
            if target.id not in library.malformed and library.is_complete:
                yield _make_unknown_fault(library, reference)
        elif reference.kind and document.kind.name != reference.kind:
            yield _make_kind_fault(reference, document.kind.name)
        elif target.part and document.sound and target.part not in document.parts:
            hint = partial(did_you_mean, target.part, document.parts, f"look at the parts in {document.path}")
            yield Fault(reference.at.spot, f"`{document.id}` has no part `{target.part}`", hint)


def _make_unknown_fault(library: Library, reference: Reference) -> Fault:
    name = reference.target.id
    hint = partial(did_you_mean, name, library.by_id, "fix the id, or write the document")
    return Fault(reference.at.spot, f"no document has the id `{name}`", hint)


def _make_kind_fault(reference: Reference, kind: str) -> Fault:
    actual, wanted = a(kinds()[kind].noun), a(kinds()[reference.kind].noun)
    return Fault(reference.at.spot, f"`{reference.target.id}` is {actual} where {wanted} belongs", f"name {wanted}")
