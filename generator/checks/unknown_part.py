"""The history names a part that the document does not have.

`parts` of an entry are the steps, questions, decisions, cases or languages that read otherwise since then. A page
marks them for whoever read an earlier version, so each must be there. A former id will do; of a part that is gone, the
note tells in words.

Bad:
    history: [{version: "2.1", on: 2026-11-02, note: Two proofs instead of one., parts: [verfy]}]

Good:
    history: [{version: "2.1", on: 2026-11-02, note: Two proofs instead of one., parts: [verify]}]
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.header import Historied
from generator.findings import Fault, Spot
from generator.library.library import Library
from generator.wording import did_you_mean

SEVERITY = "warning"


def check(library: Library) -> Iterator[Fault]:
    for document, body in library.each(Historied):
        for number, entry in enumerate(body.history):
            for place, name in enumerate(entry.parts):
                if name not in document.parts and name not in document.renamed_parts:
                    hint = did_you_mean(name, document.parts, "remove it; the note says what is gone")
                    spot = Spot(document.path, ("history", number, "parts", place))
                    yield Fault(spot, f"the document has no part `{name}`", hint)
