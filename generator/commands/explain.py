"""`playbook explain`: prints the page of a check."""

from __future__ import annotations

import click

from generator.checks import checks
from generator.wording import did_you_mean


@click.command("explain")
@click.argument("code", required=False)
def COMMAND(code: str | None) -> None:  # noqa: N802
    """Print the page of a check; without a CODE, list all checks."""
    if code is None:
        width = max(map(len, checks()))
        for check in checks().values():
            click.echo(f"{check.code:<{width}}  {check.severity:<7}  {check.what}")
    elif code in checks():
        click.echo(f"{code} ({checks()[code].severity})\n\n{checks()[code].page}")
    else:
        hint = did_you_mean(code, checks(), "`playbook explain` lists them")
        raise click.UsageError(f"no check is called {code}; {hint}")
