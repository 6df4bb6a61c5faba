"""A pack shows its vendor what the vendor may not see.

A pack leaves your organisation, so its `audience` must be below `internal`, and not above the audience that the vendor
has in `content/vocabulary.yaml`. A vendor with no audience there, or with `internal`, may read what is for `vendor`.

Bad:
    vendor: acme
    audience: internal

Good:
    vendor: acme
    audience: vendor
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.types.pack import Pack
from generator.findings import Fault, Spot
from generator.library.library import Library
from generator.library.packing import too_wide


def check(library: Library) -> Iterator[Fault]:
    if library.vocabulary is None:
        return
    for document, pack in library.each(Pack):
        is_known = pack.audience in library.vocabulary.audiences and pack.vendor in library.vocabulary.vendors
        if is_known and (fault := too_wide(library.vocabulary, pack)):
            yield Fault(Spot(document.path, ("audience",)), *fault)
