"""A golden case of a decision tree does not end where it says.

A golden case is a test of the tree: its answers, given in order from the start, must lead to its outcome.
Either the tree has changed its mind, or the case is wrong; a person decides which.

Bad:
    answers: ["yes"]
    outcome: leave      # where "yes" leads to lock

Good:
    answers: ["yes"]
    outcome: lock
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.decision_tree import Case, DecisionTree
from generator.findings import Fault, Keys, Related, Spot
from generator.graph import Graph
from generator.library import Library
from generator.nearest import did_you_mean


def check(library: Library) -> Iterator[Fault]:
    for document, tree in library.each(DecisionTree):
        for index, case in enumerate(tree.cases):
            for keys, message, hint in _faults(tree, case):
                spot = Spot(document.path, ("cases", index, *keys))
                yield Fault(spot, f"case `{case.id}` {message}", hint, _parted(document.path, tree, index))


def _faults(tree: DecisionTree, case: Case) -> Iterator[tuple[Keys, str, str]]:
    if case.outcome not in tree.outcomes:
        hint = did_you_mean(case.outcome, tree.outcomes, "name an outcome of this tree")
        yield ("outcome",), f"expects `{case.outcome}`, which is no outcome", hint
        return
    at = tree.start
    for number, answer in enumerate(case.answers):
        question = tree.questions.get(at)
        if question is None:
            if at in tree.outcomes:
                yield ("answers", number), f"has answers left at the outcome `{at}`", "remove the rest"
            return
        if answer not in question.answers:
            hint = did_you_mean(answer, question.answers, f"answer with one of {', '.join(question.answers)}")
            yield ("answers", number), f"answers `{answer}`, which `{at}` does not offer", hint
            return
        at = question.answers[answer].go
    if at in tree.questions:
        yield ("answers",), f"stops at the question `{at}`", "add the answers that lead to an outcome"
    elif at in tree.outcomes and at != case.outcome:
        yield (
            ("outcome",),
            f"ends at `{at}` and not at `{case.outcome}`",
            "mend the answers, the outcome or the tree",
        )


def _parted(path: str, tree: DecisionTree, index: int) -> tuple[Related, ...]:
    """The answer of a case after which its outcome can no longer be reached."""
    case, at, graph = tree.cases[index], tree.start, Graph(tree)
    for number, answer in enumerate(case.answers):
        to = graph.turns.get(at, {}).get(answer)
        if to is None or case.outcome not in graph.ways_from(at):
            return ()
        if case.outcome not in graph.ways_from(to):
            message = f"after `{at}` {answer} no path leads to `{case.outcome}` any more"
            return (Related(Spot(path, ("cases", index, "answers", number)), message),)
        at = to
    return ()
