"""Makes the edits of findings that have one safe answer: for `fix`, and for `check --fix`."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from dataclasses import replace

import click

from generator import pipeline
from generator.analysis.narrowing import limit
from generator.analysis.renaming import Rewrite
from generator.analysis.repair import Repair, plan_repair
from generator.commands._knowledge_base import KnowledgeBase
from generator.commands._limits import is_below
from generator.commands._rewriting import write_texts
from generator.files.source import Source
from generator.files.tree import Folder, Overlay
from generator.findings import Finding
from generator.reports.patch import patch, show
from generator.wording import count


def fix(
    base: KnowledgeBase,
    select: frozenset[str],
    ignore: frozenset[str],
    dry_run: bool = False,
    is_told_aside: bool = False,
    named: Collection[str] = (),
) -> None:
    """Makes the repair, in the named files and folders if there are any, and shows it.

    Tells of it on standard error alone if `is_told_aside`.
    """
    if not dry_run:
        base.recover()
    sources: dict[str, Source] = {}

    def judge(texts: Mapping[str, str]) -> tuple[list[Finding], Mapping[str, Source]]:
        tree = Overlay(Folder(base.root), {path: text.encode() for path, text in texts.items()})
        judgement = pipeline.run(tree, base.today, select, ignore) if texts else base.run(select, ignore)
        if not texts:
            sources.update(judgement.sources)
        if named:
            judgement = replace(judgement, findings=limit(judgement, lambda path: is_below(path, named)).findings)
        return judgement.findings, judgement.sources

    repair = plan_repair(judge)
    if not dry_run:
        write_texts(base.root, sources, Rewrite(repair.texts))
    for path, text in repair.texts.items():
        diff = patch(path, sources[path].text, text)
        if is_told_aside:
            click.echo(diff, err=True)
        else:
            show(diff, sys.stdout.isatty())
    click.echo(_summarise(repair, dry_run), err=True)


def _summarise(repair: Repair, dry_run: bool) -> str:
    if not repair.fixed:
        told = "nothing has one safe answer: `playbook check` tells what is left for a person"
    else:
        fixed = f"{count(len(repair.fixed), 'finding')} in {count(len(repair.texts), 'file')}"
        told = f"{fixed} would be fixed" if dry_run else f"fixed {fixed}"
    if not repair.refused:
        return told
    places = ", ".join(f"{one.place.path}:{one.place.line}" for one in repair.refused[:3])
    return f"{told}; left as it was, because the edit would do harm there: {places}"
