"""JSON Schema of the types of documents and of the vocabulary, for editors that complete YAML."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from generator.documents import VOCABULARY, kinds
from generator.documents.vocabulary import Vocabulary

MODELS: dict[str, list[type[BaseModel]]] = {
    name: [kind.model, *(form.model for form in kind.forms)] for name, kind in kinds().items()
} | {"vocabulary": [Vocabulary]}
DIALECT = {"$schema": "https://json-schema.org/draft/2020-12/schema"}


def json_schema(models: list[type[BaseModel]]) -> dict[str, Any]:
    """The schema of a type of document with all its forms, or of the vocabulary."""
    if len(models) == 1:
        return DIALECT | models[0].model_json_schema()
    places, shared = models_json_schema([(model, "validation") for model in models])
    return DIALECT | {"anyOf": list(places.values()), **shared}


def described_files() -> dict[str, str]:
    """For each schema whose files an editor reads as YAML, the pattern of their paths."""
    yaml = {name: f"{kind.folder}/*{kind.suffix}" for name, kind in kinds().items() if kind.suffix == ".yaml"}
    return yaml | {"vocabulary": VOCABULARY}
