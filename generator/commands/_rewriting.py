"""Writes new texts of files that people keep: as one patch, and only if nothing is worse than before."""

from __future__ import annotations

import sys
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import click

from generator import pipeline
from generator.analysis.renaming import Rewrite
from generator.commands._knowledge_base import KnowledgeBase
from generator.commands._refusal import writing
from generator.files import writer as publish
from generator.files.source import Source
from generator.files.tree import Folder, Overlay
from generator.findings import Finding
from generator.reports.patch import patch, show
from generator.wording import count

SHOWN = 5  # findings that a refused change would bring


def judge_after(base: KnowledgeBase, rewrite: Rewrite, select: frozenset[str] = frozenset()) -> pipeline.Judgement:
    """What the checks say of the knowledge base with the new texts."""
    return pipeline.run(Overlay(Folder(base.root), rewrite.contents()), base.today, select)


def carry_out(base: KnowledgeBase, before: pipeline.Judgement, rewrite: Rewrite, dry_run: bool) -> None:
    """Writes the patch, all or none, and shows it; ends the command if there would be errors that there are not now."""
    after = judge_after(base, rewrite)
    if worse := _find_worse(before, after):
        told = "\n".join(f"  {_name_place(one)}: {one.message}: {one.hint}" for one in worse[:SHOWN])
        more = f"\n  and {len(worse) - SHOWN} more" if len(worse) > SHOWN else ""
        raise click.ClickException(f"nothing was written, because it would bring new errors:\n{told}{more}")
    if not dry_run:
        write_texts(base.root, before.sources, rewrite)
    show_patch(before.sources, rewrite)


def show_patch(sources: Mapping[str, Source], rewrite: Rewrite) -> None:
    """Prints what changes in each file."""
    for path, text in sorted(rewrite.texts.items()):
        former = rewrite.moved.get(path, "")
        show(patch(path, _read_before(sources, former or path), text, former), sys.stdout.isatty())


def write_texts(root: Path, sources: Mapping[str, Source], rewrite: Rewrite) -> None:
    """Writes texts by path, all or none, in the line endings and with the byte order marks that the files had.

    A path that is in no source is a new file.
    """
    with writing():
        edits = []
        for path, text in rewrite.texts.items():
            former = rewrite.moved.get(path, path)
            if former not in sources:
                edits.append(publish.FileEdit(path, None, text.encode()))
                continue
            content = _read_unchanged(root, sources[former])
            edits.append(publish.FileEdit(path, content if former == path else None, publish.forms_of(content, text)))
            if former != path:
                edits.append(publish.FileEdit(former, content, None))
        publish.change(root, edits)


def _read_unchanged(root: Path, source: Source) -> bytes:
    """The bytes of a file that still says what was read. Raises Unwritten."""
    content = publish.content_now(root, source.path)
    if content is None or content.removeprefix(BOM_UTF8) != source.text.encode():
        raise publish.changed_meanwhile(source.path)
    return content


def _find_worse(before: pipeline.Judgement, after: pipeline.Judgement) -> list[Finding]:
    """The errors of a kind of which there are more now: messages name ids, which may have changed."""
    had, has = (Counter(one.code for one in judged.errors) for judged in (before, after))
    more = has - had
    known = Counter((one.code, one.message) for one in before.errors)
    return [one for one in after.errors if more[one.code] and (one.code, one.message) not in known]


def _name_place(finding: Finding) -> str:
    return f"{finding.place.path}:{finding.place.line}"


def summarize(rewrite: Rewrite, sources: Mapping[str, Source], dry_run: bool) -> str:
    """How much a rewrite changes: lines and files."""
    lines = sum(
        line.startswith("+") and not line.startswith("+++")
        for path, text in rewrite.texts.items()
        for line in patch(path, _read_before(sources, rewrite.moved.get(path, path)), text).splitlines()
    )
    did = "would change" if dry_run else "changed"
    moved = f"{count(len(rewrite.moved), 'file')} {'would move' if dry_run else 'moved'}" if rewrite.moved else ""
    changed = f"{count(lines, 'line')} in {count(len(rewrite.texts), 'file')} {did}" if lines or not moved else ""
    return ", ".join(filter(None, (moved, changed)))


def _read_before(sources: Mapping[str, Source], path: str) -> str:
    """The text that a file had; empty where it is new."""
    return sources[path].text if path in sources else ""
