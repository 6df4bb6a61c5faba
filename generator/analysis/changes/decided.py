"""Tells where a decision leads now: which paths end elsewhere, in how many ways, and which only have other words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from generator.analysis.changes.drafts import DraftCase, draft_case, is_walked
from generator.analysis.changes.ways import Choices, JoinedWay, Speech, join_ways, take_shared
from generator.decisions.comparison import Comparison
from generator.decisions.endings import Apart
from generator.decisions.graph import Turn, Way
from generator.documents.types.decision_tree import DecisionTree
from generator.library.meaning.compare import Verdict

MOST_PATHS = 1000  # that are followed one by one
MOST_BRANCHES = 4  # questions that are shown with all of their answers
MOST_DRAFTS = 6


class PathGroup(NamedTuple):
    """The paths that left one outcome for another: `before` and `after` are decisions in words, empty for none.

    `old` and `new` are the ids of the outcomes. `ways` has the paths, joined, or one example where there are too many;
    `shared` are the answers that are on each of them, which `ways` leaves out.
    """

    old: str
    new: str
    before: str
    after: str
    number: int
    ways: tuple[JoinedWay, ...]
    shared: tuple[Choices, ...]


class AnswerChange(NamedTuple):
    """An answer of a question, and what followed and follows on it."""

    label: str
    before: str
    after: str
    is_other: bool


class Branching(NamedTuple):
    """A question at which paths part, with all of its answers."""

    ask: str
    rows: tuple[AnswerChange, ...]


class PathChange(NamedTuple):
    """What became of the paths of a decision; `why` says it if they could not be compared one by one.

    `elsewhere` of the `paths` end elsewhere, in `groups`; `renamed` end as before, but an answer on them has another
    name or was split, as `regrouped` tells in sentences. `untested` are the cases to add: no golden case walks there.
    """

    why: str = ""
    paths: int = 0
    elsewhere: int = 0
    renamed: int = 0
    groups: tuple[PathGroup, ...] = ()
    branchings: tuple[Branching, ...] = ()
    regrouped: tuple[str, ...] = ()
    untested: tuple[DraftCase, ...] = ()

    @property
    def is_decided_anew(self) -> bool:
        """Whether something is decided otherwise, or nobody can tell that it is not."""
        return bool(self.why or self.elsewhere)


def path_change(verdict: Verdict) -> PathChange:
    """What a verdict says, in the words of the decision."""
    comparison = verdict.comparison
    if comparison is None:
        return PathChange(why=verdict.why)
    speech = Speech(comparison)
    groups = tuple(_group_paths(comparison, speech))
    return PathChange(
        "",
        comparison.paths,
        comparison.total,
        comparison.renamed,
        groups,
        tuple(_find_branchings(comparison, speech)),
        tuple(_tell_regrouped(comparison, speech)),
        tuple(_find_untested(comparison, speech)),
    )


def _group_paths(comparison: Comparison, speech: Speech) -> Iterator[PathGroup]:
    ways: dict[tuple[str, str], list[Way]] = {}
    if comparison.total <= MOST_PATHS:
        for way, old, new, _ in comparison.partings():
            ways.setdefault((old, new), []).append(way)
    for (old, new), number in sorted(comparison.counts.items(), key=lambda one: (-one[1], one[0])):
        joined, shared = take_shared(join_ways(ways.get((old, new)) or [comparison.example((old, new))], speech))
        yield PathGroup(old, new, speech.old_end(old), speech.new_end(new), number, joined, shared)


def _find_branchings(comparison: Comparison, speech: Speech) -> Iterator[Branching]:
    """The questions at which most paths part; a table is asked in an order that nobody wrote, so that it has none."""
    old, new = comparison.old, comparison.new
    if not (isinstance(old.decision, DecisionTree) and isinstance(new.decision, DecisionTree)):
        return
    now = {was: name for name, was in comparison.names.items()}
    asked = dict.fromkeys(apart.at.question for apart, _ in comparison.apart if apart.at)
    for name in islice(asked, MOST_BRANCHES):
        rows = []
        offered = new.decision.asked[now[name]].offered if name in now else {}
        answers = comparison.answers[name]
        for answer in [*(one for one in offered if one in answers), *(one for one in answers if one not in offered)]:
            was, is_now = _follow_answer(comparison, name, now.get(name, name), answer)
            is_other = not comparison.is_same_place(was, is_now)
            before, after = speech.place(was, True), speech.place(is_now, False)
            rows.append(AnswerChange(speech.answer(Turn(name, answer)), before, after, is_other))
        yield Branching(speech.ask(name), tuple(rows))


def _follow_answer(comparison: Comparison, old: str, new: str, answer: str) -> tuple[str, str]:
    """The ids of what follows on an answer in both states; empty where it is not offered."""
    given = comparison.give(old, answer)
    before, after = comparison.old.turns.get(old, {}), comparison.new.turns.get(new, {})
    return before.get(given[0], ""), after.get(given[1], "")


def _tell_regrouped(comparison: Comparison, speech: Speech) -> Iterator[str]:
    """Which answers have another name, and which were split or put together."""
    for asked, standing in comparison.standing.items():
        for one in dict.fromkeys(standing.old.values()):
            came = [name for name, old in standing.old.items() if old == one]
            kept = [one] if one not in standing.dropped else []
            labels = [f"“{speech.answer(Turn(asked, name))}”" for name in (*came, *kept)]
            was = speech.old_answer(Turn(asked, one))
            if kept and was == speech.answer(Turn(asked, one)):
                yield f"{', '.join(labels[:-1])} {'is' if len(came) == 1 else 'are'} new, and was “{was}” so far"
            else:
                yield f"“{was}” is now {' or '.join(labels)}"
        for one in dict.fromkeys(standing.new.values()):
            went = [name for name, new in standing.new.items() if new == one and name not in standing.dropped]
            if went:
                labels = [f"“{speech.old_answer(Turn(asked, name))}”" for name in went]
                now = speech.answer(Turn(asked, one))
                yield f"{' and '.join(labels)} {'is' if len(went) == 1 else 'are'} now “{now}”"


def _find_untested(comparison: Comparison, speech: Speech) -> Iterator[DraftCase]:
    """A draft for each way of change that no golden case walks."""
    drafted: set[Apart] = set()
    for apart, _ in comparison.apart:
        if len(drafted) == MOST_DRAFTS:
            return
        if apart.new and not is_walked(comparison, apart):
            drafted.add(apart)
            yield draft_case(comparison, apart, speech, [case.id for case in comparison.new.decision.cases])
