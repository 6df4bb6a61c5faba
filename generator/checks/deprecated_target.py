"""A reference leads to a document that is deprecated: it still holds, and will be retired.

Whoever writes now should refer to what will hold. Documents that are themselves deprecated or retired may refer to it.

Bad:
    Answer with [[refund-reply-of-last-year]].

Good:
    Answer with [[refund-refused]].
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.findings import Advice, Fault, Related, Spot
from generator.library.library import Library

SEVERITY = "warning"


def check(library: Library) -> Iterator[Fault]:
    old = {one.path for one in library.destinations.values() if one.body.status == "deprecated"}
    for reference, target in library.resolved if old else ():
        source = reference.at.source
        if target.path not in old or reference.at.keys[0] == "superseded_by" or (source and source.body.is_gone):
            continue
        successor = target.body.superseded_by
        hint = (
            Advice(f"refer to `{successor}`", str(successor), reference.target.id)
            if successor
            else "refer to what will replace it, before it is retired"
        )
        related = (Related(Spot(target.path, ("status",)), "deprecated here"),)
        yield Fault(reference.at.spot, f"`{target.id}` is deprecated", hint, related, cause=target.id)
