"""Which golden cases a trainee practises, and sees on the pages, and which are kept back for the knowledge checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from generator.documents import Document
from generator.documents.types.decision_tree import Decision
from generator.library.library import Library
from generator.publishing.training.situation import Situation, situations

MOST = 3  # cases to practise on one decision; whoever has walked three knows how it goes


def choose_practice(view: Library, taught: Iterable[Document]) -> dict[str, tuple[Situation, ...]]:
    """The cases to practise, by the id of the decision: of different outcomes, and never the only one of its outcome.

    What is practised is never asked, so that each outcome that can be asked about still is; nor is the only case on one
    side of a limit practised, so that both sides can be asked.
    """
    known = {document.path: (decision, graph) for document, decision, graph in view.decisions}
    return {
        document.id: _choose(list(situations(view, document, *known[document.path])))
        for document in taught
        if document.path in known
    }


def _choose(some: list[Situation]) -> tuple[Situation, ...]:
    by_outcome: dict[str, list[Situation]] = {}
    for one in some:
        by_outcome.setdefault(one.case.outcome, []).append(one)
    several = sorted((cases for cases in by_outcome.values() if len(cases) > 1), key=len, reverse=True)
    left = Counter(side for one in some for side in one.sides)
    chosen: list[Situation] = []
    for cases in several:
        free = (one for one in cases if all(left[side] > 1 for side in one.sides))
        if len(chosen) < MOST and (picked := next(free, None)):
            chosen.append(picked)
            left.subtract(picked.sides)
    return tuple(chosen)


def show_practice(view: Library, practised: Mapping[str, tuple[Situation, ...]]) -> Library:
    """The library whose pages show of these decisions just the cases to practise: the others are the answers."""
    shown = {}
    for name, some in practised.items():
        document, kept = view.by_id[name], {one.case.id for one in some}
        assert isinstance(document.body, Decision)
        cases = [case for case in document.body.cases if case.id in kept]
        shown[document.path] = replace(document, body=document.body.model_copy(update={"cases": cases}))
    return view.with_documents(shown)
