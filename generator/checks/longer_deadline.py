"""A procedure gives itself more time than its severity does, and does not say why.

Its page and the clock of a case follow the procedure, and whoever knows the severity expects an answer sooner. Leave
out `sla`, so that the times of the severity hold, or say in `reason` why this takes longer. A business day counts as a
day here.

Bad:
    severity: S1               # first_response: 1h in the vocabulary
    sla: {first_response: 1bd}

Good:
    severity: S1
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents import VOCABULARY
from generator.documents.deadlines import FIRST, deadlines
from generator.documents.types.sop import Sop
from generator.documents.values import word_value
from generator.findings import Fault, Related, Spot
from generator.library.library import Library

SEVERITY = "warning"


def check(library: Library) -> Iterator[Fault]:
    vocabulary = library.vocabulary
    if vocabulary is None:
        return
    for document, sop in library.each(Sop):
        if sop.is_gone or sop.sla.reason or sop.severity is None:
            continue
        later = next((one for one in deadlines(sop, vocabulary) if one.is_later), None)
        if later:
            own, general = (word_value("duration", text) for text in (later.own, later.general))
            what = "answers" if later.name == FIRST else "resolves"
            message = f"{sop.severity} {what} within {general}, and this procedure within {own}"
            hint = "remove `sla`, or say why it takes longer, as `reason: The law gives us a month.`"
            related = (Related(Spot(VOCABULARY, ("severities", sop.severity, later.name)), "the time of the severity"),)
            yield Fault(Spot(document.path, ("sla", later.name)), message, hint, related)
