"""Writes the lead's numbers as a page: one file without scripts, for a meeting's screen and for paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Template
from markupsafe import Markup, escape

from generator.analysis.figures.figures import Share
from generator.analysis.figures.trend import Trend
from generator.documents import kinds
from generator.files.templates import open_templates
from generator.reports.figures.lines import (
    LINES,
    FigureLine,
    judge_move,
    name_group,
    spell_short,
    spell_value,
    tell_kept,
    tell_lacks,
)

CARDS = ("documents", "overdue", "sections_cited", "outcomes_tested", "letters_complete", "packs_current", "errors")
CODE = re.compile("`([^`]+)`")
SHOWN = 10  # rows of a list; the rest is counted


class FigureCard(NamedTuple):
    """One of the large numbers: what it is, its value, what it counts, and what it was so many days ago."""

    label: str
    value: str
    of: str
    move: str
    was: tuple[tuple[int, str], ...]
    percent: int | None


class Bar(NamedTuple):
    """A row of a chart: `percent` is its length."""

    label: str
    number: int
    percent: float


def figures_page(trend: Trend) -> str:
    """The page of the numbers, with their trend and lists of what is to be done."""
    now, known = trend.now, [one for one in trend.earlier if one.figures is not None]
    used = {name for row in now.teams for name in row.kinds}
    ages = [*(name_group(number) for number in range(len(now.ages))), "never"]
    return _load_page().render(
        trend=trend,
        now=now,
        known=known,
        lacks=tell_lacks(trend),
        cards=[
            *_make_review_card(trend),
            *(_make_card(one, trend) for key in CARDS for one in LINES if one.key == key),
        ],
        teams={row.team: row.name for row in now.teams},
        lines=LINES,
        types=[(name, kind.many) for name, kind in kinds().items() if name in used],
        rows=[row for row in now.teams if row.documents or row.errors or row.warnings or trend.team],
        ages=_draw_bars(list(zip(ages, [*now.ages, now.never], strict=True))),
        findings=_draw_bars(list(now.findings.items())[:SHOWN]),
        missed=max(trend.kept, key=lambda one: one.days).missed if trend.kept else (),
    )


def _make_card(line: FigureLine, trend: Trend) -> FigureCard:
    value = line.read(trend.now)
    of = ""
    if isinstance(value, Share):
        of = f"{value.good:,} of {value.whole:,}" if value.whole else "nothing to count"
    known = [(one.days, one.figures) for one in trend.earlier if one.figures is not None]
    was = tuple((days, spell_short(line.read(figures))) for days, figures in known)
    move = judge_move(line, trend.now, known[0][1]) if known else ""
    return FigureCard(
        line.label, spell_short(value), of, move, was, value.percent if isinstance(value, Share) else None
    )


def _make_review_card(trend: Trend) -> list[FigureCard]:
    """The reviews that were made in time, of the longest time that is known; none where nothing is."""
    kept = max(trend.kept, key=lambda one: one.days, default=None)
    if kept is None or not kept.whole:
        return []
    share = Share(kept.kept, kept.whole)
    of = f"{kept.kept:,} of {kept.whole:,} in {kept.days} days"
    return [FigureCard("Reviews in time", spell_short(share), of, "", (), share.percent)]


def _draw_bars(some: Sequence[tuple[str, int]]) -> list[Bar]:
    most = max((number for _, number in some), default=0) or 1
    return [Bar(label, number, round(100 * number / most, 1)) for label, number in some]


def _mark_code(text: str) -> Markup:
    """A sentence in which what stands between backticks is code."""
    return Markup(CODE.sub(r"<code>\1</code>", str(escape(text))))


@cache
def _load_page() -> Template:
    environment = open_templates(Path(__file__).parent)
    environment.filters.update(spell_short=spell_short, spell_value=spell_value, tell_kept=tell_kept, code=_mark_code)
    environment.globals.update(judge_move=judge_move, spell_short=spell_short, spell_value=spell_value, SHOWN=SHOWN)
    return environment.get_template("report.html.j2")
