"""A decision tree has a circle with no way out.

An analyst who gets into it is asked the same questions forever, and no answer leads to an outcome.

Bad:
    first: {answers: {"yes": {go: second}, "no": {go: second}}}
    second: {answers: {"yes": {go: first}, "no": {go: first}}}

Good:
    second: {answers: {"yes": {go: first}, "no": {go: nothing-to-do}}}   # an outcome
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.decisions.graph import spell_out
from generator.findings import Fault, Spot
from generator.library.library import Library


def check(library: Library) -> Iterator[Fault]:
    for document, _, graph in library.decisions:
        if not graph.is_whole:
            continue
        trapped = [name for name in graph.ways if name in graph.turns and name not in graph.leading_out]
        for name in trapped:
            way = graph.ways[name]
            if not way or way[-1].question not in trapped:
                message = f"from `{name}` on, no answer leads to an outcome; the path there: {spell_out(way)}"
                yield Fault(
                    Spot(document.path, ("questions", name), key=True), message, "let an answer lead out of the circle"
                )
