"""A reference leads to a deprecated or retired document.

Somebody in the middle of a case would be sent to what no longer holds. Documents that are themselves
deprecated or retired may refer to others.

Bad:
    Answer with [[old-refund-reply]].

Good:
    Answer with [[refund-refused]].
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.findings import Fault, Related, Spot
from generator.library import Library


def check(library: Library) -> Iterator[Fault]:
    for reference, target in library.resolved:
        if not target.body.is_gone or reference.at.keys[0] == "superseded_by":
            continue
        source = reference.at.source
        if source is not None and source.body.is_gone:
            continue
        successor = target.body.superseded_by
        hint = f"refer to `{successor}`" if successor else "refer to what replaces it, or remove the reference"
        related = Related(Spot(target.path, ("status",)), f"{target.body.status} here")
        yield Fault(reference.at.spot, f"`{target.id}` is {target.body.status}", hint, (related,))
