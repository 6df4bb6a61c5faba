"""`playbook check`: prints every finding."""

from __future__ import annotations

import sys

import click

from generator.checks import checks
from generator.commands import Base, based
from generator.nearest import did_you_mean
from generator.reports import reports


def _codes(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> frozenset[str]:
    codes = [code.strip() for entry in value for code in entry.split(",") if code.strip()]
    for code in codes:
        if code not in checks():
            hint = did_you_mean(code, checks(), "`playbook explain` lists them")
            raise click.BadParameter(f"no check is called {code}; {hint}")
    return frozenset(codes)


@click.command("check")
@based
@click.option("--format", "form", type=click.Choice(sorted(reports())), default="text", help="How to print findings.")
@click.option("--select", multiple=True, callback=_codes, metavar="CODES", help="Only these checks: codes with commas.")
@click.option("--ignore", multiple=True, callback=_codes, metavar="CODES", help="All but these checks.")
def COMMAND(base: Base, form: str, select: frozenset[str], ignore: frozenset[str]) -> None:  # noqa: N802
    """Find every mistake in the knowledge base. Changes nothing.

    Exit code 0 where there is no error, 1 where there is one, 2 where the call was wrong.
    """
    outcome = base.run(select, ignore)
    click.echo(reports()[form](outcome, sys.stdout.isatty()))
    sys.exit(1 if outcome.errors else 0)
