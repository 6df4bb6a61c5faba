"""`playbook lsp`: the language server, which editors start and talk to."""

from __future__ import annotations

import io
import os
import sys
from datetime import date, datetime

import click

from generator import DISTRIBUTION, VERSION
from generator.commands._typed import DayTyped

NEEDED = f"`playbook lsp` needs the extra `lsp`: pip install '{DISTRIBUTION}[lsp]'"


@click.command("lsp", short_help="Show findings while you type, in an editor.")
@click.option(
    "--as-of",
    type=DayTyped(),
    metavar="DATE",
    help="Check as of this day, such as 2026-12-31 (default: today).",
)
def COMMAND(as_of: datetime | None) -> None:  # noqa: N802
    """Talk to an editor over standard input and output, by the Language Server Protocol.

    An editor starts it by itself: set it up for YAML and Markdown with the command `playbook lsp`. It shows what
    `check` finds while you write, and knows ids, parts, citations, words and keys.
    """
    try:
        from generator.reports.editor.server import make_server
    except ImportError as error:
        if (error.name or "").split(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise click.ClickException(NEEDED) from None
    if sys.stdin.isatty():
        raise click.ClickException("an editor starts `playbook lsp` and talks to it: there is nothing to type here")
    day = as_of.date() if as_of else None
    server = make_server(VERSION, lambda: day or date.today())
    channel = io.BufferedWriter(io.FileIO(os.dup(sys.stdout.fileno()), "w"))
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever else is printed must not get between the messages
    server.start_io(sys.stdin.buffer, channel)
