"""What has become of the decisions of a library since an older state of it."""

from __future__ import annotations

from typing import NamedTuple

from generator.decisions.comparison import Comparison, Endless, TooFar
from generator.decisions.graph import Graph
from generator.documents import Document
from generator.library.library import Library


class Decisions(NamedTuple):
    """The decisions of a library by id, and the ids of all documents that have mistakes of form."""

    by_id: dict[str, tuple[Document, Graph]]
    malformed: frozenset[str]

    def has(self, name: str) -> bool:
        return name in self.by_id or name in self.malformed


class Verdict(NamedTuple):
    """What has become of one decision: where its paths end otherwise, or in `why` what keeps it from being compared."""

    name: str
    versions: tuple[str, ...] = ()
    comparison: Comparison | None = None
    why: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether it decides something else, as far as anybody can tell."""
        return self.comparison is None or self.comparison.total > 0


def decisions(library: Library) -> Decisions:
    """The decisions of a library; of two with one id the one that references lead to."""
    found = {one.id: (one, graph) for one, _, graph in library.decisions if library.by_id[one.id] is one}
    malformed = {document.id for document in library.documents if not document.sound}
    return Decisions(found, frozenset({*library.malformed, *malformed}))


def compare(name: str, old: Decisions, new: Decisions) -> Verdict:
    """One decision as it was and as it is, by the id that it has now or had last."""
    formerly = new.by_id[name][0].body.formerly if name in new.by_id else []
    was = next((one for one in (name, *formerly) if old.has(one)), name)
    if name in new.malformed:
        return Verdict(name, why="cannot be compared: it has mistakes of form now (playbook check)")
    if was in old.malformed:
        return Verdict(name, why="cannot be compared: it had mistakes of form then")
    if was not in old.by_id or name not in new.by_id:
        return Verdict(name, why="is new" if name in new.by_id else "is gone")
    return _compare_paths(name, old.by_id[was], new.by_id[name])


def _compare_paths(name: str, old: tuple[Document, Graph], new: tuple[Document, Graph]) -> Verdict:
    for (_, graph), when in ((old, "then"), (new, "now")):
        if not graph.is_whole:
            reason = "it leads in too many ways" if graph.is_too_wide else "answers lead nowhere, or two ways at once,"
            return Verdict(name, why=f"cannot be compared: {reason} {when}")
    versions = tuple(dict.fromkeys(document.body.version for document, _ in (old, new)))
    try:
        return Verdict(name, versions, Comparison(old[1], new[1]))
    except TooFar:
        return Verdict(name, versions, why="has changed too far to be compared path by path: read it again as a whole")
    except Endless:
        return Verdict(name, why="cannot be compared: its paths have no end (playbook check)")
