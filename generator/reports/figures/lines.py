"""Names the numbers that have a trend, says them in words, and tells whether one got better."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from generator.analysis.figures.figures import AGES, Figures, Share
from generator.analysis.figures.trend import Kept, PastFigures, Trend
from generator.documents import kinds
from generator.wording import count

NONE = "–"
FigureValue = int | Share | None


class FigureLine(NamedTuple):
    """A number with a trend: its key in JSON, what it is called, how it is read, and which way is better, if any."""

    key: str
    label: str
    read: Callable[[Figures], FigureValue]
    better: Literal["more", "less", ""] = ""


LINES = (
    FigureLine("documents", "Documents in use", lambda one: one.documents),
    FigureLine("drafts", "Drafts", lambda one: one.drafts),
    FigureLine("age", "Days since review (median)", lambda one: one.age, "less"),
    FigureLine("never_reviewed", "Never reviewed", lambda one: one.never, "less"),
    FigureLine("overdue", "Reviews overdue", lambda one: len(one.overdue), "less"),
    FigureLine("due_soon", "Reviews due in 30 days", lambda one: len(one.due_soon)),
    FigureLine("sections_cited", "Policy sections cited", lambda one: one.sections, "more"),
    FigureLine("outcomes_tested", "Outcomes with a golden case", lambda one: one.outcomes, "more"),
    FigureLine("cases", "Golden cases", lambda one: one.cases),
    FigureLine("letters_complete", "Letters in all their languages", lambda one: one.letters, "more"),
    FigureLine("packs_current", "Packs as released", lambda one: one.packs, "more"),
    FigureLine("errors", "Errors", lambda one: one.errors, "less"),
    FigureLine("warnings", "Warnings", lambda one: one.warnings, "less"),
)


def spell_value(value: FigureValue) -> str:
    """A number as it is read: `1,204`, `80% (8 of 10)`, a dash where there is nothing to count."""
    if isinstance(value, Share):
        return f"{value.percent}% ({value.good:,} of {value.whole:,})" if value.whole else NONE
    return NONE if value is None else f"{value:,}"


def spell_short(value: FigureValue) -> str:
    """The same where there is little room: `80%`."""
    return f"{value.percent}%" if isinstance(value, Share) and value.whole else spell_value(value)


def judge_move(line: FigureLine, now: Figures, was: Figures) -> str:
    """`better` or `worse` than it was; `same` if neither, and nothing where there is no telling."""
    new, old = (_weigh_value(line.read(one)) for one in (now, was))
    if new is None or old is None or not line.better:
        return ""
    return "same" if new == old else "better" if (new > old) == (line.better == "more") else "worse"


def _weigh_value(value: FigureValue) -> float | None:
    if isinstance(value, Share):
        return value.good / value.whole if value.whole else None
    return value


def name_group(number: int) -> str:
    """A group of ages: `91 to 180 days`."""
    if number == 0:
        return f"up to {AGES[0]} days"
    return f"{AGES[number - 1] + 1} to {AGES[number]} days" if number < len(AGES) else f"over {AGES[-1]} days"


def name_kind(name: str, number: int) -> str:
    """A type of document within a sentence, for a number of them: `decision trees`, `SOP`."""
    kind = kinds()[name]
    word = kind.noun if number == 1 else kind.many
    return word if kind.one.isupper() else word.lower()


def headline_of(trend: Trend) -> str:
    """Of what and of which day the numbers are."""
    whose = f"{trend.name}, {trend.team}" if trend.team else trend.name
    return f"{whose}: {count(trend.now.documents, 'document')} in use on {trend.now.day}"


def tell_lacks(trend: Trend) -> list[str]:
    """What no number knows of, in sentences: files that cannot be read, days without a past. Each reason once."""
    said = []
    if files := trend.now.unreadable:
        named = ", ".join(files[:5]) + (f" and {len(files) - 5} more" if len(files) > 5 else "")
        said.append(f"Not counted today, as it cannot be read: {named}: run playbook check.")
    reasons: dict[str, list[PastFigures]] = {}
    for one in trend.earlier:
        if one.figures is not None and one.lack:
            said.append(f"The numbers of {one.days} days ago lack something: {one.lack}.")
        elif one.lack:
            reasons.setdefault(one.lack, []).append(one)
    for lack, some in reasons.items():
        days = " and ".join(f"{one.days} days ago ({one.day})" for one in some)
        said.append(f"No numbers of {days}: {lack}.")
    return said


def tell_kept(kept: Kept) -> str:
    """How many reviews were in time: `In the last 30 days, 8 of 10 reviews were made in time.`"""
    if not kept.whole:
        return f"In the last {kept.days} days, no review fell due."
    were = "was" if kept.whole == 1 else "were"
    of = f"{kept.kept:,} of {count(kept.whole, 'review')}"
    return f"In the last {kept.days} days, {of} that fell due {were} made in time."
