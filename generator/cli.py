"""The command line: it gathers the commands, each of which is a module of its own."""

from __future__ import annotations

import click

from generator.commands import commands


@click.group(
    commands=commands(),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="playbook", prog_name="playbook")
def main() -> None:
    """Checks and publishes the procedures of a trust and safety operation."""
