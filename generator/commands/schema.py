"""`playbook schema`: prints what a document may hold, for editors."""

from __future__ import annotations

import json

import click

from generator.documents import kinds
from generator.documents.vocabulary import Vocabulary

MODELS = {name: kind.model for name, kind in kinds().items()} | {"vocabulary": Vocabulary}


@click.command("schema")
@click.argument("kind", metavar="[TYPE]", required=False, type=click.Choice(list(MODELS)))
def COMMAND(kind: str | None) -> None:  # noqa: N802
    """Print the JSON Schema of a TYPE, for editors that complete YAML; without one, of all types."""
    wanted = [kind] if kind else list(MODELS)
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    found = {name: dialect | MODELS[name].model_json_schema() for name in wanted}
    click.echo(json.dumps(found[kind] if kind else found, indent=2))
