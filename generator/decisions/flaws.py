"""Proves of questions that take a value or several answers that everything has one answer, or finds what has not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.decisions.choice import NONE, Choice
from generator.decisions.measure import FROM_ZERO, Measure
from generator.decisions.ranges import (
    Band,
    Edge,
    Uncertain,
    by_high,
    by_low,
    compare_edges,
    compare_highs,
    sort_edges,
)
from generator.documents import Document
from generator.documents.conditions import HIGHS, LOWS, word_range
from generator.documents.types.decision_tree import Asked, Decision
from generator.documents.values import NAMES, Value, read_value
from generator.findings import Fault, Keys, Related, Spot

BROKEN, OPEN, SHARED = "broken-condition", "uncovered-value", "overlapping-ranges"


class Flaw(NamedTuple):
    """What is wrong with the answers of a question: the check that reports it, where, and what it says.

    `place` leads from the question; `other` is a place that it has to do with, and what is there.
    """

    code: str
    place: Keys
    message: str
    hint: str
    other: tuple[Keys, str] | None = None


def flaws(asked: Asked) -> list[Flaw]:
    """What is wrong with the conditions of a question's answers; thresholds are compared only if each can be read."""
    if asked.takes in ("several", None):
        return list(_find_in_choice(asked) if asked.takes else _find_misplaced(asked)) or list(_find_idle_unit(asked))
    found = [*_find_in_question(asked), *_lead(asked, _find_unfit(asked))]
    return found or list(_lead(asked, _find_in_measure(asked, Measure(asked))))


def _lead(asked: Asked, found: Iterable[Flaw]) -> Iterator[Flaw]:
    """The flaws with places that lead from the question, not from its answers."""
    for flaw in found:
        other = ((asked.offers, *flaw.other[0]), flaw.other[1]) if flaw.other else None
        yield flaw._replace(place=(asked.offers, *flaw.place), other=other)


def _find_in_measure(asked: Asked, measure: Measure) -> list[Flaw]:
    return [*_find_mixed(measure)] or [*_find_empty(asked, measure)] or [*_find_open_and_shared(measure)]


def _find_idle_unit(asked: Asked) -> Iterator[Flaw]:
    if asked.unit:
        hint = "remove `unit`, or add `takes: amount`, `number` or `count`"
        yield Flaw(BROKEN, ("unit",), "the question does not take a value, and needs no unit", hint)


def _find_misplaced(asked: Asked) -> Iterator[Flaw]:
    """The first condition of a question that does not say what it takes."""
    for name, answer in asked.offered.items():
        key = "all_of" if answer.all_of else next(iter(answer.thresholds), "")
        if key:
            hint = "add `takes: several`" if key == "all_of" else "add `takes: number`, `amount`, `duration` or `date`"
            message = f"`{name}` has a condition, but the question does not say what it `takes`"
            yield Flaw(BROKEN, (asked.offers, name, key), message, hint)
            return


# -- several answers


def _find_in_choice(asked: Asked) -> Iterator[Flaw]:
    choice = Choice(asked)
    for name, answer in asked.offered.items():
        if answer.thresholds:
            key = next(iter(answer.thresholds))
            yield Flaw(
                BROKEN,
                (asked.offers, name, key),
                f"`{name}` has a range, but the question takes several answers",
                "remove it",
            )
        for number, need in enumerate(answer.all_of):
            if need not in choice.options:
                hint = f"name some of {', '.join(choice.options)}"
                message = f"`{name}` demands `{need}`, which cannot be ticked"
                yield Flaw(BROKEN, (asked.offers, name, "all_of", number), message, hint)
    if NONE not in asked.offered:
        hint = f"add `{NONE}: {{label: None of these, ...}}`"
        yield Flaw(OPEN, (asked.offers,), "no answer is for a case in which nothing applies", hint)
    for name, earlier in choice.shadowed():
        message = f"`{name}` never decides, since `{earlier}` comes before it and fits too"
        place = (asked.offers, name)
        yield Flaw(BROKEN, place, message, f"move it above `{earlier}`", ((asked.offers, earlier), f"`{earlier}`"))


# -- a value


def _find_in_question(asked: Asked) -> Iterator[Flaw]:
    name = NAMES[str(asked.takes)]
    if asked.takes == "amount" and not asked.unit:
        yield Flaw(BROKEN, ("takes",), "an amount needs its currency", "add `unit: USD`, for example")
    if asked.takes in ("duration", "date") and asked.unit:
        yield Flaw(BROKEN, ("unit",), f"{name} has no unit of its own", "remove `unit`")
    if not any(answer.thresholds for answer in asked.offered.values()):
        low, high = ("before", "2026-12-31") if asked.takes == "date" else ("below", "100")
        hint = f"add ranges, such as `{low}: {high}` and `from: {high}`, or remove `takes`"
        yield Flaw(BROKEN, ("takes",), f"it takes {name}, but no answer has a range", hint)
    for answer_id, answer in asked.offered.items():
        if answer.all_of:
            yield Flaw(BROKEN, (asked.offers, answer_id, "all_of"), f"`all_of` does not go with {name}", "remove it")


