"""What a model says of keys in its data: their types, which key was meant, what a value could be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from generator.documents.fields import Role, Wording
from generator.findings import Keys
from generator.wording import nearest


def guess_key(model: type[BaseModel], keys: Keys) -> str:
    """The known key that is most similar to the unknown one at the end of `keys`; empty if none is similar."""
    hint, key = type_at(model, keys[:-1]), str(keys[-1])
    if not is_model(hint):
        return ""
    known = [field.alias or name for name, field in hint.model_fields.items()]
    alike = [key.partition(":")[0], key.strip().lower().replace("-", "_").replace(" ", "_")]
    return next((name for name in alike if name in known), "") or nearest(key, known)


def find_example(model: type[BaseModel], keys: Keys) -> str:
    """A possible value of a key, for a hint: the field's first example, or dots if it has none."""
    above = type_at(model, keys[:-1])
    examples = above.model_fields[str(keys[-1])].examples if is_model(above) else None
    return str(examples[0]) if examples else "..."


def is_wording(model: type[BaseModel], keys: Keys) -> bool:
    """Whether the value at the keys is a text in its author's words; false if the model has no such keys."""
    return any(isinstance(mark, Wording) for mark in _find_marks_at(model, keys))


def role_at(model: type[BaseModel], keys: Keys, is_key: bool = False) -> Role | None:
    """The role of the value at the keys, or of the last key itself; None if it has none."""
    return next((mark for mark in _find_marks_at(model, keys, is_key) if isinstance(mark, Role)), None)


def field_at(model: type[BaseModel], keys: Keys) -> tuple[type[BaseModel], str] | None:
    """The group of keys that has the last key as a field, and the name of that in Python; None if none has."""
    try:
        above = type_at(model, keys[:-1])
    except (KeyError, IndexError):
        return None
    name = _find_name(above, str(keys[-1])) if keys and is_model(above) else ""
    return (above, name) if name else None


def _find_name(model: type[BaseModel], key: str) -> str:
    return next((name for name, field in model.model_fields.items() if key == (field.alias or name)), "")


def _find_marks_at(model: type[BaseModel], keys: Keys, is_key: bool = False) -> Iterator[Any]:
    """What the type of a value at the keys is annotated with, or that of the last key; nothing if there are no such."""
    hint: Any = model
    marks: tuple[Any, ...] = ()
    for number, key in enumerate(keys, 1):
        hint = unwrap(hint)
        if is_model(hint):
            field = hint.model_fields.get(_find_name(hint, str(key)))
            hint, marks = (field.annotation, tuple(field.metadata)) if field else (None, ())
        else:
            inner = get_args(hint)
            hint, marks = (inner[0 if is_key and number == len(keys) else -1] if inner else None), ()
    yield from (*marks, *_find_marks(hint), *getattr(hint, "__metadata__", ()))


def _find_marks(hint: Any) -> Iterator[Any]:
    """The annotations of a type, and of the types that it is one of."""
    for inner in get_args(hint):
        yield from _find_marks(inner) if get_origin(inner) is Annotated else (inner,)
        yield from getattr(inner, "__metadata__", ())


def type_at(model: type[BaseModel], keys: Keys) -> Any:
    """The type of the value at the keys, without its annotations."""
    hint: Any = model
    for key in keys:
        hint = hint.model_fields[_find_name(hint, str(key))].annotation if is_model(hint) else get_args(hint)[-1]
        hint = unwrap(hint)
    return hint


def is_model(hint: Any) -> bool:
    """Whether a type is a group of keys."""
    return isinstance(hint, type) and issubclass(hint, BaseModel)


def unwrap(hint: Any) -> Any:
    """A type without its annotations and without `| None`."""
    while True:
        if get_origin(hint) is Annotated:
            hint = get_args(hint)[0]
        elif type(None) in get_args(hint):
            hint = next(arm for arm in get_args(hint) if arm is not type(None))
        else:
            return hint
