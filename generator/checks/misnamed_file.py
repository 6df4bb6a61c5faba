"""The name of a file is not the id of its document.

Anyone who reads an id must be able to open the file without searching. Files end in `.yaml`, pages in `.md`.
A copy that still has the id of its original is reported as a duplicate id only.

Bad:
    sops/recover.yaml with `id: restore-account`

Good:
    sops/restore-account.yaml with `id: restore-account`
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.findings import Fault, Spot
from generator.library.library import Library


def check(library: Library) -> Iterator[Fault]:
    for document in library.documents:
        name = document.path.rpartition("/")[2]
        expected = document.id + document.kind.suffix
        if name != expected and library.by_id[document.id] is document:
            message = f"the file is named `{name}`, not `{expected}`"
            yield Fault(Spot(document.path, ("id",)), message, f"rename the file to `{expected}`, or fix the id")
