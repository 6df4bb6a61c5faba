"""`playbook rename`: gives a document, or a part of one, another id, and writes it wherever it is named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import click

from generator.analysis.renaming import Rewrite, UnfitName, plan_rename
from generator.commands._document import find_document
from generator.commands._knowledge_base import KnowledgeBase, based
from generator.commands._owners import keep_owners
from generator.commands._rewriting import carry_out, summarize
from generator.documents.target import Target
from generator.files.edits import Uneditable
from generator.files.source import Source
from generator.files.tree import Folder

SHOWN = 5  # places where the old id is still there, in words


@click.command("rename", short_help="Give a document, or a part of one, another id.")
@based
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--dry-run", is_flag=True, help="Print the patch, and write nothing.")
def COMMAND(base: KnowledgeBase, old: str, new: str, dry_run: bool) -> None:  # noqa: N802
    """Give a document another id, or a part of one (OLD is `id#part`, NEW is `id#part` or `part`).

    The file gets the new name, every reference, citation, answer and row that names it is written anew, and `formerly`
    keeps old links working. The patch is shown. What vendors got with a release stays as it was.
    """
    if not dry_run:
        base.recover()
    before = base.run()
    document = find_document(before.library, old)
    source = before.sources[document.path]
    meant = Target.parse(old)
    part = document.renamed_parts.get(meant.part, meant.part) if meant.part else None
    if (now := f"{document.id}#{part}" if part else document.id) != old:
        click.echo(f"{old} is a former id: {now} gets the new one", err=True)
    try:
        rewrite = plan_rename(Folder(base.root), base.today, before.library, document, source, part, new)
    except UnfitName as error:
        raise click.BadParameter(str(error)) from None
    except Uneditable as error:
        raise click.ClickException(str(error)) from None
    carry_out(base, before, rewrite, dry_run)
    if not dry_run:
        keep_owners(base, before.library)
    click.echo(f"{old} is {new}: {summarize(rewrite, before.sources, dry_run)}", err=True)
    if left := list(_find_left(before.sources, rewrite, f"{document.id}#{part}" if part else document.id)):
        click.echo(f"still named in words, which only you can judge: {', '.join(left[:SHOWN])}", err=True)
    if before.library.malformed:
        names = ", ".join(sorted(before.library.malformed))
        click.echo(f"not looked into, because of format errors: {names}", err=True)


def _find_left(sources: Mapping[str, Source], rewrite: Rewrite, old: str) -> Iterator[str]:
    """Places where the old id is a word of its own, other than in `formerly`."""
    word = re.compile(rf"(?<![\w-]){re.escape(old)}(?![\w-])")
    gone = set(rewrite.moved.values())
    texts = {path: source.text for path, source in sources.items() if path not in gone} | rewrite.texts
    for path, text in sorted(texts.items()):
        for number, line in enumerate(text.splitlines(), 1):
            if word.search(line) and "formerly" not in line:
                yield f"{path}:{number}"
