"""Plans the sessions of a pack: for each module what is read, what is discussed, and how many minutes that takes."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from itertools import zip_longest
from typing import Any, NamedTuple

from generator.documents import Document
from generator.documents.text.plain import plain_text
from generator.library.library import Library
from generator.library.packing import Contents
from generator.publishing.training.pace import estimate_reading
from generator.publishing.training.situation import Situation, situations

DISCUSSED, MINUTES = 3, 5  # cases of a module, and the minutes for each
STEP = 5  # minutes that a plan is rounded to


class PlannedSession(NamedTuple):
    """A module as a session: minutes to read and to discuss, what is read, and cases with their decisions."""

    title: str
    text: str
    reading: int
    discussing: int
    documents: list[tuple[Document, int]]
    cases: list[tuple[str, str, str]]
    notes: list[tuple[str, str]]

    @property
    def minutes(self) -> int:
        return self.reading + self.discussing


def plan_sessions(view: Library, contents: Contents, around: Library) -> Iterator[PlannedSession]:
    """A session for each module that is taught.

    `view` has what is in the pack as its trainers see it, `around` all else that they may see: a note may refer to it.
    """
    used = set[str]()
    for chapter in contents.chapters:
        if not chapter.taught:
            continue
        documents = [found for one in chapter.documents if (found := view.by_id.get(one.id))]
        timed = [(one, estimate_reading(one)) for one in documents]
        cases = _choose_discussed(view, documents, used)
        used.update(one.scenario for one in cases)
        yield PlannedSession(
            title=chapter.title.strip(),
            text=plain_text(chapter.text or "", around.find),
            reading=_round_up(sum(minutes for _, minutes in timed)),
            discussing=len(cases) * MINUTES,
            documents=timed,
            cases=[(one.document.body.title.strip(), one.scenario, one.outcome.decision.strip()) for one in cases],
            notes=[(one.body.title.strip(), note) for one in documents for note in _find_notes(one, around)],
        )


def _choose_discussed(view: Library, documents: list[Document], used: Collection[str]) -> list[Situation]:
    """Cases of the decisions among some documents, and of those that they send to: critical ones first, one of each
    decision in turn, and none of the `used` scenarios.
    """
    known = {document.id: (document, decision, graph) for document, decision, graph in view.decisions}
    names = [one.id for one in documents]
    led_to = sorted({name for one in names for name in view.targets[one]} - set(names))
    each = [
        sorted(
            (here for here in situations(view, *known[name]) if here.scenario not in used),
            key=lambda here: (not here.case.critical, here.case.id),
        )
        for name in (*names, *led_to)
        if name in known
    ]
    mixed = [here for some in zip_longest(*each) for here in some if here is not None]
    return mixed[:DISCUSSED]


def _find_notes(document: Document, view: Library) -> Iterator[str]:
    """The internal notes of a document, as far as the trainers may see them."""
    open_values: list[Any] = [document.body.model_dump(mode="json")]
    while open_values:
        value = open_values.pop(0)
        if isinstance(value, Mapping):
            if value.get("internal_note"):
                yield plain_text(str(value["internal_note"]), view.find)
            open_values += value.values()
        elif isinstance(value, list):
            open_values += value


def _round_up(minutes: int) -> int:
    return math.ceil(minutes / STEP) * STEP
