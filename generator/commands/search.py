"""`playbook search`: finds documents as the site does, in the same order."""

from __future__ import annotations

import sys

import click

from generator.commands._knowledge_base import AUDIENCE, KnowledgeBase, based
from generator.publishing.search.index import open_search
from generator.reports.search import FORMATS


@click.command("search", short_help="Find documents by an id or by words of the case.")
@based
@click.argument("words", metavar="WORDS...", nargs=-1)
@AUDIENCE
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many results to show.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", help="How to print them.")
def COMMAND(base: KnowledgeBase, words: tuple[str, ...], audience: str, limit: int, form: str) -> None:  # noqa: N802
    """Find documents by an id, by words of the case, or by a whole message.

    The order is that of the search of the site. Give `-` to read a message from standard input. The exit code is 1
    where nothing clearly answers.
    """
    text = sys.stdin.read() if words == ("-",) else " ".join(words)
    if not text.strip():
        raise click.UsageError("say what to look for, as in `playbook search charged twice`, or - for standard input")
    library = base.view(audience)
    (answer,) = open_search(library).ask([text], limit=limit)
    click.echo(FORMATS[form](answer, library))
    if not answer["isSure"]:
        sys.exit(1)
