"""The command line: it gathers the commands, each of which is a module of its own."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import TextIOWrapper

import click

from generator.commands import Commands


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="playbook", prog_name="playbook")
def main() -> None:
    """Checks and publishes the procedures of a trust and safety operation."""


def run() -> None:
    """The program: ends at once, without taking a library of a million objects apart first."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        main()
    except SystemExit as end:
        if not isinstance(end.code, int | None):
            raise
        with suppress(OSError):  # nobody may be reading any more, as after `| head`
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(end.code or 0)