def _find_unfit(asked: Asked) -> Iterator[Flaw]:
    """Answers whose thresholds cannot be read, or are written with keys that do not go together."""
    takes = str(asked.takes)
    wrong = {"above": "after", "below": "before"} if takes == "date" else {"after": "above", "before": "below"}
    for name, answer in asked.offered.items():
        given = answer.thresholds
        if read_value(takes, name):
            yield Flaw(BROKEN, (name,), f"the id `{name}` reads as {NAMES[takes]}", "write it in words")
        for keys in (LOWS, HIGHS):
            both = [key for key in keys if key in given]
            if both[1:]:
                yield Flaw(
                    BROKEN, (name, both[1]), f"`{both[0]}` and `{both[1]}` are both given", "keep one of the two"
                )
        for key, text in given.items():
            if read_value(takes, text) is None:
                yield Flaw(BROKEN, (name, key), f"`{text}` is not {NAMES[takes]}", _explain_format(takes))
            elif key in wrong:
                hint = f"write `{wrong[key]}: {text}`"
                yield Flaw(BROKEN, (name, key), f"`{key}` does not go with {NAMES[takes]}", hint)


def _find_mixed(measure: Measure) -> Iterator[Flaw]:
    """Two thresholds of which it is not certain which one is less."""
    try:
        sort_edges(measure.ends)
    except Uncertain as error:
        places = [
            ((name, edge.key), edge)
            for name, band in measure.bands.items()
            for edge in band
            if edge and edge.text in error.texts
        ]
        (first, edge), (second, other) = places[0], next(one for one in places if one[1].text != places[0][1].text)
        message = f"`{other.text}` may be less or more than `{edge.text}`"
        hint = _explain_mixture(edge.value, other.value)
        yield Flaw(BROKEN, second, message, hint, (first, f"`{edge.text}`"))


def _find_empty(asked: Asked, measure: Measure) -> Iterator[Flaw]:
    for name, (low, high) in measure.bands.items():
        is_below_zero = measure.takes in FROM_ZERO and high and not high.is_after and high.value.low <= 0
        if (low and high and compare_edges(low, high) >= 0) or is_below_zero:
            given = asked.offered[name].thresholds
            words = word_range(measure.takes, measure.unit, given)
            yield Flaw(BROKEN, (name, list(given)[-1]), f"no value is {words}", "correct one of the thresholds")


def _find_open_and_shared(measure: Measure) -> Iterator[Flaw]:
    """Values that no answer is for, or more than one, going up the ranges by where they begin."""
    (name, reached), *rest = sorted(measure.bands.items(), key=lambda entry: by_low(entry[1].low))
    if reached.low:
        yield _report_open(measure, (name, reached.low.key), Band(None, reached.low))
    for other, band in rest:
        way = compare_edges(reached.high, band.low) if reached.high and band.low else 1
        if way < 0 and band.low and reached.high:
            flaw = _report_open(measure, (other, band.low.key), Band(reached.high, band.low))
            yield flaw._replace(other=((name, reached.high.key), f"`{name}` ends here"))
        elif way > 0:
            yield _report_shared(measure, name, other)
        if compare_highs(band.high, reached.high) > 0:
            name, reached = other, band
    if reached.high:
        yield _report_open(measure, (name, reached.high.key), Band(reached.high, None))


def _report_open(measure: Measure, place: Keys, band: Band) -> Flaw:
    words = band.word(measure.takes, measure.unit)
    hint = f"move the threshold, or add an answer for {words}"
    if band.is_single and band.low:
        hint = f"write `up_to: {band.low.text}` or `from: {band.low.text}`, and one of the two includes it"
    return Flaw(OPEN, place, f"no answer is for {words}", hint)


def _report_shared(measure: Measure, *names: str) -> Flaw:
    first, second = sorted(names, key=measure.places.__getitem__)
    one, other = measure.bands[first], measure.bands[second]
    low = max(one.low, other.low, key=by_low)
    shared = Band(low, min(one.high, other.high, key=by_high))
    hint = "move a threshold, so that each value has one answer"
    if shared.is_single and low:
        less, more = ("before", "after") if measure.takes == "date" else ("below", "above")
        hint = f"write `{less}: {low.text}` or `{more}: {low.text}`, and one of the two leaves it out"
    edge: Edge | None = other.low or other.high
    message = f"`{first}` and `{second}` are both for {shared.word(measure.takes, measure.unit)}"
    return Flaw(SHARED, (second, edge.key) if edge else (second,), message, hint, ((first,), f"`{first}`"))


def _explain_format(takes: str) -> str:
    if takes == "duration":
        return "write a time such as 15m, 4h, 3d, 2w, 1mo or 10bd (business days)"
    if takes == "date":
        return "write a date such as 2026-12-31, or a day that counts from today, such as today-14d or today-1mo"
    return "write digits only, such as 1250" + ("" if takes == "count" else " or 1250.50")


def _explain_mixture(one: Value, other: Value) -> str:
    families = {one.family, other.family}
    if families == {"today", "date"}:
        return "count all days from today, or none"
    if "business days" in families:
        return "write all of them in business days, or none: how long these are depends on holidays"
    return "write both in days, or both in months"


def report_flaws(document: Document, decision: Decision, found: Mapping[str, list[Flaw]], code: str) -> Iterator[Fault]:
    """What one check says about the questions or inputs of a decision."""
    for name, all_flaws in found.items():
        if not document.sound and decision.asked[name].takes is None:
            continue  # what it takes may be what is misspelt
        for flaw in all_flaws:
            if flaw.code == code:
                offers, is_id = decision.asked[name].offers, len(flaw.place) < 3
                spot = Spot(document.path, (decision.group, name, *flaw.place), key=is_id and flaw.place[0] == offers)
                yield Fault(
                    spot, f"`{name}`: {flaw.message}", flaw.hint, _mention_other(document.path, spot.keys[:2], flaw)
                )


def _mention_other(path: str, asked: Keys, flaw: Flaw) -> tuple[Related, ...]:
    return (Related(Spot(path, (*asked, *flaw.other[0])), flaw.other[1]),) if flaw.other else ()
