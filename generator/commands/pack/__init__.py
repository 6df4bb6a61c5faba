"""`playbook pack`: the packs that vendors train with, one module per command."""

from __future__ import annotations

import click

from generator.commands import Commands


@click.group("pack", cls=Commands, package=__name__)
def COMMAND() -> None:  # noqa: N802
    """Build the packs that vendors train with, release them, and say who has what."""
