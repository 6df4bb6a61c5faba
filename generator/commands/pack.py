"""`playbook pack`: builds the packs that vendors train with."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from generator.commands._knowledge_base import TRUST, KnowledgeBase, based
from generator.commands._refusal import refuse_errors, say, warn, writing
from generator.documents.types.pack import Pack, PackFormat
from generator.files.terminal import disarm_line
from generator.publishing.engines.settings import settings
from generator.publishing.packs import build as pack
from generator.publishing.packs.verify import NoPack, verify_pack
from generator.publishing.pages.drawing import undrawn
from generator.reports.progress import ticking
from generator.wording import count, did_you_mean


@click.group("pack")
def COMMAND() -> None:  # noqa: N802
    """Build the packs that vendors train with, and verify them."""


@COMMAND.command("build")
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
def build(base: KnowledgeBase, name: str, to: Path | None, wanted: tuple[str, ...], trusted: tuple[str, ...]) -> None:
    """Build a pack into a folder of its own, ID-VERSION.

    site.zip has the pages of its audience, readable without a server. The questions follow from the golden cases of its
    decisions; their files have the right answers too, so they are for whoever runs the learning system. pack.json says
    what is in the pack, and SHA256SUMS has the hash of each file.
    """
    judgement = base.run()
    refuse_errors(judgement)
    packs = {document.id: document for document, _ in judgement.library.each(Pack)}
    if name not in packs:
        known = f"use one of {', '.join(packs)}" if packs else "there is none yet; `playbook new pack ID` writes one"
        raise click.BadParameter(f"no pack is called {name}; {did_you_mean(name, packs, known)}")
    document = packs[name]
    place = (to or base.root / "dist").absolute() / f"{name}-{document.body.version}"
    with writing(), ticking("building pages") as tick:
        built = pack.build_pack(judgement.library, document, settings(base.root, trusted), place, tick, wanted)
    warn(built.warnings)
    asked = f" and {count(built.questions, 'question')}" if built.questions else ""
    click.echo(f"{count(built.documents, 'document')} for {document.body.audience} readers{asked} in {place}")
    click.echo(f"  {', '.join(built.files)}")
    say(undrawn(judgement.library))


@COMMAND.command("verify")
@click.argument("place", metavar="DIR|ZIP", type=click.Path(exists=True, path_type=Path))
def compare_pack(place: Path) -> None:
    """Compare a pack with the hashes in its own record.

    It needs nothing but the pack: the folder that `pack build` made, or its site.zip. Ends with 1 if a file is missing,
    changed or was added, or if a zip is damaged or would write outside its folder. Hashes reveal damage and
    mistakes; somebody who changes a pack on purpose can change them too.
    """
    try:
        verdict = verify_pack(place)
    except (NoPack, OSError) as error:
        raise click.ClickException(str(error)) from None
    for line in verdict.amiss:
        click.echo(disarm_line(line))
    told = disarm_line(f"{verdict.title}, version {verdict.version}")
    if verdict.amiss:
        raise click.ClickException(f"{told}: {count(len(verdict.amiss), 'difference')} from what was built")
    click.echo(f"{told}: {count(verdict.files, 'file')}, each as it was built")
