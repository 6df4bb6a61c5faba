"""`playbook new`: writes the scaffold of a document."""

from __future__ import annotations

import os
from pathlib import Path

import click

from generator.commands._knowledge_base import KnowledgeBase, based
from generator.commands._refusal import writing
from generator.documents import kinds
from generator.documents.fields import identifier
from generator.documents.scaffold import scaffold
from generator.files import writer as publish

FORMS = {name: (kind, form) for kind in kinds().values() for name, form in kind.scaffolds.items()}


@click.command("new")
@based
@click.argument("kind", type=click.Choice(list(FORMS)))
@click.argument("name", metavar="ID")
def COMMAND(base: KnowledgeBase, kind: str, name: str) -> None:  # noqa: N802
    """Write the scaffold of a new document, which passes `check` as it is; the ID names the file.

    A decision table is a decision tree that is written as a table.
    """
    try:
        identifier(name)
    except ValueError as error:
        raise click.BadParameter(f"`{name}` {error}") from None
    base.recover()
    library = base.library()
    if library.vocabulary is None:
        raise click.ClickException("content/vocabulary.yaml must be right before anything can be added; playbook check")
    taken = library.find(name)
    if taken is not None:
        raise click.BadParameter(f"the id `{name}` is taken by {taken.path}")
    one, form = FORMS[kind]
    path = f"{one.folder}/{name}{one.suffix}"
    if os.path.lexists(base.root / path):
        raise click.BadParameter(f"{path} is already there")
    with writing():
        text = scaffold(form, name, library.vocabulary, base.today)
        publish.change(base.root, [publish.FileEdit(path, None, text.encode())], _list_free_paths(base.root, name))
    click.echo(f"{path} is written as a draft. Fill it in, then: playbook check")


def _list_free_paths(root: Path, name: str) -> dict[str, None]:
    """The places of an id that nobody has taken: of two commands that write one id at once, one is told no."""
    places = [f"{kind.folder}/{name}{kind.suffix}" for kind in kinds().values()]
    return {place: None for place in places if not os.path.lexists(root / place)}
