"""`playbook schema`: prints the JSON Schema of document types, for editors."""

from __future__ import annotations

import json
from typing import Any

import click
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from generator.documents import kinds
from generator.documents.vocabulary import Vocabulary

MODELS: dict[str, list[type[BaseModel]]] = {
    name: [kind.model, *(form.model for form in kind.forms)] for name, kind in kinds().items()
} | {"vocabulary": [Vocabulary]}
DIALECT = {"$schema": "https://json-schema.org/draft/2020-12/schema"}


@click.command("schema")
@click.argument("kind", metavar="[TYPE]", required=False, type=click.Choice(list(MODELS)))
def COMMAND(kind: str | None) -> None:  # noqa: N802
    """Print JSON Schema for editors that complete YAML: of a TYPE, or of all."""
    wanted = [kind] if kind else list(MODELS)
    schemas = {name: DIALECT | _make_schema(MODELS[name]) for name in wanted}
    click.echo(json.dumps(schemas[kind] if kind else schemas, indent=2))


def _make_schema(models: list[type[BaseModel]]) -> dict[str, Any]:
    if len(models) == 1:
        return models[0].model_json_schema()
    places, shared = models_json_schema([(model, "validation") for model in models])
    return {"anyOf": list(places.values()), **shared}
