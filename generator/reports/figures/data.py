"""Writes the lead's numbers as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from generator.analysis.figures.figures import Figures, Reviewable, Share, Shortfall
from generator.analysis.figures.trend import Trend
from generator.reports.figures.lines import LINES, FigureValue, name_group

VERSION_OF_FORM = 2


def figures_json(trend: Trend) -> str:
    """`{"version", "organisation", "team", "now", "earlier", "reviews"}`; what is earlier has its numbers or `lack`.

    A share is `{"good", "whole"}`. `version` is raised when a key changes its meaning or goes.
    """
    report = {
        "version": VERSION_OF_FORM,
        "organisation": trend.name,
        "team": trend.team or None,
        "now": _convert_figures(trend.now),
        "earlier": [
            {
                "days": one.days,
                "day": str(one.day),
                "commit": one.commit or None,
                "lack": one.lack or None,
                "numbers": _convert_numbers(one.figures) if one.figures else None,
                "unreadable": list(one.figures.unreadable) if one.figures else [],
            }
            for one in trend.earlier
        ],
        "reviews": [
            {
                "days": one.days,
                "kept": one.kept,
                "missed": len(one.missed),
                "missed_documents": _convert_all(one.missed),
            }
            for one in trend.kept
        ],
    }
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


def _convert_figures(one: Figures) -> dict[str, Any]:
    groups = {name_group(number): value for number, value in enumerate(one.ages)}
    return {
        "day": str(one.day),
        "numbers": _convert_numbers(one),
        "teams": [{**row._asdict(), "documents": row.documents} for row in one.teams],
        "ages": {**groups, "never": one.never},
        "overdue": _convert_due(one.overdue),
        "due_soon": _convert_due(one.due_soon),
        "sections_uncited": _convert_all(one.uncited),
        "outcomes_untested": _convert_all(one.untested),
        "letters_incomplete": _convert_all(one.incomplete),
        "locales": [row._asdict() for row in one.locales],
        "packs_outdated": _convert_all(one.outdated_packs),
        "findings": one.findings,
        "unreadable": list(one.unreadable),
    }


def _convert_numbers(one: Figures) -> dict[str, Any]:
    return {line.key: _convert_value(line.read(one)) for line in LINES}


def _convert_value(value: FigureValue) -> Any:
    return value._asdict() if isinstance(value, Share) else value


def _convert_due(some: Iterable[Reviewable]) -> list[dict[str, str]]:
    return [{**one._asdict(), "due": str(one.due)} for one in some]


def _convert_all(some: Iterable[Shortfall]) -> list[dict[str, str]]:
    return [one._asdict() for one in some]
