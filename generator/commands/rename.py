"""`playbook rename`: gives a document, or a part of one, another id, and writes it wherever it is named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import click

from generator import pipeline
from generator.analysis.renaming import CODES, NewName, rename_document, rename_part
from generator.analysis.repair import plan_repair
from generator.commands._document import find_document
from generator.commands._knowledge_base import KnowledgeBase, based
from generator.commands._rewriting import Rewrite, carry_out, judge_after, summarize
from generator.documents import Document
from generator.documents.fields import identifier
from generator.documents.target import Target
from generator.files.edits import Uneditable
from generator.files.source import Source
from generator.findings import Finding
from generator.library.library import Library

SHOWN = 5  # places where the old id is still there, in words


@click.command("rename")
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
    part = Target.parse(old).part
    try:
        named = _rename(before.library, document, source, part, new)
    except Uneditable as error:
        raise click.ClickException(str(error)) from None
    rewrite = _write_everywhere(base, Rewrite({named.path: named.text}, _list_moves(document, named)))
    carry_out(base, before, rewrite, dry_run)
    click.echo(f"{old} is {new}: {summarize(rewrite, before.sources, dry_run)}", err=True)
    if left := list(_find_left(before.sources, rewrite, f"{document.id}#{part}" if part else document.id)):
        click.echo(f"still named in words, which only you can judge: {', '.join(left[:SHOWN])}", err=True)
    if before.library.malformed:
        names = ", ".join(sorted(before.library.malformed))
        click.echo(f"not looked into, because of format errors: {names}", err=True)


def _rename(library: Library, document: Document, source: Source, part: str | None, new: str) -> NewName:
    target = Target.parse(new)
    if part is None:
        if target.part is not None:
            raise click.BadParameter(f"{new} is a part, and {document.id} is a document: write an id without `#`")
        _require_free(library, document, _require_id(new))
        return rename_document(document, source, new)
    if target.part is not None and target.id != document.id:
        raise click.BadParameter(f"{new} is in another document: `playbook move` takes a part there")
    name = _require_id(target.part or new)
    taken = {old: own for own, other in document.parts.items() for old in (own, *other.formerly) if own != part}
    if name in taken or name == part:
        raise click.BadParameter(f"the id {name} is taken in {document.path}")
    return rename_part(document, source, part, name)


def _require_id(name: str) -> str:
    try:
        return identifier(name)
    except ValueError as error:
        raise click.BadParameter(f"`{name}` {error}") from None


def _require_free(library: Library, document: Document, name: str) -> None:
    taken = library.find(name)
    if taken is not None and not (taken is document and name in document.body.formerly):
        raise click.BadParameter(f"the id {name} is taken by {taken.path}")


def _list_moves(document: Document, named: NewName) -> dict[str, str]:
    return {named.path: document.path} if named.path != document.path else {}


def _write_everywhere(base: KnowledgeBase, rewrite: Rewrite) -> Rewrite:
    """The rewrite with every reference to the old id written anew."""

    def judge(texts: Mapping[str, str]) -> tuple[list[Finding], Mapping[str, Source]]:
        judgement: pipeline.Judgement = judge_after(base, Rewrite(rewrite.texts | dict(texts), rewrite.moved), CODES)
        return judgement.findings, judgement.sources

    return Rewrite(rewrite.texts | plan_repair(judge).texts, rewrite.moved)


def _find_left(sources: Mapping[str, Source], rewrite: Rewrite, old: str) -> Iterator[str]:
    """Places where the old id is a word of its own, other than in `formerly`."""
    word = re.compile(rf"(?<![\w-]){re.escape(old)}(?![\w-])")
    gone = set(rewrite.moved.values())
    texts = {path: source.text for path, source in sources.items() if path not in gone} | rewrite.texts
    for path, text in sorted(texts.items()):
        for number, line in enumerate(text.splitlines(), 1):
            if word.search(line) and "formerly" not in line:
                yield f"{path}:{number}"
