"""The site of one audience, as its settings and its findings make it."""

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
    """What the site of an audience is, and its settings; ends the command where it cannot be built."""
    refuse_errors(judgement, allow_errors)
    assert judgement.library.vocabulary is not None
    known = judgement.library.vocabulary.audiences
    if audience not in known:
        raise click.BadParameter(f"no audience is called {audience}; use one of {', '.join(known)}")
    with writing():
        found = settings(base.root, trusted)
    if not judgement.library.may_see(audience, STAFF):
        hidden = faulty(judgement.library, audience) if allow_errors else frozenset()
        return Edition(found.title, faulty=hidden), found
    return Edition(
        found.title, found.source, findings=visible_findings(judgement, audience) if allow_errors else {}
    ), found
