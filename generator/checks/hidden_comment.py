"""A text holds a comment that no reader sees.

Whoever writes `<!-- ... -->` or `[//]: # (...)` writes to colleagues. No page, pack, search or export shows it, and so
nobody finds it again but the next editor of the file. Prose for internal readers alone is an `internal_note`.

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
    for at, one in library.unseen:
        note = "in an `internal_note`" if at.path.endswith(".yaml") else "on a page for internal readers"
        hint = f"delete it, or write it {note}"
        yield Fault(at.spot, f"{one.what} is left out of every page, pack and export", hint)
