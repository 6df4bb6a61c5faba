"""No golden case takes an answer of a tree, or a row of a table.

An outcome that is reached by three answers is tested by one of them, and a change behind the other two goes unseen: so
it was with "I cannot tell", which led to the harsher side.

Bad:
    answers: {"yes": {go: lock}, unsure: {go: lock}, "no": {go: leave}}
    cases: [{id: phished, answers: ["yes"], outcome: lock, ...}, {id: new-phone, answers: ["no"], outcome: leave, ...}]

Good:
    cases: [..., {id: tired-and-vague, answers: [unsure], outcome: lock, ...}]
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.decisions.graph import Graph, Turn, suggest_case, write_answers
from generator.decisions.table import ANY
from generator.documents import Document
from generator.documents.types.decision_tree import Case, DecisionTable, Row
from generator.findings import Fault, Spot
from generator.library.library import Library

SEVERITY = "warning"


def check(library: Library) -> Iterator[Fault]:
    for document, decision, graph in library.decisions:
        if not graph.is_whole or not decision.cases or decision.status == "draft":
            continue  # that there is no case at all is reported by untested-outcome; a draft is still being written
        if isinstance(decision, DecisionTable):
            yield from _find_rows(document, decision, graph)
        else:
            yield from _find_answers(document, graph)


def _find_answers(document: Document, graph: Graph) -> Iterator[Fault]:
    untested = graph.outcomes - {case.outcome for case in graph.decision.cases}  # reported by untested-outcome
    taken = {turn for case in graph.decision.cases for _, turn in graph.given(case.answers)}
    for question, answers in graph.turns.items():
        left = [one for one, to in answers.items() if Turn(question, one) not in taken and to not in untested]
        if question not in graph.ways or not left:
            continue
        offers = graph.decision.asked[question].offers
        spot = Spot(document.path, (graph.decision.group, question, offers, left[0]), key=True)
        said = " or ".join(f"`{answer}`" for answer in left)
        yield Fault(spot, f"no golden case answers `{question}` with {said}", suggest_case(graph, question, left[0]))


def _find_rows(document: Document, table: DecisionTable, graph: Graph) -> Iterator[Fault]:
    tested = {case.outcome for case in table.cases}
    for number, row in enumerate(table.rows):
        is_taken = any(_takes(table, graph, row, case) for case in table.cases)
        if is_taken or row in graph.unused or row.then not in tested:
            continue
        values = [row.when.get(name, [ANY])[0] for name in table.asked]
        hint = f"add a case with `answers: {write_answers(values)}` and `outcome: {row.then}`"
        yield Fault(Spot(document.path, ("rows", number)), f"no golden case takes row {number + 1}", hint)


def _takes(table: DecisionTable, graph: Graph, row: Row, case: Case) -> bool:
    """Whether a case fits a row and ends as it does."""
    given = {name: graph.read(name, one) for name, one in zip(table.asked, case.answers, strict=False)}
    fits = all(given.get(name, ANY) in (ANY, *wanted) or ANY in wanted for name, wanted in row.when.items())
    return case.outcome == row.then and fits
