"""The findings that a team knows: a file at the root of its knowledge base, which every command finds by itself."""

from __future__ import annotations

from pathlib import Path

import click

from generator.analysis.known import Known, update_names, withhold
from generator.commands._knowledge_base import KnowledgeBase
from generator.commands._limits import read_baseline
from generator.pipeline import Judgement
from generator.wording import count

BASELINE = "known-findings.json"

NO_BASELINE = click.option(
    "--no-baseline", "is_whole", is_flag=True, help=f"Count what {BASELINE} lists too, the findings that you know."
)


def find_baseline(base: KnowledgeBase) -> Path | None:
    """The file of the knowledge base that lists known findings; None if there is none."""
    place = base.root / BASELINE
    return place if place.is_file() else None


def read_own_baseline(base: KnowledgeBase) -> Known:
    """The findings that the knowledge base's own file lists; ends the command if it cannot be read."""
    place = find_baseline(base)
    return read_baseline(place, "") if place else {}


def hold_back(base: KnowledgeBase, judgement: Judgement, is_whole: bool = False) -> Judgement:
    """The judgement without what the knowledge base's file lists; tells on standard error how much that is."""
    known = {} if is_whole or judgement.library.vocabulary is None else read_own_baseline(base)
    if not known:
        return judgement
    shown = withhold(judgement, update_names(known, judgement.library))
    tell_held_back(shown)
    return shown


def tell_held_back(shown: Judgement, has_switch: bool = True) -> None:
    """Says in a line how many findings the file of the knowledge base holds back."""
    if shown.known:
        how = " (--no-baseline shows them)" if has_switch else " (`playbook check --no-baseline` shows them)"
        click.echo(f"{BASELINE} holds back {count(shown.known, 'known finding')}{how}", err=True)
