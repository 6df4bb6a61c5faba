"""Examples for the words of one knowledge base: an example that is not from there is a word that `check` refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any, get_args, get_origin

import yaml
from pydantic import AfterValidator, BaseModel

from generator.documents.fields import Role, identifier
from generator.documents.key_docs import KeyDoc, key_doc
from generator.documents.model_keys import is_model, unwrap
from generator.documents.vocabulary import Vocabulary

ENDINGS = ("go", "then", "start")  # keys whose value is the id of a part of the same file, though they are plain texts

Name = Callable[[Role, str], str | None]
"""The name to write in place of an example's: of a word, a reference or a citation; None if there is none to name."""


class _NoName(Exception):
    """The knowledge base has no word that could stand there."""


@dataclass
class _Fitting:
    """Fits one example; `names` tells whether it names anything: a word, a document, an id."""

    find: Name
    names: bool = False
    used: dict[str, str] = field(default_factory=dict)

    def fit(self, hint: Any, value: Any) -> Any:
        """The value with names that there are. Raises _NoName."""
        marks = list(_list_marks(hint))
        role = next((one for one in marks if isinstance(one, Role)), None)
        if isinstance(value, str):
            is_id = any(isinstance(one, AfterValidator) and one.func is identifier for one in marks)
            self.names = self.names or is_id
            return self._name(role, value) if role and role.name in ("word", "reference", "citation") else value
        bare = unwrap(hint)
        if isinstance(value, list) and get_origin(bare) is list:
            return [self.fit(get_args(bare)[0], one) for one in value]
        if isinstance(value, dict) and is_model(bare):
            return self._fit_model(bare, value)
        if isinstance(value, dict) and get_origin(bare) is dict:
            of_key, of_value = get_args(bare)
            return {self.fit(of_key, key): self.fit(of_value, one) for key, one in value.items()}
        return value

    def _fit_model(self, model: type[BaseModel], value: dict[str, Any]) -> dict[str, Any]:
        hints = {one.alias or name: one.rebuild_annotation() for name, one in model.model_fields.items()}
        self.names = self.names or any(key in ENDINGS for key in value if key in hints)
        return {key: self.fit(hints[key], one) if key in hints else one for key, one in value.items()}

    def _name(self, role: Role, value: str) -> str:
        self.names = True
        found = self.used.get(value) or self.find(role, value)
        if found is None:
            raise _NoName
        self.used[value] = found
        return found


def fit_doc(model: type[BaseModel], name: str, find: Name) -> tuple[KeyDoc, bool]:
    """What a field is for, with an example whose names are found; whether it names anything at all.

    Where there is nothing to name, there is no example.
    """
    doc = key_doc(model, name)
    if not doc.example:
        return doc, False
    fitting = _Fitting(find, names=name in ENDINGS)
    try:
        value = fitting.fit(model.model_fields[name].rebuild_annotation(), doc.value)
    except _NoName:
        return doc._replace(example=""), True
    return (doc if value == doc.value else doc._replace(example=_write(value))), fitting.names


def vocabulary_names(vocabulary: Vocabulary) -> Name:
    """Names words of a vocabulary, the example's own where it has it; documents keep the names that they have."""

    def find(role: Role, value: str) -> str | None:
        if role.name != "word":
            return value
        terms = vocabulary.terms(role.of)
        return value if value in terms else next(iter(terms), None)

    return find


def _write(value: Any) -> str:
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10**6)
    return text.strip().removesuffix("...").strip()


def _list_marks(hint: Any) -> Iterator[Any]:
    """The annotations of a type, and of what it is one of."""
    if get_origin(hint) is Annotated:
        inner, *marks = get_args(hint)
        yield from marks
        yield from _list_marks(inner)
    elif type(None) in get_args(hint):
        yield from _list_marks(next(arm for arm in get_args(hint) if arm is not type(None)))
