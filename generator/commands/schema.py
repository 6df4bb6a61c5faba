"""`playbook schema`: prints what a document may hold, for editors."""

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
    """Print the JSON Schema of a TYPE, for editors that complete YAML; without one, of all types."""
    wanted = [kind] if kind else list(MODELS)
    found = {name: DIALECT | _make_schema(MODELS[name]) for name in wanted}
    click.echo(json.dumps(found[kind] if kind else found, indent=2))


def _make_schema(models: list[type[BaseModel]]) -> dict[str, Any]:
    if len(models) == 1:
        return models[0].model_json_schema()
    places, shared = models_json_schema([(model, "validation") for model in models])
    return {"anyOf": list(places.values()), **shared}
