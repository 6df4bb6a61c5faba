"""The meaning of a cited section has changed since the version that the citation names.

The author read a text that no longer applies. Only changes of meaning that are in force count: a `clarified` section
makes nothing stale, and neither does a newer version that left the section alone. A citation of a whole policy rests on
every section of it.

Bad:
    cites: [payments#chargebacks@2.1]   # tightened in 3.0, in force since 2026-09-01

Good:
    cites: [payments#chargebacks@3.0]
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from generator.findings import Fault, Related, Spot
from generator.library.citations import Cited, Phase, citations
from generator.library.library import Library
from generator.library.timeline import ENDINGS
from generator.wording import review_command

SHOWN = 10  # changes, the newest first: a section with 300 of them has as many phases, and each would tell of all


def check(library: Library) -> Iterator[Fault]:
    for cited in citations(library):
        for phase in cited.phases:
            if cited.section is None or phase.last.kind not in ENDINGS:
                yield _make_fault(cited, phase)


def _make_fault(cited: Cited, phase: Phase) -> Fault:
    last, source = phase.last, cited.reference.at.source
    what = "its meaning" if cited.section else f"section `{last.section}`"
    message = (
        f"this cites `{cited.target}` at {cited.version}; {what} changed in {last.version}"
        f" ({last.kind}, in force since {last.effective})"
    )
    section = next((part for part in cited.policy.sections if part.id == last.section), None)
    read = f"read section {section.number} again" if section else f"read `{cited.policy.id}` again"
    hint = f"{read}, then: {review_command(source.id)}" if source else f"{read}, then write @{last.version}"
    related = tuple(
        Related(
            Spot(cited.document.path, change.keys),
            f"{change.kind} in {change.version}{f': {change.note}' if change.note else ', without a note'}",
        )
        for change in islice(reversed(phase.changes), SHOWN)
    )
    return Fault(cited.reference.at.spot, message, hint, related, phase.since, phase.until)
