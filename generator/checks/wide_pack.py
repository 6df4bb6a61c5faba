"""A pack shows its vendor what the vendor may not see.

A pack leaves your organisation, so its `audience` must be below `internal`, and not above the audience that the vendor
has in `content/vocabulary.yaml`. A vendor with no audience there, or with `internal`, may read what is for `vendor`.
Its trainer's kit has the answers, so `trainers` must be an audience above the pack's.

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
from generator.library.packing import too_narrow, too_wide


def check(library: Library) -> Iterator[Fault]:
    if library.vocabulary is None:
        return
    for document, pack in library.each(Pack):
        audiences = library.vocabulary.audiences
        if pack.audience not in audiences or pack.vendor not in library.vocabulary.vendors:
            continue
        if fault := too_wide(library.vocabulary, pack):
            yield Fault(Spot(document.path, ("audience",)), *fault)
        elif pack.trainers in audiences and (fault := too_narrow(library.vocabulary, pack)):
            yield Fault(Spot(document.path, ("trainers",)), *fault)
