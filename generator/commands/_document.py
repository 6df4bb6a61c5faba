"""The document that an argument names."""

from __future__ import annotations

import click

from generator.documents import Document
from generator.documents.target import Target
from generator.exchange.legible import slug
from generator.library.library import Library
from generator.wording import did_you_mean


def find_document(library: Library, name: str) -> Document:
    """The document that an argument names, as `id` or `id#part`; ends the command if there is none, or not one."""
    target = Target.parse(name)
    document, named = library.find(target.id), target.id or f"`{name}`"
    if target.id in library.ambiguous:
        raise click.BadParameter(f"several documents have the id {target.id}: fix that first (playbook check)")
    if document is None:
        raise click.BadParameter(f"no document has the id {named}; {_suggest(named, library)}")
    if not document.sound:
        raise click.ClickException(f"{document.path} has format errors: fix them first (playbook check)")
    if target.part is not None and target.part not in document.parts:
        hint = did_you_mean(target.part, document.parts, f"its parts: {', '.join(document.parts) or 'none'}")
        raise click.BadParameter(f"{document.id} has no part {target.part}; {hint}")
    return document


def _suggest(name: str, library: Library) -> str:
    words = slug(name)
    titled = next((one for one in library.documents if words and slug(one.body.title) == words), None)
    if titled is not None:
        return f"`{titled.body.title.strip()}` is the title of {titled.id}"
    return did_you_mean(words or name, library.by_id, "the id is the name of the file, without its ending")
