"""`playbook compare`: which paths of decisions end elsewhere than they did in a git revision."""

from __future__ import annotations

import click

from generator.commands import Base, based
from generator.documents import Document
from generator.graph import Graph
from generator.library import Library
from generator.nearest import did_you_mean
from generator.outputs.compare import compared
from generator.revision import NoPast
from generator.wording import count

Decisions = dict[str, tuple[Document, Graph]]


@click.command("compare")
@based
@click.argument("names", metavar="[ID...]", nargs=-1)
@click.option("--since", metavar="REV", default="HEAD", show_default=True, help="The git revision to compare with.")
def COMMAND(base: Base, names: tuple[str, ...], since: str) -> None:  # noqa: N802
    """Tell which paths through decision trees and tables end elsewhere than they did in a git revision.

    A path is the answers that lead to a decision. Without an ID, all decisions are compared, and those named that
    decide something else.
    """
    try:
        old = _decisions(base.past(since, "decision_tree"))
    except NoPast as error:
        raise click.ClickException(f"cannot tell what was in {since}: {error} ({error.hint})") from None
    new = _decisions(base.library())
    for name in names:
        if name not in new and name not in old:
            hint = did_you_mean(name, new, f"there are {', '.join(new)}" if new else "there is none yet")
            raise click.BadParameter(f"no decision tree is called {name}; {hint}")
    renamed = {was for document, _ in new.values() for was in document.body.formerly}
    wanted = names or tuple(dict.fromkeys([*new, *(name for name in old if name not in renamed)]))
    told = [list(_compared(name, old, new)) for name in wanted]
    changed = [lines for lines in told if not lines[-1].endswith("as before")]
    for lines in told if names else changed:
        click.echo("\n".join(lines))
    if not names:
        click.echo(f"{count(len(wanted), 'decision')}; {len(changed):,} of them decide otherwise than in {since}.")


def _decisions(library: Library) -> Decisions:
    return {document.id: (document, graph) for document, _, graph in library.decisions}


def _compared(name: str, old: Decisions, new: Decisions) -> list[str]:
    if name in new:
        known = [was for was in (name, *new[name][0].body.formerly) if was in old]
        old = old | {name: old[known[0]]} if known else old
    if name not in old or name not in new:
        return [f"{name}: {'is new' if name in new else 'is gone'}"]
    return list(compared(old[name], new[name]))
