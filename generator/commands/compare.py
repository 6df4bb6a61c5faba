"""`playbook compare`: shows which paths lead to another decision than in a git revision."""

from __future__ import annotations

import click

from generator.analysis.compare import compare, decisions
from generator.commands._knowledge_base import KnowledgeBase, based
from generator.documents.types.decision_tree import Decision
from generator.files.repository import NoPast
from generator.reports.compare import text
from generator.wording import count, one_of


@click.command("compare")
@based
@click.argument("names", metavar="[ID...]", nargs=-1)
@click.option("--since", metavar="REV", default="HEAD", show_default=True, help="The git revision to compare with.")
def COMMAND(base: KnowledgeBase, names: tuple[str, ...], since: str) -> None:  # noqa: N802
    """Show which decisions changed since a git revision.

    Compares every path through decision trees and tables: the answers that lead to a decision. Without an ID, all of
    them are compared, and those that changed are shown.
    """
    try:
        old = decisions(base.past(since, Decision))
    except NoPast as error:
        raise click.ClickException(f"cannot tell what was in {since}: {error} ({error.hint})") from None
    new = decisions(base.library())
    renamed = {was: name for name, (document, _) in new.by_id.items() for was in document.body.formerly}
    for name in names:
        if name not in renamed and not new.has(name) and not old.has(name):
            raise click.BadParameter(f"no decision tree is called {name}; {one_of(name, new.by_id)}")
    wanted = dict.fromkeys(
        name if new.has(name) else renamed.get(name, name) for name in names or (*new.by_id, *old.by_id)
    )
    verdicts = [compare(name, old, new) for name in wanted]
    changed = [verdict for verdict in verdicts if verdict.is_changed]
    for verdict in verdicts if names else changed:
        click.echo(text(verdict))
    if not names:
        click.echo(f"{len(changed):,} of {count(len(verdicts), 'decision')} changed since {since}.")
