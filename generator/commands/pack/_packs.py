"""What the commands about packs share: which pack of a library is meant."""

from __future__ import annotations

import click

from generator.documents import Document
from generator.documents.types.pack import Pack
from generator.library.library import Library
from generator.publishing.packs.extras import tell_missing
from generator.wording import did_you_mean


def find_pack(library: Library, name: str) -> Document:
    """The pack that was named. Raises click.BadParameter, which says what packs there are."""
    packs = {document.id: document for document, _ in library.each(Pack)}
    if name not in packs:
        known = f"use one of {', '.join(packs)}" if packs else "there is none yet; `playbook new pack ID` writes one"
        raise click.BadParameter(f"no pack is called {name}; {did_you_mean(name, packs, known)}")
    return packs[name]


def require_extra(name: str, what: str) -> None:
    """Raises click.ClickException, which says what to install, where an extra is not there."""
    if told := tell_missing(name):
        raise click.ClickException(f"{what} needs {told}")
