"""A reference uses a former id of a document.

The link still works. Write the new id, so that the old one can be dropped some day.

Bad:
    Go on with [[account-recovery]].

Good:
    Go on with [[restore-account]].
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.findings import Fault
from generator.library.library import Library

SEVERITY = "warning"


def check(library: Library) -> Iterator[Fault]:
    old = library.renamed.keys() - library.by_id.keys()
    for reference, target in library.resolved if old else ():
        if reference.target.id in old and not target.body.is_gone:
            hint = f"write `{target.id}`"
            message = f"`{reference.target.id}` is now called `{target.id}`"
            yield Fault(reference.at.spot, message, hint, cause=reference.target.id)
