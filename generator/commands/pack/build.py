"""`playbook pack build`: builds a pack for its vendor."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click

from generator.commands._knowledge_base import TRUST, KnowledgeBase, based
from generator.commands._refusal import refuse_errors, say, warn, writing
from generator.commands._releases import find_release
from generator.commands.pack._packs import TO, find_pack, refuse_nothing
from generator.documents.types.pack import PackFormat
from generator.files import writer as publish
from generator.library.freezing import is_as_released
from generator.library.library import Library
from generator.library.thawing import pack_of
from generator.publishing.engines.settings import settings
from generator.publishing.packs import build as pack
from generator.publishing.packs.releasing.reopening import reopen
from generator.publishing.pages.drawing import undrawn
from generator.reports.progress import ticking
from generator.wording import count


@click.command("build")
@based
@click.argument("name", metavar="ID")
@TO
@click.option(
    "--format",
    "wanted",
    type=click.Choice(get_args(PackFormat)),
    multiple=True,
    help="What to build; may be repeated (default: the `formats` of the pack).",
)
@click.option(
    "--release",
    "version",
    metavar="VERSION",
    help="Build what was released with this version, whatever the knowledge base says now.",
)
@TRUST
def COMMAND(  # noqa: N802
    base: KnowledgeBase,
    name: str,
    to: Path | None,
    wanted: tuple[str, ...],
    version: str | None,
    trusted: tuple[str, ...],
) -> None:
    """Build a pack into a folder of its own, ID-VERSION.

    site.zip has the pages of its audience, readable without a server, and handbook.pdf has them for paper (it needs the
    extra `pdf`, and takes minutes). The questions follow from the golden cases of its decisions; their files have the
    right answers too, so they are for whoever runs the learning system. INSTALL.md, CHANGELOG.md and attestation.html,
    a sheet to sign, are in every pack. pack.json says what is in the pack, and SHA256SUMS has the hash of each file.
    """
    home = (to or base.root / "dist").absolute()
    if version is not None:
        library = base.library()
        release = find_release(library, name, version)
        place = home / f"{name}-{release.version}"
        with writing(place), publish.workshop(place) as work, ticking("building pages") as tick:
            library, document, chosen = reopen(release, library, work / "release", base.today, trusted)
            built = pack.build_pack(library, document, chosen, place, tick, wanted)
    else:
        judgement = base.run()
        refuse_errors(judgement)
        library, document = judgement.library, find_pack(judgement.library, name)
        refuse_nothing(library, document)
        place = home / f"{name}-{document.body.version}"
        with writing(place), ticking("building pages") as tick:
            built = pack.build_pack(library, document, settings(base.root, trusted), place, tick, wanted)
        warn(_tell_second_content(judgement.library, name, document.body.version))
    warn(built.warnings)
    asked = f" and {count(built.questions, 'question')}" if built.questions else ""
    click.echo(f"{count(built.documents, 'document')} for {document.body.audience} readers{asked} in {place}")
    click.echo(f"  {', '.join(built.files)}")
    say(undrawn(library))


def _tell_second_content(library: Library, name: str, version: str) -> Iterator[str]:
    """One version must not have two contents: what was released is built from its record."""
    release, packed = library.releases.find(name, version), pack_of(library, name)
    if release and packed and not is_as_released(packed, release):
        yield (
            f"{name} {version} was released on {release.record.on} with another content: raise `version` before "
            f"anybody gets this, or build what was released with --release {version}"
        )
