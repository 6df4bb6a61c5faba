"""Writes the lead's numbers for a terminal, however narrow it is."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from generator.analysis.figures.figures import Figures, Shortfall
from generator.analysis.figures.trend import Trend
from generator.documents import kinds
from generator.files.terminal import BOLD, GREEN, RED, style
from generator.reports.figures.lines import (
    LINES,
    FigureLine,
    headline_of,
    judge_move,
    name_group,
    name_kind,
    spell_value,
    tell_kept,
    tell_lacks,
)
from generator.wording import count

NARROWEST, WIDEST = 40, 100
WIDE = 84  # from here on the trend has columns
SHOWN = 5
LOOKS = {"better": GREEN, "worse": RED}


def figures_table(trend: Trend, width: int = WIDEST) -> str:
    """The numbers with their trend, teams, ages, and the first of what is to be done; in at most `width` columns."""
    return "\n".join(_Table(trend, max(NARROWEST, min(width, WIDEST))).lines())


class _Table:
    """The lines of one report."""

    def __init__(self, trend: Trend, width: int) -> None:
        self.trend, self.now, self.width = trend, trend.now, width
        self.earlier = [(one.days, one.figures) for one in trend.earlier if one.figures is not None]

    def lines(self) -> Iterator[str]:
        yield from self._wrap(headline_of(self.trend), look=BOLD)
        for line in tell_lacks(self.trend):
            yield from self._wrap(line)
        yield ""
        yield from self._tell_trend()
        yield ""
        yield from self._tell_teams()
        yield ""
        groups = [f"{value:,} {name_group(number)} ago" for number, value in enumerate(self.now.ages) if value]
        groups += [f"{self.now.never:,} never"] if self.now.never else []
        yield from self._wrap(f"Last reviewed: {', '.join(groups) or 'nothing is active yet'}.")
        for kept in self.trend.kept:
            yield from self._wrap(tell_kept(kept))
        for row in self.now.locales:
            of = row.current + row.outdated + row.missing
            text = f"{row.locale}: {row.current:,} of {count(of, 'letter')} up to date"
            yield from self._wrap(f"{text}, {row.outdated:,} outdated, {row.missing:,} missing.")
        yield from self._list_work()

    def _tell_trend(self) -> Iterator[str]:
        label = max(len(line.label) for line in LINES)
        columns = ["now", *(f"{days} days ago" for days, _ in self.earlier)]
        if self.width < WIDE:
            for line in LINES:
                yield from self._wrap(f"{line.label}: {spell_value(line.read(self.now))}")
                if self.earlier:
                    was = (f"{days} days ago {spell_value(line.read(one))}" for days, one in self.earlier)
                    yield from self._wrap(", ".join(was) + self._tell_move(line), "  ")
            return
        cells = [
            [spell_value(line.read(one)) for one in (self.now, *(one for _, one in self.earlier))] for line in LINES
        ]
        widths = [max(len(head), *(len(row[at]) for row in cells)) for at, head in enumerate(columns)]
        heads = "  ".join(head.rjust(size) for head, size in zip(columns, widths, strict=True))
        yield style(f"{'':<{label}}  {heads}", BOLD)
        for line, row in zip(LINES, cells, strict=True):
            values = "  ".join(value.rjust(size) for value, size in zip(row, widths, strict=True))
            yield f"{line.label:<{label}}  {values}{self._tell_move(line)}"

    def _tell_move(self, line: FigureLine) -> str:
        """Whether a number got better, compared with the nearest day that is known."""
        move = judge_move(line, self.now, self.earlier[0][1]) if self.earlier else ""
        return f"  {style(move, LOOKS[move])}" if move in LOOKS else ""

    def _tell_teams(self) -> Iterator[str]:
        rows = [row for row in self.now.teams if row.documents or row.errors or row.warnings or self.trend.team]
        label = max((len(row.name) for row in rows), default=0)
        used = {name for row in rows for name in row.kinds}
        types = [(name, kind.many) for name, kind in kinds().items() if name in used]
        heads = [many for _, many in types] + ["Overdue", "Findings"]
        if label + sum(len(head) + 2 for head in heads) > self.width:
            for row in rows:
                yield from self._wrap(f"{row.name}: {count(row.documents, 'document')}")
                told = [f"{value:,} {name_kind(name, value)}" for name, _ in types if (value := row.kinds.get(name))]
                told += [f"{row.overdue:,} overdue", count(row.errors, "error"), count(row.warnings, "warning")]
                yield from self._wrap(", ".join(told), "  ")
            return
        yield style(f"{'Team':<{label}}" + "".join(f"  {head}" for head in heads), BOLD)
        for row in rows:
            values = [row.kinds.get(name, 0) for name, _ in types] + [row.overdue, row.errors + row.warnings]
            shown = (f"{value:,}".rjust(len(head)) for value, head in zip(values, heads, strict=True))
            yield f"{row.name:<{label}}  " + "  ".join(shown)

    def _list_work(self) -> Iterator[str]:
        for title, lines in list_work(self.trend):
            if lines:
                yield ""
                yield style(f"{title} ({len(lines):,})", BOLD)
                for line in lines[:SHOWN]:
                    yield from self._wrap(line, "  ")
                if len(lines) > SHOWN:
                    yield f"  and {len(lines) - SHOWN:,} more"

    def _wrap(self, text: str, indent: str = "", look: str = "") -> list[str]:
        lines = textwrap.wrap(
            text,
            self.width,
            initial_indent=indent,
            subsequent_indent=indent + "  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        return [style(line, look) if look else line for line in lines]


def list_work(trend: Trend) -> list[tuple[str, Sequence[str]]]:
    """What is to be done, by title: a line for each document or part of one."""
    now: Figures = trend.now
    missed = max(trend.kept, key=lambda one: one.days).missed if trend.kept else ()
    return [
        ("Reviews overdue", [f"{one.id}, {one.owner}: due {one.due}" for one in now.overdue]),
        ("Reviews due in 30 days", [f"{one.id}, {one.owner}: due {one.due}" for one in now.due_soon]),
        ("Reviews not made in time", [_tell_shortfall(one) for one in missed]),
        ("Policy sections that nothing cites", [_tell_shortfall(one) for one in now.uncited]),
        ("Outcomes without a golden case", [_tell_shortfall(one) for one in now.untested]),
        ("Letters that lack a language", [_tell_shortfall(one) for one in now.incomplete]),
        ("Packs that are not as released", [f"{one.id}, {one.part}: {one.lack}" for one in now.outdated_packs]),
        ("Findings by check", [f"{code}: {number:,}" for code, number in now.findings.items()]),
    ]


def _tell_shortfall(one: Shortfall) -> str:
    name = f"{one.id}#{one.part}" if one.part else one.id
    return f"{name}, {one.owner}" + (f": {one.lack}" if one.lack else "")
