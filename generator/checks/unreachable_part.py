"""No path through a decision tree reaches a question or an outcome.

Nobody will ever be asked it, or decide it. A loop that is cut off from the start counts too, although each of its
questions has answers that lead there.

Bad:
    start: signal       # and no answer anywhere leads to `mfa`
    questions: {signal: ..., mfa: ...}

Good:
    questions:
      signal: {ask: ..., answers: {"yes": {label: "Yes", go: mfa}, ...}}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.decision_tree import DecisionTree
from generator.findings import Fault, Spot
from generator.graph import Graph
from generator.library import Library


def check(library: Library) -> Iterator[Fault]:
    for document, tree in library.each(DecisionTree):
        graph = Graph(tree)
        if not graph.is_whole:
            continue
        for group in ("questions", "outcomes"):
            for name in getattr(tree, group):
                if name not in graph.ways:
                    yield Fault(Spot(document.path, (group, name), key=True), *_words(graph, group[:-1], name))


def _words(graph: Graph, what: str, name: str) -> tuple[str, str]:
    leading = [f"`{q}` {a}" for q, answers in graph.turns.items() for a, to in answers.items() if to == name]
    only = f"; {' and '.join(leading)} lead there, and no path reaches that either" if leading else ""
    return f"no path reaches the {what} `{name}`{only}", f"let an answer lead to it, or remove the {what}"
