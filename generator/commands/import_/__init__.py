"""`playbook import`: brings in what others wrote in other formats, one module a format."""

from __future__ import annotations

import click

from generator.commands import Commands


@click.group("import", cls=Commands, package=__name__)
def COMMAND() -> None:  # noqa: N802
    """Bring in what others wrote in other formats."""
