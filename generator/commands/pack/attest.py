"""`playbook pack attest`: judges completions that a learning system exported."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from generator.analysis.attestation import attest
from generator.commands._exchange import large_text_of
from generator.commands._knowledge_base import KnowledgeBase, based
from generator.exchange import UnfitInput
from generator.exchange.completions.completions import read_completions
from generator.exchange.completions.people import read_people
from generator.exchange.completions.written_days import Order
from generator.files import terminal
from generator.reports.attestation import FORMATS
from generator.wording import did_you_mean


@click.command("attest")
@based
@click.argument("file", metavar="CSV", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--pack", metavar="ID", help="The pack that lines are about which name no course.")
@click.option(
    "--people",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="CSV",
    help="All who should be trained, with name or e-mail and team: others are unknown, who is missing is due.",
)
@click.option(
    "--dates",
    type=click.Choice(get_args(Order)),
    help="Whether 03/04/2026 begins with the day (dmy) or the month (mdy), where the file does not tell.",
)
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="table", help="How to print it.")
def COMMAND(  # noqa: N802
    base: KnowledgeBase, file: Path, pack: str | None, people: Path | None, dates: Order | None, form: str
) -> None:
    """Say who is up to date and who has to train again, and why.

    CSV has the completions that a learning system exported: a line for each, with columns for the learner, the course,
    the version if the course's name does not have it, the day, and score or status. They are compared with the
    releases of the packs: trained on an older major version, recertification over, not passed, a version that nobody
    released, a day to come.
    """
    library = base.library()
    packs = library.releases.by_pack
    if not packs:
        raise click.ClickException("no pack was ever released: playbook pack release ID")
    if pack is not None and pack not in packs:
        hint = did_you_mean(pack, packs, f"use one of {', '.join(packs)}")
        raise click.BadParameter(f"{pack} was never released; {hint}", param_hint="--pack")
    try:
        completions = read_completions(large_text_of(file), file.name, dates)
        known = read_people(large_text_of(people), people.name) if people else None
    except UnfitInput as error:
        raise click.ClickException(str(error)) from None
    report = FORMATS[form](attest(library, completions, pack, known))
    if form in ("html", "json"):
        terminal.data(report)
    else:
        click.echo(report)
