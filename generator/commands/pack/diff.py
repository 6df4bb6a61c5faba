"""`playbook pack diff`: shows what changed in a pack to those who were trained on it."""

from __future__ import annotations

import click

from generator.analysis.delta import compare_packs
from generator.commands._knowledge_base import KnowledgeBase, based
from generator.commands._releases import find_release
from generator.commands.pack._packs import find_pack, packed_now, packed_then
from generator.files import terminal
from generator.library.library import Library
from generator.library.packing import Packed
from generator.publishing.packs.releasing.changes_page import write_changes_page
from generator.reports.pack_diff import FORMATS

DIFF_FORMATS = {**FORMATS, "html": write_changes_page}


@click.command("diff")
@based
@click.argument("name", metavar="ID")
@click.argument("old", metavar="[OLD]", required=False)
@click.argument("new", metavar="[NEW]", required=False)
@click.option("--format", "form", type=click.Choice(list(DIFF_FORMATS)), default="text", help="How to print it.")
def COMMAND(base: KnowledgeBase, name: str, old: str | None, new: str | None, form: str) -> None:  # noqa: N802
    """Show what changed in a pack, to those who were trained on it.

    OLD and NEW are versions that were released (default: the last one, and what the knowledge base says now). Each
    change is told as what has to be done, before and after, why, and from when.
    """
    library = base.library()
    last = library.releases.last(name)
    if last is None:
        find_pack(library, name)
        raise click.ClickException(f"{name} was never released: there is nothing to compare with")
    before = packed_then(library, find_release(library, name, old or last.version), base.today)
    after = _find_new(base, library, name, new)
    written = DIFF_FORMATS[form](compare_packs(before, after))
    if form in ("html", "json"):
        terminal.data(written)
    else:
        click.echo(written)


def _find_new(base: KnowledgeBase, library: Library, name: str, version: str | None) -> Packed:
    if version is not None:
        return packed_then(library, find_release(library, name, version), base.today)
    return packed_now(library, find_pack(library, name))
