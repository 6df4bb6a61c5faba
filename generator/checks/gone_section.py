"""A citation names a section that its policy no longer has.

The section was removed, or it moved. The policy's history says when and where to.

Bad:
    cites: [payments#chargebacks@2.1]   # moved to disputes#chargebacks in 3.0

Good:
    cites: [disputes#chargebacks@1.0]
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.target import Target
from generator.findings import Fault, Related, Spot
from generator.library.citations import Cited, Phase, citations
from generator.library.library import Library, is_policy
from generator.library.timeline import ENDINGS


def check(library: Library) -> Iterator[Fault]:
    for cited in citations(library):
        for phase in cited.phases:
            if cited.section is not None and phase.last.kind in ENDINGS:
                yield _make_fault(library, cited, phase)


def _make_fault(library: Library, cited: Cited, phase: Phase) -> Fault:
    last = phase.last
    became = f"moved to `{last.to}`" if last.to else "was removed"
    message = f"`{cited.target}` {became} in {last.version} (in force since {last.effective})"
    related = Related(Spot(cited.document.path, last.keys), last.note or "the history has no note")
    return Fault(
        cited.reference.at.spot, message, _suggest_citation(library, last.to), (related,), phase.since, phase.until
    )


def _suggest_citation(library: Library, to: Target | None) -> str:
    if to is None:
        return "cite what the procedure rests on now, or remove what rested on the section"
    policy = library.find(to.id)
    version = f"@{policy.body.version}" if is_policy(policy) and policy else ""
    return f"read it there, then write `{to}{version}`"
