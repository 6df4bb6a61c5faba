"""A reference leads nowhere.

No document has the id, the document has no such part, or it is of another type than the key asks for.

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
from generator.library.library import Library, Reference, is_policy
from generator.wording import did_you_mean


def check(library: Library) -> Iterator[Fault]:
    for reference in library.references:
        if reference.target in library.ambiguous:
            continue
        document = library.find(reference.target)
        if reference.role == "citation" or reference.version or is_policy(document):
            if reference.kind and reference.kind != "policy" and is_policy(document):
                yield _wrong_kind(reference, "policy")
            continue
        if not reference.target:
            hint: Hint = "write [[id]], [[id#part]] or [[id|words]]"
            yield Fault(reference.at.spot, f"`{reference.text}` is not a reference", hint)
        elif document is None:
            if reference.target not in library.malformed and library.is_complete:
                yield _unknown(library, reference)
        elif reference.kind and document.kind.name != reference.kind:
            yield _wrong_kind(reference, document.kind.name)
        elif reference.part and document.sound and reference.part not in document.parts:
            hint = partial(did_you_mean, reference.part, document.parts, f"look at the parts in {document.path}")
            yield Fault(reference.at.spot, f"`{document.id}` has no part `{reference.part}`", hint)


def _unknown(library: Library, reference: Reference) -> Fault:
    hint = partial(did_you_mean, reference.target, library.by_id, "mend the id, or write the document")
    return Fault(reference.at.spot, f"no document has the id `{reference.target}`", hint)


def _wrong_kind(reference: Reference, kind: str) -> Fault:
    message = f"`{reference.target}` is a {kinds()[kind].one} where a {kinds()[reference.kind].one} belongs"
    return Fault(reference.at.spot, message, f"name a {kinds()[reference.kind].one}")
