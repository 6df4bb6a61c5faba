"""`playbook schema`: prints the JSON Schema of document types, for editors, or writes it to files."""

from __future__ import annotations

import json
from pathlib import Path

import click

from generator import pipeline
from generator.commands._knowledge_base import working_folder
from generator.commands._refusal import writing
from generator.commands._typed import Spelled
from generator.documents import VOCABULARY
from generator.documents.json_schema import MODELS, json_schema
from generator.documents.structure import structure
from generator.documents.vocabulary import Vocabulary
from generator.files import writer as publish
from generator.files.tree import Folder, find_root
from generator.wording import count


@click.command("schema", short_help="Print JSON Schema for editors that complete YAML.")
@click.argument("kind", metavar="[TYPE]", required=False, type=Spelled(list(MODELS)))
@click.option(
    "--root",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    metavar="DIR",
    help="The knowledge base whose words fit (default: this folder, or the nearest above it; none is fine too).",
)
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write a file for each type, such as .vscode/schemas/sop.json, over what is there.",
)
def COMMAND(kind: str | None, root: Path | None, folder: Path | None) -> None:  # noqa: N802
    """Print JSON Schema for editors that complete YAML: of a TYPE, or of all.

    Teams, queues, severities and the like are those of the knowledge base, if there is one. With `--to
    .vscode/schemas`, files that `playbook new` makes begin with a line by which editors find theirs: write the
    schemas again when the vocabulary changes, or comes a new version.
    """
    vocabulary = _read_vocabulary(root or find_root(working_folder()))
    schemas = {name: json_schema(name, vocabulary) for name in ([kind] if kind else MODELS)}
    if folder is None:
        click.echo(json.dumps(schemas[kind] if kind else schemas, indent=2))
        return
    with writing():
        place = folder.absolute()
        texts = {f"{name}.json": f"{json.dumps(schema, indent=2)}\n".encode() for name, schema in schemas.items()}
        edits = [publish.FileEdit(name, publish.content_now(place, name), text) for name, text in texts.items()]
        number = publish.change(place, edits)
    click.echo(f"{count(number, 'file')} written to {folder}")


def _read_vocabulary(root: Path | None) -> Vocabulary | None:
    """The words of a knowledge base; none where there is no knowledge base, or where they have errors."""
    if root is None:
        return None
    sources, _ = pipeline.load(Folder(root), [VOCABULARY])
    vocabulary = structure(sources.values()).vocabulary
    if vocabulary is None:
        click.echo(f"Warning: {VOCABULARY} has errors, so that any word fits: run playbook check", err=True)
    return vocabulary
