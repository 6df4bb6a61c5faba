"""All questions that a pack can ask, from the golden cases of the decisions that it teaches."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from generator.decisions.graph import Graph
from generator.documents import Document
from generator.documents.types.decision_tree import Decision
from generator.library.library import Library
from generator.publishing.training.asking import ways_of_asking
from generator.publishing.training.limits import Side, are_opposite
from generator.publishing.training.question import QuizQuestion
from generator.publishing.training.situation import situations

ALIKE = 0.5  # of the words of two scenarios: more in common, and whoever read one has read the other
WORD = re.compile(r"\w{4,}")


class Bank:
    """The questions about some documents, each as the readers of a library see it, in the order of the documents.

    `silent` are the decisions among them that nothing can be asked about: no golden case, or no way to its outcome.
    Nothing is asked about the golden cases `shown`, each as `decision.case`.
    """

    def __init__(self, view: Library, documents: Iterable[Document], shown: Collection[str] = ()) -> None:
        known = {document.path: (decision, graph) for document, decision, graph in view.decisions}
        asked = {
            document: list(_ask(view, document, *known[document.path]))
            for document in documents
            if document.path in known
        }
        every = list(_settle(question for some in asked.values() for question in some))
        self.questions = [question for question in every if question.case not in shown]
        self.silent = [document for document, some in asked.items() if not some]


def _ask(view: Library, document: Document, decision: Decision, graph: Graph) -> Iterator[QuizQuestion]:
    for here in situations(view, document, decision, graph):
        for ask in ways_of_asking().values():
            yield from ask(here)


def _settle(questions: Iterable[QuizQuestion]) -> Iterator[QuizQuestion]:
    """The questions, with one group for all cases that read alike.

    Two across a limit are not alike, whatever their words are: the answer to one is not the answer to the other.
    """
    words: dict[str, frozenset[str]] = {}
    joined: dict[str, str] = {}
    stands: dict[str, set[Side]] = {}
    for question in questions:
        if question.group not in joined:
            case = question.scenario.partition("\n\n")[0]  # without what is known so far, which is alike in a decision
            own = frozenset(WORD.findall(case.casefold()))
            like = (
                joined[name]
                for name, other in words.items()
                if _is_alike(own, other) and not are_opposite(question.sides, stands[joined[name]])
            )
            joined[question.group] = home = next(like, question.group)
            words[question.group] = own
            stands.setdefault(home, set()).update(question.sides)
        yield replace(question, group=joined[question.group])


def _is_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) > ALIKE * len(one | other)
