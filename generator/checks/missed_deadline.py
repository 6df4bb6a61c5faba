"""A deadline is shorter than the hours for which the team that must keep it does not work.

A report of Friday evening waits until Monday, and four hours are long over. `open` in the vocabulary says when a team
works; a team without it is not judged. The team is that of the procedure's queue, or else its owner. `covered_by` names
the team that keeps the time meanwhile, in the vocabulary for a team or in a procedure for that alone: one that works
then, or whose on-call answers in time (`on_call_within`). Business days (`1bd`) wait for the team.

Bad:
    owner: privacy            # open: [mon-fri 07:00-19:00]
    sla: {first_response: 4h}

Good:
    owner: privacy
    covered_by: incidents     # open: [mon-sun 00:00-24:00]
    sla: {first_response: 4h}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents import VOCABULARY
from generator.documents.deadlines import deadlines
from generator.documents.hours import longest_gap, word_gap
from generator.documents.terms import TeamTerm
from generator.documents.types.sop import ARRIVAL, Sop
from generator.documents.values import read_value, word_value
from generator.documents.vocabulary import Vocabulary
from generator.findings import Fault, Keys, Related, Spot
from generator.library.library import Library


def check(library: Library) -> Iterator[Fault]:
    vocabulary = library.vocabulary
    if vocabulary is None:
        return
    for document, sop in library.each(Sop):
        team = vocabulary.team_of(sop.queue, sop.owner)
        term = vocabulary.teams.get(team)
        if sop.is_gone or term is None or not term.open:
            continue
        gap = longest_gap(term.open)
        soonest = min(_list_deadlines(vocabulary, sop), default=None)
        cover = vocabulary.teams.get(vocabulary.cover_of(team, sop.covered_by) or "")
        if soonest is None or soonest[0] >= gap.length or (cover and _is_in_time(cover, soonest[0])):
            continue
        _, text, keys = soonest
        due = f"is due within {word_value('duration', text)}"
        hours = Related(Spot(VOCABULARY, ("teams", team, "open")), f"the hours of {term.name}")
        if cover:
            message = f"this {due}, and {cover.name}, which covers it, may not answer by then"
            hint = f"name in `covered_by` a team that works from {word_gap(gap)}, or one whose on-call answers in time"
            yield Fault(Spot(document.path, ("covered_by",) if sop.covered_by else keys), message, hint, (hours,))
        else:
            message = f"this {due}, and {term.name} does not work from {word_gap(gap)}"
            hint = "add `covered_by` with the team that keeps the time then, or count business days, such as `1bd`"
            yield Fault(Spot(document.path, keys), message, hint, (hours,))


def _list_deadlines(vocabulary: Vocabulary, sop: Sop) -> Iterator[tuple[int, str, Keys]]:
    """Each time of a procedure that runs at any hour: in minutes, as it is written, and where."""
    for one in deadlines(sop, vocabulary):
        if one.limit:
            yield from _measure(one.limit, ("sla", one.name) if one.own else ("severity",))
    for number, step in enumerate(sop.steps):
        if step.within and step.counts_from == ARRIVAL:
            yield from _measure(step.within, ("steps", number, "within"))


def _measure(text: str, keys: Keys) -> Iterator[tuple[int, str, Keys]]:
    value = read_value("duration", text)
    if value is not None and value.family == "time":
        yield int(value.low), text, keys


def _is_in_time(cover: TeamTerm, minutes: int) -> bool:
    """Whether a team works, or its on-call answers, at any hour within a time; one of unknown hours is believed."""
    answer = read_value("duration", cover.on_call_within) if cover.on_call_within else None
    if answer is not None and answer.family == "time" and answer.high <= minutes:
        return True
    return not (cover.open or cover.on_call_within) or (bool(cover.open) and longest_gap(cover.open).length <= minutes)
