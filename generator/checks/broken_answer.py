"""A decision tree leads to a question or outcome that it does not have.

The analyst would be stuck in the middle of a case.

Bad:
    answers:
      "yes": {label: "Yes", go: lokc}

Good:
    answers:
      "yes": {label: "Yes", go: lock}
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.documents.types.decision_tree import DecisionTree
from generator.findings import Fault, Keys, Spot
from generator.library.library import Library
from generator.wording import did_you_mean


def check(library: Library) -> Iterator[Fault]:
    for document, tree in library.each(DecisionTree):
        known = {*tree.questions, *tree.outcomes}
        for keys, target in _list_targets(tree):
            if target not in known:
                hint = partial(did_you_mean, target, known, "add the question or outcome, or fix the id")
                yield Fault(Spot(document.path, keys), f"no question or outcome has the id `{target}`", hint)


def _list_targets(tree: DecisionTree) -> Iterator[tuple[Keys, str]]:
    yield ("start",), tree.start
    for name, question in tree.questions.items():
        for answer_id, answer in question.answers.items():
            yield ("questions", name, "answers", answer_id, "go"), answer.go
