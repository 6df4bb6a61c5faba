"""`playbook pack`: the packs that vendors train with, one module per command."""

from __future__ import annotations

import click

from generator.commands import Commands


@click.group("pack", short_help="Build, release and verify what vendors train with.", cls=Commands, package=__name__)
def COMMAND() -> None:  # noqa: N802
    """Build the packs that vendors train with, release them, and say who has what."""
