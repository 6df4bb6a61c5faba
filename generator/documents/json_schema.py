"""JSON Schema of the types of documents and of the vocabulary, for editors that complete YAML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, models_json_schema
from pydantic_core.core_schema import DictSchema, ModelSchema

from generator.documents import VOCABULARY, kinds
from generator.documents.examples import fit_doc, vocabulary_names
from generator.documents.fields import ID, ROLE, Role
from generator.documents.key_docs import KeyDoc, key_doc
from generator.documents.vocabulary import Vocabulary
from generator.documents.wrong_values import PATTERNS, VERSION

MODELS: dict[str, list[type[BaseModel]]] = {
    name: [kind.model, *(form.model for form in kind.forms)] for name, kind in kinds().items()
} | {"vocabulary": [Vocabulary]}
DIALECT = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
FOLDER = ".vscode/schemas"  # of a knowledge base
MODEL = "x-model"
SAID = "patternErrorMessage"  # what editors say where a pattern does not fit
PART = rf"{ID.pattern}(#[^#@\s]+)?"
TARGETS = {
    "citation": (
        rf"^\s*{PART}@{VERSION[1:-1]}\s*$",
        "write policy#section@version, as in `account-integrity#ownership@3.1`",
    ),
    "reference": (rf"^\s*{PART}(@[^#@\s]+)?\s*$", "write the id of a document, or `id#part`"),
}
NUMBERS = ("12", "2.5")  # an editor reads what looks like one as a number, and not as a text

Schema = dict[str, Any]


def json_schema(name: str, vocabulary: Vocabulary | None = None) -> Schema:
    """The schema of a type of document, or of the vocabulary; with a vocabulary, its words are all that fit.

    What is optional may be empty, as for `check`.
    """
    models = MODELS[name]
    places, shared = models_json_schema([(model, "validation") for model in models], schema_generator=_Generator)
    found = {key: _finish_model(made, vocabulary) for key, made in shared["$defs"].items()}
    roots = [places[model, "validation"] | {"type": "object"} for model in models]
    title = name.replace("_", " ")
    if len(roots) == 1:
        return DIALECT | {"title": title} | roots[0] | {"$defs": found}
    is_other = {"anyOf": [{"required": [key]} for key in kinds()[name].forms[0].keys]}
    return DIALECT | {"title": title, "if": is_other, "then": roots[1], "else": roots[0], "$defs": found}


def described_files() -> dict[str, str]:
    """For each schema whose files an editor reads as YAML, the pattern of their paths."""
    yaml = {name: f"{kind.folder}/*{kind.suffix}" for name, kind in kinds().items() if kind.suffix == ".yaml"}
    return yaml | {"vocabulary": VOCABULARY}


class _Generator(GenerateJsonSchema):
    """Marks each group of keys with the model that it is made from, and says of a mapping what its keys must be."""

    def model_schema(self, schema: ModelSchema) -> Schema:
        return super().model_schema(schema) | {MODEL: schema["cls"]}

    def dict_schema(self, schema: DictSchema) -> Schema:
        made = {"type": "object", "additionalProperties": self.generate_inner(schema["values_schema"])}
        names = self.generate_inner(schema["keys_schema"])
        return made | {"propertyNames": names} | ({"minProperties": 1} if schema.get("min_length") else {})


def _finish_model(made: Schema, vocabulary: Vocabulary | None) -> Schema:
    model: type[BaseModel] = made[MODEL]
    names = {field.alias or name: name for name, field in model.model_fields.items()}
    required = made.get("required", ())
    finished = {}
    for key, value in made["properties"].items():
        is_nullable = key not in required and value.get("nullable", True)
        doc = _choose_doc(model, names[key], value, vocabulary)
        told = {"description": doc.text} if doc.text else {}
        examples = {"examples": [doc.value]} if doc.example else {}
        finished[key] = _finish_value(value, is_nullable, vocabulary) | told | examples
    rest = {key: value for key, value in made.items() if key not in (MODEL, "title", "description")}
    words = " ".join((model.__doc__ or "").split("\n\n")[0].split())
    return rest | {"type": ["object", "null"], "description": words, "properties": finished}


def _choose_doc(model: type[BaseModel], name: str, value: Schema, vocabulary: Vocabulary | None) -> KeyDoc:
    """What a key is for, with an example that an editor may offer to write.

    It offers every example: one that names a document, an id or a part is told in the text instead, as it is there in
    no knowledge base but ours, and where the words of the vocabulary are listed none is needed.
    """
    if vocabulary is None:
        return key_doc(model, name)
    doc, is_naming = fit_doc(model, name, vocabulary_names(vocabulary))
    if not is_naming or not doc.example:
        return doc
    is_listed = any(getattr(part.get(ROLE), "name", "") == "word" for part in (value, *value.get("anyOf", ())))
    return KeyDoc(doc.text if is_listed else f"{doc.text} For example: `{doc.example}`.")


def _finish_value(value: Schema, is_nullable: bool, vocabulary: Vocabulary | None) -> Schema:
    """The schema of a value: without what editors cannot read, and null where there may be none."""
    made = {key: one for key, one in value.items() if key not in ("title", "nullable", "examples", "default")}
    if isinstance(value.get("default"), str | int | bool):
        made["default"] = value["default"]
    arms = [arm for arm in made.pop("anyOf", ()) if arm.get("type") != "null"]
    if len(arms) == 1:
        made |= {key: one for key, one in arms[0].items() if key != "title"}
    elif arms:
        finished = [_finish_value(arm, False, vocabulary) for arm in arms]
        return made | {"anyOf": [*finished, {"type": "null"}] if is_nullable else finished}
    if "$ref" in made:
        return made if is_nullable else made | {"type": "object"}
    return _allow_null(_finish_parts(_name_values(made, vocabulary), vocabulary), is_nullable)


def _name_values(made: Schema, vocabulary: Vocabulary | None) -> Schema:
    """What fits into a value that has a role: words of the vocabulary, the form of a reference."""
    role: Role | None = made.pop(ROLE, None)
    if role is not None and role.name == "word" and vocabulary is not None:
        terms = vocabulary.terms(role.of)
        return made | {"enum": list(terms), "enumDescriptions": [term.name for term in terms.values()]}
    if role is not None and role.name in TARGETS:
        pattern, words = TARGETS[role.name]
        made |= {"pattern": pattern, SAID: words}
    if made.get("pattern") in PATTERNS:
        made.setdefault(SAID, PATTERNS[made["pattern"]])
    if made.get("type") == "string" and "enum" not in made and _may_look_like_number(made):
        made["type"] = ["string", "number"]
    return made


def _may_look_like_number(made: Mapping[str, Any]) -> bool:
    pattern = made.get("pattern")
    return made.get("format") != "date" and (not pattern or any(re.search(pattern, number) for number in NUMBERS))


def _finish_parts(made: Schema, vocabulary: Vocabulary | None) -> Schema:
    """A list or mapping with its entries and keys finished."""
    if "items" in made:
        made["items"] = _finish_value(made["items"], False, vocabulary)
    if isinstance(made.get("additionalProperties"), dict):
        made["additionalProperties"] = _finish_value(made["additionalProperties"], False, vocabulary)
    if "propertyNames" in made:
        names = _name_values(dict(made["propertyNames"]), vocabulary)
        made["propertyNames"] = {key: one for key, one in names.items() if key != "title"} | {"type": "string"}
    return made


def _allow_null(made: Schema, is_nullable: bool) -> Schema:
    if not is_nullable:
        return made
    if "const" in made:
        made["enum"] = [made.pop("const")]
    if "enum" in made:
        return {key: one for key, one in made.items() if key != "type"} | {"enum": [*made["enum"], None]}
    kinds_of_value = made.get("type", [])
    return made | {"type": [*([kinds_of_value] if isinstance(kinds_of_value, str) else kinds_of_value), "null"]}
