"""`playbook compare`: which paths of decisions end elsewhere than they did in a git revision."""

from __future__ import annotations

from typing import NamedTuple

import click

from generator.commands import Base, based
from generator.decisions.graph import Graph
from generator.documents import Document
from generator.files.repository import NoPast
from generator.library.library import Library
from generator.reports.compare import compared
from generator.wording import count, one_of


class Decisions(NamedTuple):
    """The decisions of a library by id, and the ids of whatever has mistakes of form in it."""

    by_id: dict[str, tuple[Document, Graph]]
    misshapen: frozenset[str]

    def has(self, name: str) -> bool:
        return name in self.by_id or name in self.misshapen


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
    renamed = {was: name for name, (document, _) in new.by_id.items() for was in document.body.formerly}
    for name in names:
        if name not in renamed and not new.has(name) and not old.has(name):
            raise click.BadParameter(f"no decision tree is called {name}; {one_of(name, new.by_id)}")
    wanted = dict.fromkeys(
        name if new.has(name) else renamed.get(name, name) for name in names or (*new.by_id, *old.by_id)
    )
    told = [_compared(name, old, new) for name in wanted]
    changed = [lines for lines in told if not lines[-1].endswith("as before")]
    for lines in told if names else changed:
        click.echo("\n".join(lines))
    if not names:
        click.echo(f"{count(len(wanted), 'decision')}, {len(changed):,} of them not as in {since}.")


def _decisions(library: Library) -> Decisions:
    decisions = {one.id: (one, graph) for one, _, graph in library.decisions if library.by_id[one.id] is one}
    misshapen = {document.id for document in library.documents if not document.sound}
    return Decisions(decisions, frozenset({*library.malformed, *misshapen}))


def _compared(name: str, old: Decisions, new: Decisions) -> list[str]:
    formerly = new.by_id[name][0].body.formerly if name in new.by_id else []
    was = next((one for one in (name, *formerly) if old.has(one)), name)
    if was in old.misshapen or name in new.misshapen:
        when = "is (playbook check)" if name in new.misshapen else "was"
        return [f"{name}: cannot be compared, as there are mistakes of form in it as it {when}"]
    if was not in old.by_id or name not in new.by_id:
        return [f"{name}: {'is new' if name in new.by_id else 'is gone'}"]
    return list(compared(old.by_id[was], new.by_id[name]))
