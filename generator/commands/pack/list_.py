"""`playbook pack list`: shows which vendor has what, and what is due."""

from __future__ import annotations

import click

from generator.analysis.vendors import deliveries
from generator.commands._knowledge_base import KnowledgeBase, based
from generator.files import terminal
from generator.reports.vendors import FORMATS


@click.command("list")
@based
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", help="How to print it.")
def COMMAND(base: KnowledgeBase, form: str) -> None:  # noqa: N802
    """Show who has which release of which pack, and what is due.

    Due is a release whose content has moved on, or that teaches a rule which is no longer in force. What is announced
    is there with its day, and so is the day by which those who were trained at the release have to recertify.
    """
    report = FORMATS[form](deliveries(base.library()))
    if form == "json":
        terminal.data(report)
    else:
        click.echo(report)
