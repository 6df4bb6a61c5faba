"""No golden case of a decision tree ends at an outcome.

A change to the tree could move it or cut it off, and no test would notice. Golden cases are also the questions of the
training packs: an outcome without one is never trained.

Bad:
    outcomes: {lock: ..., leave: ...}
    cases: [{id: phished, answers: ["yes"], outcome: lock, ...}]

Good:
    cases: [{id: phished, answers: ["yes"], outcome: lock, ...}, {id: new-phone, answers: ["no"], outcome: leave, ...}]
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.decisions.graph import spell_out, write_answers
from generator.findings import Fault, Spot
from generator.library.library import Library

SEVERITY = "warning"


def check(library: Library) -> Iterator[Fault]:
    for document, tree, graph in library.decisions:
        if not graph.is_whole:
            continue
        ways = graph.ways
        tested = {case.outcome for case in tree.cases}
        if not tested:
            yield Fault(
                Spot(document.path, ("id",)),
                "no golden case tests the tree",
                "add `cases`, at least one for each outcome",
            )
            continue
        if tested - tree.outcomes.keys():
            continue  # a case names an unknown outcome, and may be meant for any of these
        for name in tree.outcomes:
            if name in ways and name not in tested:
                answers = write_answers(graph.case(ways[name]))
                message = f"no golden case ends at `{name}`; a path there: {spell_out(ways[name])}"
                spot = Spot(document.path, ("outcomes", name), key=True)
                yield Fault(spot, message, f"add a case with `answers: {answers}` and `outcome: {name}`")
