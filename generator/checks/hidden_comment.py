"""A text contains a comment that no reader sees.

`<!-- ... -->` and `[//]: # (...)` are notes to colleagues. No page, pack, search or export shows them, so only the next
editor of the file will find them. Text for internal readers only goes in an `internal_note`.

Bad:
    summary: Send the reply. <!-- Legal has not agreed to this yet. -->

Good:
    summary: Send the reply.
    internal_note: Legal has not agreed to this yet.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.findings import Fault
from generator.library.library import Library

SEVERITY = "warning"


def check(library: Library) -> Iterator[Fault]:
    for at, comment in library.unseen:
        note = "in an `internal_note`" if at.path.endswith(".yaml") else "on a page for internal readers"
        hint = f"delete it, or write it {note}"
        yield Fault(at.spot, f"{comment.what} is left out of every page, pack and export", hint)
