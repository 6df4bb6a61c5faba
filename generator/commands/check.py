"""`playbook check`: prints every finding."""

from __future__ import annotations

import sys

import click

from generator.commands._codes import IGNORE, SELECT
from generator.commands._knowledge_base import KnowledgeBase, based
from generator.commands._repairing import fix
from generator.documents.header import Header
from generator.files.repository import NoPast
from generator.library.library import Library
from generator.reports.findings import reports


@click.command("check")
@based
@click.option("--format", "form", type=click.Choice(sorted(reports())), default="text", help="How to print findings.")
@SELECT
@IGNORE
@click.option(
    "--since", metavar="REV", help="Also find what changed silently since this git revision, such as origin/main."
)
@click.option("--fix", "is_fixing", is_flag=True, help="First make the fixes that have one safe answer, as `fix` does.")
def COMMAND(  # noqa: N802
    base: KnowledgeBase,
    form: str,
    select: frozenset[str],
    ignore: frozenset[str],
    since: str | None,
    is_fixing: bool,
) -> None:
    """Find every mistake in the knowledge base. Changes nothing without --fix.

    The exit code is 0 if there are no errors, 1 if there are, and 2 if the command was called wrongly.
    """
    if is_fixing:
        fix(base, select, ignore, is_told_aside=True)
    before, unknown = _load_past(base, since) if since is not None else (None, "")
    judgement = base.run(select, ignore, before)
    click.echo(reports()[form](judgement, sys.stdout.isatty()))
    if unknown:
        click.echo(unknown, err=True)
    elif before is not None and (names := _list_uncompared(judgement.library, before)):
        click.echo(f"not compared, as they had format errors in {since}: {', '.join(names)}", err=True)
    sys.exit(1 if judgement.errors or unknown else 0)


def _load_past(base: KnowledgeBase, since: str) -> tuple[Library | None, str]:
    """What has changed as it was, or else why that is unknown: the other checks run all the same."""
    try:
        return base.past(since, Header, is_forked=True, only_changed=True), ""
    except NoPast as error:
        what = f"cannot tell what changed since {since}: {error} ({error.hint})"
        return None, f"{what}; everything else was checked"


def _list_uncompared(library: Library, before: Library) -> list[str]:
    """The ids of documents of which the older state could not be read at all."""
    return sorted(name for name in before.malformed if name in library.by_any_id and name not in before.by_id)
