"""Compares the decisions of a library with those of an older state of it."""

from __future__ import annotations

from typing import NamedTuple

from generator.decisions.comparison import Comparison
from generator.decisions.endings import Endless
from generator.decisions.graph import Graph
from generator.decisions.refinement import TooFar
from generator.documents import Document
from generator.library.library import Library


class Decisions(NamedTuple):
    """The decisions of a library by id, and the ids of all documents that have format errors."""

    by_id: dict[str, tuple[Document, Graph]]
    malformed: frozenset[str]

    def has(self, name: str) -> bool:
        return name in self.by_id or name in self.malformed


class Verdict(NamedTuple):
    """The result for one decision: where its paths now end elsewhere, or in `why` why it was not compared."""

    name: str
    versions: tuple[str, ...] = ()
    comparison: Comparison | None = None
    why: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether it decides something else; true if the two could not be compared."""
        return self.comparison is None or self.comparison.total > 0


def decisions(library: Library) -> Decisions:
    """The decisions of a library; if two have the same id, the one that references lead to."""
    by_id = {d.id: (d, graph) for d, _, graph in library.decisions if library.by_id[d.id] is d}
    malformed = {document.id for document in library.documents if not document.sound}
    return Decisions(by_id, frozenset({*library.malformed, *malformed}))


def compare(name: str, old: Decisions, new: Decisions) -> Verdict:
    """Compares one decision with its older state, by the id that it has now or had last."""
    formerly = new.by_id[name][0].body.formerly if name in new.by_id else []
    was = next((id for id in (name, *formerly) if old.has(id)), name)
    if name in new.malformed:
        return Verdict(name, why="cannot be compared: the new version has format errors (playbook check)")
    if was in old.malformed:
        return Verdict(name, why="cannot be compared: the old version has format errors")
    if was not in old.by_id or name not in new.by_id:
        return Verdict(name, why="is new" if name in new.by_id else "is gone")
    return compare_states(name, old.by_id[was], new.by_id[name])


def compare_states(name: str, old: tuple[Document, Graph], new: tuple[Document, Graph]) -> Verdict:
    """Compares two sound states of one decision."""
    for (_, graph), age in ((old, "old"), (new, "new")):
        if not graph.is_whole:
            reason = "has too many paths" if graph.is_too_wide else "has answers that lead nowhere, or to two places"
            return Verdict(name, why=f"cannot be compared: the {age} version {reason}")
    versions = tuple(dict.fromkeys(document.body.version for document, _ in (old, new)))
    try:
        return Verdict(name, versions, Comparison(old[1], new[1]))
    except TooFar:
        return Verdict(name, versions, why="has changed too much to be compared path by path: read it again as a whole")
    except Endless:
        return Verdict(name, why="cannot be compared: its paths never end (playbook check)")
