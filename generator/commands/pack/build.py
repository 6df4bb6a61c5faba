"""`playbook pack build`: builds a pack for its vendor."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from generator.commands._knowledge_base import TRUST, KnowledgeBase, based
from generator.commands._refusal import refuse_errors, say, warn, writing
from generator.commands.pack._packs import find_pack
from generator.documents.types.pack import PackFormat
from generator.publishing.engines.settings import settings
from generator.publishing.packs import build as pack
from generator.publishing.pages.drawing import undrawn
from generator.reports.progress import ticking
from generator.wording import count


@click.command("build")
@based
@click.argument("name", metavar="ID")
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder to put the pack's own folder in (default: dist/ in the knowledge base).",
)
@click.option(
    "--format",
    "wanted",
    type=click.Choice(get_args(PackFormat)),
    multiple=True,
    help="What to build; may be repeated (default: the `formats` of the pack).",
)
@TRUST
def COMMAND(base: KnowledgeBase, name: str, to: Path | None, wanted: tuple[str, ...], trusted: tuple[str, ...]) -> None:  # noqa: N802
    """Build a pack into a folder of its own, ID-VERSION.

    site.zip has the pages of its audience, readable without a server, and handbook.pdf has them for paper (it needs the
    extra `pdf`, and takes minutes). The questions follow from the golden cases of its decisions; their files have the
    right answers too, so they are for whoever runs the learning system. INSTALL.md, CHANGELOG.md and attestation.html,
    a sheet to sign, are in every pack. pack.json says what is in the pack, and SHA256SUMS has the hash of each file.
    """
    judgement = base.run()
    refuse_errors(judgement)
    document = find_pack(judgement.library, name)
    place = (to or base.root / "dist").absolute() / f"{name}-{document.body.version}"
    with writing(), ticking("building pages") as tick:
        built = pack.build_pack(judgement.library, document, settings(base.root, trusted), place, tick, wanted)
    warn(built.warnings)
    asked = f" and {count(built.questions, 'question')}" if built.questions else ""
    click.echo(f"{count(built.documents, 'document')} for {document.body.audience} readers{asked} in {place}")
    click.echo(f"  {', '.join(built.files)}")
    say(undrawn(judgement.library))
