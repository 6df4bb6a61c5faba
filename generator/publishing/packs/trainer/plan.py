"""Plans the sessions of a pack: for each module what is read, what is discussed, and how many minutes that takes."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from generator.documents import Document
from generator.documents.text.plain import plain_text
from generator.library.library import Library
from generator.library.packing import Contents
from generator.publishing.training.situation import Situation, situations

PACE = 180  # words a minute, read to be remembered
DISCUSSED, MINUTES = 3, 5  # cases of a module, and the minutes for each
STEP = 5  # minutes that a plan is rounded to
WORD = re.compile(r"\w+")
# What nobody reads on the page: words for the search, other languages, what changed, and the cases themselves.
UNREAD = {"phrases", "translations", "history", "cases", "symptoms", "aliases", "reviews", "summary"}


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


def plan_sessions(view: Library, contents: Contents) -> Iterator[PlannedSession]:
    """A session for each module that is taught. `view` is the library of the trainers."""
    for chapter in contents.chapters:
        if not chapter.taught:
            continue
        documents = [found for one in chapter.documents if (found := view.by_id.get(one.id))]
        timed = [(one, _estimate_minutes(one)) for one in documents]
        cases = _choose_discussed(view, documents)
        yield PlannedSession(
            title=chapter.title.strip(),
            text=plain_text(chapter.text or "", view.find),
            reading=_round_up(sum(minutes for _, minutes in timed)),
            discussing=len(cases) * MINUTES,
            documents=timed,
            cases=[(one.document.body.title.strip(), one.scenario, one.outcome.decision.strip()) for one in cases],
            notes=[(one.body.title.strip(), note) for one in documents for note in _find_notes(one, view)],
        )


def _choose_discussed(view: Library, documents: list[Document]) -> list[Situation]:
    """Cases of the decisions among some documents: critical ones first, one of each decision in turn."""
    known = {document.id: (document, decision, graph) for document, decision, graph in view.decisions}
    each = [
        sorted(situations(view, *known[one.id]), key=lambda here: (not here.case.critical, here.case.id))
        for one in documents
        if one.id in known
    ]
    mixed = sorted(
        ((place, n, here) for n, some in enumerate(each) for place, here in enumerate(some)), key=lambda one: one[:2]
    )
    return [here for _, _, here in mixed[:DISCUSSED]]


def _estimate_minutes(document: Document) -> int:
    """How long somebody reads a document, in whole minutes."""
    words = sum(len(WORD.findall(text)) for text in _list_texts(document.body.model_dump(mode="json")))
    return max(1, math.ceil(words / PACE))


def _list_texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            if key not in UNREAD:
                yield from _list_texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _list_texts(one)


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
