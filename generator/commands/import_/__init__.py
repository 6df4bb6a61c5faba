"""`playbook import`: imports documents from other formats, one module per format."""

from __future__ import annotations

import click

from generator.commands import Commands


@click.group("import", cls=Commands, package=__name__)
def COMMAND() -> None:  # noqa: N802
    """Import documents from other formats."""
