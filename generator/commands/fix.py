"""`playbook fix`: makes the edits of findings that have one safe answer."""

from __future__ import annotations

import click

from generator.commands._codes import IGNORE, SELECT
from generator.commands._knowledge_base import KnowledgeBase, based
from generator.commands._repairing import fix


@click.command("fix", short_help="Make the edits that have one safe answer.")
@based
@SELECT
@IGNORE
@click.option("--dry-run", is_flag=True, help="Print the patch, and write nothing.")
def COMMAND(base: KnowledgeBase, select: frozenset[str], ignore: frozenset[str], dry_run: bool) -> None:  # noqa: N802
    """Make the edits of findings that have one safe answer, and show them as a patch.

    It never guesses: where the right edit is for a person to choose, `playbook check` tells what to write. Comments,
    quotes and line endings stay as they are, and a file in which an edit would do harm stays as it was.
    """
    fix(base, select, ignore, dry_run)
