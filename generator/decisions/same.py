"""Finds which question and which outcome of a decision is which of an older version of it."""

from __future__ import annotations

from generator.decisions.graph import Graph
from generator.decisions.refinement import Pieces, refine


def match_questions(old: Graph, new: Graph) -> tuple[dict[str, str], dict[str, Pieces]]:
    """What the new decision asks, by the id that the old one has for that, and the pieces of what both ask."""
    was, now = old.decision.asked, new.decision.asked
    gone = {_normalise(asked.ask): name for name, asked in was.items() if name not in now}
    names = {
        name: next((one for one in (name, *asked.formerly) if one in was), gone.get(_normalise(asked.ask), name))
        for name, asked in now.items()
    }
    pieces: dict[str, Pieces] = {}
    for asked, name in names.items():
        if name in was:
            found = refine(old.readers.get(name), new.readers.get(asked))
            if found is None:
                names[asked] = f"{asked} as it is now"
            else:
                pieces[name] = found
    return names, pieces


def match_outcomes(old: Graph, new: Graph) -> dict[str, str]:
    """The id that an outcome has now, by the one that it had: as it says itself, or because it reads the same."""
    was, now = old.decision.outcomes, new.decision.outcomes
    came = {_normalise(end.decision): name for name, end in now.items() if name not in was}
    gone = {name: _normalise(end.decision) for name, end in was.items() if name not in now}
    found = {name: came[words] for name, words in gone.items() if words in came}
    return found | {id: name for name, end in now.items() for id in end.formerly}


def _normalise(ask: str) -> str:
    return " ".join(ask.lower().split())
