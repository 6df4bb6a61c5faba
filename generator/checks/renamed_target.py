"""A reference uses a former id of a document, or of a part of one.

The link still works. Write the new id, so that the old one can be dropped some day. Parts keep their old ids as
documents do: `formerly: [verify]` in a step, section, question, input, outcome or case.

Bad:
    Go on with [[account-recovery]].

Good:
    Go on with [[restore-account]].
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents import Document
from generator.documents.target import Target
from generator.findings import Advice, Fault
from generator.library.library import Library

SEVERITY = "warning"


def check(library: Library) -> Iterator[Fault]:
    old = {target.id for target, document in library.destinations.items() if target.id != document.id}
    moved = {target for target, document in library.destinations.items() if _is_renamed(target, document)}
    for reference, document in library.resolved if old or moved else ():
        target = reference.target
        if document.body.is_gone or not (target.id in old or target in moved):
            continue
        was, now, new = target.id, document.id, target.text.replace(target.id, document.id, 1)
        if target in moved:
            was, now = Target.parse(target.text).name, Target.of(document.id, target.part, target.version).text
            new = now
        hint = Advice(f"write `{now}`", new, target.text, is_safe=True)
        yield Fault(reference.at.spot, f"`{was}` is now called `{now.partition('@')[0]}`", hint, cause=was)


def _is_renamed(target: Target, document: Document) -> bool:
    """Whether the part that a target names has another id now."""
    if not (target.part and document.may_rename_parts):
        return False
    return target.part in document.renamed_parts.values() and Target.parse(target.text).part != target.part
