"""`playbook report`: the lead's numbers, and how they moved."""

from __future__ import annotations

import shutil
from datetime import date

import click

from generator.analysis.figures.figures import count_figures
from generator.analysis.figures.trend import PastFigures, Trend, judge_reviews
from generator.commands._earlier import judge_now, judge_on
from generator.commands._knowledge_base import KnowledgeBase, based
from generator.documents import VOCABULARY
from generator.files import terminal
from generator.files.repository import NoPast
from generator.library.library import Library
from generator.library.memory import Memory
from generator.reports.figures.data import figures_json
from generator.reports.figures.page import figures_page
from generator.reports.figures.table import figures_table
from generator.wording import count, one_of

AGO = (30, 90)  # days


@click.command("report", short_help="Show how the knowledge base is kept, in figures.")
@based
@click.option("--team", metavar="TEAM", help="Only what this team owns.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "html"]), default="table", help="How to print it."
)
def COMMAND(base: KnowledgeBase, team: str | None, form: str) -> None:  # noqa: N802
    """Show how the knowledge base is kept: documents, reviews, coverage, languages, packs and findings.

    Beside each number is what it was 30 and 90 days ago, by the commits of the main line on those days; where git does
    not know, a line says why. --format html prints a page of one file to show or print: send it to a file with >.
    """
    base.memory = Memory()
    judged = judge_now(base)
    vocabulary = judged.library.vocabulary
    if vocabulary is None:
        raise click.ClickException(f"{VOCABULARY} cannot be read: run `playbook check`, and fix what it says")
    if team is not None and team not in vocabulary.teams:
        raise click.BadParameter(f"no team is called {team}; {one_of(team, vocabulary.teams)}", param_hint="--team")
    now = count_figures(judged.library, judged.findings, team)
    states = [_look_back(base, days, team) for days in AGO]
    past = [library for _, library in reversed(states) if library is not None]
    known = [one.days for one, _ in states if one.figures is not None]
    trend = Trend(
        vocabulary.organisation.strip(),
        vocabulary.teams[team].name.strip() if team is not None else "",
        now,
        tuple(one for one, _ in states),
        tuple(judge_reviews(judged.library, past, days, team) for days in known),
    )
    if form == "table":
        click.echo(figures_table(trend, shutil.get_terminal_size((100, 24)).columns))
    else:
        terminal.data(figures_json(trend) if form == "json" else figures_page(trend))


def _look_back(base: KnowledgeBase, days: int, team: str | None) -> tuple[PastFigures, Library | None]:
    """The numbers of an earlier day and its library, or why there are none."""
    day = date.fromordinal(max(1, base.today.toordinal() - days))
    try:
        judged, commit = judge_on(base, day)
    except NoPast as error:
        return PastFigures(days, day, lack=f"{error} ({error.hint})"), None
    if judged.library.vocabulary is None:
        return PastFigures(days, day, commit, lack=f"{VOCABULARY} of {commit} cannot be read"), None
    figures = count_figures(judged.library, judged.findings, team)
    lack = f"{count(len(figures.unreadable), 'file')} of {commit} cannot be read" if figures.unreadable else ""
    return PastFigures(days, day, commit, figures, lack), judged.library
