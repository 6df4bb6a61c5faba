"""The options that choose checks by their codes."""

from __future__ import annotations

import click

from generator.checks import checks
from generator.wording import did_you_mean


def _parse_codes(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> frozenset[str]:
    codes = [code.strip() for entry in value for code in entry.split(",") if code.strip()]
    for code in codes:
        if code not in checks():
            hint = did_you_mean(code, checks(), "`playbook explain` lists them")
            raise click.BadParameter(f"no check is called {code}; {hint}")
    return frozenset(codes)


SELECT = click.option(
    "--select", multiple=True, callback=_parse_codes, metavar="CODES", help="Only these checks: codes, with commas."
)
IGNORE = click.option("--ignore", multiple=True, callback=_parse_codes, metavar="CODES", help="All checks but these.")
