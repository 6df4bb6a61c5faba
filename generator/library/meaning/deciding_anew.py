"""Tells which cases are decided otherwise than before, in the words of the decision's own questions."""

from __future__ import annotations

from collections.abc import Iterator

from generator.decisions.comparison import Comparison
from generator.decisions.graph import Way
from generator.documents.types.decision_tree import Case, Decision
from generator.library.meaning.compare import Verdict
from generator.library.meaning.lesson import Lesson
from generator.library.meaning.lessons import Pairing, is_told_by_paths
from generator.library.meaning.levels import MAJOR, PATCH
from generator.library.meaning.retelling import plain_words
from generator.library.rewording import referrer_of, rewordings
from generator.wording import count

MOST = 8  # pairs of decisions that are told one by one
NOWHERE = "no decision"


def tell_decision(pair: Pairing, verdict: Verdict) -> Iterator[Lesson]:
    """The lessons of a decision that ends elsewhere than before, or rests on something else."""
    new, old = pair.new.body, pair.old.body
    assert isinstance(new, Decision)
    assert isinstance(old, Decision)
    if verdict.comparison is None:
        what = "everything is decided differently: read it again as a whole"
        yield Lesson("decide", MAJOR, pair.new, "", what, reasons=pair.explain())
    elif verdict.comparison.total:
        yield from _tell_partings(pair, verdict.comparison, new, old)
    elif is_asked_otherwise(pair):
        yield Lesson("read", PATCH, pair.new, "", "it asks in a different way, and every case ends as before")
    yield from _tell_cases(pair, new, old)
    yield from _tell_grounds(pair, new, old)


def is_asked_otherwise(pair: Pairing) -> bool:
    """Whether a decision has other answers or rows than before."""
    return any(map(is_told_by_paths, rewordings(pair.new.body, pair.old.body, referrer_of(pair.now))))


def _tell_partings(pair: Pairing, comparison: Comparison, new: Decision, old: Decision) -> Iterator[Lesson]:
    """A lesson for each pair of ends: an example of the answers, the decision before, the decision now."""
    ends = sorted(comparison.counts.items(), key=lambda one: (-one[1], one[0]))
    for (was, now), number in ends[:MOST]:
        example = _spell_way(comparison.example((was, now)), new, old)
        more = f" ({count(number, 'way')} in all)" if number > 1 else ""
        part = now if now in new.outcomes else ""
        before = old.outcomes[was].decision if was in old.outcomes else NOWHERE
        after = new.outcomes[now].decision if now in new.outcomes else NOWHERE
        what = f"where {example}{more}"
        yield Lesson("decide", MAJOR, pair.new, part, what, before.strip(), after.strip(), pair.explain(part))
    if len(ends) > MOST:
        rest = sum(number for _, number in ends[MOST:])
        what = f"{count(rest, 'way')} more end elsewhere: walk it again as a whole"
        yield Lesson("decide", MAJOR, pair.new, "", what, reasons=pair.explain())


def _spell_way(way: Way, new: Decision, old: Decision) -> str:
    """Answers in words: “Did the member lose access?” is “Yes”."""
    told = []
    for asked, answer in way:
        known = old.asked.get(asked) or new.asked.get(asked.removesuffix(" as it is now"))
        offered = known.offered.get(answer) if known else None
        now = new.asked.get(asked)
        offered = offered or (now.offered.get(answer) if now else None)
        told.append(f"“{known.ask.strip() if known else asked}” is “{offered.label.strip() if offered else answer}”")
    return " and ".join(told) or "nothing is asked"


def _tell_cases(pair: Pairing, new: Decision, old: Decision) -> Iterator[Lesson]:
    """Golden cases that have another right answer."""
    were = {case.id: case for case in old.cases}
    now = {was: name for name, end in new.outcomes.items() for was in end.formerly}
    for case in new.cases:
        was = next((were[name] for name in (case.id, *case.formerly) if name in were), None)
        if was and now.get(was.outcome, was.outcome) != case.outcome:
            before, after = _end(old, was), _end(new, case)
            what = f"this case: {plain_words(case.scenario, pair.now)}"
            yield Lesson("decide", MAJOR, pair.new, case.id, what, before, after, pair.explain(case.id))
        elif was and _name_letter(was) != _name_letter(case):
            what = f"a different letter in this case: {plain_words(case.scenario, pair.now)}"
            yield Lesson("write", MAJOR, pair.new, case.id, what, reasons=pair.explain(case.id))


def _name_letter(case: Case) -> str:
    """What a golden case says of its letter: an id, `none`, or nothing, where the outcome has it."""
    return "none" if case.no_letter else case.letter.id if case.letter else ""


def _end(decision: Decision, case: Case) -> str:
    return decision.outcomes[case.outcome].decision.strip() if case.outcome in decision.outcomes else NOWHERE


def _tell_grounds(pair: Pairing, new: Decision, old: Decision) -> Iterator[Lesson]:
    """Decisions that rest on another section: whoever is asked for the ground has to name that one."""
    refer = referrer_of(pair.now).refer
    for name, outcome in new.outcomes.items():
        was = next((old.outcomes[one] for one in (name, *outcome.formerly) if one in old.outcomes), None)
        if was and {refer(one) for one in was.cites} != {refer(one) for one in outcome.cites}:
            before, after = (
                "\n".join(filter(None, (view.title_of(one) for one in some)))
                for view, some in ((pair.then, was.cites), (pair.now, outcome.cites))
            )
            what = "the decision rests on a different section"
            yield Lesson("know", MAJOR, pair.new, name, what, before, after, pair.explain(name))
