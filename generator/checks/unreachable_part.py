"""No path through a decision tree reaches a question or an outcome.

The question is never asked, or the outcome never decided. A circle that is cut off from the start counts too, although
answers lead to each of its questions. In a table, it is an input that makes no difference, or an outcome that no row
leads to; what only an unused row names is not reported here.

Bad:
    start: signal       # and no answer anywhere leads to `mfa`
    questions: {signal: ..., mfa: ...}

Good:
    questions:
      signal: {ask: ..., answers: {"yes": {label: "Yes", go: mfa}, ...}}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.decisions.graph import Graph
from generator.documents.types.decision_tree import DecisionTable
from generator.findings import Fault, Spot
from generator.library.library import Library


def check(library: Library) -> Iterator[Fault]:
    for document, decision, graph in library.decisions:
        if not graph.is_whole:
            continue
        words = _explain_in_table if isinstance(decision, DecisionTable) else _explain_in_tree
        named = {name for row in graph.unused for name in (*row.when, row.then)}
        asked = {graph.asks[name] for name in graph.ways if name in graph.asks}
        for group, names in ((decision.group, decision.asked), ("outcomes", decision.outcomes)):
            for name in names:
                if name not in graph.ways and name not in asked and name not in named:
                    yield Fault(Spot(document.path, (group, name), key=True), *words(graph, group[:-1], name))


def _explain_in_tree(graph: Graph, what: str, name: str) -> tuple[str, str]:
    leading = [f"`{q}` {a}" for q, answers in graph.turns.items() for a, to in answers.items() if to == name]
    lead, those = ("leads", "that") if len(leading) == 1 else ("lead", "those")
    only = f"; {' and '.join(leading)} {lead} there, and no path reaches {those} either" if leading else ""
    return f"no path reaches the {what} `{name}`{only}", f"let an answer lead to it, or remove the {what}"


def _explain_in_table(graph: Graph, what: str, name: str) -> tuple[str, str]:
    if what == "input":
        hint = "name it in the rows for which it makes a difference, or remove it"
        return f"the decision is the same whatever the input `{name}` is", hint
    return f"no combination leads to the outcome `{name}`", f"add a row with `then: {name}`, or remove the outcome"
