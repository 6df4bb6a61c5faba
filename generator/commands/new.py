"""`playbook new`: writes the scaffold of a document."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path

import click

from generator.commands._knowledge_base import KnowledgeBase, based
from generator.commands._refusal import writing
from generator.documents import Kind, kinds
from generator.documents.fields import identifier
from generator.documents.json_schema import FOLDER
from generator.documents.scaffold import LackingWord, scaffold
from generator.files import writer as publish

FORMS = {name: (kind, form) for kind in kinds().values() for name, form in kind.scaffolds.items()}


@click.command("new")
@based
@click.argument("kind", type=click.Choice(list(FORMS)))
@click.argument("name", metavar="ID")
def COMMAND(base: KnowledgeBase, kind: str, name: str) -> None:  # noqa: N802
    """Write the scaffold of a new document. It passes `check` as it is; the ID becomes the name of its file.

    A decision table is a decision tree written as a table. Where `playbook schema --to .vscode/schemas` wrote the
    schemas, its first line names its own, for editors.
    """
    try:
        identifier(name)
    except ValueError as error:
        raise click.BadParameter(f"`{name}` {error}") from None
    base.recover()
    library = base.library()
    if library.vocabulary is None:
        raise click.ClickException("content/vocabulary.yaml has errors: fix them first (playbook check)")
    taken = library.find(name)
    if taken is not None:
        raise click.BadParameter(f"the id `{name}` is taken by {taken.path}")
    chosen, form = FORMS[kind]
    path = f"{chosen.folder}/{name}{chosen.suffix}"
    if os.path.lexists(base.root / path):
        raise click.BadParameter(f"{path} already exists")
    try:
        text = _name_schema(base.root, chosen) + scaffold(form, name, library.vocabulary, base.today)
    except LackingWord as error:
        raise click.ClickException(f"{path} was not written: {error}") from None
    with writing():
        publish.change(base.root, [publish.FileEdit(path, None, text.encode())], _list_free_paths(base.root, name))
    click.echo(f"{path} was written as a draft. Fill it in, then run: playbook check")


def _name_schema(root: Path, kind: Kind) -> str:
    """The line by which editors find the schema of a file; empty where the knowledge base has no schemas."""
    place = f"{FOLDER}/{kind.name}.json"
    if kind.suffix != ".yaml" or not (root / place).is_file():
        return ""
    return f"# yaml-language-server: $schema={posixpath.relpath(place, kind.folder)}\n"


def _list_free_paths(root: Path, name: str) -> dict[str, None]:
    """The free paths for an id: where two commands write the same id at once, one of them is refused."""
    paths = [f"{kind.folder}/{name}{kind.suffix}" for kind in kinds().values()]
    return {path: None for path in paths if not os.path.lexists(root / path)}
