"""The data that the walker's script needs of a decision: the ids of its questions, and where each answer leads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.decisions.choice import Choice
from generator.decisions.graph import Graph
from generator.decisions.ranges import PAST
from generator.decisions.refinement import Reader
from generator.documents import Document


def ways(document: Document, graph: Graph) -> dict[str, Any]:
    """Where the answers lead: `sections` has the answers of each part of the page that asks, by the part's id.

    `questions` has for each the id of its part, where that is another than its own as with a table, and what follows
    from its answers in their order. `asked` has, by part, what takes a value or several answers.
    """
    asked = {graph.asks[name]: list(question.answers) for name, question in graph.questions.items()}
    return {
        "id": document.id,
        "title": " ".join(document.body.title.split()),
        "version": document.body.version,
        "start": graph.start,
        "sections": asked,
        "asked": {name: _describe_reader(one) for name, one in graph.readers.items() if name in asked},
        "questions": {
            name: ["" if graph.asks[name] == name else graph.asks[name], list(turns.values())]
            for name, turns in graph.turns.items()
        },
    }


def _describe_reader(reader: Reader) -> dict[str, Any]:
    """How the answer to what is given is found: by ranges (see Edge in walker-values.js), or by what must be ticked."""
    if isinstance(reader, Choice):
        needs = [[name, sorted(need)] for name, need in reader.needs.items()]
        return {"takes": "several", "unit": "", "bands": {}, "needs": needs}
    bands = {
        name: [[edge.text, edge.key in PAST] if edge else None for edge in band] for name, band in reader.bands.items()
    }
    return {"takes": reader.takes, "unit": reader.unit, "bands": bands, "needs": []}


def way_of(graph: Graph, answers: Sequence[str]) -> str:
    """The way of a golden case as the page's address says it; what counts from today is told by its answer alone."""
    return "#walk=" + ".".join(
        _tell(turn.answer, answers[number], graph.readers.get(graph.asks[turn.question]))
        for number, turn in graph.given(answers)
    )


def _tell(answer: str, given: str, reader: Reader | None) -> str:
    is_value = reader is not None and given != answer and not given.startswith("today")
    return f"{answer}~{given.replace('.', '_')}" if is_value else answer
