"""`playbook forecast`: shows what will need work, and when."""

from __future__ import annotations

from datetime import datetime, timedelta

import click

from generator.analysis.forecast import forecast
from generator.commands._knowledge_base import KnowledgeBase, based
from generator.commands._typed import DayTyped
from generator.documents.days import later
from generator.files import terminal
from generator.reports.forecast import FORMATS

QUARTER = timedelta(days=92)


@click.command("forecast")
@based
@click.option(
    "--until",
    type=DayTyped(),
    metavar="DATE",
    help="The last day to look at (default: 92 days from now).",
)
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="table", help="How to print it.")
def COMMAND(base: KnowledgeBase, until: datetime | None, form: str) -> None:  # noqa: N802
    """Show what will need work, and when.

    That is reviews, announced policy versions, and what goes stale with them. For each day, it says what
    `check --as-of` will say on that day. `--format ics` is for calendar programs.
    """
    last = until.date() if until else later(base.today, QUARTER)
    if last < base.today:
        raise click.BadParameter(f"{last} is before {base.today}", param_hint="--until")
    report = FORMATS[form](forecast(base.library(), last))
    if form == "ics":
        terminal.data(report)
    else:
        click.echo(report)
