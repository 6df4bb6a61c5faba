"""A path through a decision tree asks the same question twice.

Either two questions on the path read the same, or the path comes back to an earlier question. The second answer can
contradict the first.

Bad:
    first: {ask: Is the member in danger?, answers: {"no": {go: second}, ...}}
    second: {ask: Is the member in danger?, answers: ...}

Good:
    second: {ask: Has money left the account?, answers: ...}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.decisions.graph import Graph, Way, spell_out
from generator.findings import Fault, Related, Spot
from generator.library.library import Library


def check(library: Library) -> Iterator[Fault]:
    for document, decision, graph in library.decisions:
        circle = graph.circle
        if circle and circle[0].question in graph.leading_out:
            way = (*graph.ways[circle[0].question], *circle)
            hint = "let the last answer lead to a new question or an outcome"
            keys = (decision.group, circle[-1].question, "answers", circle[-1].answer, "go")
            message = f"a path comes back to `{circle[0].question}`: {spell_out(way)}"
            yield Fault(Spot(document.path, keys), message, hint)
        for first, second, way in _find_twins(graph):
            message = (
                f"`{first}` and `{second}` ask the same question on one path: {spell_out((*graph.ways[first], *way))}"
            )
            before = Spot(document.path, (decision.group, graph.asks[first], "ask"))
            spot = Spot(document.path, (decision.group, graph.asks[second], "ask"))
            other = Related(before, "first asked here")
            yield Fault(spot, message, "use the first answer, or ask something else", (other,))


def _find_twins(graph: Graph) -> Iterator[tuple[str, str, Way]]:
    """Pairs of questions with the same wording, with a way from the first to the second; each second one once.

    A table may ask about one input in several places: that is one question.
    """
    asked: dict[str, list[str]] = {}
    for name, question in graph.questions.items():
        if name in graph.ways:
            asked.setdefault(" ".join(question.ask.lower().split()), []).append(name)
    reported: set[str] = set()
    for names in asked.values():
        for first in names:
            seconds = [name for name in names if graph.asks[name] not in {graph.asks[first], *reported}]
            behind = graph.ways_from(first) if seconds else {}
            for second in seconds:
                if second in behind and graph.asks[second] not in reported:
                    reported.add(graph.asks[second])
                    yield first, second, behind[second]
