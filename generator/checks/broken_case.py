"""A golden case of a decision tree does not end where it says.

A golden case is a test of the tree: its answers, given in order from the start, must lead to its outcome. A case of a
table gives a value for each input, in order, or `any` for an input that makes no difference. A question that takes a
value is answered with one, such as `250`, `14d` or `2026-03-01`; several answers are a list.
Either the tree or the case is wrong; a person decides which.

Bad:
    answers: ["yes"]
    outcome: leave      # where "yes" leads to lock

Good:
    answers: ["yes"]
    outcome: lock
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.decisions.graph import Graph, suggest_answer
from generator.decisions.table import ANY
from generator.documents.types.decision_tree import Case, Decision, DecisionTable, DecisionTree
from generator.findings import Fault, Hint, Keys, Related, Spot
from generator.library.library import Library
from generator.wording import count, did_you_mean


def check(library: Library) -> Iterator[Fault]:
    for document, decision, graph in library.decisions:
        for index, case in enumerate(decision.cases):
            for keys, message, hint in _check_case(decision, graph, case):
                spot = Spot(document.path, ("cases", index, *keys))
                yield Fault(
                    spot, f"case `{case.id}` {message}", hint, _find_wrong_turn(document.path, graph, index, case)
                )


def _check_case(decision: Decision, graph: Graph, case: Case) -> Iterator[tuple[Keys, str, Hint]]:
    if case.outcome not in decision.outcomes:
        hint = partial(did_you_mean, case.outcome, decision.outcomes, "use an outcome of this tree")
        yield ("outcome",), f"expects `{case.outcome}`, which is not an outcome of this tree", hint
    elif isinstance(decision, DecisionTable) and (faults := list(_check_values(decision, graph, case))):
        yield from faults
    elif not graph.flaws:  # with these there is no way to tell which answer a value has
        yield from _check_path(graph, case)


def _check_values(table: DecisionTable, graph: Graph, case: Case) -> Iterator[tuple[Keys, str, Hint]]:
    """Answers of a table's case that their input does not offer, and answers that are missing or too many."""
    if len(case.answers) != len(table.inputs):
        message = f"has {count(len(case.answers), 'answer')} for {count(len(table.inputs), 'input')}"
        yield ("answers",), message, f"give one value for each of {', '.join(table.inputs)}"
        return
    for number, (name, value) in enumerate(zip(table.inputs, case.answers, strict=True)):
        values = table.inputs[name].values
        if name not in graph.flaws and graph.read(name, value) not in values and value != ANY:
            hint = partial(suggest_answer, value, values, graph.readers.get(name))
            yield ("answers", number), f"answers `{value}`, which `{name}` does not offer", hint


def _check_path(graph: Graph, case: Case) -> Iterator[tuple[Keys, str, Hint]]:
    if not graph.outcomes.isdisjoint(graph.questions):
        return  # a question and an outcome share an id, which duplicate-id reports
    at, used = graph.start, 0
    for number, turn in graph.given(case.answers):
        offered = graph.questions[turn.question].answers
        if turn.answer == ANY and isinstance(graph.decision, DecisionTable):
            hint: Hint = f"choose one of {', '.join(offered)}"
            yield ("answers", number), f"leaves `{graph.asks[turn.question]}` open, but the outcome depends on it", hint
            return
        if turn.answer not in offered:
            hint = partial(suggest_answer, turn.answer, offered, graph.readers.get(graph.asks[turn.question]))
            yield ("answers", number), f"answers `{turn.answer}`, which `{turn.question}` does not offer", hint
            return
        at, used = offered[turn.answer].go, number + 1
    if at in graph.questions:
        yield ("answers",), f"stops at the question `{at}`", "add the answers that lead to an outcome"
    elif at in graph.outcomes and isinstance(graph.decision, DecisionTree) and used < len(case.answers):
        yield ("answers", used), f"has answers left over at the outcome `{at}`", "remove them"
    elif at in graph.outcomes and at != case.outcome:
        hint = "fix the answers, the outcome or the tree"
        yield ("outcome",), f"ends at `{at}`, not at `{case.outcome}`", hint


def _find_wrong_turn(path: str, graph: Graph, index: int, case: Case) -> tuple[Related, ...]:
    """The answer of a case after which its outcome can no longer be reached; empty if there is none."""
    for number, (at, answer) in graph.given(case.answers):
        to = graph.turns[at].get(answer)
        if to is None or case.outcome not in graph.ways_from(at):
            return ()
        if case.outcome not in graph.ways_from(to):
            message = f"after `{at}` {answer}, no path leads to `{case.outcome}` any more"
            return (Related(Spot(path, ("cases", index, "answers", number)), message),)
    return ()
