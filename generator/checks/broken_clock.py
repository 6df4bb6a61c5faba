"""The time of a step counts from something that does not begin before it.

An hour that runs from when a report is opened is kept by whoever opens it late. `counts_from` names `arrival`, or a
step that is done before this one; without it the time counts from when the step before was done.

Bad:
    - {id: reply, within: 1h, counts_from: opening, ...}

Good:
    - {id: reply, within: 1h, counts_from: arrival, ...}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.types.sop import ARRIVAL, Sop
from generator.findings import Fault, Spot
from generator.library.library import Library
from generator.wording import did_you_mean


def check(library: Library) -> Iterator[Fault]:
    for document, sop in library.each(Sop):
        earlier: list[str] = []
        for number, step in enumerate(sop.steps):
            spot = Spot(document.path, ("steps", number, "counts_from"))
            known = [ARRIVAL, *earlier]
            if step.counts_from and step.within is None:
                yield Fault(spot, "nothing is counted here: the step has no `within`", "add `within`, or remove this")
            elif step.counts_from and step.counts_from not in known:
                hint = did_you_mean(step.counts_from, known, f"use one of {', '.join(known)}")
                yield Fault(spot, f"no step before this one is `{step.counts_from}`", hint)
            earlier += [step.id, *step.formerly]
