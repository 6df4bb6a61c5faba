"""The data that the walker's script needs of a decision: the ids of its questions, and where each answer leads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.decisions.graph import Graph
from generator.documents import Document


def ways(document: Document, graph: Graph) -> dict[str, Any]:
    """Where the answers lead: `sections` has the answers of each part of the page that asks, by the part's id.

    `questions` has for each the id of its part, where that is another than its own as with a table, and what follows
    from its answers in their order.
    """
    asked = {graph.asks[name]: list(question.answers) for name, question in graph.questions.items()}
    return {
        "id": document.id,
        "title": " ".join(document.body.title.split()),
        "version": document.body.version,
        "start": graph.start,
        "sections": asked,
        "questions": {
            name: ["" if graph.asks[name] == name else graph.asks[name], list(turns.values())]
            for name, turns in graph.turns.items()
        },
    }


def way_of(graph: Graph, answers: Sequence[str]) -> str:
    """The way of a golden case as the page's address says it."""
    return "#walk=" + ".".join(turn.answer for _, turn in graph.given(answers))
