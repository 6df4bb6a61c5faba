"""`playbook schema`: prints the JSON Schema of document types, for editors, or writes it to files."""

from __future__ import annotations

import json
from pathlib import Path

import click

from generator.commands._refusal import writing
from generator.documents.json_schema import MODELS, json_schema
from generator.files import writer as publish
from generator.wording import count


@click.command("schema")
@click.argument("kind", metavar="[TYPE]", required=False, type=click.Choice(list(MODELS)))
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write a file for each type, such as .vscode/schemas/sop.json, over what is there.",
)
def COMMAND(kind: str | None, folder: Path | None) -> None:  # noqa: N802
    """Print JSON Schema for editors that complete YAML: of a TYPE, or of all.

    `playbook init` writes them below .vscode/; with `--to .vscode/schemas` they are written anew for a new version.
    """
    schemas = {name: json_schema(MODELS[name]) for name in ([kind] if kind else MODELS)}
    if folder is None:
        click.echo(json.dumps(schemas[kind] if kind else schemas, indent=2))
        return
    with writing():
        root = folder.absolute()
        texts = {f"{name}.json": f"{json.dumps(schema, indent=2)}\n".encode() for name, schema in schemas.items()}
        edits = [publish.FileEdit(name, publish.content_now(root, name), text) for name, text in texts.items()]
        number = publish.change(root, edits)
    click.echo(f"{count(number, 'file')} written to {folder}")
