"""`playbook new`: writes the scaffold of a document."""

from __future__ import annotations

import os
from pathlib import Path

import click

from generator.commands._begin import FORMS, begin_document
from generator.commands._knowledge_base import KnowledgeBase, based
from generator.commands._refusal import writing
from generator.commands._typed import Spelled
from generator.documents import kinds
from generator.files import writer as publish


@click.command("new")
@based
@click.argument("kind", metavar="TYPE", type=Spelled(list(FORMS)))
@click.argument("name", metavar="ID")
def COMMAND(base: KnowledgeBase, kind: str, name: str) -> None:  # noqa: N802
    """Write the scaffold of a new document. It passes `check` as it is; the ID becomes the name of its file.

    TYPE is sop, macro, decision-tree, decision-table, policy, page or pack. A decision table is a decision tree written
    as a table. Where `playbook schema --to .vscode/schemas` wrote the schemas, its first line names its own, for
    editors.
    """
    base.recover()
    path, text = begin_document(base, base.library(), kind, name)
    with writing():
        publish.change(base.root, [publish.FileEdit(path, None, text.encode())], _list_free_paths(base.root, name))
    click.echo(f"{path} was written as a draft. Fill it in, then run: playbook check")


def _list_free_paths(root: Path, name: str) -> dict[str, None]:
    """The free paths for an id: where two commands write the same id at once, one of them is refused."""
    paths = [f"{kind.folder}/{name}{kind.suffix}" for kind in kinds().values()]
    return {path: None for path in paths if not os.path.lexists(root / path)}
