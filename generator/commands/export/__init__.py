"""`playbook export`: writes files for other systems, one module per system."""

from __future__ import annotations

import click

from generator.commands import Commands


@click.group("export", cls=Commands, package=__name__)
def COMMAND() -> None:  # noqa: N802
    """Write files that other systems can import."""
