"""No golden case has the value at which one range of a question ends and the next begins.

Most mistakes are made there: `below` instead of `up_to`, and whoever has exactly that value is decided on wrongly.

Bad:
    answers: {small: {below: 100, go: refund}, large: {from: 100, go: ask}}
    cases: [{id: cheap, answers: [20], outcome: refund, ...}, {id: dear, answers: [900], outcome: ask, ...}]

Good:
    cases: [{id: cheap, answers: [20], outcome: refund, ...}, {id: just-a-hundred, answers: [100], outcome: ask, ...}]
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.decisions.graph import Graph, suggest_case
from generator.decisions.measure import Measure
from generator.documents.values import Value
from generator.findings import Fault, Spot
from generator.library.library import Library

SEVERITY = "warning"


def check(library: Library) -> Iterator[Fault]:
    for document, decision, graph in library.decisions:
        measures = {name: one for name, one in graph.readers.items() if isinstance(one, Measure)}
        if not measures or not graph.is_whole or not decision.cases:
            continue  # that there is no case at all is reported by untested-outcome
        tested = _collect_values(graph, measures)
        at = {graph.asks[name]: name for name in reversed(list(graph.ways)) if name in graph.asks}
        for name, measure in measures.items():
            for answer, key, texts in measure.boundaries() if name in at else ():
                if not {measure.read(text) for text in texts} & tested[name]:
                    offers = decision.asked[name].offers
                    spot = Spot(document.path, (decision.group, name, offers, answer, key))
                    message = f"no golden case answers `{name}` with exactly {measure.word(texts[0])}"
                    yield Fault(spot, message, suggest_case(graph, at[name], texts[0]))


def _collect_values(graph: Graph, measures: dict[str, Measure]) -> dict[str, set[Value | None]]:
    """The values with which golden cases answer each question."""
    tested: dict[str, set[Value | None]] = {name: set() for name in measures}
    for case in graph.decision.cases:
        for number, (question, _) in graph.given(case.answers):
            if (name := graph.asks[question]) in measures:
                tested[name].add(measures[name].read(case.answers[number]))
    return tested
