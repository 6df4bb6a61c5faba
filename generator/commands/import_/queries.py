"""`playbook import queries`: turns searches that led nowhere into a list for authors."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands._exchange import large_text_of
from generator.commands._knowledge_base import AUDIENCE, KnowledgeBase, based
from generator.exchange.queries import read_queries
from generator.publishing.search.index import open_search
from generator.reports.queries import queries_text
from generator.wording import count


@click.command("queries", short_help="Searches in vain, as a list for authors.")
@based
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@AUDIENCE
def COMMAND(base: KnowledgeBase, path: Path, audience: str) -> None:  # noqa: N802
    """List what people searched for in vain, by the document that comes nearest.

    FILE has the lines that the search box copies ("Copy 12 searches that led nowhere"), or one search on each line.
    Nothing is written: copy what belongs to a document into its `phrases`, and run the command again.
    """
    queries, too_long = read_queries(large_text_of(path))
    if not queries:
        raise click.ClickException(f"{path} has no searches: paste what the search box of the site copies, a line each")
    library = base.view(audience)
    answers = open_search(library).ask([query.text for query in queries], limit=3)
    click.echo(queries_text(list(zip(queries, answers, strict=True)), library))
    if too_long:
        click.echo(f"{count(too_long, 'line')} left out: too long to be a search")
