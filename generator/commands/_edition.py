"""Prepares the site of one audience: its settings, and the findings that its pages show."""

from __future__ import annotations

import click

from generator.commands._knowledge_base import KnowledgeBase
from generator.commands._refusal import refuse_errors, writing
from generator.documents.vocabulary import STAFF
from generator.pipeline import Judgement
from generator.publishing.engines.settings import Settings, settings
from generator.publishing.pages.disclosure import faulty, visible_findings
from generator.publishing.pages.edition import Edition


def site_edition(
    base: KnowledgeBase, judgement: Judgement, audience: str, allow_errors: bool, trusted: tuple[str, ...] = ()
) -> tuple[Edition, Settings]:
    """The site of an audience and its settings; ends the command if the site cannot be built."""
    refuse_errors(judgement, allow_errors)
    assert judgement.library.vocabulary is not None
    known = judgement.library.vocabulary.audiences
    if audience not in known:
        raise click.BadParameter(f"no audience is called {audience}; use one of {', '.join(known)}")
    with writing():
        chosen = settings(base.root, trusted)
    if not judgement.library.may_see(audience, STAFF):
        hidden = faulty(judgement.library, audience) if allow_errors else frozenset()
        return Edition(chosen.title, faulty=hidden), chosen
    findings = visible_findings(judgement, audience) if allow_errors else {}
    return Edition(chosen.title, chosen.source, findings=findings, for_staff=True), chosen
