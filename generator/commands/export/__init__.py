"""`playbook export`: writes what other systems take in, one module a system."""

from __future__ import annotations

import click

from generator.commands import Commands


@click.group("export", cls=Commands, package=__name__)
def COMMAND() -> None:  # noqa: N802
    """Write what other systems take in."""
