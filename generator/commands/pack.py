"""`playbook pack`: builds the packs that vendors train with."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands._knowledge_base import TRUST, KnowledgeBase, based
from generator.commands._refusal import refuse_errors, say, warn, writing
from generator.documents.types.pack import Pack
from generator.publishing.engines.settings import settings
from generator.publishing.packs import archive as pack
from generator.publishing.pages.drawing import undrawn
from generator.reports.progress import ticking
from generator.wording import did_you_mean


@click.group("pack")
def COMMAND() -> None:  # noqa: N802
    """Build the packs that vendors train with."""


@COMMAND.command("build")
@based
@click.argument("name", metavar="ID")
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder to put the zip in (default: dist/ in the knowledge base).",
)
@TRUST
def build(base: KnowledgeBase, name: str, to: Path | None, trusted: tuple[str, ...]) -> None:
    """Build a pack as a zip: the pages of its audience, readable without a server, and pack.json."""
    judgement = base.run()
    refuse_errors(judgement)
    packs = {document.id: document for document, _ in judgement.library.each(Pack)}
    if name not in packs:
        known = f"use one of {', '.join(packs)}" if packs else "there is none yet; `playbook new pack ID` writes one"
        raise click.BadParameter(f"no pack is called {name}; {did_you_mean(name, packs, known)}")
    document = packs[name]
    place = (to or base.root / "dist").absolute() / f"{name}-{document.body.version}.zip"
    with writing(), ticking("building pages") as tick:
        count, warnings, _ = pack.build_pack(judgement.library, document, settings(base.root, trusted), place, tick)
    warn(warnings)
    click.echo(f"{count} documents for {document.body.audience} readers in {place}")
    say(undrawn(judgement.library))
