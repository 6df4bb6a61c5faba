"""What the commands about packs share: which pack of a library is meant, and which of its releases."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from generator.commands._refusal import warn
from generator.documents import Document
from generator.documents.types.pack import Pack
from generator.library.library import Library
from generator.library.packing import Packed, drafts_for
from generator.library.releases import Release
from generator.library.thawing import Unthawable, pack_of, thaw
from generator.publishing.packs.extras import tell_missing
from generator.wording import did_you_mean

SHOWN = 8  # drafts that a line names

TO = click.option(
    "--to",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder to put it in (default: dist/ in the knowledge base).",
)


def find_pack(library: Library, name: str) -> Document:
    """The pack that was named. Raises click.BadParameter, which says what packs there are."""
    packs = {document.id: document for document, _ in library.each(Pack)}
    if name not in packs:
        known = f"use one of {', '.join(packs)}" if packs else "there is none yet; `playbook new pack ID` writes one"
        raise click.BadParameter(f"no pack is called {name}; {did_you_mean(name, packs, known)}")
    return packs[name]


def refuse_nothing(library: Library, document: Document, what: str = "built") -> None:
    """Ends the command where a pack has no document for its readers; warns of drafts, which are left out."""
    packed = pack_of(library, document.id)
    drafts = drafts_for(packed.view, packed.pack) if packed else []
    named = ", ".join(f"{one.id}" for one in drafts[:SHOWN])
    more = f" and {len(drafts) - SHOWN} more" if len(drafts) > SHOWN else ""
    if packed and not packed.contents.documents and (drafts or packed.contents.hollow):
        if not drafts:
            raise click.ClickException(f"{document.path} has no documents for {packed.pack.audience} readers: add some")
        why = f"no document of {document.id} is in force; these are drafts: {named}{more}"
        raise click.ClickException(f"nothing was {what}: {why}; write `status: active` in those that are right")
    if drafts:
        warn([f"left out, as they are drafts: {named}{more}"])


def packed_now(library: Library, document: Document) -> Packed:
    """A pack as the library has it now. Raises click.ClickException."""
    packed = pack_of(library, document.id)
    if packed is None:
        raise click.ClickException(f"{document.path} has mistakes; `playbook check` names them")
    return packed


def packed_then(library: Library, release: Release, today: date) -> Packed:
    """A pack as it was released. Raises click.ClickException."""
    try:
        packed = pack_of(thaw(release, today, library.releases), release.record.pack)
    except Unthawable as error:
        raise click.ClickException(str(error)) from None
    if packed is None:
        raise click.ClickException(f"{release.path} has no pack of that name: write back the files as they were")
    return packed


def require_extra(name: str, what: str) -> None:
    """Raises click.ClickException, which says what to install, where an extra is not there."""
    if told := tell_missing(name):
        raise click.ClickException(f"{what} needs {told}")
