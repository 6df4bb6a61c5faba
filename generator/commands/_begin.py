"""Begins a document: what is refused, the path of its file, and its scaffold."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path

import click

from generator.commands._knowledge_base import KnowledgeBase
from generator.documents import VOCABULARY, Kind, kinds
from generator.documents.fields import identifier
from generator.documents.json_schema import FOLDER
from generator.documents.scaffold import LackingWord, scaffold
from generator.exchange.legible import slug
from generator.library.library import Library

FORMS = {name: (kind, form) for kind in kinds().values() for name, form in kind.scaffolds.items()}


def require_free_id(library: Library, name: str) -> None:
    """Ends the command where no new document can have an id."""
    try:
        identifier(name)
    except ValueError as error:
        fitting = slug(name)
        hint = f"; `{fitting}` would be one" if fitting and fitting != name else ""
        raise click.BadParameter(f"`{name}` {error}{hint}") from None
    taken = library.find(name)
    if taken is not None and taken.id != name:
        raise click.BadParameter(
            f"the id `{name}` is taken by {taken.path}: it is a former id of `{taken.id}`, where old links lead"
        )
    if taken is not None:
        raise click.BadParameter(f"the id `{name}` is taken by {taken.path}")


def begin_document(base: KnowledgeBase, library: Library, kind: str, name: str) -> tuple[str, str]:
    """The path of a new document and its text; ends the command where there can be none."""
    require_free_id(library, name)
    if library.vocabulary is None:
        raise click.ClickException(f"{VOCABULARY} has errors: fix them first (playbook check)")
    chosen, form = FORMS[kind]
    path = f"{chosen.folder}/{name}{chosen.suffix}"
    if os.path.lexists(base.root / path):
        raise click.BadParameter(f"{path} already exists")
    try:
        return path, _name_schema(base.root, chosen) + scaffold(form, name, library.vocabulary, base.today)
    except LackingWord as error:
        raise click.ClickException(f"{path} was not written: {error}") from None


def _name_schema(root: Path, kind: Kind) -> str:
    """The line by which editors find the schema of a file; empty where the knowledge base has no schemas."""
    place = f"{FOLDER}/{kind.name}.json"
    if kind.suffix != ".yaml" or not (root / place).is_file():
        return ""
    return f"# yaml-language-server: $schema={posixpath.relpath(place, kind.folder)}\n"
