"""Keeps CODEOWNERS true: it asks the owner of each document, whoever that is by now."""

from __future__ import annotations

import click

from generator.commands._knowledge_base import KnowledgeBase
from generator.commands._refusal import writing
from generator.documents import VOCABULARY
from generator.exchange import UnfitInput
from generator.exchange.founding.files import OWNERS
from generator.exchange.founding.owners import follow_owners, list_misled, make_owners, owners_in
from generator.files import writer as publish
from generator.library.library import Library
from generator.wording import count


def tell_misled(base: KnowledgeBase, library: Library) -> None:
    """Says of which documents CODEOWNERS asks somebody else than their owner, and what to do."""
    text = _read_owners(base)
    teams = library.vocabulary.teams if library.vocabulary else ()
    misled = list_misled(text, owners_in(library), teams) if text else []
    if misled:
        what = f"{OWNERS} asks another team than the `owner` of {count(len(misled), 'document')}"
        click.echo(f"{what}, such as {misled[0]}; to write it anew: playbook init --codeowners", err=True)


def keep_owners(base: KnowledgeBase, before: Library) -> None:
    """Writes CODEOWNERS anew after documents went to other teams or paths, unless people wrote it."""
    text, after = _read_owners(base), base.library()
    if text is None:
        return
    new = follow_owners(text, owners_in(before), owners_in(after))
    if new == text:
        tell_misled(base, after)
        return
    with writing():
        publish.change(base.root, [publish.FileEdit(OWNERS, text.encode(), new.encode())])
    click.echo(f"{OWNERS} has the new owners", err=True)


def write_owners(base: KnowledgeBase, repository: str) -> None:
    """Writes CODEOWNERS from the owners of today, for the organisation that the file names or else the repository.

    Raises UnfitInput.
    """
    library, text = base.library(), _read_owners(base)
    if library.vocabulary is None:
        raise UnfitInput(f"{VOCABULARY} has errors: fix them first (playbook check)")
    new = make_owners(text or "", owners_in(library), list(library.vocabulary.teams), repository)
    if new == text:
        click.echo(f"{OWNERS} is up to date")
        return
    publish.change(base.root, [publish.FileEdit(OWNERS, None if text is None else text.encode(), new.encode())])
    click.echo(f"{OWNERS} written from the owners of the documents")


def _read_owners(base: KnowledgeBase) -> str | None:
    """The text of CODEOWNERS in the knowledge base; None where there is none that can be read."""
    try:
        return (base.root / OWNERS).read_bytes().decode()
    except (OSError, UnicodeError):
        return None
